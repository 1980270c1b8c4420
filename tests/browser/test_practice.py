"""A game in a real browser: the taster on a phone in Vietnamese in a straight line; the whole cycle
on a desktop in English, played by a team on two devices; and a server killed in the middle."""

from __future__ import annotations

import re
import signal
from pathlib import Path

from playwright.sync_api import Page, Route, expect
from tests.browser.conftest import Arrive, Picture, Visitor, serve, stop


def _looks_right(visitor: Visitor, *, axe: bool = True) -> None:
    assert visitor.fits(), visitor.page.url
    found = visitor.axe() if axe else []
    assert not found, f"{visitor.page.url}: {found}"


def _lay(page: Page, beans: list[int]) -> None:
    """Write numbers, after taking all back."""
    for row in range(4):
        page.locator(".cause input").nth(row).fill("0")
    for row, count in enumerate(beans):
        page.locator(".cause input").nth(row).fill(str(count))


def _move(page: Page, title: str, do: str, choice: str = "") -> None:
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    if choice:
        page.get_by_label(choice).check()
    page.get_by_role("button", name=do, exact=True).click()
    expect(page).to_have_url(re.compile(r"/found/\d+/$"))


def test_the_taster_on_a_phone_in_vietnamese(arrive: Arrive, picture: Picture) -> None:
    visitor = arrive("vi", "phone")
    page = visitor.page
    visitor.go("/practice/song-an/letter/")
    page.get_by_role("link", name="Tìm xem vì sao, trong 15 phút").click()
    _lay(page, [9, 5, 4, 2])
    page.get_by_role("button", name="Lưu lần đoán này").click()
    expect(page.get_by_role("heading", name="Đi xem, đi nghe")).to_be_visible()
    _looks_right(visitor)
    _move(page, "Ngồi cạnh quầy, bấm giờ", "Làm việc này")
    _looks_right(visitor)
    page.get_by_text("Ghim vào một bước").first.click()
    page.locator(".pin-steps").first.get_by_role("button", name="Nộp hồ sơ ở quầy").click()
    expect(page.locator(".pin-on")).to_contain_text("Nộp hồ sơ ở quầy")
    page.get_by_role("link", name="Tìm hiểu tiếp").click()
    expect(page.locator(".purse-days dd").first).to_have_text("86")
    picture(visitor, "look-and-listen")
    _move(page, "Nghe chuyện của tám người dân", "Làm việc này")
    page.get_by_role("link", name="Tìm hiểu tiếp").click()
    _move(page, "Mời cán bộ viết phiếu không ghi tên", "Làm việc này", "Chỉ nhóm mình đọc")
    page.get_by_role("link", name="Đường đi của hồ sơ").click()
    expect(page.locator(".way-has")).to_have_count(1)
    _looks_right(visitor)
    page.get_by_role("link", name="Về cuộc chơi").click()
    page.get_by_role("link", name="Chia lại hạt đậu").click()
    _lay(page, [14, 3, 2, 1])
    page.get_by_role("button", name="Giờ tôi tin như vậy").click()
    expect(page).to_have_url(re.compile(r"/ideas/$"))
    _looks_right(visitor)
    page.locator(".idea").first.click()
    page.locator("#predicted").fill("60")
    page.get_by_role("button", name="Thử", exact=True).click()
    expect(page.get_by_role("heading", name="Nếu đúng như anh/chị tin")).to_be_visible()
    _looks_right(visitor)
    page.get_by_role("link", name="Quyết định", exact=True).click()
    page.get_by_label("Làm ngay ở mọi nơi").check()
    page.get_by_role("button", name="Quyết định và xem một năm sau").click()
    expect(page.get_by_role("heading", name="Một năm sau")).to_be_visible()
    page.locator(".mail-letter summary").first.click()
    expect(page.locator(".mail-sheet").first).to_be_visible()
    _looks_right(visitor)
    page.get_by_role("link", name="Sự thật là gì?").click()
    expect(page.get_by_role("heading", name="Điều mình tin, và điều có thật")).to_be_visible()
    _looks_right(visitor)
    picture(visitor, "debrief")
    page.get_by_role("link", name="Một câu cho sáng thứ Hai").click()
    page.locator("textarea").fill("Tôi sẽ đi cùng một người dân.")
    page.get_by_role("button", name="Lưu lại").click()
    expect(page.get_by_role("status")).to_contain_text("chỉ cho riêng anh/chị")
    visitor.go("/practice/mine/")
    expect(page.locator(".list-row")).to_have_count(1)
    _looks_right(visitor)


def test_a_place_is_chosen_and_begun(
    arrive: Arrive, picture: Picture, language: str, size: str
) -> None:
    """Two cards, calmly; the second place shows its own picture as far as the first find."""
    visitor = arrive(language, size)
    page = visitor.page
    visitor.go("/practice/")
    expect(page.locator(".place")).to_have_count(2)
    expect(page.locator(".place .button-primary")).to_have_count(1)
    _looks_right(visitor)
    if (language, size) == ("vi", "phone"):
        picture(visitor, "practice-places")
    page.locator(".place", has_text="Bến Sậy").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/practice/ben-say/$"))
    expect(page.locator(".view .signtext")).to_have_text("ĐĂNG KÝ")
    _looks_right(visitor)
    page.locator(".button-primary").click()
    _looks_right(visitor)
    page.locator(".button-primary").click()
    page.locator(".letter summary").click()
    _looks_right(visitor)
    page.locator(".button-primary").click()
    _lay(page, [6, 6, 5, 3])
    page.locator("form .button-primary").click()
    expect(page).to_have_url(re.compile(r"/look/$"))
    expect(page.locator(".purse-days dd").first).to_have_text("92")
    _looks_right(visitor)
    page.get_by_role("link", name=re.compile("một lần rồi thôi|came once")).click()
    page.locator("form .button-primary").click()
    expect(page.locator(".piece-text")).to_have_count(4)
    _looks_right(visitor)


