"""Looking ahead, on the phone and on the desktop: a signal seen twice, a driver that sets a range, an idea
in many futures, all ideas in one table, a signpost with its readings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Arrive, Picture, Visitor
from tests.short_way import WAY

#: The same ideas as in the words of two templates: quicker at the desk by a tenth, and by a third.
IDEA = """format = 1
key = "{key}"
name = {{ vi = "{name}", en = "{name}" }}
[[change]]
target = "desk"
edit = "word"
text = {{ vi = "Nhanh hơn ở quầy" }}
values = {{ service_factor = {factor} }}
"""


def looks_right(visitor: Visitor) -> None:
    """Nothing sticks out, and axe has nothing to say."""
    visitor.page.wait_for_load_state()
    assert visitor.fits(), visitor.page.url
    found = visitor.axe()
    assert not found, f"{visitor.page.url}: {found}"


#: What the ideas are called, and the task, by language.
NAMES = {"vi": ("Viết dễ hiểu", "Hai bước"), "en": ("Plain words", "Two steps")}
TASK = {"vi": "Người dân phải đi lại nhiều lần", "en": "People come again and again"}


def begun(visitor: Visitor, language: str) -> str:
    """A task; its identifier."""
    page = visitor.page
    visitor.go("/challenges/")
    page.locator("[name=sentence]").fill(TASK[language])
    page.locator("main button.button-primary").first.click()
    page.locator("main button.button-primary").last.click()
    expect(page).to_have_url(re.compile(r"/challenges/[0-9a-f-]{36}/$"))
    return page.url.rstrip("/").rpartition("/")[2]


def brought(visitor: Visitor, path: str, file: Path) -> None:
    """A file, by the form that is folded away on a page."""
    visitor.go(path)
    page = visitor.page
    page.locator("details:has(#bring) summary").click()
    page.locator("#bring").set_input_files(file)
    page.locator("form:has(#bring) button").click()
    page.wait_for_load_state()


def seen(visitor: Visitor, task: str) -> None:
    """A signal twice, which is offered as seen again; a driver of it that is a story only."""
    page = visitor.page
    page.locator("a[href*='/futures/'] .list-title").first.click()
    looks_right(visitor)
    for _ in range(2):
        page.locator("a[href$='/signals/']").click()
        page.locator("[name=text]").fill("Nhiều khu nhà mới được cấp phép xây")
        looks_right(visitor)
        page.locator("main form[data-keep] button[type=submit]").click()
    expect(page.locator("button[value=again]")).to_have_count(1)
    looks_right(visitor)
    page.locator("button[value=again]").click()
    looks_right(visitor)
    page.locator("a[href$='/drivers/']").click()
    page.locator("[name=label]").fill("Dân số tăng")
    page.locator("[name=signals]").check()
    looks_right(visitor)
    page.locator("main button.button-primary").click()
    expect(page.locator("#drivers + p + ul .tag")).to_have_count(1)
    looks_right(visitor)


def ranged(visitor: Visitor, task: str) -> None:
    """The driver sets the range of a number of the map, with who says so and why."""
    page = visitor.page
    page.locator("#drivers + p + ul a").first.click()
    page.locator("[name=uncertainty]").select_option("arrivals:per_day")
    for name, value in (("low", "5"), ("high", "45"), ("set_by", "Phòng Kinh tế"),
                        ("why", "Theo quy hoạch")):  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    looks_right(visitor)
    page.locator("main button.button-primary").click()
    expect(page.locator("main")).to_contain_text("Phòng Kinh tế")
    looks_right(visitor)


def explored(visitor: Visitor, task: str) -> None:
    """The threshold first; then when the idea fails, and a signpost for each condition."""
    page = visitor.page
    visitor.go(f"/ideas/{task}/plain/futures/")
    expect(page.locator("main")).to_contain_text("Phòng Kinh tế")
    page.locator("[name=kind][value=wait]").check()
    page.locator("[name=threshold]").fill("60")
    looks_right(visitor)
    page.locator("main button.button-primary").click()
    expect(page.locator("#told")).to_be_visible(timeout=60_000)
    looks_right(visitor)
    page.locator("form[action$='/watch/'] button").click()
    page.wait_for_load_state()
    looks_right(visitor)


def compared(visitor: Visitor, picture: Picture, task: str) -> None:
    """Today and both ideas in the same futures, by several ways of asking."""
    page = visitor.page
    visitor.go(f"/ideas/{task}/futures/")
    page.locator("[name=kind][value=wait]").check()
    page.locator("[name=threshold]").fill("60")
    page.locator("main button.button-primary").click()
    expect(page.locator("main table").first).to_be_visible(timeout=60_000)
    expect(page.locator("main table").first.locator("tbody tr")).to_have_count(3)
    looks_right(visitor)
    if visitor.page.viewport_size and visitor.page.viewport_size["width"] > 1000:
        page.locator("main table").first.evaluate("e => e.scrollIntoView({block: 'center'})")
        picture(visitor, "all-ideas")


def watched(visitor: Visitor, task: str) -> None:
    """A signpost is a draft until somebody watches; then it has a status from its readings."""
    page = visitor.page
    visitor.go(f"/futures/{task}/")
    page.locator("main a[href*='/signposts/']").first.click()
    looks_right(visitor)
    page.locator("[name=source]").fill("Sổ tiếp nhận")
    page.locator("[name=owner]").fill("Trung tâm")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    page.locator("a[href$='/read/']").first.click()
    page.locator("[name=value]").fill("44")
    looks_right(visitor)
    page.locator("main button.button-primary").click()
    expect(page.locator("main tbody tr, main .tag").first).to_be_visible()
    looks_right(visitor)


@pytest.mark.parametrize(("language", "size"), [("vi", "phone"), ("en", "desktop")])
def test_from_a_signal_to_a_signpost(
    arrive: Arrive, picture: Picture, tmp_path: Path, language: str, size: str
) -> None:
    visitor = arrive(language, size)
    task = begun(visitor, language)
    seen(visitor, task)
    way = tmp_path / "journey.toml"
    way.write_text(WAY)
    brought(visitor, f"/journeys/{task}/", way)
    plain, two = NAMES[language]
    for key, name, factor in (("plain", plain, 0.9), ("two", two, 0.7)):
        idea = tmp_path / f"{key}.toml"
        idea.write_text(IDEA.format(key=key, name=name, factor=factor))
        brought(visitor, f"/ideas/{task}/", idea)
    visitor.go(f"/futures/{task}/")
    ranged(visitor, task)
    explored(visitor, task)
    compared(visitor, picture, task)
    watched(visitor, task)
