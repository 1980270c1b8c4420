"""Papers for the desk: laid out by the decree, each figure with its source, nothing left unsaid."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from vuon import documents
from vuon.cases import desk_templates
from vuon.cases.desk import DOTS, Fact, Template, Value, fields, fill, grounds, template, word
from vuon.cases.desk_templates import templates
from vuon.cases.facts import has_figure
from vuon.documents import Paragraph, Report, Run, Table
from vuon.documents.length import width
from vuon.documents.paper import texts
from vuon.documents.parts import plain
from vuon.errors import VuonError

DAY = date(2026, 11, 26)
FORMS = [each for route in "AB" for each in templates(route, "", DAY)]
TO_TRINH = template("to-trinh", "A", DAY)
HOSTILE = "a\x00b\x1f</w:t><w:p>&amp;\ufffe\u202e{subject}\ud800]]>"


def named(form: Template) -> str:
    return f"{form.key}-{form.route}"


def facts(form: Template) -> dict[str, Value]:
    """A fact for each field that may hold one; a name for the others."""
    found: dict[str, Value] = {}
    for name in form.fields:
        fact = Fact(
            "35 phút", f"Sổ {name}, tháng 10/2026", "assumed" if name == "money" else "measured"
        )
        found[name] = "Sông An" if fields()[name].names else ("Chờ", fact)
        if name == "options":
            found[name] = (("Giữ như cũ", ("Chờ", fact), "không tốn"),)
        if name == "grounds":
            found[name] = grounds(form.route, DAY)
    return found


@cache
def written(key: str, route: str, *, full: bool, watermark: str = "") -> bytes:
    form = template(key, route, DAY)
    return word(fill(form, facts(form) if full else {}, day=DAY, watermark=watermark))


def opened(made: bytes) -> Any:
    return docx.Document(io.BytesIO(made))


def body(made: bytes) -> list[str]:
    """Every paragraph from top to bottom, those in tables too."""
    paragraphs = opened(made).element.body.iter(qn("w:p"))
    return ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in paragraphs]


def footnotes(document: Any) -> Any:
    """The part of footnotes; None if there is none."""
    parts = [
        link.target_part
        for link in document.part.rels.values()
        if link.reltype.endswith("/footnotes")
    ]
    return etree.fromstring(parts[0].blob) if parts else None


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_an_empty_field_stands_as_dots_and_on_the_slip(form: Template) -> None:
    filled = fill(form, {}, day=DAY)
    assert [each.field for each in filled.missing] == list(form.fields)
    assert filled.footnotes == 0 and filled.pages <= form.pages
    lines = body(word(filled))
    status = {"vi": "DỰ THẢO", "en": "DRAFT"}[form.language]
    slip, paper = "\n".join(lines[: lines.index(status)]), lines[lines.index(status) :]
    for each in filled.missing:
        assert each.label.say(form.language) in slip
    for part in form.parts:
        if part.kind == "text":
            fixed = [text for text in re.split(r"\{\w+\}", part.text) if len(text) > 3]
            assert any(
                DOTS in line and all(text.rstrip(".") in line for text in fixed) for line in paper
            ) or not re.search(r"\{(?!day)\w+\}", part.text)


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_each_fact_has_its_footnote_once_and_in_order(form: Template) -> None:
    values = facts(form)
    asked = [
        name
        for part in form.parts
        for each in part.patterns()
        for name in re.findall(r"\{(\w+)\}", each)
    ]
    expected = [
        name for name in dict.fromkeys(asked) if name in values and not fields()[name].names
    ]
    filled = fill(form, values, day=DAY)
    document = opened(word(filled))
    notes = footnotes(document).findall(qn("w:footnote"))
    said = {note.get(qn("w:id")): "".join(note.itertext()) for note in notes}
    references = [each.get(qn("w:id")) for each in document.element.iter(qn("w:footnoteReference"))]
    assert references == [str(number + 1) for number in range(len(expected))]
    for name, number in zip(expected, references, strict=True):
        assert f"Sổ {name}, tháng 10/2026" in said[number]
    assert set(said) - set(references) == {"-1", "0"}
    assert filled.footnotes == len(expected)
    assert not filled.missing and not filled.unsourced
    assert filled.pages <= form.pages


def test_footnotes_are_wired_as_word_wants_them() -> None:
    document = opened(written("to-trinh", "A", full=True))
    (part,) = [
        link.target_part
        for link in document.part.rels.values()
        if link.reltype.endswith("/footnotes")
    ]
    assert part.content_type.endswith("wordprocessingml.footnotes+xml")
    named_ids = document.settings.element.findall(f"{qn('w:footnotePr')}/{qn('w:footnote')}")
    assert [each.get(qn("w:id")) for each in named_ids] == ["-1", "0"]
    ids = {style.get(qn("w:styleId")) for style in document.styles.element.iter(qn("w:style"))}
    used = {
        each.get(qn("w:val")) for each in footnotes(document).iter(qn("w:pStyle"), qn("w:rStyle"))
    }
    assert used == {"FootnoteText", "FootnoteReference"} and used <= ids


# The order of the standard (ECMA-376, part 1), as far as we write these elements.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr shd tabs spacing ind jc rPr sectPr",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit tblHeader",
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs vertAlign lang",
}


@pytest.mark.parametrize("form", FORMS, ids=named)
def test_elements_stand_in_the_order_of_the_standard(form: Template) -> None:
    tree = opened(written(form.key, form.route, full=True)).element
    for name, order in ORDERS.items():
        for each in tree.iter(qn(f"w:{name}")):
            places = [order.split().index(etree.QName(child).localname) for child in each]
            assert places == sorted(places)


def test_the_page_is_that_of_the_decree() -> None:
    document = opened(written("to-trinh", "A", full=True, watermark="VÍ DỤ"))
    for section in document.sections:
        lengths = (
            *(section.page_width, section.page_height, section.top_margin),
            *(section.bottom_margin, section.left_margin, section.right_margin),
        )
        assert [round(length / Mm(1)) for length in lengths] == [210, 297, 20, 20, 30, 15]
        assert section.different_first_page_header_footer
        assert "VÍ DỤ" in section.first_page_header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
    slip, paper = document.sections
    assert "PAGE" not in slip.header._element.xml
    assert paper.header._element.xml.count(">PAGE<") == 1
    assert paper._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    style = document.styles["Normal"]
    assert (style.font.name, style.font.size) == ("Times New Roman", Pt(13))
    assert document.core_properties.author == ""


def test_the_head_and_the_foot_of_a_to_trinh() -> None:
    document = opened(written("to-trinh", "A", full=True))
    head, options, foot = document.tables
    cells = [[cell.text.strip() for cell in row.cells] for row in head.rows]
    assert cells[0][0].split("\n") == ["SÔNG AN", "SÔNG AN"]
    nation, motto = cells[0][1].split("\n")
    assert nation == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert motto == "Độc lập - Tự do - Hạnh phúc"
    assert cells[1] == ["Số: ……/TTr-……", "Sông An, ngày … tháng … năm 2026"]
    upper, own = head.rows[0].cells[0].paragraphs[:2]
    assert not upper.runs[0].bold and own.runs[0].bold
    assert head.rows[1].cells[1].paragraphs[0].runs[0].italic
    assert "insideV" not in options._tbl.xml and "insideH" in options._tbl.xml
    left, right = (cell.text.split("\n") for cell in foot.rows[0].cells)
    assert left[0] == "Nơi nhận:" and left[-1] == "- Lưu: VT, Sông An."
    assert right == ["SÔNG AN", "(Chữ ký, dấu)", "", "", DOTS]
    paragraphs = [each for each in document.paragraphs if each.text.startswith("Chờ 35 phút")]
    assert paragraphs[0].paragraph_format.first_line_indent == pytest.approx(Mm(10), abs=700)
    assert paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.JUSTIFY


def test_the_slip_says_what_a_signer_must_know() -> None:
    filled = fill(TO_TRINH, facts(TO_TRINH) | {"impact": "giảm 20 hồ sơ"}, day=DAY)
    lines = body(word(filled))
    slip = "\n".join(lines[: lines.index("DỰ THẢO")])
    assert lines[0] == "PHIẾU KIỂM TRƯỚC KHI TRÌNH"
    for words in ("Bỏ trang này trước khi trình", "bản dự thảo", "Không phải tư vấn pháp lý"):
        assert words in slip
    assert "giả định" in slip and "Sổ money" in slip
    assert filled.unsourced == ("giảm 20 hồ sơ",) and "giảm 20 hồ sơ" in slip
    assert [fact.source for fact in filled.weak] == ["Sổ money, tháng 10/2026"]


@pytest.mark.parametrize("form", FORMS[-3:], ids=named)
def test_hostile_text_is_only_text(form: Template) -> None:
    values: dict[str, Value] = {
        name: (Fact(HOSTILE, HOSTILE), HOSTILE, "\n") for name in form.fields
    }
    values["problem"] = "Người dân chờ lâu. " * 530
    filled = fill(form, values, day=DAY, watermark=HOSTILE)
    document = opened(word(filled))
    text = "".join(document.element.itertext())
    assert "</w:t><w:p>&amp;" in text and "{subject}]]>" in text
    assert all(sign.isprintable() or sign in "\n\t\u202e" for sign in text)
    assert filled.pages > form.pages
    assert unicodedata.is_normalized("NFC", text)


@given(st.integers(1, 99_999), st.sampled_from(["hồ sơ", "%", "lần", "đồng", "files", "ngày"]))
def test_a_number_in_plain_words_is_a_figure(number: int, what: str) -> None:
    assert has_figure(f"giảm còn {number} {what}")


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 300))
def test_dates_and_articles_are_no_figures(day: date, number: int) -> None:
    for text in (
        f"từ ngày {day:%d/%m/%Y} đến ngày {day.day}/{day.month}/{day.year}",
        f"ngày {day:%d} tháng {day:%m} năm {day.year}, tháng {day.month}/{day.year}; năm 2026",
        f"theo Điều {number} và Điều {number + 1} Nghị định số {number}/2025/NĐ-CP",
        f"{day.day} March 2026, article {number}",
    ):
        assert not has_figure(text), text


def test_composed_and_decomposed_vietnamese_print_the_same() -> None:
    spoken = "Người dân ở Sông An đợi lâu"
    apart = unicodedata.normalize("NFD", spoken)
    one, two = (body(word(fill(TO_TRINH, {"problem": text}, day=DAY))) for text in (spoken, apart))
    assert one == two and f"{spoken}." in one


def test_route_b_asks_for_more_and_brings_the_annex() -> None:
    stricter = template("to-trinh", "B", DAY)
    assert set(TO_TRINH.fields) < set(stricter.fields)
    assert {"rules", "scope", "measure", "protection"} <= set(stricter.fields)
    made = opened(written("to-trinh", "B", full=True))
    (annex,) = [
        each for each in made.paragraphs if "ĐỀ CƯƠNG THÍ ĐIỂM" in each.text and each.runs[0].bold
    ]
    assert annex.paragraph_format.page_break_before
    assert "ke-hoach" not in [each.key for each in templates("B", "vi", DAY)]


def test_route_c_is_told_which_document_it_needs() -> None:
    with pytest.raises(VuonError) as told:
        templates("C", "vi", DAY)
    assert told.value.code == "desk.route" and "93/2025/QH15" in told.value.say()
    with pytest.raises(VuonError, match="does not fit"):
        template("ke-hoach", "B", DAY)
    with pytest.raises(VuonError, match="no such paper"):
        template("quyet-dinh", "A", DAY)


@pytest.mark.parametrize("name", ["birth_date", "number"])
def test_what_is_written_by_hand_is_not_taken(name: str) -> None:
    with pytest.raises(VuonError) as told:
        fill(TO_TRINH, {name: "01/01/1980"}, day=DAY)
    assert told.value.code == "desk.field"


def test_templates_and_grounds_hold_from_a_day_to_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not templates("A", "", date(2025, 12, 31))
    ended = replace(TO_TRINH, ends=DAY)
    monkeypatch.setattr(desk_templates, "every", lambda: (ended,))
    assert templates("A", "vi", DAY) and not templates("A", "vi", DAY + timedelta(days=1))
    # Decree 118/2025 is in force from the first of July 2025, the law from the 16th of June.
    assert len(grounds("A", date(2025, 6, 30))) == 1
    assert len(grounds("A", date(2025, 7, 1))) == 2
    assert all(each.endswith("[cần rà soát]") for each in grounds("B", DAY))


def test_grounds_are_proposed_on_the_slip_and_not_put_into_the_paper() -> None:
    lines = body(written("to-trinh", "A", full=False))
    at = lines.index("DỰ THẢO")
    assert "[cần rà soát]" in "".join(lines[:at]) and "Căn cứ ……" in lines[at:]
    assert "[cần rà soát]" not in "".join(lines[at:])
    given_ = ("Căn cứ Luật Một;", "Luật Hai")
    lines = body(word(fill(TO_TRINH, {"grounds": given_}, day=DAY)))
    assert [line for line in lines if line.startswith("Căn cứ Luật")] == [
        "Căn cứ Luật Một;",
        "Căn cứ Luật Hai.",
    ]


def test_templates_speak_as_an_official_would() -> None:
    for path in desk_templates.FOLDER.glob("*.toml"):
        text = path.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", text)
        for word_ in ("thí nghiệm", "hộp cát", "chứng minh", "sandbox", "proven", "khách hàng"):
            assert word_ not in text.casefold()


def test_a_template_that_names_no_field_is_refused_with_its_line() -> None:
    text = (desk_templates.FOLDER / "one-page.toml").read_text("utf-8")
    with pytest.raises(VuonError, match=r"mine\.toml:\d+: .*wages"):
        desk_templates.read(text.replace("{money}", "{wages}"), "mine.toml")


def test_a_field_printed_twice_names_its_source_once_and_short_rows_are_missing() -> None:
    wait = Fact("35 phút", "Sổ theo dõi")
    values: dict[str, Value] = {"subject": ("giảm chờ", wait), "options": (("Giữ như cũ",),)}
    filled = fill(TO_TRINH, values, day=DAY)
    assert filled.footnotes == 1
    assert "options" in [each.field for each in filled.missing]
    said = [plain(text) for block in filled.paper.blocks for text in texts(block)]
    assert sum("35 phút" in text for text in said) == 2
    assert "Về việc giảm chờ 35 phút" in said


def test_a_report_carries_footnotes_into_word_and_pdf() -> None:
    noted = (
        Run("Chờ "),
        Run("35 phút", bold=True, footnote="Sổ theo dõi tại quầy"),
        Run(" mỗi lần"),
    )
    table = Table(("Bước", "Chờ"), (("Nộp", (Run("12 phút", footnote="Bấm giờ"),)),))
    report = Report("Số liệu", "vi", (Paragraph(noted), table))
    document = opened(documents.word(report))
    notes = footnotes(document).findall(qn("w:footnote"))[2:]
    assert ["".join(note.itertext()).strip() for note in notes] == [
        "Sổ theo dõi tại quầy",
        "Bấm giờ",
    ]
    assert "Chờ 35 phút mỗi lần" in [each.text for each in document.paragraphs]
    text = PdfReader(io.BytesIO(documents.pdf(report))).pages[0].extract_text()
    assert text.index("35 phút") < text.index("Sổ theo dõi tại quầy") < text.index("Bấm giờ")
    assert footnotes(opened(documents.word(Report("Không", "vi", (Paragraph("a"),))))) is None


def test_the_width_of_words_is_that_of_times() -> None:
    # Measured with letters as wide as those of Times New Roman: 134.5 mm at 13 points.
    sentence = "Residents with the least access come back two or more times for one file."
    assert width(sentence, 13) == pytest.approx(134.5, rel=0.02)
