"""The name of a downloaded file: plain letters for old programs, Vietnamese for new ones."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.utils.text import slugify

from vuon.vietnamese import fold

LONGEST = 80
_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')


def disposition(key: str, kind: str, title: str) -> str:
    """The header that names a Word file.

    >>> disposition("one-page", "Tờ", "Lâu").split("; ")[1:]
    ['filename="one-page-lau.docx"', "filename*=UTF-8''T%E1%BB%9D%20-%20L%C3%A2u.docx"]
    """
    stem = slugify(fold(title))[:50].strip("-") or "vuon"
    full = " ".join(_UNSAFE.sub(" ", f"{kind} - {title}").split())
    if len(full) > LONGEST:
        full = full[:LONGEST].rpartition(" ")[0]
    full = full.strip(" .,")
    return (
        f"attachment; filename=\"{key}-{stem}.docx\"; filename*=UTF-8''{quote(full, safe='')}.docx"
    )
