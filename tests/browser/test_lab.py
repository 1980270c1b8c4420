"""The lab in a browser: open from a plan, edit and go on elsewhere, join by code, who sees what."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Arrive, Picture, Server, Visitor, serve, stop

PLAN = """# A lab of our own

[[year:2024]]

[[type:learningplan]]

[[methods:Ethnography]]
[[methods:Blockchain]]
[[sdgs:9. Industry, innovation and infrastructure]]
## Title

> Please provide a name for your action learning plan.

A lab of our own
"""


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, whose one-time link nobody has used yet."""
    started = serve(tmp_path_factory.mktemp("led"))
    yield started
    stop(started)


@pytest.fixture(scope="module")
def keys() -> dict[str, list[dict[str, object]]]:
    """The facilitator's cookies, so that every visit of these tests is the same person."""
    return {}


@pytest.fixture
def facilitator(arrive: Arrive, led: Server, keys: dict, language: str, size: str) -> Visitor:
    """Whoever used the link, in a browser of this language and size."""
    visitor = arrive(language, size, at=led)
    if "cookies" in keys:
        kept = [each for each in keys["cookies"] if each["name"] != "vuon_language"]
        visitor.context.add_cookies(kept)
        return visitor
    visitor.go(led.facilitate)
    looks_right(visitor)
    visitor.page.locator("main form button[type=submit]").first.click()
    expect(visitor.page).to_have_url(re.compile("/me/"))
    keys["cookies"] = visitor.context.cookies()
    return visitor


def looks_right(visitor: Visitor) -> None:
    """Nothing sticks out, axe finds nothing, the page is in the chosen language."""
    assert visitor.fits(), visitor.page.url
    found = visitor.axe()
    assert not found, f"{visitor.page.url}: {found}"


