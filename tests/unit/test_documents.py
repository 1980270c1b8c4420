"""Reports come back from Word and PDF as they were written, in Vietnamese, whatever they hold."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from vuon.documents import Bullets, Heading, Note, Paragraph, Quote, Report, Table, pdf, word

LETTERS = "ắ ằ ẳ ẵ ặ ộ ỡ ử ữ đ Đ ₫"
HOSTILE = r'#import "x.typ" $ x $ \ ] [ *b* _i_ `c` <a> @b // ~ #{1+1} #sys.inputs'


def report(**changes: object) -> Report:
    fields: dict[str, object] = {
        "title": "Phường Sông An: đi một lần là xong",
        "language": "vi",
        "parts": (
            Heading("Thách thức", 1),
            Paragraph(f"Chữ thử: {LETTERS}"),
            Heading("Bằng chứng", 2),
            Bullets(("Chờ 35 phút", "Quay lại 43%")),
            Bullets(("một", "hai"), numbered=True),
            Quote("Tôi tưởng bản sao cũng là trích lục", "người mẹ, 31 tuổi"),
            Table(("Bước", "Chờ"), (("Nộp hồ sơ", "35 phút"), ("Nhận kết quả",)), "Các bước"),
            Note("Chưa có số liệu."),
        ),
        "watermark": "VÍ DỤ — không phải số liệu thật",
        "footer": "Lấy từ Vuon ngày 02/12/2026",
    }
    return Report(**(fields | changes))  # type: ignore[arg-type]


def pdf_text(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def word_text(made: bytes) -> str:
    document = docx.Document(io.BytesIO(made))
    lines = [paragraph.text for paragraph in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def test_vietnamese_copied_out_of_a_pdf_is_right() -> None:
    text = pdf_text(pdf(report()))
    assert LETTERS in text
    for words in ("Phường Sông An", "Quay lại 43%", "Nhận kết quả", "không phải số liệu thật"):
        assert words in text


def test_pdf_says_its_language_and_is_tagged_and_the_same_twice() -> None:
    made = pdf(report())
    root = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/Lang"] == "vi"
    assert root["/MarkInfo"]["/Marked"]
    assert made == pdf(report())
    assert "/Author" not in (PdfReader(io.BytesIO(made)).metadata or {})


def test_a_pdf_holds_only_the_fonts_that_vuon_brings() -> None:
    page = PdfReader(io.BytesIO(pdf(report()))).pages[0]
    fonts = {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
    assert fonts and all("BeVietnamPro" in str(font) for font in fonts)


@pytest.mark.parametrize("size", ["A4", "A3"])
def test_the_paper_has_the_size_asked_for(size: str) -> None:
    box = PdfReader(io.BytesIO(pdf(report(), size))).pages[0].mediabox
    assert round(float(box.width) * 25.4 / 72) == {"A4": 210, "A3": 297}[size]


def test_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="A4 or A3"):
        pdf(report(), "A5")


def test_hostile_text_is_only_text() -> None:
    hostile = report(
        title=HOSTILE,
        parts=(
            Heading(HOSTILE),
            Paragraph(HOSTILE),
            Bullets((HOSTILE,)),
            Table((HOSTILE,), ((HOSTILE,),), HOSTILE),
            Quote(HOSTILE, HOSTILE),
            Note(HOSTILE),
        ),
        watermark=HOSTILE,
        footer=HOSTILE,
    )
    text = "".join(pdf_text(pdf(hostile)).split())
    assert text.count("".join(HOSTILE.split())) == 12
    assert word_text(word(hostile)).count(HOSTILE) == 10


def test_word_comes_back_with_the_same_text() -> None:
    written = report()
    text = word_text(word(written))
    assert LETTERS in text
    for part in written.parts:
        if isinstance(part, (Heading, Paragraph, Note, Quote)):
            assert part.text in text
        elif isinstance(part, Bullets):
            assert all(item in text for item in part.items)
        else:
            assert all(cell in text for row in part.rows for cell in row)


def test_word_follows_the_decree_and_names_nobody() -> None:
    document = docx.Document(io.BytesIO(word(report())))
    section = document.sections[0]
    lengths = (
        section.page_width,
        section.page_height,
        section.left_margin,
        section.right_margin,
        section.top_margin,
    )
    assert [round(length / Mm(1)) for length in lengths if length] == [210, 297, 30, 15, 20]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    for header in (section.header, section.first_page_header):
        assert "VÍ DỤ" in header._element.xml
    core = document.core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert core.language == "vi-VN"
    languages = document.styles.element.findall(".//" + qn("w:lang"))
    assert languages[0].get(qn("w:val")) == "vi-VN"


def test_signs_no_page_can_hold_are_left_out() -> None:
    strange = report(parts=(Paragraph("trước\x00\x0b\ud800\ufffe sau"), Paragraph("a\tb\nc")))
    assert "trước sau" in word_text(word(strange))
    assert "trước sau" in pdf_text(pdf(strange))


def test_a_word_longer_than_a_line_stays_on_the_page() -> None:
    address = "https://example.org/" + "nhan-tai-" * 30
    reader = PdfReader(io.BytesIO(pdf(report(parts=(Paragraph(address),)))))
    right: list[float] = []

    def see(text: str, cm: object, tm: list[float], font: object, size: float) -> None:
        right.append(tm[4])

    text = reader.pages[0].extract_text(visitor_text=see)
    assert address in "".join(text.split())
    assert max(right) < float(reader.pages[0].mediabox.width)


def test_three_hundred_pages_take_seconds() -> None:
    paragraph = Paragraph("Người dân phải quay lại vì thiếu giấy tờ. " * 60)
    long = report(parts=(paragraph,) * 520)
    start = time.perf_counter()
    assert len(PdfReader(io.BytesIO(pdf(long))).pages) >= 300
    assert len(word(long)) > 10_000
    assert time.perf_counter() - start < 30


def test_importing_the_package_loads_no_writer() -> None:
    code = (
        "import sys, vuon.documents\n"
        "print([name for name in ('typst', 'docx', 'lxml', 'json') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_a_heading_has_a_level_that_exists() -> None:
    with pytest.raises(ValueError, match="level"):
        Heading("x", 4)
