"""The journey kernel in a real browser: the same bits as on the server, and levers without a network."""

from __future__ import annotations

import array
import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Arrive, Visitor
from tests.running_journeys import const, journey6, office

from vuon.journeys import kernel_tables as t
from vuon.journeys import simulate
from vuon.journeys.compile import compiled
from vuon.journeys.file import read, write
from vuon.journeys.model import Arrivals, Figure, Journey, Target
from vuon.kernel import host, reference

EXAMPLES = Path(__file__).parents[2] / "examples" / "journeys"
DESKS = "tests.kernels.three_desks"
Inputs = Mapping[str, tuple[int, Sequence[float]]]

#: Runs any kernel in the product's worker; gives the SHA-256 of every array.
RAW = """async ({wasm, layout, inputs, budget, read}) => {
  const bytes = Uint8Array.from(atob(wasm), each => each.charCodeAt(0));
  const worker = new Worker('/static/dist/kernel-worker.js', {type: 'module'});
  const told = await new Promise((heard, refused) => {
    worker.onmessage = ({data}) => data.did === 'raw' ? heard(data) : refused(new Error(data.why));
    worker.onerror = refused;
    worker.postMessage({do: 'raw', id: 1, wasm: bytes, layout, inputs, budget, read});
  });
  worker.terminate();
  const hashes = {};
  for (const [name, values] of Object.entries(told.arrays)) {
    const digest = await crypto.subtle.digest('SHA-256', values.buffer);
    hashes[name] = [...new Uint8Array(digest)].map(b => b.toString(16).padStart(2, '0')).join('');
  }
  return {events: told.events, slices: told.slices, hashes};
}"""


def in_browser(
    page: Page, kernel: host.Instance, inputs: Inputs, budget: int = 0
) -> dict[str, Any]:
    """What a kernel leaves behind in V8: events, slices, the hash of every array."""
    types = {each.array.name: each.array.type for each in kernel.layout.places}
    found: dict[str, Any] = page.evaluate(
        RAW,
        {
            "wasm": base64.b64encode(kernel.wasm).decode(),
            "layout": {**kernel.layout.told, "hash": str(kernel.layout.hash)},
            "inputs": [
                [name, at, [str(x) if types[name] == "i64" else x for x in values]]
                for name, (at, values) in inputs.items()
            ],
            "budget": budget,
            "read": list(types),
        },
    )
    return found


def here(kernel: Any, layout: Any, inputs: Inputs) -> dict[str, Any]:
    """The same on the server or in CPython."""
    for name, (at, values) in inputs.items():
        kernel.write(name, values, at)
    while (events := kernel.call("run", 10**9)) == -5:
        pass
    codes = {"f64": "d", "i64": "q"}
    hashes = {
        each.array.name: hashlib.sha256(
            array.array(codes[each.array.type], kernel.read(each.array.name)).tobytes()
        ).hexdigest()
        for each in layout.places
    }
    return {"events": events, "hashes": hashes}


def inputs_of(journey: Journey, replications: int = 2) -> Inputs:
    """The kernel's inputs for some replications of a journey, with those of the run."""
    keys = simulate.luck(1, 0, range(replications))
    arrays = {name: (0, values) for name, values in compiled(journey).arrays.items()}
    header = [*compiled(journey).arrays["header"], len(keys), *[0] * (t.H_PHASE - t.H_REPLICATIONS)]
    return {**arrays, "replication_key": (0, keys), "header": (0, header)}


MODELS: dict[str, tuple[str, Inputs]] = {
    "three desks": (DESKS, {"header": (0, [2026, 1500]), "scalars": (0, [1.0, 2.4])}),
    "journey6": (simulate.KERNEL, inputs_of(journey6(), 1)),
    "lognormal with opening hours": (simulate.KERNEL, inputs_of(office())),
}


