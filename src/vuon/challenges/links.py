"""Addresses in documents: links and pictures as the exporter writes them, addresses in text."""

from __future__ import annotations

import re

from vuon.challenges.clean import ENTITY, TAG, clean, readable

IMAGE = re.compile(r"^!\[[^\]]*\]\((.*)\)$", re.DOTALL)
LINK = re.compile(r"^\[(.*)\]\((.*)\)$", re.DOTALL)
#: A link that goes on over more lines begins like this.
LINK_START = re.compile(r"^\[(?:https?:|www\.|file:)")
ADDRESS = re.compile(r"(?:https?://|www\.|file:/|mailto:)[^\s<>\"\]\[]+", re.IGNORECASE)
#: No flag for case: the set of first signs makes the search quick.
_START = re.compile(r"[hH]ttps?://|HTTPS?://|[wW]ww\.|file:/|mailto:")
_REST = re.compile(r"[^\s<>\"\]\[]+")
_END_PUNCTUATION = ".,;:!?)'’”"


def addresses(text: str) -> tuple[str, ...]:
    """The addresses in a cleaned text, each once.

    >>> addresses("See https://example.org/a. And (www.example.org)")
    ('https://example.org/a', 'www.example.org')
    """
    if ":" not in text and "www." not in text:
        return ()
    starts = [found.start() for found in _START.finditer(text)]
    found, last, run = [], 0, 0
    for place, start in enumerate(starts):
        if start < last:
            continue  # an address inside an address, as in archives of pages
        if start >= run:  # to the next blank; one run can hold addresses glued together
            rest = _REST.match(text, start)
            assert rest is not None
            run = rest.end()
        end = run
        for following in range(place + 1, len(starts)):
            if starts[following] >= run:
                break
            if text[starts[following] - 1] not in "/=?&#:":
                end = starts[following]
                break
        last = end
        address = text[start:end]
        trimmed = address.rstrip(_END_PUNCTUATION)
        # a closing bracket belongs to the address if it was opened inside it
        if address[len(trimmed) : len(trimmed) + 1] == ")" and "(" in trimmed:
            trimmed += ")"
        found.append(trimmed)
    return tuple(dict.fromkeys(found))


def shown(raw: str) -> str:
    """A link line as a person reads it: the address, or all of them, or the line itself.

    The exporter writes `[address](address)`, sometimes with a whole escaped page inside.

    >>> shown("[https://example.org/?a=1&amp;b=2](https://example.org/?a=1&amp;b=2)")
    'https://example.org/?a=1&b=2'
    """
    found = LINK.match(raw)
    if found is None:
        return readable(raw)
    label, target = found.groups()
    if label.strip() == target.strip() or not _has_text(label):
        inside = addresses(readable(target)) or addresses(readable(label))
        return "\n".join(inside) if inside else readable(target)
    return readable(raw)


def _has_text(label: str) -> bool:
    return bool(ADDRESS.sub("", readable(label)).strip())


def target_of(raw: str) -> str:
    """The address of a picture line."""
    found = IMAGE.match(raw)
    return readable(found[1]).strip() if found else ""


def holds_page(raw: str) -> bool:
    """Whether a link holds leftovers of a page instead of one address."""
    return bool(TAG.search(clean(raw)) or TAG.search(raw)) or len(ENTITY.findall(raw)) > 20
