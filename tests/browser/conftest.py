"""A real browser on a real server.

The server is `vuon up` in a process of its own, once for the session, with its own data folder;
tests talk to it by HTTP only. Every visit watches what the browser complains of and whether it
asks anybody else; both fail the test. Pictures for the manual are written only when VUON_PICTURES
is set (`VUON_PICTURES=1 ./vuon test tests/browser`).
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SIZES = {"phone": (360, 800), "desktop": (1280, 800)}
PICTURES = ROOT / "docs" / "images"
# Rules of axe that people can fall over; the rest is advice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them are marked, and stay in one worker with one server."""
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass
class Server:
    """`vuon up`, and the four addresses that it prints."""

    process: subprocess.Popen[str]
    base: str
    practise: str = ""
    task: str = ""
    lab: str = ""
    facilitate: str = ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(data: Path, *options: str) -> Server:
    """Start `vuon up` with its own data folder and wait until it has said its addresses."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VUON_", "DJANGO"))}
    port = _free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "vuon.cli",
            "up",
            "--data",
            str(data),
            "--port",
            str(port),
            *options,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=data,
        env={**kept, "PYTHONUNBUFFERED": "1", "VUON_LANGUAGE": "en"},
    )
    assert process.stdout
    said, found = "", []
    for line in process.stdout:
        said += line
        found += re.findall(r"http://localhost:\S+", line)
        if len(found) == 4:
            return Server(process, f"http://localhost:{port}", *found)
    raise AssertionError(f"the server ended before it served:\n{said}")


def stop(server: Server) -> None:
    """End this server, by the interrupt that people use."""
    server.process.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.process.wait(10)
    server.process.kill()
    server.process.wait()
    if server.process.stdout:
        server.process.stdout.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The founding lab, served for all browser tests of the session."""
    started = serve(tmp_path_factory.mktemp("browser-data"))
    yield started
    stop(started)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without one the browser tests are skipped, or fail if required."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        told = "Chromium is missing (Debian: apt install chromium)"
        if os.environ.get("VUON_REQUIRE_BROWSER") == "1":
            pytest.fail(told)
        pytest.skip(told)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
    # the driver's pipes are left to the collector, which complains of them: theirs, not ours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages."""
    return str(request.param)


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """A phone of 360 px and a desktop."""
    return str(request.param)


@dataclass
class Visitor:
    """Somebody with a browser of their own, and what it complained of."""

    context: BrowserContext
    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the server, by its path or its whole address."""
        self.page.goto(path if path.startswith("http") else self.base + path)

    def speak(self, language: str) -> None:
        """Choose the language as the buttons of the page do."""
        self.context.add_cookies([{"name": "vuon_language", "value": language, "url": self.base}])

    def cookies(self) -> dict[str, str]:
        """The cookies that the browser holds."""
        return {str(each["name"]): str(each["value"]) for each in self.context.cookies()}

    def fits(self) -> bool:
        """Whether nothing sticks out to the side."""
        widths: list[int] | None = None
        while widths is None:  # a page that has just come may have no element yet
            self.page.wait_for_load_state("domcontentloaded")
            widths = self.page.evaluate(
                "(e => e && [e.scrollWidth, e.clientWidth])(document.documentElement)"
            )
        return widths[0] <= widths[1]

    def axe(self) -> list[str]:
        """What axe finds on the page as it is now; needs scripts."""
        # the page's policy refuses foreign scripts, an evaluated text is none
        self.page.evaluate(_axe())
        found: list[dict[str, Any]] = self.page.evaluate(
            "rules => axe.run({runOnly: rules}).then(result => result.violations)", RULES
        )
        return [f"{v['id']}: {[node['html'][:120] for node in v['nodes'][:3]]}" for v in found]


@lru_cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(chromium: Browser, server: Server) -> Iterator[Arrive]:
    """Makes visitors: `arrive(language="vi", size="phone", scripts=True, dark=False, at=None)`.

    `at` is another server than that of the session.
    """
    visitors: list[Visitor] = []

    def make(
        language: str = "vi",
        size: str = "phone",
        *,
        scripts: bool = True,
        dark: bool = False,
        at: Server | None = None,
    ) -> Visitor:
        width, height = SIZES[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            device_scale_factor=2 if size == "phone" else 1,
            reduced_motion="reduce",
        )
        visitor = Visitor(context, context.new_page(), (at or server).base)
        if language != "vi":
            visitor.speak(language)
        _watch(visitor)
        visitors.append(visitor)
        return visitor

    yield make
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert not complaints, "\n".join(complaints)


def _watch(visitor: Visitor) -> None:
    """Write down errors of the page and requests to anybody else."""
    page, complaints = visitor.page, visitor.complaints

    def heard(message: Any) -> None:
        # a form that is given back with 422 is no error of the page, though Chromium calls it one
        if message.type in ("error", "warning") and "status of 422" not in message.text:
            complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def asked(request: Any) -> None:
        if not request.url.startswith((visitor.base, "data:", "blob:")):
            complaints.append(f"asked somebody else: {request.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("request", asked)


Picture = Callable[[Visitor, str], None]


@pytest.fixture
def picture() -> Picture:
    """Writes a picture of the page for the manual: `picture(visitor, "first-screen-phone")`."""

    def take(visitor: Visitor, name: str) -> None:
        if os.environ.get("VUON_PICTURES"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            visitor.page.screenshot(path=PICTURES / f"{name}.png")

    return take
