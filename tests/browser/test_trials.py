"""A real pilot of the example, from the question to the file of the procedure: somebody who plans, a
second person who answers, a counter with a phone, a citizen; an incident, a pause, a planned look."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import ROOT, Arrive, Picture, Visitor

from vuon.toml.table import Text
from vuon.trials import file, record
from vuon.trials.plans import cells_of
from vuon.trials.protocol import NEW, OLD, SECTIONS

EXAMPLE = ROOT / "examples" / "song-an-mot-lan"
PLAN = file.read(EXAMPLE / "trial.toml")


def looks_right(visitor: Visitor) -> None:
    """Nothing sticks out, and axe has nothing to say."""
    visitor.page.wait_for_load_state()
    assert visitor.fits(), visitor.page.url
    found = visitor.axe()
    assert not found, f"{visitor.page.url}: {found}"


@dataclass
class Pilot:
    """Who plans the pilot, where it is, and in which language all of them speak."""

    planner: Visitor
    language: str
    home: str = ""

    def said(self, text: Text) -> str:
        return text.say(self.language)

    @property
    def page(self) -> Page:
        return self.planner.page

    def go(self, path: str = "") -> None:
        self.planner.go(self.home + path)

    def press(self, do: str) -> None:
        """A button of the page of the trial."""
        self.page.locator(f"button[name=do][value={do}]").first.click()
        self.page.wait_for_load_state()


def advised(planner: Visitor, language: str) -> Pilot:
    """A task, its question, and the advice that becomes a draft."""
    page = planner.page
    pilot = Pilot(planner, language)
    planner.go("/challenges/")
    page.locator("[name=sentence]").fill(pilot.said(PLAN.title))
    page.locator("main button.button-primary").first.click()
    page.locator("main button.button-primary").last.click()
    expect(page).to_have_url(re.compile(r"/challenges/[0-9a-f-]{36}/"))
    page.locator("a[href*='/trials/'] .list-title").first.click()
    looks_right(planner)
    page.locator("main a.button-primary").click()
    page.locator("[name=question]").fill(pilot.said(PLAN.need.question))
    for each in PLAN.need.instead:
        page.locator(f"[name=instead][value={each}]").check()
    page.locator("[name=why]").fill(pilot.said(PLAN.need.why))
    page.locator("[name=level]").select_option("place")
    page.locator("[name=units]").fill("2")
    page.locator("[name=points]").fill("12")
    for name in ("lot", "on_off", "fades"):
        page.locator(f"[name={name}]").check()
    page.locator("button[value=advise]").click()
    expect(page.locator("#advice")).to_be_visible()
    expect(page.locator("main")).to_contain_text("2,048" if language == "en" else "2.048")
    looks_right(planner)
    page.locator("button[value=take]").click()
    expect(page).to_have_url(re.compile(r"/trials/t/[0-9a-f-]{36}/$"))
    looks_right(planner)
    pilot.home = page.url
    return pilot


def fill(page: Page, values: dict[str, str]) -> None:
    """Fill in fields, opening what is folded; choices by their value."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]").first
        folded = page.locator(f"main details:not([open]):has([name={name}])")
        if folded.count():
            folded.locator("summary").first.click()
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def written(pilot: Pilot) -> None:
    """The example's plan, part by part, with a look after six weeks."""
    said, today = pilot.said, date.today()
    arms, care, caps = {arm.key: arm for arm in PLAN.arms}, PLAN.care, PLAN.caps
    primary, rails = PLAN.outcomes[0], PLAN.rails
    parts = {
        "question": {"title": said(PLAN.title), "owner": said(PLAN.owner)},
        "outcome": {"name": said(primary.name), "worthwhile": "10", "unit": said(primary.unit),
                    "source": said(primary.source)},
        "units": {"units": "A\nB", "begins": str(today - timedelta(days=83)), "ends": str(today),
                  "public_number": said(PLAN.lot.public_number), "drawn_on": str(today),
                  "substitute": said(PLAN.lot.substitute)},
        "ways": {"new": said(arms[NEW].changes), "returned": said(arms[OLD].benefit_return)},
        "safety": {"people": "300", "days": "84", "million_dong": "20", "area": said(caps.area),
                   "stops": said(PLAN.stops[0]), "rail_0": said(rails[0].name), "limit_0": "10",
                   "rail_1": said(rails[1].name), "method_1": "count", "limit_1": "3"},
        "care": {name: said(getattr(care, name))
                 for name in ("notice", "leaving", "complaints", "harm_plan", "pays")},
        "rules": {f"section_{key}": said(PLAN.section(key)) for key in SECTIONS},
        "end": {"exit_plan": said(PLAN.exit_plan), "after_0": "6",
                "alpha_0": "0,1" if pilot.language == "vi" else "0.1"},
    }  # fmt: skip
    pilot.go("plan/question/")
    for key, values in parts.items():
        expect(pilot.page).to_have_url(re.compile(f"/plan/{key}/$"))
        fill(pilot.page, values)
        looks_right(pilot.planner)
        pilot.page.locator("main button.button-primary").click()
    expect(pilot.page).to_have_url(pilot.home)