@pytest.mark.skipif(not host.is_here(), reason="wasmtime has no wheel for this machine")
def test_v8_wasmtime_and_cpython_leave_the_same_bits(arrive: Arrive) -> None:
    visitor = arrive("en", "desktop")
    visitor.go("/")
    for name, (kernel, inputs) in MODELS.items():
        small = host.load(kernel, made=None)
        wanted = here(small, small.layout, inputs)
        assert wanted["events"] > 1000, name
        assert here(reference.load(kernel), small.layout, inputs) == wanted, name
        for budget in (10**9, 777):
            found = in_browser(visitor.page, host.load(kernel), inputs, budget)
            assert found["hashes"] == wanted["hashes"], name
            assert (found["slices"] > 1) == (budget == 777), name
    # As it is shipped, in both sizes.
    for size, path in simulate.BUILT.items():
        large = host.load(simulate.KERNEL, made=path, CITIZENS=size)
        assert large.wasm == path.read_bytes()
        wanted = here(large, large.layout, inputs)
        assert in_browser(visitor.page, large, inputs)["hashes"] == wanted["hashes"]


def test_a_kernel_that_is_laid_out_otherwise_is_refused(arrive: Arrive) -> None:
    visitor = arrive("en", "desktop")
    visitor.go("/")
    told = visitor.page.evaluate(
        RAW.replace("refused(new Error(data.why))", "heard({arrays: {}, events: data.why})"),
        {
            "wasm": base64.b64encode(simulate.BUILT[simulate.SMALL].read_bytes()).decode(),
            "layout": {"hash": "1", "arrays": {}},
            "inputs": [], "budget": 0, "read": [],
        },
    )  # fmt: skip
    assert told["events"] == "kernel.layout"


def tried(visitor: Visitor, journey: str, idea: str) -> str:
    """A task with a map and an idea from files; the path of the idea's trial."""
    page = visitor.page
    page.set_default_timeout(15_000)
    visitor.go("/challenges/")
    page.locator("[name=sentence]").fill("People wait too long at the counter")
    page.locator("main button.button-primary").first.click()
    expect(page).to_have_url(re.compile(r"/frame/$"))
    page.locator("[name=frame_who]").fill("Whoever needs a copy")
    page.locator("main button.button-primary").last.click()
    expect(page).to_have_url(re.compile(r"/challenges/[0-9a-f-]{36}/"))
    key = re.findall(r"[0-9a-f-]{36}", page.url)[0]
    for place, text in (("journeys", journey), ("ideas", idea)):
        visitor.go(f"/{place}/{key}/")
        form = page.locator(f"form[action='/{place}/{key}/bring/']")
        page.locator("details", has=form).last.evaluate("each => each.open = true")
        file = {"name": f"{place}.toml", "mimeType": "text/plain", "buffer": text.encode()}
        form.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        form.locator("button").click()
        page.wait_for_load_state()
    return page.url.removeprefix(visitor.base).split("#")[0] + "try/"


def shipped(journey: str, idea: str) -> tuple[str, str]:
    """The texts of a shipped journey and idea."""
    files = (EXAMPLES / f"{journey}.toml", EXAMPLES / "ideas" / journey / f"{idea}.toml")
    return files[0].read_text(encoding="utf-8"), files[1].read_text(encoding="utf-8")


CELLS = """root => [...root.querySelectorAll('tr[data-metric]')].map(row =>
  [row.closest('table').dataset.group, row.dataset.metric,
   ...[...row.querySelectorAll('td > span')].map(each => each.textContent.trim())])"""


def cells(page: Page) -> list[list[str]]:
    """Every figure of the page's tables, as the levers have them now."""
    found: list[list[str]] = page.locator("journey-levers").evaluate(CELLS)
    return found


def cells_sent(page: Page) -> list[list[str]]:
    """The same as the server sends them, to any browser."""
    found: list[list[str]] = page.evaluate(
        "async () => { const page = new DOMParser().parseFromString("
        f"await (await fetch(location.href)).text(), 'text/html'); return ({CELLS})(page); }}"
    )
    return found