def text_of(path: str | Path | io.BytesIO) -> str:
    """The text of a PDF without spaces: a browser sets each subset of the font by itself."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return re.sub(r"\s", "", text)


def test_the_founding_lab_on_its_page_printed_and_taken_along(
    arrive: Arrive, picture: Picture, language: str, size: str, tmp_path: Path
) -> None:
    visitor = arrive(language, size)
    visitor.go("/labs/")
    page = visitor.page
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".partners > li")).to_have_count(5)
    expect(page.locator(".tile")).to_have_count(34)
    expect(page.locator(".tile-on")).to_have_count(3)
    looks_right(visitor)
    if size == "desktop" and language == "vi":
        picture(visitor, "lab")
    title = page.locator("h1").inner_text()

    printed = tmp_path / "page.pdf"
    page.pdf(path=printed, format="A4")
    on_paper = text_of(printed)
    assert title.replace(" ", "") in on_paper
    assert ("Vídụ" if language == "vi" else "Example") in on_paper, "the watermark prints too"

    with page.expect_download() as taken:
        page.locator('a[href$="export.pdf"]').click()
    assert title.replace(" ", "") in text_of(taken.value.path())
    with page.expect_download() as taken:
        page.locator('a[href*="/export/opening.md"]').click()
    assert "[[methods:Ethnography]]" in Path(taken.value.path()).read_text("utf-8")


def test_a_programme_says_why_and_hands_out_paper(
    arrive: Arrive, picture: Picture, language: str, size: str
) -> None:
    visitor = arrive(language, size)
    visitor.go("/labs/")
    page = visitor.page
    page.locator('a[href^="/activities/programmes/"]').first.click()
    expect(page).to_have_url(re.compile("/programmes/"))
    steps = page.locator(".path > li")
    assert steps.count() > 3
    for n in range(steps.count()):
        assert steps.nth(n).locator(".why").inner_text().strip(), "an activity without a reason"
    looks_right(visitor)
    if size == "desktop" and language == "vi":
        picture(visitor, "programme")
    paper = steps.nth(4).locator('a[href$="canvas-a4.pdf"]').get_attribute("href")
    answer = visitor.context.request.get(visitor.base + str(paper))
    assert answer.status == 200
    assert "mật" in text_of(io.BytesIO(answer.body())) or language == "en"
    steps.nth(4).locator("h2 a").click()
    expect(page).to_have_url(re.compile("/cards/"))
    looks_right(visitor)


def test_open_a_lab_from_a_plan(
    facilitator: Visitor, tmp_path: Path, language: str, size: str
) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text(PLAN.replace("of our own", f"of our own {language} {size}"))
    facilitator.go("/activities/open/")
    looks_right(facilitator)
    facilitator.page.set_input_files("input[type=file]", plan)
    facilitator.page.locator("main button[type=submit]").click()
    expect(facilitator.page.locator("h1")).to_have_text(f"A lab of our own {language} {size}")
    expect(facilitator.page.locator("#programme")).to_contain_text("Blockchain")
    looks_right(facilitator)


def test_a_plan_that_is_none_says_what_to_do(facilitator: Visitor, tmp_path: Path) -> None:
    wrong = tmp_path / "plan.md"
    wrong.write_bytes(b"PK\x03\x04" + b"\0" * 500)
    facilitator.go("/activities/open/")
    facilitator.page.set_input_files("input[type=file]", wrong)
    facilitator.page.locator("main button[type=submit]").click()
    expect(facilitator.page.locator(".error-summary")).to_contain_text("plan.md")
    looks_right(facilitator)


def test_edit_leave_and_go_on_on_a_second_device(arrive: Arrive, language: str, size: str) -> None:
    """A sentence without an account, typed text kept by itself, eight words bring it back."""
    first = arrive(language, size)
    first.go("/challenges/")
    looks_right(first)
    sentence = "Người dân phải quay lại nhiều lần vì thiếu giấy"
    first.page.locator("textarea").fill(sentence)
    first.page.locator("main form button[type=submit]").first.click()
    expect(first.page).to_have_url(re.compile("/frame/$"))
    looks_right(first)
    first.page.locator("main button.button-primary").last.click()
    expect(first.page.locator("h1")).to_have_text(sentence)
    looks_right(first)
    there = first.page.url
    first.page.locator("#plan > summary").click()
    first.page.locator("#answer-background-1 a").click()
    expect(first.page).to_have_url(re.compile("/answer/"))
    first.page.locator("textarea").fill("Chưa viết xong")
    expect(first.page.locator(".sending")).to_have_attribute("data-state", "kept")
    looks_right(first)
    editing = first.page.url

    first.go("/me/")
    looks_right(first)
    first.page.locator('form[action$="/me/code/"] button').click()
    expect(first.page.locator(".code-words > li")).to_have_count(8)
    words = first.page.locator(".code-words > li").all_inner_texts()

    second = arrive(language, "desktop" if size == "phone" else "phone")
    second.go(there)
    expect(second.page.locator("main")).not_to_contain_text(sentence)
    second.complaints.clear()  # that page was refused, as it should be
    second.go("/resume/")
    looks_right(second)
    second.page.locator("main form input:visible, main form textarea:visible").first.fill(
        " ".join(re.sub(r"^\d+", "", word).strip() for word in words)
    )
    second.page.locator("main form button[type=submit]").first.click()
    expect(second.page).not_to_have_url(re.compile("/resume/"))
    second.go(editing)
    expect(second.page.locator("textarea")).to_have_value("Chưa viết xong")
    second.page.locator("main form button[type=submit]").first.click()
    expect(second.page.locator("#answer-background-1")).to_contain_text("Chưa viết xong")


def test_join_by_code_and_who_sees_what(
    facilitator: Visitor, arrive: Arrive, led: Server, language: str, size: str
) -> None:
    facilitator.go("/labs/")
    facilitator.page.locator('a[href$="/sessions/"]').first.click()
    expect(facilitator.page).to_have_url(re.compile("/sessions/$"))
    looks_right(facilitator)
    facilitator.page.locator("main form input[type=text]").first.fill(f"Buổi {language} {size}")
    facilitator.page.locator("main form button[type=submit]").first.click()
    code = facilitator.page.locator(".code").first.inner_text().strip()
    looks_right(facilitator)

    official = arrive(language, size, at=led)
    official.go("/join/")
    looks_right(official)
    official.page.locator("main input:visible").first.fill(code.lower())
    official.page.locator("main form button[type=submit]").first.click()
    expect(official.page).to_have_url(re.compile(f"/join/{code}/"))
    assert not official.page.locator(".code-words").count()
    looks_right(official)
    official.page.locator("main form button[type=submit]").first.click()
    expect(official.page).to_have_url(re.compile("/sessions/"))
    looks_right(official)
    pseudonym = official.page.locator("h1").inner_text()
    official.page.reload()
    expect(official.page.locator("h1")).to_have_text(pseudonym)

    official.page.locator('a[href="/who-sees/"]:visible').first.click()
    expect(official.page).to_have_url(re.compile("/who-sees/"))
    looks_right(official)
    rows = official.page.locator("main table").first.locator("tbody tr")
    assert rows.count() >= 5


def test_a_second_person_sees_nothing_private_by_any_address(arrive: Arrive, language: str) -> None:
    """Every link and form of the first one's pages, opened by somebody else."""
    first, second = arrive(language), arrive(language)
    first.go("/challenges/")
    secret = "Điều chỉ mình tôi biết"
    first.page.locator("textarea").fill(secret)
    first.page.locator("main form button[type=submit]").first.click()
    expect(first.page).to_have_url(re.compile("/frame/$"))
    first.page.locator("main button.button-primary").last.click()
    expect(first.page.locator("h1")).to_have_text(secret)
    found = first.page.eval_on_selector_all("main a", "links => links.map(link => link.href)")
    found += [first.page.url, first.base + "/challenges/"]
    assert len(found) > 10
    for address in dict.fromkeys(found):
        answer = second.context.request.get(address)
        assert secret.encode() not in answer.body(), address
        if "/challenges/plans/" in address or "/export/" in address:
            assert answer.status == 404, address
