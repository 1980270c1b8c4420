"""What a paper says, with where it is known from; and which words hold a figure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: What a fact rests on.
LIGHTS = ("measured", "said", "assumed")


@dataclass(frozen=True)
class Fact:
    """Words with their source.

    Args:
        text: as it is to be read in the sentence.
        source: what the footnote names: the record, with its month. Empty if there is none.
        light: "measured", "said" (somebody told it) or "assumed".
        figure: whether it holds a figure.

    Raises:
        ValueError: `light` is another one.

    >>> Fact("46 trong 120 hồ sơ", "Phiếu theo dõi tại quầy, tháng 10/2026").light
    'measured'
    """

    text: str
    source: str
    light: str = "measured"
    figure: bool = True

    def __post_init__(self) -> None:
        if self.light not in LIGHTS:
            raise ValueError("a fact is measured, said or assumed")


Piece = Fact | str
#: Several pieces in a row need no spaces at their ends: where two words would meet, one is put
#: between them.
Pieces = Piece | tuple[Piece, ...]
#: What a field holds: one text, or its pieces. In a list each element is a line; in a table each
#: element is a row, and each element of that a cell.
Value = str | Fact | tuple[Pieces | tuple[Pieces, ...], ...]

_END = r"(?=\s*(?:[,.;:)]|$|và\b|đến\b|tới\b))"
_YEAR = r"(?:19|20)\d{2}"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(MONTHS)
# Numbers that belong to dates and names of documents. What is not surely one of them counts as
# a figure: asking once too often does less harm than a figure nobody can trace.
_NO_FIGURES = re.compile(
    "|".join(
        (
            r"\b\d+/\d{4}/[A-ZĐ0-9][\w-]*",  # 72/2025/QH15
            r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b",
            r"\b\d{4}-\d{2}-\d{2}\b",
            r"\bngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?",
            rf"\btháng\s+\d{{1,2}}(?:\s*(?:/|năm)\s*\d{{4}}|{_END})",
            rf"\bngày\s+\d{{1,2}}(?:/\d{{1,2}}(?:/\d{{4}})?|{_END})",
            rf"\bquý\s+(?:[IVX]+|\d)\s*(?:/|năm)\s*{_YEAR}",
            rf"\b(?:năm|giai đoạn|since|year)\s+{_YEAR}(?:\s*[-–]\s*{_YEAR})?",
            rf"\b\d{{1,2}}\s+(?:{_MONTH})(?:\s+{_YEAR})?\b",
            rf"\b(?:{_MONTH})\s+(?:\d{{1,2}},?\s+)?{_YEAR}\b",
            r"\b(?:điều|articles?)\s+\d+(?:\s*(?:,|và|and)\s*\d+)*",
            r"\b(?:khoản|clause)\s+\d+(?=\s*(?:,|;|và|điều|of))",
            r"\b(?:phụ lục|mẫu số|phương án|bước|chương|annex|appendix|step|option)\s+\d+\b",
            r"\b2\s+cấp\b",  # chính quyền địa phương 2 cấp
            r"\b[A-ZĐ]{1,4}-?\d+\b",  # QH15, A4
        )
    ),
    re.IGNORECASE,
)


def has_figure(text: str) -> bool:
    """Whether `text` holds a number that is no date, article or number of a document.

    >>> has_figure("38 trong 100 người"), has_figure("mỗi tháng 12 hồ sơ")
    (True, True)
    >>> has_figure("từ ngày 03 tháng 8 năm 2026, theo Điều 5 Nghị định 118/2025/NĐ-CP")
    False
    """
    left = _NO_FIGURES.sub("", unicodedata.normalize("NFC", text))
    return any(unicodedata.category(sign) in ("Nd", "No", "Nl") for sign in left)
