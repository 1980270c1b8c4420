"""A text that keeps itself: what the three lights say when all is well, and when it is not.

The page is real; for what cannot be had on demand the answer of the server is given by the test.
"""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Arrive, Visitor

DRAFT = "**/draft/**"


@pytest.fixture
def writing(arrive: Arrive) -> Visitor:
    """Somebody who has begun a task and opened its first answer."""
    visitor = arrive("en", "phone")
    visitor.go("/challenges/")
    page = visitor.page
    page.locator("main textarea").first.fill("People come twice for one file.")
    page.locator("main form button[type=submit]").first.click()
    page.locator("main button.button-primary").last.click()
    page.locator("#plan > summary").click()
    page.locator("main a[href*='/answer/']").first.click()
    expect(page.locator("saved-text textarea")).to_be_visible()
    return visitor


def answer(page: Page, status: int, body: dict[str, object], **headers: str) -> list[str]:
    """Let the server answer so; returns what was sent, as it comes."""
    sent: list[str] = []

    def reply(route: Route) -> None:
        sent.append(route.request.post_data or "")
        route.fulfill(status=status, body=json.dumps(body), headers=headers)

    page.unroute(DRAFT)
    page.route(DRAFT, reply)
    return sent


def quiet(visitor: Visitor) -> None:
    """Chromium writes each refused request to its console; here they are meant."""
    visitor.complaints.clear()


def held(page: Page) -> list[str]:
    """What the tab holds for itself."""
    texts: list[str] = page.evaluate("Object.values(sessionStorage)")
    return texts


def test_typed_sent_kept(writing: Visitor) -> None:
    page, lights = writing.page, writing.page.locator(".sending")
    page.locator("saved-text textarea").fill("Half a sentence")
    expect(lights).to_have_attribute("data-state", "kept")
    assert held(page) == []
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(page.locator("saved-text textarea")).to_have_value("Half a sentence")


def test_without_a_network_the_text_waits_and_goes_when_it_can(writing: Visitor) -> None:
    page, lights = writing.page, writing.page.locator(".sending")
    page.route(DRAFT, lambda route: route.abort())
    page.locator("saved-text textarea").fill("Written in a tunnel")
    expect(lights).to_have_attribute("data-state", "here")
    assert held(page) == ["Written in a tunnel"]
    page.wait_for_timeout(1500)
    quiet(writing)
    page.unroute(DRAFT)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(lights).to_have_attribute("data-state", "kept")
    assert held(page) == []


def test_a_busy_server_is_left_in_peace_as_long_as_it_asks(writing: Visitor) -> None:
    page = writing.page
    sent = answer(page, 503, {}, **{"Retry-After": "60"})
    page.locator("saved-text textarea").fill("Patience")
    expect(page.locator(".sending")).to_have_attribute("data-state", "here")
    page.wait_for_timeout(2500)
    assert len(sent) == 1
    quiet(writing)


@pytest.mark.parametrize(
    ("status", "state"),
    [(401, "signed-out"), (403, "signed-out"), (413, "refused"), (422, "refused")],
)
def test_what_is_refused_stays_on_the_page(writing: Visitor, status: int, state: str) -> None:
    page = writing.page
    answer(page, status, {"message": "Too long."})
    page.locator("saved-text textarea").fill("Not to be lost")
    lights = page.locator(".sending")
    expect(lights).to_have_attribute("data-state", state)
    if state == "refused":
        expect(lights).to_contain_text("Too long.")
    expect(page.locator("saved-text textarea")).to_have_value("Not to be lost")
    assert held(page) == ["Not to be lost"]
    quiet(writing)


def test_another_text_is_shown_beside_ones_own(writing: Visitor) -> None:
    page = writing.page
    answer(
        page, 409, {"kept": True, "conflict": True, "html": "<p class='theirs'>The other one</p>"}
    )
    page.locator("saved-text textarea").fill("My one")
    expect(page.locator(".theirs")).to_have_text("The other one")
    expect(page.locator("saved-text textarea")).to_have_value("My one")
    expect(page.locator(".sending")).to_have_attribute("data-state", "kept")
    quiet(writing)


def test_each_state_of_the_text_is_sent_with_its_own_mark(writing: Visitor) -> None:
    """So that the server can tell a text sent twice from a text written twice."""
    page = writing.page
    sent = answer(page, 200, {"kept": True, "version": "1", "at": "2026-11-26T08:00:00Z"})
    for text in ("One", "Two"):
        page.locator("saved-text textarea").fill(text)
        expect(page.locator(".sending")).to_have_attribute("data-state", "kept")
    marks = [dict(pair.split("=") for pair in body.split("&"))["client"] for body in sent]
    assert len(marks) == len(set(marks)) == 2
