"""A text with 10,000 codings in a real browser: until it is painted, one more, a scroll frame.

The page is served on the loopback interface, with the front end as it is built now and the
policy of the product. Spans for the same codings are measured in the same run.
"""

from __future__ import annotations

import contextlib
import gzip
import html
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
WEB = ROOT / "src" / "vuon_web"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SHEETS = ("tokens", "elements", "frame", "surfaces", "forms", "marks")
COLOURS = ("leaf", "clay", "sun", "water", "sprout", "ink")
CODINGS, CODES, TIMES, RUNS = 10_000, 60, 15, 3
SENTENCES = (
    "Người dân chờ lâu 🌱 ở một cửa.",
    "Cán bộ sợ trách nhiệm nên hỏi lại cấp trên.",
    "Đường xa, đi xe máy mất gần một tiếng.",
    "Tôi đến từ bảy giờ mà trưa mới xong!",
    "Hồ sơ phải nộp lại vì thiếu một tờ khai?",
    "Chị ở quầy số ba hướng dẫn rất kỹ.",
    "Lần sau tôi sẽ hỏi trước qua điện thoại cho chắc 📱.",
)
NAMES = (
    ("text", "The text; arrows go from sentence to sentence, Enter chooses"),
    ("reading", "Reading mode"),
    ("previous", "Previous coding"),
    ("next", "Next coding"),
    ("undo", "Undo"),
    ("letters", "Single keys n, r, u, [ and ]"),
    ("bar", "What to put on it"),
    ("chosen", "“{quote}”"),
    ("recent", "Recent codes: r and a digit"),
    ("which", "Which one? {names}"),
    ("new", "New code"),
    ("name", "Name of the code"),
    ("save", "Mark with it"),
    ("mark", "Only mark"),
    ("against", "Note it against"),
    ("clear", "Put away"),
    ("uncode", "Take away"),
    ("codings", "Codings of this paragraph: {names}"),
    ("coding", "{n} of {all}: {name}. {quote}"),
    ("counter", "against"),
    ("unnamed", "Only marked"),
    ("marked", "Marked: {name}"),
    ("unmarked", "Taken away: {name}"),
    ("none", "There is nothing there."),
    ("here", "On this phone"),
    ("sent", "Sent"),
    ("kept", "Kept"),
    ("waiting", "{n} on this phone; they go when there is a connection"),
    ("signed-out", "Open the page again to send {n}"),
    ("refused", "Not accepted: {n}"),
    ("again", "Try again"),
    ("drop", "Drop it"),
    ("failed", "The codings cannot be had now. Load the page again."),
)


@dataclass
class Material:
    """A made-up text of about so many characters, its codings, and what was marked on it."""

    characters: int
    codings: int = CODINGS
    seed: int = 1
    marked: list[dict[str, str]] = field(default_factory=list)

    @cached_property
    def paragraphs(self) -> list[str]:
        """Paragraphs of one to nine sentences."""
        chance, found, length = random.Random(self.seed), [], 0
        while length < self.characters:
            found.append(" ".join(chance.choices(SENTENCES, k=chance.randint(1, 9))))
            length += len(found[-1]) + 1
        return found

    @cached_property
    def text(self) -> str:
        """The whole version."""
        return "\n".join(self.paragraphs)

    def columns(self) -> bytes:
        """The codings as the server sends them."""
        chance = random.Random(self.seed + 1)
        most = len(self.text) - 400
        starts = sorted(chance.randrange(most) for _ in range(self.codings))
        deltas = [b - a for a, b in zip([0, *starts], starts, strict=False)]
        codes = [
            {"id": f"c{n}", "name": f"Mã {n}", "letter": chr(65 + n % 26), "colour": COLOURS[n % 6]}
            for n in range(CODES)
        ]
        each = range(self.codings)
        return json.dumps(
            {
                "codes": codes,
                "starts": deltas,
                "lengths": [chance.randint(10, 180) for _ in each],
                "codes_at": [chance.randrange(CODES) for _ in each],
                "ids": [f"{n:08x}" for n in each],
                "own": [int(chance.random() < 0.3) for _ in each],
                "can_mark": True,
                "token": "t",
            },
            separators=(",", ":"),
        ).encode()

    def page(self, kind: str) -> bytes:
        """The page as a server renders it, with the element or with a plain text."""
        start, blocks = 0, []
        for paragraph in self.paragraphs:
            blocks.append(f'<p data-start="{start}">{html.escape(paragraph)}</p>')
            start += len(paragraph) + 1
        words = "".join(f' data-words-{name}="{html.escape(said)}"' for name, said in NAMES)
        sheets = "".join(f'<link rel="stylesheet" href="/css/{name}.css">' for name in SHEETS)
        name = "coded-text" if kind == "element" else "div"
        script = '<script type="module" src="/evidence.js"></script>' if kind == "element" else ""
        return (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Text</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'{sheets}<link rel="stylesheet" href="/evidence.css">'
            f'<link rel="stylesheet" href="/{kind}.css">{script}</head><body><main class="main">'
            f'<{name} data-columns-url="/columns" data-mark-url="/mark" data-text-id="t1"{words}>'
            f'<div class="coded-body" lang="vi">{"".join(blocks)}</div></{name}>'
            "</main></body></html>"
        ).encode()


