"""Papers of a trial: what stands on them is right, in Vietnamese, on as many pages as it needs."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
import segno
from pypdf import PdfReader
from tests.architecture.sources import ROOT

from vuon.documents.codes import qr
from vuon.toml.table import Text
from vuon.trials import record, sealing
from vuon.trials.dossier import CHAPTERS
from vuon.trials.file import read as read_plan
from vuon.trials.papers import PURPOSES, code_sheet, procedure_paper, seal_paper
from vuon.trials.papers.procedure import procedure_content
from vuon.trials.papers.seal import seal_content
from vuon.trials.papers.wording import moment
from vuon.trials.protocol import Protocol, Rail

PILOT = read_plan(ROOT / "examples" / "song-an-mot-lan" / "trial.toml")
AT = "2026-02-20T09:00:00+07:00"
SEALED = record.begin(PILOT, AT, acknowledged="yes")
DRAWN = record.draw(SEALED, "482913", "2026-02-27T16:30:00+07:00")
ADDRESS = "http://192.168.1.20:8000/b/7fa2-k3/"
HOSTILE = r'#import "x.typ" $ x $ \ ] [ *b* _i_ `c` <a> @b // ~ #{1+1}'


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def whole(made: bytes) -> str:
    return " ".join("\n".join(pages(made)).split())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_seal_paper_holds_hash_words_stops_lot_and_lines_on_one_page(language: str) -> None:
    made = seal_paper(SEALED, language, "VÍ DỤ — không phải số liệu thật")
    told = whole(made)
    assert len(pages(made)) == 1
    sha = SEALED.sealed.sha256
    for group in (sha[at : at + 8] for at in range(0, 64, 8)):
        assert group in told
    for words in (PILOT.title.say(language), " · ".join(SEALED.sealed.words), "4,096" if language == "en" else "4.096",
                  PILOT.lot.public_number.say(language), PILOT.lot.substitute.say(language),
                  PILOT.stops[0].say(language), "VÍ DỤ"):  # fmt: skip
        assert words in told.replace("  ", " ")
    asked = {"vi": ("Người chứng kiến", "Chữ ký", "27/02/2026", "20/02/2026, 09:00"),
             "en": ("Witness", "Signature", "27 February 2026", "20 February 2026, 09:00")}  # fmt: skip
    assert all(words in told for words in asked[language])
    assert "482913" not in told
    assert "482913" in whole(seal_paper(DRAWN, language))


def test_the_stop_table_on_paper_is_that_of_the_guardrail() -> None:
    from vuon.trials.monitor import e_value

    table = seal_content(SEALED, "en")["rails"][0]["table"]
    assert len(table) >= 5
    for harmed, seen in ((int(a), int(b)) for a, b in table):
        assert e_value(harmed, seen, 0.1) >= 20 > e_value(harmed, seen + 1, 0.1)


def test_even_a_long_plan_stays_on_one_page() -> None:
    long = "Thử một cách làm mới ở thật nhiều nơi cùng lúc, " * 5
    shares = (
        Rail(f"r{at}", Text(vi=f"điều không mong muốn thứ {at}"), limit=0.05 + at / 100)
        for at in range(6)
    )
    rails = (*shares, Rail("m", Text(vi="chờ lâu"), "mean", 60.0, 0.0, 240.0))
    plan = replace(PILOT, title=Text(vi=long), rails=rails, stops=PILOT.stops * 6)
    made = seal_paper(record.begin(plan, AT), "vi")
    assert len(pages(made)) == 1
    assert "điều không mong muốn thứ 5" in whole(made).lower() and "Chữ ký" in whole(made)
    bare = whole(seal_paper(record.begin(Protocol("tran_trong"), AT), "vi"))
    assert "tran_trong" in bare and "Không có bốc thăm." in bare


def test_the_safe_harbour_file_says_each_event_in_plain_words_with_its_hash_and_gaps() -> None:
    before: tuple[sealing.Link, ...] = ()
    for kind, by in (("submitted", "An"), ("approved", "Bình")):
        before = sealing.append(before, {"kind": kind, "at": AT, "by": by})
    found = record.add(record.begin(PILOT, AT, before), "incident", AT, id="7", text="mất điện")
    made = procedure_paper(found, "vi", "VÍ DỤ")
    told = whole(made)
    for link in found.chain:
        assert link.sha256[:12] in told
        assert str(link.event["kind"]) not in told
    for words in ("Hồ sơ làm đúng quy trình", "Đã trình kế hoạch. Người thực hiện: An.",
                  "Xảy ra sự cố số 7: mất điện", "không phải tư vấn pháp lý", "20/02/2026, 09:00", "trang 1/"):  # fmt: skip
        assert words in told
    content = procedure_content(found, "vi")
    gaps = [gap for chapter in content["chapters"] for gap in chapter["gaps"]]
    assert len(gaps) >= 5 and all(gap in told for gap in gaps)
    joined = told.replace(" ", "")
    assert found.sealed.sha256 in joined and found.last in joined
    english = whole(procedure_paper(found, "en"))
    assert "The plan was submitted. By: An." in english and "no legal advice" in english
    assert [chapter["title"] for chapter in procedure_content(found, "en")["chapters"]] == list(
        CHAPTERS.values()
    )


def test_a_long_record_runs_over_numbered_pages() -> None:
    found = DRAWN
    for day in range(90):
        at = f"2026-03-{day % 28 + 1:02d}T08:00:00+07:00"
        found = record.add(found, "guardrail", at, key="long_wait", speaks=False)
    made = pages(procedure_paper(found, "vi", "VÍ DỤ"))
    assert len(made) > 3
    for number, text in enumerate(made, 1):
        assert f"trang {number}/{len(made)}" in text and "VÍ DỤ" in text
    told = "\n".join(made)
    assert all(link.sha256[:12] in told for link in found.chain)
    assert told.count("Khi nào") >= len(made) - 1  # the head of a table comes again


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_code_sheet_says_in_three_sentences_what_it_is_for(purpose: str, language: str) -> None:
    made = code_sheet(ADDRESS, purpose, PILOT.title, language, "VÍ DỤ")
    told = whole(made)
    assert len(pages(made)) == 1
    assert ADDRESS in told and PILOT.title.say(language) in told and "VÍ DỤ" in told
    from vuon.errors import Words

    known = PURPOSES[purpose]
    for sentence in (known.headline, *known.sentences):
        assert Words(sentence).say(language) in told
    with pytest.raises(KeyError):
        code_sheet(ADDRESS, "nothing", PILOT.title)


def test_the_printed_code_is_the_one_of_the_address() -> None:
    """Square by square, as a phone sees it."""
    page = pypdfium2.PdfDocument(code_sheet(ADDRESS, "enter", PILOT.title))[0]
    scale = 4
    image = page.render(scale=scale).to_pil().convert("L")
    mm = scale * 72 / 25.4
    left, top = 49, 78
    dark = image.crop((int(left * mm), int(top * mm), int(161 * mm), int(185 * mm))).point(
        lambda grey: 255 * (grey < 128)
    )
    box = dark.getbbox()
    assert box is not None and abs((box[2] - box[0]) - (box[3] - box[1])) <= 2
    matrix = [list(row) for row in segno.make(ADDRESS, error="m", micro=False).matrix]
    step = (box[2] - box[0]) / len(matrix)
    for y, row in enumerate(matrix):
        for x, module in enumerate(row):
            at = (int(box[0] + (x + 0.5) * step), int(box[1] + (y + 0.5) * step))
            assert bool(dark.getpixel(at)) == bool(module)
    assert seal_content(SEALED, "vi")["qr"] == qr(SEALED.sealed.sha256)


def test_what_people_write_is_text_and_never_markup() -> None:
    plan = replace(PILOT, title=Text(vi=HOSTILE), stops=(Text(vi=HOSTILE),))
    found = record.add(record.begin(plan, AT), "incident", AT, id="1", text=HOSTILE)
    for made in (seal_paper(found), procedure_paper(found), code_sheet(ADDRESS, "lot", plan.title)):
        assert "#{1+1}" in whole(made)
        fonts = {
            str(font.get_object()["/BaseFont"])
            for page in PdfReader(io.BytesIO(made)).pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert all("BeVietnamPro" in font or "DejaVuSansMono" in font for font in fonts)


def test_letters_of_viet_nam_and_the_language_of_the_page() -> None:
    letters = "ắ ằ ẳ ẵ ặ ộ ỡ ử ữ đ Đ ỵ Ỹ"
    plan = replace(PILOT, title=Text(vi=letters))
    for made in (seal_paper(record.begin(plan, AT)), procedure_paper(record.begin(plan, AT)),
                 code_sheet(ADDRESS, "enter", plan.title)):  # fmt: skip
        assert letters in whole(made)
        assert PdfReader(io.BytesIO(made)).trailer["/Root"]["/Lang"] == "vi"
    assert seal_paper(SEALED) == seal_paper(SEALED)


def test_times_are_told_as_people_write_them() -> None:
    assert moment("2026-02-27", "vi") == "27/02/2026"
    assert moment("2026-02-27T09:05:00+09:00", "vi") == "27/02/2026, 09:05 (UTC+09:00)"
    assert moment("", "vi") == "" and moment("sáng thứ Hai", "vi") == "sáng thứ Hai"
