"""The server as people start it: four addresses, a kill while somebody types, no address kept."""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOUNDING = ROOT.parent / "shared" / "data" / "plan" / "founding-plan.md"
COMMONS = ROOT.parent / "shared" / "data" / "commons"
ADDRESS = re.compile(rb"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.I)

PLAN = """# A plan of our own

[[focal_point:somebody@example.org]]

[[year:2026]]

[[type:learningplan]]

[[methods:Ethnography]]
## Title

> Please provide a name for your action learning plan.

A plan of our own. Ask somebody@example.org
"""


def free_port() -> int:
    """A port that nobody uses; several servers start at the same time."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Server:
    """`vuon up` in a process of its own."""

    def __init__(self, data: Path, *options: str) -> None:
        if "--port" not in options:
            options = (*options, "--port", str(free_port()))
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("VUON_", "DJANGO"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "vuon.cli", "up", "--data", str(data), *options],
            stdout=subprocess.PIPE,
            text=True,
            env={**environment, "PYTHONUNBUFFERED": "1", "VUON_LANGUAGE": "en"},
        )
        assert self.process.stdout
        self.addresses: list[str] = []
        for line in self.process.stdout:
            self.addresses += re.findall(r"http://localhost:\S+", line)
            if len(self.addresses) == 4:
                break
        assert len(self.addresses) == 4, "the server ended before it served"
        self.practise, self.task, self.lab, self.facilitate = self.addresses

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait(10)
        assert self.process.stdout
        self.process.stdout.close()


@contextlib.contextmanager
def serving(data: Path, *options: str) -> Iterator[Server]:
    server = Server(data, *options)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()


class Browser:
    """A person's browser: it keeps cookies and sends forms."""

    def __init__(self) -> None:
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.address = ""
        self.page = ""

    def get(self, address: str) -> str:
        with self.opener.open(address) as answer:
            self.address, self.page = answer.url, answer.read().decode()
        return self.page

    def post(self, address: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        assert token, "a page with a form comes first"
        sent = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1), **fields}).encode()
        with self.opener.open(address, sent) as answer:
            self.address, body = answer.url, answer.read().decode()
        if "csrfmiddlewaretoken" in body:
            self.page = body
        return body


def test_what_was_acknowledged_is_there_after_the_server_is_killed(tmp_path: Path) -> None:
    sentence = "Người dân phải quay lại nhiều lần vì thiếu giấy"
    typed = "Đang viết dở: thứ Hai đông nhất"
    person = Browser()
    server = Server(tmp_path)
    person.get(server.task)
    page = person.post(server.task + "begin/", sentence=sentence)
    base = server.task.removesuffix("/challenges/")
    task = re.search(r"/challenges/[0-9a-f-]{36}/", page)
    assert task
    page = person.get(base + task.group())
    there = person.address
    form = re.search(r'/challenges/plans/[^"]+/answer/\?key=background[^"]*', page)
    assert form
    person.get(base + form.group())
    draft = re.search(r'data-draft-url="([^"]+)"', person.page)
    key = re.search(r'data-key="([^"]+)"', person.page)
    assert draft and key
    told = person.post(base + draft.group(1), key=key.group(1), text=typed, base="")
    assert '"kept": true' in told
    server.stop(signal.SIGKILL)

    port = urllib.parse.urlsplit(there).port
    with serving(tmp_path, "--port", str(port)):
        assert sentence in person.get(there)
        assert typed in person.get(base + form.group())


def test_the_same_plan_opens_the_same_lab(tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text(PLAN)
    with serving(tmp_path / "data", "--plan", str(plan)) as server:
        first = server.lab
        assert "A plan of our own" in Browser().get(first)
    with serving(tmp_path / "data", "--plan", str(plan)) as server:
        assert urllib.parse.urlsplit(server.lab).path == urllib.parse.urlsplit(first).path


def test_no_address_is_in_any_file_after_a_default_import(tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text(PLAN)
    data = tmp_path / "data"
    with serving(data, "--plan", str(plan)) as server:
        Browser().get(server.lab)
    kept = [p for p in data.rglob("*") if p.is_file() and "static" not in p.parts]
    assert any(p.suffix == ".sqlite3" for p in kept)
    found = {p.name: set(ADDRESS.findall(p.read_bytes())) for p in kept}
    assert not any(found.values()), found


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding plan is not beside the checkout")
def test_the_founding_plan_opens_its_lab(tmp_path: Path) -> None:
    with serving(tmp_path, "--plan", str(FOUNDING)) as server:
        person = Browser()
        page = person.get(server.lab)
    for told in (
        "Creating a hands-on experience for government officials to learn about social innovation",
        "often lack opportunities and venues to learn about social innovation",
        "the most safe and nurturing space for creative bureaucrats",
        "National Innovation Center",
        "Agency for Enterprise Development",
        "Thua Thien Hue",
        "Da Nang",
        "Foreign Trade University",
    ):
        assert told in page, told


def test_a_refused_plan_says_what_to_do_and_opens_nothing(tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_bytes(b"PK\x03\x04 not a plan")
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "vuon.cli",
            "up",
            "--data",
            str(tmp_path / "data"),
            "--plan",
            str(plan),
        ],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 2
    assert "plan.md" in told.stderr and "Traceback" not in told.stderr


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with serving(tmp_path / "one") as server:
        port = urllib.parse.urlsplit(server.lab).port
        told = subprocess.run(
            [
                sys.executable,
                "-m",
                "vuon.cli",
                "up",
                "--data",
                str(tmp_path / "two"),
                "--port",
                str(port),
            ],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert told.returncode == 2
    assert str(port) in told.stderr and "--port" in told.stderr