def built(folder: Path) -> None:
    """The front end of this checkout, built into `folder`."""
    from hatch_build import node_and_npm

    npm, environment = node_and_npm()
    subprocess.run(
        [*npm, "run", "--silent", "build", "--", "--outDir", str(folder), "--emptyOutDir"],
        cwd=ROOT / "frontend",
        env=environment,
        check=True,
    )


def answers(material: Material, folder: Path) -> dict[str, tuple[str, bytes]]:
    """Type and body for every path that is only read."""
    css, script = "text/css", "text/javascript"
    own = WEB / "evidence" / "static" / "evidence" / "evidence.css"
    naked = b".coded-body > [data-start] { content-visibility: visible }"
    return {
        "/element": ("text/html", material.page("element")),
        "/spans": ("text/html", material.page("spans")),
        "/skipped": ("text/html", material.page("skipped")),
        "/columns": ("application/json", material.columns()),
        "/evidence.js": (script, (folder / "evidence.js").read_bytes()),
        "/evidence.css": (css, own.read_bytes()),
        "/element.css": (css, b""),
        "/skipped.css": (css, b""),
        "/spans.css": (css, naked),
        "/favicon.ico": ("image/x-icon", b""),
        **{
            f"/css/{name}.css": (css, (WEB / "static" / "css" / f"{name}.css").read_bytes())
            for name in SHEETS
        },
    }


@contextlib.contextmanager
def served(material: Material, folder: Path) -> Iterator[str]:
    """The address of a server with one text, on a port that was free."""
    paths = answers(material, folder)

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def give(self, kind: str, body: bytes, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", "default-src 'self'; object-src 'none'")
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            kind, body = paths.get(urlsplit(self.path).path, ("text/plain", b""))
            self.give(kind, body)

        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            form = parse_qs(self.rfile.read(size).decode(), keep_blank_values=True)
            material.marked.append({name: values[0] for name, values in form.items()})
            answer = {"id": f"kept-{form['client_id'][0]}", "code": None}
            self.give("application/json", json.dumps(answer).encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def measured(browser: Browser, address: str, kind: str) -> dict[str, list[float]]:
    """Milliseconds to paint, to add one, and of scroll frames, on a page of that kind."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.add_init_script(path=HERE / "_coded_text.js")
    page.goto(f"{address}/{kind}")
    found: dict[str, list[float]] = {"paint": [painted(page, kind)]}
    add = "() => bench.addOne()" if kind == "element" else "() => bench.addSpan()"
    found["add"] = [page.evaluate(add) for _ in range(TIMES)]
    found["scroll"] = page.evaluate("() => bench.scroll(60)")
    page.close()
    assert not complaints, complaints
    return found


def painted(page: Page, kind: str) -> float:
    """Milliseconds from the answer, not yet parsed, until the first screen is painted."""
    if kind == "element":
        page.wait_for_function("() => bench.painted > 0", timeout=60_000)
        took: float = page.evaluate("() => bench.painted - bench.came")
        return took
    spans: float = page.evaluate("() => bench.spans('/columns')")
    return spans


def row(name: str, runs: list[dict[str, list[float]]]) -> str:
    """A line of the table: medians, and of scrolling the 95th percentile too."""
    every = {key: [x for run in runs for x in run[key]] for key in ("paint", "add", "scroll")}
    paint, add, scroll = (statistics.median(every[key]) for key in ("paint", "add", "scroll"))
    late = statistics.quantiles(every["scroll"], n=100)[94]
    return f"| {name} | {paint:.0f} | {add:.1f} | {scroll:.1f} | {late:.1f} |"


def right(material: Material) -> str:
    """How many of the marks that arrived are exactly one sentence of the text."""
    wanted = {sentence.strip() for sentence in SENTENCES}
    got = [material.text[int(m["start"]) : int(m["end"])] for m in material.marked]
    return f"{sum(text in wanted for text in got)} of {len(got)}"


def main() -> None:
    """Print weight and table."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, PROGRAMS)))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "dist"
        built(folder)
        script = (folder / "evidence.js").read_bytes()
        play = stack.enter_context(sync_playwright())
        browser = play.chromium.launch(executable_path=program, args=ARGUMENTS)
        stack.callback(browser.close)
        one, five = Material(1_000_000), Material(5_000_000)
        columns = one.columns()
        print(f"evidence.js: {len(gzip.compress(script))} bytes gzip (limit 12,000); ", end="")
        print(f"{CODINGS} codings: {len(columns)} bytes, {len(gzip.compress(columns))} gzip.\n")
        print("| text | data to paint, ms | add one, ms | scroll frame, ms | p95 |")
        print("|---|---|---|---|---|")
        with served(one, folder) as address:
            kinds = (
                ("element", "1 M characters (limits 300, 50, 33)"),
                ("spans", "the same with spans"),
                ("skipped", "spans, far paragraphs skipped"),
            )
            runs = {
                kind: [measured(browser, address, kind) for _ in range(RUNS)] for kind, _ in kinds
            }
            print("\n".join(row(name, runs[kind]) for kind, name in kinds))
        with served(five, folder) as address:
            run = [measured(browser, address, "element") for _ in range(RUNS)]
            print(row("5 M characters (limits 1000, –, 33)", run))
        print(f"\nMarks that arrived as exactly one sentence: {right(one)}, {right(five)}.")
        print("A frame lasts 16.7 ms; shorter is not seen.")


if __name__ == "__main__":
    main()
