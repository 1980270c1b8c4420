"""Our task, from the first sentence to the paper on the desk: on a phone in Vietnamese, on a desktop
in English, a marking by keyboard only, a network that goes, a stopwatch without a network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from playwright.sync_api import Page, expect
from tests.browser.conftest import Arrive, Picture, Visitor


@dataclass(frozen=True)
class Words:
    """What somebody writes, and what the buttons are called in their language."""

    sentence: str
    who: str
    assumption: str
    notes: tuple[tuple[str, str], ...]  # a note, and the sentence in it that is marked
    label: str
    finding: str
    steps: tuple[tuple[str, str], ...]
    idea: str
    change: str
    route: str
    leader: str
    keep: str
    no: str
    verbatim: str


VI = Words(
    sentence="Người dân phải đi lại hai, ba lần mới xong một bộ hồ sơ khai sinh",
    who="Cha mẹ có con mới sinh, nhất là người ở xa",
    assumption="Người dân không đọc hướng dẫn",
    notes=(
        (
            "Chị kể: tới quầy mới biết thiếu giấy chứng sinh bản gốc. Chị về lấy mất một buổi.",
            "tới quầy mới biết thiếu giấy chứng sinh bản gốc",
        ),
        (
            "Anh nói: tôi không biết bản sao khác bản phô tô. Lần sau tôi hỏi hàng xóm trước.",
            "tôi không biết bản sao khác bản phô tô",
        ),
    ),
    label="thiếu giấy biết muộn",
    finding="Tới quầy người dân mới biết mình thiếu giấy.",
    steps=(("Hỏi xem cần giấy gì", "Người dân, ở nhà"), ("Nộp hồ sơ", "Bộ phận Một cửa")),
    idea="Nhắn danh sách giấy tờ trước khi đến",
    change="Người đặt hẹn nhận tin nhắn ghi đúng giấy cần mang",
    route="Đường A",
    leader="Chủ tịch UBND phường",
    keep="Lưu",
    no="Không",
    verbatim="Đồng ý cho trích nguyên văn, cả ngoài nhóm",
)
EN = Words(
    sentence="Parents come two or three times for one birth registration",
    who="Parents of newborns, above all those who live far away",
    assumption="People do not read the leaflet",
    notes=(
        (
            "She says: only at the counter did I learn that the original was missing. A day lost.",
            "only at the counter did I learn that the original was missing",
        ),
        (
            "He says: I did not know that a copy is not a photocopy. Next time I ask a neighbour.",
            "I did not know that a copy is not a photocopy",
        ),
    ),
    label="missing paper learned late",
    finding="People learn at the counter that a paper is missing.",
    steps=(
        ("Asks which papers are needed", "Residents, at home"),
        ("Hands it in", "One-stop shop"),
    ),
    idea="Send the list before they come",
    change="Whoever has an appointment gets a message with the right papers",
    route="Route A",
    leader="The head of the ward",
    keep="Keep",
    no="No",
    verbatim="They agreed to be quoted word for word, also outside the team",
)


def looks_right(visitor: Visitor) -> None:
    """Nothing sticks out, and axe has nothing to say."""
    visitor.page.wait_for_load_state()  # its style sheets included
    assert visitor.fits(), visitor.page.url
    found = visitor.axe()
    assert not found, f"{visitor.page.url}: {found}"


def begin(visitor: Visitor, words: Words) -> str:
    """A task framed so that its legal route is known; the path of its page."""
    page = visitor.page
    visitor.go("/challenges/")
    page.locator("[name=sentence]").fill(words.sentence)
    page.locator("main button.button-primary").first.click()
    expect(page).to_have_url(re.compile(r"/frame/$"))
    page.locator("[name=frame_who]").fill(words.who)
    for name in ("frame_rule", "frame_uncovered"):
        page.locator(f"input[name={name}][value=No]").check()
    # what follows from the two answers stands there before anything is kept
    expect(page.locator("[data-answers=route]")).to_contain_text(words.route)
    page.locator("main form details summary").first.click()
    page.locator("[name=frame_assumptions]").fill(words.assumption)
    looks_right(visitor)
    page.locator("main button.button-primary").last.click()
    expect(page).to_have_url(re.compile(r"/challenges/[0-9a-f-]{36}/"))
    looks_right(visitor)
    return page.url


def write_down(page: Page, text: str, words: Words) -> None:
    """A note whose speaker may be quoted, looked through for names."""
    page.locator("a[href$='/note/']").click()
    page.locator("textarea[name=text]").fill(text)
    page.get_by_label(words.verbatim).check()
    page.locator("main button.button-primary").click()
    expect(page).to_have_url(re.compile(r"/check/$"))
    page.locator("main button.button-primary").click()
    expect(page).to_have_url(re.compile(r"/sources/[0-9a-f-]{36}/$"))


def select(page: Page, quote: str) -> None:
    """Select words in the text, as a finger or a mouse does."""
    page.evaluate(
        """quote => {
          const walker = document.createTreeWalker(document.querySelector('.coded-body'), 4);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(quote);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + quote.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return;
          }
          throw new Error('not in the text: ' + quote);
        }""",
        quote,
    )


def mark(page: Page, quote: str, label: str) -> None:
    """Mark words with a label, new or known."""
    expect(page.locator(".coded-tools")).to_be_visible()
    select(page, quote)
    bar = page.locator(".coded-bar")
    expect(bar).to_be_visible()
    known = bar.locator(".coded-recent button", has_text=label)
    with page.expect_response(lambda answer: answer.url.endswith("/mark/")) as sent:
        if known.count():
            known.first.click()
        else:
            bar.locator(".coded-acts button").first.click()
            bar.locator("input").fill(label)
            bar.locator("form button").click()
    assert sent.value.ok


def find(visitor: Visitor, words: Words, task: str) -> None:
    """Two notes, a mark in each, and the finding they come to."""
    page = visitor.page
    page.locator("a[href*='/evidence/'] .list-title").first.click()
    looks_right(visitor)
    corpus = page.url
    for text, quote in words.notes:
        visitor.go(corpus)
        write_down(page, text, words)
        mark(page, quote, words.label)
    looks_right(visitor)
    page.locator("main a[href*='/finding/?of=']").click()
    page.locator("[name=statement]").fill(words.finding)
    for choice in page.locator("input[value=for]").all():
        choice.check(force=True)
    looks_right(visitor)
    page.locator("main button.button-primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.finding)
    page.locator("a[href*='/thread/']").first.click()
    for _text, quote in words.notes:
        expect(page.locator(".stem").first).to_contain_text(quote)
    looks_right(visitor)
    visitor.go(task)


def draw(visitor: Visitor, words: Words, task: str) -> None:
    """Two steps of the map, the finding pinned to the second one."""
    page = visitor.page
    page.locator("a[href*='/journeys/'] .list-title").first.click()
    for title, office in words.steps:
        page.locator("#new-title").fill(title)
        page.locator("#new-office").fill(office)
        page.locator("button[value=add]").click()
        expect(page.locator(".map-steps")).to_contain_text(title)
    looks_right(visitor)
    page.locator(".map-steps h2 a").last.click()
    page.locator("input[name^='how-finding'][value=for]").first.check(force=True)
    looks_right(visitor)
    page.locator("main form button.button-primary").first.click()
    expect(page.locator(".map-steps")).to_contain_text(words.finding)
    visitor.go(task)


def think(visitor: Visitor, words: Words, task: str) -> None:
    """An idea with one change, made to a step of the map."""
    page = visitor.page
    page.locator("a[href*='/ideas/'] .list-title").first.click()
    page.locator("[name=name]").fill(words.idea)
    page.locator("main form button.button-primary").first.click()
    page.locator("a[href$='/changes/0/']").click()
    page.locator("[name=text]").fill(words.change)
    page.locator("[name=target]").select_option(index=2)
    looks_right(visitor)
    page.locator("main button.button-primary").click()
    expect(page.locator("main")).to_contain_text(words.change)
    looks_right(visitor)
    visitor.go(task)


def take_along(visitor: Visitor, paper: str, folder: Path, leader: str) -> docx.document.Document:
    """The paper in Word; what was typed stays while another field is asked for."""
    page = visitor.page
    page.locator("a[href*='/desk/'] .list-title").first.click()
    looks_right(visitor)
    page.locator(f"a[href$='/{paper}/']").first.click()
    looks_right(visitor)
    page.locator("[name=text-leader]").fill("Somebody else")
    page.locator("#complete details", has=page.locator("[name=own]")).locator("summary").click()
    page.locator("button[name=own][value=problem]").click()
    expect(page.locator("[name=text-problem]")).to_be_in_viewport()
    expect(page.locator("[name=text-leader]")).to_have_value("Somebody else")
    page.locator("[name=text-leader]").fill(leader)
    looks_right(visitor)
    with page.expect_download() as download:
        # what was typed and not kept yet goes into the file
        page.locator("button[name=take]").first.click()
    path = folder / f"{paper}.docx"
    download.value.save_as(path)
    return docx.Document(str(path))


def footnotes_of(document: docx.document.Document) -> list[str]:
    """The texts of the footnotes."""
    part = next(p for p in document.part.package.iter_parts() if "footnotes" in str(p.partname))
    from lxml import etree

    root = etree.fromstring(part.blob)
    notes = root.findall(qn("w:footnote"))
    texts = ["".join(t.text or "" for t in note.iter(qn("w:t"))) for note in notes]
    return [text for text in texts if text.strip()]


@pytest.mark.parametrize(
    ("words", "language", "size"), [(VI, "vi", "phone"), (EN, "en", "desktop")]
)
def test_from_the_first_sentence_to_a_paper_with_footnotes(
    arrive: Arrive, picture: Picture, tmp_path: Path, words: Words, language: str, size: str
) -> None:
    visitor = arrive(language, size)
    task = begin(visitor, words)
    if language == "en":
        picture(visitor, "our-task")
    find(visitor, words, task)
    draw(visitor, words, task)
    think(visitor, words, task)
    document = take_along(visitor, "to-trinh", tmp_path, words.leader)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    tables = "\n".join(c.text for t in document.tables for row in t.rows for c in row.cells)
    everything = text + tables
    assert words.finding.rstrip(".") in everything
    assert words.idea in everything or words.change in everything
    assert words.leader in everything
    assert "……" in everything or "......" in everything
    assert footnotes_of(document)


def test_marking_by_keyboard_only(arrive: Arrive) -> None:
    """Into the text, from sentence to sentence, a label, and away again."""
    visitor = arrive("en", "desktop")
    page = visitor.page
    begin(visitor, EN)
    page.locator("a[href*='/evidence/'] .list-title").first.click()
    write_down(page, "One sentence here. Another sentence there. A third one.", EN)
    body = page.locator(".coded-body")
    expect(page.locator(".coded-tools")).to_be_visible()
    body.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".coded-bar")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type("by keyboard")
    with page.expect_response(lambda answer: answer.url.endswith("/mark/")):
        page.keyboard.press("Enter")
    page.reload()
    expect(page.locator("#marks li")).to_have_count(1)
    # a click of the mouse chooses the whole sentence
    expect(page.locator(".coded-tools")).to_be_visible()
    box = page.locator(".coded-body p").last.bounding_box()
    assert box
    page.mouse.click(box["x"] + 430, box["y"] + 12)
    expect(page.locator(".coded-quote")).to_contain_text("A third one.")
    expect(page.locator("#marks .quote")).to_contain_text("Another sentence there.")


def test_without_a_network_nothing_that_was_written_is_lost(arrive: Arrive) -> None:
    visitor = arrive("en", "phone")
    page = visitor.page
    begin(visitor, EN)
    page.locator("a[href*='/journeys/'] .list-title").first.click()
    page.locator("#new-title").fill("Waits at the gate")
    visitor.context.set_offline(True)
    page.locator("button[value=add]").click()
    expect(page.locator(".kept-here")).to_be_visible()
    visitor.context.set_offline(False)
    page.reload()
    expect(page.locator("#new-title")).to_have_value("Waits at the gate")
    page.locator("button[value=add]").click()
    expect(page.locator(".map-steps")).to_contain_text("Waits at the gate")
    expect(page.locator("#new-title")).to_have_value("")


def test_the_stopwatch_counts_on_without_a_network(arrive: Arrive) -> None:
    visitor = arrive("vi", "phone")
    page = visitor.page
    begin(visitor, VI)
    page.locator("a[href*='/evidence/'] .list-title").first.click()
    page.locator("a[href$='/sheet/']").click()
    page.locator("[name=title]").fill("Sáng thứ Hai")
    page.locator("main button.button-primary").click()
    sheet = page.locator("stopwatch-sheet")
    expect(sheet.locator("button[data-tap=came]")).to_have_count(3)
    sheet.locator("button[data-tap=came]").first.click()
    expect(sheet).to_have_attribute("data-state", "kept")
    visitor.context.set_offline(True)
    visitor.complaints.clear()
    sheet.locator("button[data-tap=called]").first.click()
    sheet.locator("button[data-tap=came]").nth(1).click()
    expect(sheet).to_have_attribute("data-state", "waiting")
    looks_right(visitor)
    visitor.context.set_offline(False)
    page.reload()
    expect(page.locator("stopwatch-sheet")).to_have_attribute("data-state", "kept")
    sheet.locator("button[data-tap=done]").first.click()
    expect(sheet).to_have_attribute("data-state", "kept")
    sheet.locator("button[data-tap=leave]").first.click()
    sheet.locator("button[data-tap=left]").first.click()
    expect(sheet).to_have_attribute("data-state", "kept")
    page.reload()
    expect(page.locator(".stopwatch-person")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("CSV")
    # what Chromium says of a network that is gone is no complaint about the page
    visitor.complaints[:] = [each for each in visitor.complaints if "ERR_INTERNET" not in each]


@pytest.mark.parametrize(("language", "size"), [("vi", "phone"), ("en", "desktop")])
@pytest.mark.parametrize("path", ["", "journeys", "systems", "ideas", "desk", "evidence"])
def test_the_example_can_be_read_through(
    arrive: Arrive, picture: Picture, path: str, language: str, size: str
) -> None:
    """On a phone in Vietnamese, on a desktop in English."""
    visitor = arrive(language, size)
    page = visitor.page
    visitor.go("/challenges/")
    there = (
        page.locator("main a[href*='/challenges/']")
        .filter(has_text=re.compile("Sông An"))
        .first.get_attribute("href")
    )
    assert there
    visitor.go(there)
    if path:
        page.locator(f"a[href*='/{path}/'] .list-title").first.click()
    looks_right(visitor)
    pictured = {"journeys": "map", "systems": "sketch", "desk": "desk"}
    if path in pictured and language == "en" and size == "desktop":
        picture(visitor, pictured[path])
