"""From the first screen to the first guess: both languages, phone and desktop, no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Arrive, Picture, Visitor

WORDS = {
    "vi": {
        "begin": "Bắt đầu",
        "hear": "Nghe bà con nói",
        "desk": "Về bàn làm việc",
        "open": "Mở thư",
        "guess": "Tìm xem vì sao, trong 15 phút",
        "keep": "Lưu lần đoán này",
        "left": "Còn 7 hạt",
        "kept": "Đi xem, đi nghe",
        "more": "Thêm một hạt: Quầy quá đông",
        "fewer": "Bớt một hạt: Quầy quá đông",
        "counter": "Quầy quá đông",
    },
    "en": {
        "begin": "Begin",
        "hear": "Hear what people say",
        "desk": "Go to the desk",
        "open": "Open the letter",
        "guess": "Find out why, in 15 minutes",
        "keep": "Keep my guess",
        "left": "7 left in your hand",
        "kept": "Go and see, go and hear",
        "more": "One bean more: The counters are too crowded",
        "fewer": "One bean fewer: The counters are too crowded",
        "counter": "The counters are too crowded",
    },
}


def _looks_right(visitor: Visitor, axe: bool = True) -> None:
    assert visitor.fits(), visitor.page.url
    found = visitor.axe() if axe else []
    assert not found, f"{visitor.page.url}: {found}"


def test_from_the_first_screen_to_the_first_guess(
    arrive: Arrive, picture: Picture, language: str, size: str
) -> None:
    """With scripts: the letter opens at a tap, beans are laid by thumb, the guess is kept."""
    words, visitor = WORDS[language], arrive(language, size)
    page = visitor.page
    axe = (language, size) in (("vi", "phone"), ("en", "desktop"))  # what it sees is in these two
    visitor.go("/")
    _looks_right(visitor, axe)
    assert "vuon_seat" not in visitor.cookies()
    if (language, size) == ("vi", "desktop"):
        picture(visitor, "first-screen")
    page.get_by_role("link", name=words["begin"], exact=True).click()
    _looks_right(visitor, axe)
    page.get_by_role("link", name=words["hear"]).click()
    _looks_right(visitor, axe)
    page.get_by_role("link", name=words["desk"]).click()
    page.get_by_text(words["open"]).click()
    expect(page.locator(".letter-sheet")).to_be_visible()
    _looks_right(visitor, axe)
    page.get_by_role("link", name=words["guess"], exact=True).click()
    _lay(visitor, [6, 3, 4])
    expect(page.locator(".hand")).to_contain_text(words["left"])
    _looks_right(visitor, axe)
    if (language, size) == ("vi", "phone"):
        picture(visitor, "first-guess")
    page.get_by_role("button", name=words["keep"]).click()
    assert page.url.endswith("/guess/"), "beans in the hand are not sent"
    _lay(visitor, [0, 0, 0, 7])
    page.get_by_role("button", name=words["keep"]).click()
    expect(page.get_by_role("heading", name=words["kept"])).to_be_visible()
    _looks_right(visitor, axe)


def _lay(visitor: Visitor, beans: list[int]) -> None:
    """Tap the plus of each cause so many times."""
    for row, count in enumerate(beans):
        for _ in range(count):
            visitor.page.locator(".cause").nth(row).locator("button").last.click()


def test_the_first_guess_without_scripts(arrive: Arrive, language: str, size: str) -> None:
    """Numbers are written; what does not add up comes back with what was written."""
    words, visitor = WORDS[language], arrive(language, size, scripts=False)
    page = visitor.page
    visitor.go("/")
    page.get_by_role("link", name=words["begin"], exact=True).click()
    page.get_by_role("link", name=words["hear"]).click()
    page.get_by_role("link", name=words["desk"]).click()
    page.get_by_text(words["open"]).click()
    expect(page.locator(".letter-sheet")).to_be_visible()
    page.get_by_role("link", name=words["guess"], exact=True).click()
    fields = page.locator(".cause input")
    fields.nth(0).fill("13")
    page.get_by_role("button", name=words["keep"]).click()
    expect(page.locator(".error-summary")).to_contain_text("7")
    expect(fields.nth(0)).to_have_value("13")
    fields.nth(3).fill("7")
    page.get_by_role("button", name=words["keep"]).click()
    expect(page.get_by_role("heading", name=words["kept"])).to_be_visible()


def test_beans_by_keyboard_alone(arrive: Arrive) -> None:
    """Tab, space and typed numbers are enough, and a screen reader hears what is left."""
    words, visitor = WORDS["vi"], arrive("vi", "phone")
    page = visitor.page
    visitor.go("/practice/song-an/guess/")
    page.get_by_role("button", name=words["more"]).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    counter = page.get_by_label(words["counter"], exact=False).and_(page.locator("input"))
    expect(counter).to_have_value("2")
    page.get_by_role("button", name=words["fewer"]).focus()
    page.keyboard.press("Space")
    expect(counter).to_have_value("1")
    counter.focus()
    page.keyboard.press("ArrowUp")
    expect(counter).to_have_value("2")
    counter.fill("50")
    expect(counter).to_have_value("20")
    expect(page.locator("[aria-live]")).to_contain_text("Đã đặt hết hạt")


def test_the_skip_link_comes_first(arrive: Arrive) -> None:
    visitor = arrive("vi", "desktop")
    visitor.go("/")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator(":focus")).to_have_class("skip")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_language_is_one_tap_away(arrive: Arrive, scripts: bool) -> None:
    visitor = arrive("vi", "phone", scripts=scripts)
    page = visitor.page
    visitor.go("/practice/song-an/voices/")
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/practice/song-an/voices/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("In the yard, everyone has a story")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")


@pytest.mark.parametrize(
    ("language", "size", "dark"),
    [
        ("vi", "phone", False),
        ("vi", "desktop", True),
        ("en", "phone", True),
        ("en", "desktop", False),
    ],
)
def test_every_component_can_be_read(arrive: Arrive, language: str, size: str, dark: bool) -> None:
    """The page of components: no contrast too low, no name missing, nothing too wide."""
    visitor = arrive(language, size, dark=dark)
    visitor.go("/components/")
    _looks_right(visitor)


def test_what_is_tapped_is_large_enough(arrive: Arrive) -> None:
    """48 px for every button, and for every link that stands alone."""
    visitor = arrive("vi", "phone")
    for path in ("/", "/practice/song-an/guess/", "/components/"):
        visitor.go(path)
        small = visitor.page.evaluate(
            """() => [...document.querySelectorAll(
                 'button, .button, .button-primary, .button-quiet, .top a, .foot-links a,'
                 + '.opening-links a, .tabs a, .pages a, summary, .choice')]
               .filter(each => each.offsetParent && each.getBoundingClientRect().height < 47.5)
               .map(each => each.outerHTML.slice(0, 90))"""
        )
        assert not small, f"{path}: {small}"


def test_paper_is_black_on_white(arrive: Arrive) -> None:
    """Also for somebody whose screen is dark; buttons and the choice of language stay away."""
    visitor = arrive("vi", "desktop", dark=True)
    visitor.go("/practice/song-an/")
    visitor.page.emulate_media(media="print")
    ink, paper = visitor.page.evaluate(
        "(s => [s.color, s.getPropertyValue('--paper').trim()])(getComputedStyle(document.body))"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "#ffffff")
    expect(visitor.page.locator(".button-primary")).to_be_hidden()
    expect(visitor.page.locator(".language")).to_be_hidden()
    expect(visitor.page.locator(".watermark-print")).to_be_visible()