def approved(pilot: Pilot, second: Visitor) -> None:
    """Whoever wrote it cannot answer; a second person asks for nothing and approves."""
    pilot.press("submit")
    pilot.go("links/")
    looks_right(pilot.planner)
    address = pilot.page.locator("a[href*='/trials/a/']").first.get_attribute("href") or ""
    pilot.planner.go(address)
    expect(pilot.page.locator("button[value=approved]")).to_have_count(0)
    second.go(address)
    looks_right(second)
    second.page.locator("[name=role]").fill("Phó chủ tịch" if pilot.language == "vi" else "Deputy")
    second.page.locator("button[value=approved]").click()
    expect(second.page.locator("button[value=approved]")).to_have_count(0)


def number_of_the_demo(pilot: Pilot) -> str:
    """The public number with which this lot falls as it fell in the demo."""
    text = pilot.planner.context.request.get(pilot.home + "trial.record").text()
    kept = record.read(text)
    lines = [line.split(",") for line in (EXAMPLE / "pilot.csv").read_text().splitlines()[1:]]
    ways = {(unit, int(week)): way == "new" for unit, week, way, _said in lines}
    wanted = tuple(int(ways[cell]) for cell in cells_of(kept.protocol.lot))
    return next(
        f"{n:06}"
        for n in range(1_000_000)
        if record.lot_of(kept.protocol, kept.sealed, f"{n:06}").allocation == wanted
    )


def started(pilot: Pilot, citizen: Visitor) -> None:
    """Sealed with what it can show acknowledged, drawn in public, drawn again by a citizen."""
    pilot.go()
    pilot.page.locator("[name=acknowledged]").check()
    looks_right(pilot.planner)
    pilot.press("seal")
    pilot.go("seal/")
    looks_right(pilot.planner)
    number = number_of_the_demo(pilot)
    pilot.go()
    pilot.page.locator("[name=number]").fill(number)
    pilot.press("draw")
    looks_right(pilot.planner)
    pilot.press("start")
    pilot.go("links/")
    looks_right(pilot.planner)
    citizen.go(pilot.page.locator("a[href*='/trials/l/']").first.get_attribute("href") or "")
    citizen.page.locator("[name=number]").fill(number)
    citizen.page.locator("main form button").click()
    expect(citizen.page.locator("[role=status] strong")).to_be_visible()
    looks_right(citizen)


def address_of(pilot: Pilot, door: str) -> str:
    pilot.go("links/")
    return pilot.page.locator(f"a[href*='/trials/{door}/']").first.get_attribute("href") or ""


def entered(counter: Visitor, address: str, *, harmed: bool) -> str:
    """One answer by phone; the number that the person takes home."""
    counter.go(address)
    page = counter.page
    page.locator("[name=unit]").select_option("A")
    page.locator("[name=agreed][value='1']").check()
    page.locator("[name^=o_][value='1']").check()
    page.locator(f"[name^=r_][value='{int(harmed)}']").first.check()
    looks_right(counter)
    page.locator("main button.button-primary").click()
    slip = page.locator(".slip").inner_text()
    looks_right(counter)
    return slip


def paused_and_let_go_on(pilot: Pilot, counter: Visitor) -> list[str]:
    """Two people wait too long: it pauses by itself; an incident, a reason, and it goes on."""
    address = address_of(pilot, "e")
    slips = [entered(counter, address, harmed=True) for _ in range(2)]
    expect(counter.page.get_by_role("alert")).to_be_visible()
    counter.go(address)
    expect(counter.page.locator("main form")).to_have_count(0)
    pilot.go("reports/")
    pilot.page.locator("[name=text]").fill(
        "Thiếu người ở quầy" if pilot.language == "vi" else "A clerk ill"
    )
    looks_right(pilot.planner)
    pilot.page.locator("main button.button-primary").click()
    pilot.page.locator("[name=answer]").fill(
        "Đã báo trung tâm" if pilot.language == "vi" else "The centre knows"
    )
    pilot.page.locator("form:has([name=answer]) button").click()
    pilot.go()
    looks_right(pilot.planner)
    pilot.page.locator("[name=reason]").first.fill(
        "Thêm người" if pilot.language == "vi" else "A clerk more"
    )
    pilot.press("resume")
    return slips