def finished(page: Page) -> None:
    """Until no more runs are on the way."""
    expect(page.locator("journey-levers")).to_have_attribute("data-done", "true", timeout=60_000)


def guessed(page: Page) -> None:
    """Through the guess: completion better, waiting the same."""
    expect(page.locator("journey-levers")).to_have_attribute("data-state", "ready", timeout=30_000)
    page.locator("[name=guess-0][value='1']").check()
    page.locator("[name=guess-1][value='0']").check()
    page.locator(".guess button").click()


def guessed_by_keyboard(page: Page) -> None:
    """The same with Tab, Space, an arrow and Enter alone."""
    expect(page.locator("journey-levers")).to_have_attribute("data-state", "ready", timeout=30_000)
    page.locator("[name=guess-0]").first.focus()
    for key in ("Space", "Tab", "Space", "ArrowRight", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".levers-hand h2")).to_be_focused()


def looks_right(visitor: Visitor) -> None:
    """Nothing sticks out, and axe has nothing to say."""
    assert visitor.fits(), visitor.page.url
    found = visitor.axe()
    assert not found, f"{visitor.page.url}: {found}"


@pytest.mark.parametrize(("language", "size"), [("vi", "phone"), ("en", "desktop")])
def test_a_lever_without_a_network(arrive: Arrive, language: str, size: str) -> None:
    """Guess, see, lose the network, move on: with the server's digits at the idea."""
    visitor = arrive(language, size)
    page = visitor.page
    visitor.go(tried(visitor, *shipped("one_stop_monday", "kiosk")))
    expect(page.locator(".guess")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-tables]")).to_be_hidden()
    looks_right(visitor)
    page.locator(".guess button").click()
    expect(page.locator(".pairs")).to_have_count(0)  # not before it was guessed
    sent = cells_sent(page)
    visitor.context.set_offline(True)
    (guessed if size == "phone" else guessed_by_keyboard)(page)
    finished(page)
    assert cells(page) == sent
    expect(page.locator(".levers-guessed p")).to_have_count(2)
    assert len({group for group, *_ in sent}) > 2
    # completion stands before waiting, in every group
    metrics = page.locator(".pair-metric").evaluate_all("all => all.map(e => e.dataset.metric)")
    assert metrics == ["completion", "wait"] * (len(metrics) // 2)
    looks_right(visitor)
    lever = page.locator("input[type=range]").first
    dots = page.locator(".pair-metric[data-metric=wait] .pair-idea")
    before = dots.evaluate_all("all => all.map(e => e.getAttribute('cx'))")
    lever.focus()
    page.keyboard.press("ArrowRight")
    finished(page)
    assert dots.evaluate_all("all => all.map(e => e.getAttribute('cx'))") != before
    moved = cells(page)
    assert moved != sent and [row[2] for row in moved] == [row[2] for row in sent]
    expect(lever).to_have_attribute("aria-valuetext", re.compile("40%"))
    undo, redo, home = page.locator(".levers-tools button").all()
    undo.click()
    finished(page)
    assert cells(page) == sent
    redo.click()
    finished(page)
    assert cells(page) == moved
    page.locator(".lever-step").last.click()
    home.click()
    finished(page)
    assert cells(page) == sent
    boxes = page.locator("journey-levers button:visible, input[type=range]").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(b => Math.min(b.width, b.height))"
    )
    assert min(boxes) >= 44
    visitor.context.set_offline(False)


def crowded() -> Journey:
    """So many people in the back office that the small kernel is full."""
    found = office(arrivals=Arrivals(Figure(900)))
    steps = tuple(
        replace(each, service=const(3000)) if each.key == "check" else each for each in found.steps
    )
    pools = tuple(replace(each, desks=40) for each in found.resources)
    return replace(found, steps=steps, resources=pools)