def test_the_whole_cycle_by_a_team_on_two_devices(arrive: Arrive) -> None:
    """Desktop in English; a phone joins by code, sees what the desktop does, and acts itself."""
    visitor = arrive("en", "desktop")
    page = visitor.page
    visitor.go("/practice/song-an/letter/")
    page.get_by_role("link", name="The whole cycle, 90 minutes").click()
    _lay(page, [6, 6, 6, 2])
    page.get_by_role("button", name="Keep my guess").click()
    page.get_by_role("link", name="Play together").click()
    code = page.locator(".code").inner_text().strip()
    mate = arrive("en", "phone")
    mate.go("/practice/join/")
    mate.page.get_by_label("Code").fill(code.lower())
    mate.page.get_by_role("button", name="Play along").click()
    expect(mate.page.get_by_role("heading", name="Go and see, go and hear")).to_be_visible()
    expect(mate.page.get_by_text("Only your team can see this")).to_be_visible()
    page.get_by_role("link", name="Back to the game").click()
    _move(page, "Walk the whole way with five residents", "Do it")
    # the phone notices within a few seconds, without a tap
    expect(mate.page.locator(".purse-days dd").first).to_have_text("83", timeout=10_000)
    _move(mate.page, "Ask for the ticket log", "Do it")
    mate.page.get_by_label("Count by").select_option(label="Day")
    mate.page.get_by_label("and by").select_option(label="Outcome of the visit")
    mate.page.get_by_role("button", name="Count", exact=True).click()
    expect(mate.page.get_by_role("rowheader", name="Monday")).to_be_visible()
    _looks_right(mate)
    game = page.url.split("/found/")[0]
    held: list[Route] = []
    mate.page.route(f"{game}/look/", lambda route: held.append(route))
    mate.page.get_by_role("link", name="Go on looking").click(no_wait_after=True)
    visitor.go(f"{game}/beans/")
    _lay(page, [10, 4, 4, 2])
    page.get_by_role("button", name="So I believe now").click()
    expect(page).to_have_url(re.compile(r"/ideas/$"))
    # the team goes on while the phone's tap is still on its way: the tap counts all the same
    mate.page.wait_for_timeout(2500)
    for each in held:
        each.continue_()
    expect(mate.page).to_have_url(f"{game}/look/")
    mate.page.unroute(f"{game}/look/")
    mate.page.go_back()
    _looks_right(visitor)
    for title in ("A plain checklist", "A desk that checks papers before the queue"):
        page.locator(".idea", has_text=title).click()
    page.locator("#predicted").fill("60")
    page.get_by_role("button", name="Try it", exact=True).click()
    page.get_by_role("link", name="Try it with people, small").click()
    page.get_by_label("Point beside point").check()
    page.get_by_role("button", name="What can it show now?").click()
    expect(page.locator("#advice")).to_contain_text("cannot tell")
    page.get_by_label("Weeks by lot").check()
    page.get_by_label("When clearly more than 25 of 100").check()
    page.get_by_role("button", name="What can it show now?").click()
    expect(page.locator("#advice")).to_contain_text("64 ways")
    _looks_right(visitor)
    page.get_by_role("button", name="Seal the plan").click()
    expect(page.get_by_role("heading", name="The plan is sealed")).to_be_visible()
    expect(page.locator(".seal li")).to_have_count(4)
    _looks_right(visitor)
    page.get_by_role("link", name="Begin the pilot").click()
    expect(page.get_by_role("heading", name="Half way")).to_be_visible()
    _looks_right(visitor)
    page.get_by_role("button", name="So be it").click()
    expect(page).to_have_url(re.compile(r"/reading/$"))
    _looks_right(visitor)
    page.get_by_role("link", name="Decide").click()
    page.get_by_role("radio", name=re.compile(r"^Adopt")).check()
    page.get_by_role("button", name="Decide, and see a year later").click()
    expect(page.get_by_role("heading", name="A year later")).to_be_visible()
    # what somebody is reading is not taken from their hands; the way on appears under it
    mate.page.get_by_role("link", name="Back to the game").click(timeout=15_000)
    expect(mate.page.get_by_role("heading", name="A year later")).to_be_visible()
    page.get_by_role("link", name="What was true?").click()
    expect(page.locator(".beliefs").first).to_be_visible()
    _looks_right(visitor)
    _looks_right(mate)


def test_a_killed_server_loses_no_acknowledged_move(arrive: Arrive, tmp_path: Path) -> None:
    server = serve(tmp_path)
    port = server.base.rsplit(":", 1)[1]
    visitor = arrive("vi", "phone", at=server)
    page = visitor.page
    visitor.go("/practice/song-an/guess/")
    _lay(page, [9, 5, 4, 2])
    page.get_by_role("button", name="Lưu lần đoán này").click()
    _move(page, "Đi cùng năm người từ đầu đến cuối", "Làm việc này")
    read = page.locator(".piece-text").first.inner_text()
    address = page.url
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(10)
    if server.process.stdout:
        server.process.stdout.close()
    again = serve(tmp_path, "--port", port)
    try:
        page.goto(address)
        expect(page.locator(".piece-text").first).to_have_text(read)
        page.get_by_role("link", name="Tìm hiểu tiếp").click()
        expect(page.locator(".purse-days dd").first).to_have_text("83")
    finally:
        visitor.complaints.clear()  # a page may have asked while nobody answered
        stop(again)