def complained_and_left(pilot: Pilot, citizen: Visitor, slips: list[str]) -> None:
    """A complaint without an account, its answer by the receipt; two leave, and nothing stays."""
    address = address_of(pilot, "c")
    page = citizen.page
    citizen.go(address)
    looks_right(citizen)
    page.locator("[name=text]").fill("Chờ lâu quá" if pilot.language == "vi" else "Too long a wait")
    page.locator("main button.button-primary").click()
    receipt = page.locator(".slip").inner_text()
    assert not citizen.cookies().get("vuon_seat")  # nobody was made
    pilot.go("reports/")
    pilot.page.locator("[name=answer]").fill("Xin lỗi" if pilot.language == "vi" else "Sorry")
    pilot.page.locator("form:has([name=answer]) button").click()
    citizen.go(address)
    page.locator("#receipt").fill(receipt.lower())
    page.locator("form:has(#receipt) button").click()
    expect(page.locator("main")).to_contain_text("Xin lỗi" if pilot.language == "vi" else "Sorry")
    for slip in slips:
        citizen.go(address)
        page.locator("#slip").fill(slip)
        page.locator("[name=keep][value=delete]").check(force=True)
        page.locator("form:has(#slip) button").click()
        looks_right(citizen)


def brought(pilot: Pilot, folder: Path, lines: list[str]) -> None:
    """Rows of the demo from a sheet."""
    pilot.go("entries/")
    pilot.page.locator("details summary").last.click()
    key = pilot.page.locator("main code").inner_text().rpartition(",")[2]
    sheet = folder / "rows.csv"
    sheet.write_text("\n".join([f"unit,period,arm,{key}", *lines]) + "\n")
    pilot.page.locator("#sheet").set_input_files(sheet)
    pilot.page.locator("form:has(#sheet) button").click()
    expect(pilot.page.locator(".messages")).to_contain_text(str(len(lines)))
    looks_right(pilot.planner)


def read(pilot: Pilot, folder: Path) -> None:
    """Half the rows and a planned look, the other half and the end: the figures of the demo."""
    lines = (EXAMPLE / "pilot.csv").read_text().splitlines()[1:]
    half = [line for line in lines if int(line.split(",")[1]) <= 6]
    brought(pilot, folder, half)
    pilot.go()
    looks_right(pilot.planner)
    pilot.page.locator("main a.button-primary").click()
    pilot.page.locator("main form button.button-primary").click()
    expect(pilot.page.locator("#verdict")).to_be_visible()
    looks_right(pilot.planner)
    brought(pilot, folder, [line for line in lines if line not in half])
    pilot.go()
    pilot.page.locator("details:has(button[value=complete]) summary").click()
    pilot.press("complete")
    pilot.go("reading/")
    pilot.page.locator("main form button.button-primary").click()
    told = pilot.page.locator("main")
    comma = "," if pilot.language == "vi" else "."
    for figure in ("18.8", "2.5", "35.2"):
        expect(told.locator("figcaption")).to_contain_text(figure.replace(".", comma))
    expect(told).to_contain_text("0,028" if pilot.language == "vi" else ".028")
    looks_right(pilot.planner)


def ended(pilot: Pilot) -> None:
    """Decided with a reason, closed with what is owed, and the file with nothing missing of ours."""
    page = pilot.page
    pilot.go("end/")
    page.locator("[name=decision][value=adopt_with_changes]").check()
    page.locator("[name=reason]").fill("Đầu dưới thấp" if pilot.language == "vi" else "A low end")
    looks_right(pilot.planner)
    page.locator("main button.button-primary").click()
    pilot.go("end/")
    for name in ("treated", "returned", "lessons"):
        page.locator(f"[name={name}]").fill(
            "Giữ cách mới" if pilot.language == "vi" else "It stays"
        )
    looks_right(pilot.planner)
    page.locator("main button.button-primary").click()
    pilot.go("procedure/")
    looks_right(pilot.planner)
    ask = pilot.planner.context.request
    told = json.loads(ask.get(pilot.home + "procedure.json").text())
    missing = [each for chapter in told["chapters"] for each in chapter["missing"]]
    lawyer = "luật sư" if pilot.language == "vi" else "lawyer"
    assert [each for each in missing if lawyer not in each] == []
    assert ask.get(pilot.home + "procedure.pdf").body().startswith(b"%PDF")
    assert "[[type:experiment]]" in ask.get(pilot.home + "experiment.md").text()


@pytest.mark.parametrize(("language", "size"), [("vi", "phone"), ("en", "desktop")])
def test_a_pilot_from_the_question_to_the_file(
    arrive: Arrive, picture: Picture, tmp_path: Path, language: str, size: str
) -> None:
    planner = arrive(language=language, size=size)
    second = arrive(language=language, size="phone")
    counter = arrive(language=language, size="phone")
    citizen = arrive(language=language, size="phone")
    pilot = advised(planner, language)
    written(pilot)
    if language == "en":
        pilot.go("plan/?share=40&people=10")
        picture(planner, "trial-plan")
        pilot.go()
    approved(pilot, second)
    started(pilot, citizen)
    slips = paused_and_let_go_on(pilot, counter)
    complained_and_left(pilot, citizen, slips)
    read(pilot, tmp_path)
    if language == "en":
        picture(planner, "trial-reading")
    ended(pilot)
