"""Looking ahead: a signal and a driver that is a story only, on the phone and on the desktop."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Arrive, Visitor


def looks_right(visitor: Visitor) -> None:
    """Nothing sticks out, and axe has nothing to say."""
    visitor.page.wait_for_load_state()
    assert visitor.fits(), visitor.page.url
    found = visitor.axe()
    assert not found, f"{visitor.page.url}: {found}"


@pytest.mark.parametrize(("language", "size"), [("vi", "phone"), ("en", "desktop")])
def test_from_a_signal_to_a_driver(arrive: Arrive, language: str, size: str) -> None:
    visitor = arrive(language, size)
    page = visitor.page
    visitor.go("/challenges/")
    page.locator("[name=sentence]").fill("Người dân phải đi lại nhiều lần")
    page.locator("main button.button-primary").first.click()
    page.locator("main button.button-primary").last.click()
    expect(page).to_have_url(re.compile(r"/challenges/[0-9a-f-]{36}/$"))
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
