"""The frame of every page: language, promises of the first screen, words for what went wrong."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from vuon_web.ui.icons import ICONS, STAGES
from vuon_web.ui.templatetags import ui

pytestmark = pytest.mark.django_db

INVITATION = (
    "Phường Sông An: cứ 10 người thì 4 người phải quay lại vì thiếu giấy. "
    "Anh/chị có 15 phút để tìm ra vì sao. "
    "Không cần tài khoản, không chấm điểm, không ai biết anh/chị là ai. Bắt đầu"
)


def words(html: str) -> str:
    """What a person reads on a page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def english(client: Client) -> Client:
    client.cookies["vuon_language"] = "en"
    return client


@pytest.mark.view("ui:first", "works")
def test_the_first_screen_says_exactly_the_invitation(client: Client) -> None:
    assert INVITATION in words(client.get("/").content.decode())


def test_looking_leaves_no_trace(client: Client) -> None:
    """“Nobody knows who you are” is literally true: no cookie, no event, nothing counted."""
    from vuon_web.accounts.models import Actor
    from vuon_web.audit.models import Event

    response = client.get("/")
    assert not response.cookies
    assert not client.cookies
    assert not Actor.objects.exists()
    assert not Event.objects.exists()


def test_vietnamese_is_first_whatever_the_browser_asks_for(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert response["Content-Language"] == "vi"
    assert '<html lang="vi">' in response.content.decode()


@pytest.mark.view("ui:language", "works")
def test_the_choice_of_language_is_kept_and_leads_back(client: Client) -> None:
    response = client.post("/language/", {"language": "en", "next": "/components/?a=1"})
    assert (response.status_code, response["Location"]) == (303, "/components/?a=1")
    assert response.cookies["vuon_language"]["httponly"]
    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:x"])
def test_the_choice_of_language_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    response = client.post("/language/", {"language": "en", "next": elsewhere})
    assert response["Location"] == "/"


def test_another_page_cannot_choose_the_language(client: Client) -> None:
    response = client.post(
        "/language/", {"language": "en"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert not response.cookies


def test_an_unknown_language_is_not_kept(client: Client) -> None:
    assert not client.post("/language/", {"language": "xx"}).cookies
    client.cookies["vuon_language"] = "xx"
    assert client.get("/")["Content-Language"] == "vi"


@pytest.mark.view("ui:components", "works")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_component_stands_on_its_page(client: Client, language: str) -> None:
    client.cookies["vuon_language"] = language
    html = client.get("/components/").content.decode()
    for kind in [
        "card",
        "button-primary",
        "button-quiet",
        "field",
        "hint",
        "error-summary",
        "list",
        "chip",
        "tag",
        "empty",
        "who-sees",
        "stack",
        "quote",
        "numbers",
        "light-measured",
        "light-said",
        "light-assumed",
        "thread",
        "notice",
        "details",
        "tabs",
        "table",
        "tiles",
        "watermark",
        "steps",
        "calendar",
        "conflict",
        "segmented",
        "pages",
        "sending",
        "stages",
        "code-words",
    ]:
        assert re.search(rf'class="[^"]*\b{kind}\b', html), kind
    assert 'style="' not in html
    assert "<script>" not in html


def test_no_page_needs_anything_from_elsewhere(client: Client) -> None:
    """Every address in the frame is our own, and the policy lets in nothing else."""
    response = client.get("/")
    addresses = re.findall(r'(?:src|href|action)="([^"]+)"', response.content.decode())
    assert addresses
    assert all(address.startswith(("/", "#")) for address in addresses), addresses
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "worker-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_fonts_are_left_out_where_data_are_saved(client: Client) -> None:
    assert "fonts.css" in client.get("/").content.decode()
    assert "fonts.css" not in client.get("/", headers={"save-data": "on"}).content.decode()


def test_the_first_screen_is_light(client: Client) -> None:
    """At most 40 kB of style and script when packed, fonts apart; the aim is far below."""
    html = client.get("/").content.decode()
    linked = re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js))"', html)
    packed = 0
    for name in linked:
        found = finders.find(name)
        assert isinstance(found, str), f"{name} is not built: run ./vuon test"
        packed += len(gzip.compress(Path(found).read_bytes()))
    assert len(linked) >= 8
    assert packed < 20_000


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_missing_is_said_without_a_trace(client: Client, language: str) -> None:
    client.cookies["vuon_language"] = language
    response = client.get("/no-such-page/")
    html = response.content.decode()
    assert response.status_code == 404
    assert ("Không có gì ở địa chỉ này" if language == "vi" else "nothing at this address") in html
    assert "Traceback" not in html


def test_a_form_without_its_token_gives_the_text_back() -> None:
    client = english(Client(enforce_csrf_checks=True))
    text = "Three sentences that somebody wrote & would not like to lose."
    response = client.post(
        "/practice/song-an/guess/", {"beans-words": "20", "text": text, "password": "p" * 30}
    )
    html = response.content.decode()
    assert response.status_code == 403
    assert "somebody wrote &amp; would" in html
    assert "p" * 30 not in html


def test_what_breaks_is_said_without_asking_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from vuon_web.practice.views import arrival

    def broken() -> None:
        raise RuntimeError("words of a person")

    monkeypatch.setattr(arrival, "places", broken)
    client.raise_request_exception = False
    response = client.get("/practice/")
    assert response.status_code == 500
    assert "Có trục trặc ở phía máy chủ" in response.content.decode()
    assert "words of a person" not in response.content.decode()


def test_icons_of_one_family() -> None:
    assert set(STAGES) <= set(ICONS)
    assert len(STAGES) == 9
    assert len(ICONS) >= 34
    for name, shapes in ICONS.items():
        assert "fill=" not in shapes.replace('fill="currentColor"', ""), name
        assert "stroke-width" not in shapes, name


def test_a_mark_is_never_colour_alone() -> None:
    """Measured, said and assumed differ in shape and carry a word."""
    shapes = {kind: ui.light(kind) for kind in ("measured", "said", "assumed")}
    drawn = {re.findall(r"<svg.*</svg>", shape)[0] for shape in shapes.values()}
    assert len(drawn) == 3
    assert "visually-hidden" in ui.light("said", word=False)


@pytest.mark.parametrize(
    ("language", "shown"), [("vi", ["1.234,5", "2,1", "57%"]), ("en", ["1,234.5", "2.1", "57%"])]
)
def test_numbers_as_the_language_writes_them(language: str, shown: list[str]) -> None:
    from django.utils import translation

    with translation.override(language):
        said = [ui.vi_number(1234.5, 1), ui.vi_number(2.1, 1), ui.percent(0.573)]
        rounded = [ui.vi_number(value, 1) for value in (59.96, -0.04, 12.25, 0.75)]
    assert said == shown
    # rounded, not cut off; half to even; nothing is -0
    assert [each.replace(",", ".") for each in rounded] == ["60.0", "0.0", "12.2", "0.8"]


@pytest.mark.view("ui:check", "works")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_connection_check_keeps_nothing(client: Client, language: str) -> None:
    client.cookies["vuon_language"] = language
    response = client.get("/check/")
    assert response.status_code == 200 and "vuon_seat" not in response.cookies
    assert "http://testserver/" in response.content.decode()


def test_nothing_is_sent_to_the_connection_check(client: Client) -> None:
    assert client.post("/check/").status_code == 405


@pytest.mark.view("ui:check", "works")
def test_a_phone_sees_that_it_has_reached_the_computer(client: Client) -> None:
    response = client.get("/check/")
    assert "testserver" in response.content.decode()
    assert not response.cookies
