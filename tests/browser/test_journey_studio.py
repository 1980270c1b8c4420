"""A journey from nothing: drawn, changed by hand and by keyboard, run, measured with a stopwatch,
compared with an idea, printed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import ROOT, Arrive, Picture
from tests.browser.test_journey_levers import finished, guessed
from tests.browser.test_our_task import EN, VI, begin, looks_right

SHEET = ROOT / "examples" / "journeys" / "sheets" / "monday_morning.csv"
STEPS = {
    "vi": (
        ("Chuẩn bị giấy tờ", "Người dân"),
        ("Lấy số và chờ", "Bộ phận Một cửa"),
        ("Nộp hồ sơ", "Bộ phận Một cửa"),
        ("Nhận kết quả", "Bộ phận Một cửa"),
    ),
    "en": (
        ("Gets papers ready", "Residents"),
        ("Takes a number", "One-stop shop"),
        ("Hands it in", "One-stop shop"),
        ("Gets the result", "One-stop shop"),
    ),
}


def drawn(page: Page, language: str) -> str:
    """A map of four steps, typed one after another; its address."""
    page.locator("a[href*='/journeys/'] .list-title").first.click()
    for n, (title, office) in enumerate(STEPS[language], start=1):
        page.locator("#new-title").fill(title)
        page.locator("#new-office").fill(office)
        page.locator("button[value=add]").click()
        expect(page.locator("svg a.map-step")).to_have_count(n)
    return page.url


def titles(page: Page) -> list[str]:
    return [each.strip() for each in page.locator("svg a.map-step").all_inner_texts()]


def order(page: Page) -> list[int]:
    """The places of the boxes from left to right, as the drawing has them."""
    found = page.locator("svg g[data-step]")
    return sorted(int(str(each.get_attribute("data-at"))) for each in found.all())


def middle(page: Page, n: int) -> tuple[float, float]:
    box = page.locator("svg g[data-step] > rect").nth(n).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_map_is_changed_by_hand_while_it_runs(arrive: Arrive, picture: Picture) -> None:
    visitor = arrive("en", "desktop")
    page = visitor.page
    begin(visitor, EN)
    address = drawn(page, "en")
    first = titles(page)
    # a box is drawn before another, into the lane of another office
    x, y = middle(page, 3)
    to_x, to_y = middle(page, 0)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=4)
    page.mouse.move(to_x + 40, to_y, steps=6)
    page.mouse.up()
    expect(page.locator(".map-status")).to_contain_text("Undo")
    assert titles(page) == [first[0], first[3], first[1], first[2]]
    moved = page.locator(f"svg g[data-step]:has-text('{first[3]}')")
    assert moved.get_attribute("data-office") == "Residents"
    # what was opened by a click before is opened by a click now
    page.keyboard.press("Control+z")
    expect(page.locator("svg a.map-step").nth(1)).to_have_text(first[1])
    assert order(page) == [0, 1, 2, 3]
    # it runs beside the drawing once somebody has guessed
    page.goto(f"{address}run/")
    page.locator("#guess").fill("7")
    page.locator("main button.button-primary").click()
    page.locator("main a[href*='?guess=7']").click()
    expect(page.locator("[data-figure=done]")).to_have_text("10.0")
    # a way back drawn from the handle of a box: some come twice, and the figures say so
    handle = page.locator(".map-handle").nth(2).bounding_box()
    assert handle
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(*middle(page, 0), steps=8)
    page.mouse.up()
    expect(page.locator("svg .map-return")).to_have_count(1)
    looks_right(visitor)
    picture(visitor, "journey-by-hand")
    # a click opens the step as before
    page.locator("svg a.map-step").nth(2).click()
    expect(page).to_have_url(re.compile(r"/steps/"))


def test_a_map_is_changed_by_keyboard_only(arrive: Arrive) -> None:
    visitor = arrive("vi", "desktop")
    page = visitor.page
    begin(visitor, VI)
    drawn(page, "vi")
    first = titles(page)
    boxes = page.locator("svg a.map-step")
    boxes.nth(1).focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(boxes.nth(2)).to_have_text(first[1])
    expect(boxes.nth(2)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    moved = page.locator("svg g[data-step]").nth(2)
    expect(moved).to_have_attribute("data-office", "Người dân")
    # W, two steps to the left, Enter: a way back
    page.keyboard.press("w")
    expect(page.locator(".map-status")).to_contain_text("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("svg .map-return")).to_have_count(1)
    page.keyboard.press("Delete")
    expect(boxes).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(boxes).to_have_count(4)
    page.keyboard.press("Control+z")
    expect(page.locator("svg .map-return")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(moved).to_have_attribute("data-office", "Bộ phận Một cửa")
    page.keyboard.press("Control+z")
    expect(boxes.nth(1)).to_have_text(first[1])
    page.keyboard.press("Control+Shift+z")
    expect(boxes.nth(2)).to_have_text(first[1])


def test_without_a_network_the_drawing_stays_and_says_so(arrive: Arrive) -> None:
    visitor = arrive("vi", "desktop")
    page = visitor.page
    begin(visitor, VI)
    drawn(page, "vi")
    first = titles(page)
    visitor.context.set_offline(True)
    page.locator("svg a.map-step").nth(1).focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".map-status")).to_contain_text("Mất mạng")
    assert titles(page) == first
    visitor.context.set_offline(False)
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("svg a.map-step").nth(2)).to_have_text(first[1])
    visitor.complaints[:] = [each for each in visitor.complaints if "ERR_INTERNET" not in each]


def test_what_the_server_refuses_is_not_called_kept(arrive: Arrive) -> None:
    visitor = arrive("vi", "desktop")
    page = visitor.page
    begin(visitor, VI)
    drawn(page, "vi")
    first = titles(page)
    page.route("**/change/", lambda route: route.fulfill(status=403, body=""))
    page.locator("svg a.map-step").nth(1).focus()
    with page.expect_navigation():  # what really stands is shown again
        page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".map-status")).not_to_contain_text("Hoàn tác")
    assert titles(page) == first
    visitor.complaints[:] = [each for each in visitor.complaints if "status of 403" not in each]


def test_with_a_finger_a_box_follows_after_it_has_rested(arrive: Arrive) -> None:
    visitor = arrive("vi", "phone")
    page = visitor.page
    begin(visitor, VI)
    drawn(page, "vi")
    first = titles(page)
    frame = page.locator(".map-frame")
    frame.evaluate("e => e.scrollLeft = 260")
    touch = visitor.context.new_cdp_session(page)

    def finger(kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    frame.scroll_into_view_if_needed()
    x, y = middle(page, 1)
    finger("touchStart", x, y)
    page.wait_for_timeout(450)
    for n in range(1, 9):
        finger("touchMove", x + 25 * n, y)
    finger("touchEnd")
    expect(page.locator("svg a.map-step").nth(2)).to_have_text(first[1])
    expect(page.locator(".map-status")).to_contain_text("Hoàn tác")


def counted(page: Page) -> None:
    """Three people on a stopwatch sheet; the clock runs ahead, what counts is what is written."""
    page.locator("a[href$='/sheet/']").click()
    page.locator("[name=title]").fill("Sáng thứ Hai")
    page.locator("main button.button-primary").click()
    sheet = page.locator("stopwatch-sheet")
    page.clock.install()
    for minutes in (7, 11, 9):
        sheet.locator("button[data-tap=came]").first.click()
        page.clock.fast_forward(3 * 60_000)
        sheet.locator("button[data-tap=called]").first.click()
        page.clock.fast_forward(minutes * 60_000)
        sheet.locator("button[data-tap=done]").first.click()
    page.clock.resume()
    expect(sheet).to_have_attribute("data-state", "kept")


def brought(page: Page) -> None:
    """The shipped sheet of a Monday morning, as a file."""
    page.locator("a[href$='/note/']").click()
    page.locator("details", has=page.locator("[name=file]")).last.evaluate("e => e.open = true")
    page.locator("[name=file]").set_input_files(SHEET)
    page.locator("main button.button-primary").click()
    expect(page).to_have_url(re.compile(r"/sources/[0-9a-f-]{36}/"))


@pytest.mark.parametrize(("language", "size"), [("vi", "phone"), ("en", "desktop")])
def test_from_a_stopwatch_to_a_comparison(
    arrive: Arrive, picture: Picture, language: str, size: str
) -> None:
    """The tutorial, with a sheet that was tapped and with one that was brought."""
    visitor = arrive(language, size)
    page = visitor.page
    begin(visitor, VI if language == "vi" else EN)
    task = page.url
    address = drawn(page, language)
    page.goto(task)
    page.locator("a[href*='/evidence/'] .list-title").first.click()
    (counted if size == "phone" else brought)(page)
    # the sheet gives its figures to the step where people queue, once they were looked at
    page.goto(address)
    page.locator(".map-steps h2 a").nth(2).click()
    page.locator("main form details summary").first.click()
    page.locator("a[href$='/measure/']").click()
    page.locator("a[href*='?sheet=']").click()
    looks_right(visitor)
    page.locator("main form button.button-primary").click()
    # who comes
    page.locator("a[href$='/about/who/']").click()
    page.locator("[name=rows-0-name]").fill("Người cao tuổi" if language == "vi" else "Over 60")
    page.locator("[name=rows-0-of_hundred]").fill("100")
    if size == "phone":
        page.locator("[name=per_day]").fill("40")
    looks_right(visitor)
    page.locator("main button.button-primary").click()
    expect(page).to_have_url(re.compile(r"/journeys/[0-9a-f-]+/$"))
    page.goto(f"{address}run/?guess=8")
    expect(page.locator("#outcome")).to_be_visible()
    expect(page.locator("#busy")).to_be_visible()
    looks_right(visitor)
    if size == "desktop":
        picture(visitor, "journey-run")
    # an idea from a template, guessed, compared, printed
    page.goto(task)
    page.locator("a[href*='/ideas/'] .list-title").first.click()
    page.locator("[name=name]").first.fill("Thêm một quầy")
    page.locator("[name=text]").first.fill("Từ 7:30 đến 9:30")
    page.locator("main form button.button-primary").first.click()
    page.locator("a[href$='/common/']").click()
    looks_right(visitor)
    peak = page.locator("details", has=page.locator("[value=desk_at_the_peak]"))
    peak.locator("summary").click()
    peak.locator("button.button-primary").click()
    page.locator("a[href$='/try/']").click()
    guessed(page)
    finished(page)
    waits = page.locator("tr[data-metric=wait] td").first
    shown = waits.text_content()
    if size == "desktop":
        picture(visitor, "levers")
    page.locator("a[href$='/sheet/']").click()
    expect(page.locator("svg.map")).to_have_count(2)
    assert str(shown).strip() in str(page.locator(".sheet-table").text_content())
    looks_right(visitor)
    if size == "desktop":
        assert len(page.pdf(prefer_css_page_size=True)) > 10_000