def fewer_desks(*counts: int) -> str:
    """An idea with one change for each count of desks fewer."""
    change = 'target = "desks"\nedit = "hour"\ntext = { vi = "Bớt", en = "Fewer" }\n'
    changes = "".join(f"[[change]]\n{change}values = {{ desks = {n} }}\n" for n in counts)
    return f'format = 1\nkey = "fewer"\nname = {{ vi = "Bớt", en = "Fewer" }}\n{changes}'


def test_what_cannot_run_is_said_and_runs_can_be_stopped(arrive: Arrive) -> None:
    four = replace(office().resources[0], desks=4)
    wanted = (Target("wait", smallest=1e-6),)
    journey = office(resources=(four,), targets=wanted, arrivals=Arrivals(Figure(100)))
    visitor = arrive("en", "desktop")
    page = visitor.page
    visitor.go(tried(visitor, write(journey), fewer_desks(-1, -1)))
    guessed(page)
    finished(page)
    sent = cells_sent(page)
    assert cells(page) == sent
    assert int(page.locator("journey-levers").get_attribute("data-replications") or 0) > 20
    # Two desks fewer here or there can be, both leave nobody at the counter.
    further = page.locator(".lever-step:last-child")
    further.first.click()
    finished(page)
    further.last.click()
    expect(page.locator(".levers-seen [role=alert]")).to_be_visible()
    looks_right(visitor)
    page.locator(".levers-tools button").last.click()
    finished(page)
    expect(page.locator(".levers-seen [role=alert]")).to_have_count(0)
    assert cells(page) == sent
    # Whoever has seen enough stops what is on its way, and has what came so far.
    page.evaluate(
        """() => {
          const stop = document.querySelector('.levers-runs button');
          new MutationObserver((_, watch) => {
            if (stop.hidden) return;
            watch.disconnect();
            stop.click();
          }).observe(stop, {attributes: true});
        }"""
    )
    page.locator(".lever-step:first-child").first.click()
    finished(page)
    runs = page.locator("journey-levers").get_attribute("data-replications")
    assert int(runs or 0) <= 20
    page.wait_for_timeout(500)
    expect(page.locator("journey-levers")).to_have_attribute("data-replications", runs or "")


def test_the_large_kernel_takes_over_where_the_small_one_is_full(arrive: Arrive) -> None:
    journey = read(write(crowded()))
    run = simulate.simulate(journey, replications=1)
    assert run.citizens == simulate.LARGE
    visitor = arrive("en", "desktop")
    page = visitor.page
    visitor.go(tried(visitor, write(journey), fewer_desks(-4)))
    guessed(page)
    finished(page)
    assert cells(page) == cells_sent(page)
    # Moves that come faster than runs end at the last one.
    lever = page.locator("input[type=range]")
    lever.focus()
    for key in ("Home", "End", "Home", "End", "ArrowLeft"):
        page.keyboard.press(key)
    page.locator(".levers-tools button").last.click()
    finished(page)
    assert cells(page) == cells_sent(page)


def test_without_webassembly_the_servers_table_stays(arrive: Arrive) -> None:
    visitor = arrive("en", "phone")
    page = visitor.page
    trial = tried(visitor, *shipped("one_stop_monday", "triage"))
    page.add_init_script("delete globalThis.WebAssembly")
    visitor.go(trial)
    expect(page.locator("journey-levers [role=alert]")).to_be_visible()
    expect(page.locator("[data-tables] table").first).to_be_visible()
    looks_right(visitor)


def test_levers_that_cannot_be_had_are_asked_for_again(arrive: Arrive) -> None:
    visitor = arrive("en", "phone")
    page = visitor.page
    trial = tried(visitor, *shipped("one_stop_monday", "triage"))
    page.route("**/levers/", lambda route: route.fulfill(status=200, body="not what was asked"))
    visitor.go(trial)
    again = page.locator("journey-levers [role=alert] button")
    expect(again).to_be_visible()
    expect(page.locator("[data-tables] table").first).to_be_visible()
    page.unroute("**/levers/")
    again.click()
    guessed(page)
    finished(page)
    looks_right(visitor)
