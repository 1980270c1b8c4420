"""Writes `examples/song-an-mot-lan/trial.record`: the life of the example's pilot, event by event.

Run `python -m tests.published.demo_record` after `trial.toml` or `pilot.csv` changed. The public number
is the first one with which the lot of the sealed plan falls as the rows say it fell.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vuon.errors import Words
from vuon.trials import exporting, file, record, rows
from vuon.trials.lifecycle import acknowledges
from vuon.trials.plans import cells_of, foresee
from vuon.trials.power import power
from vuon.trials.record import Record
from vuon.trials.sealing import append

FOLDER = Path(__file__).parents[2] / "examples" / "song-an-mot-lan"
AUTHOR, SECOND = "author", "Chủ tịch UBND phường"


def at(day: str, hour: int = 9) -> str:
    return f"2026-{day}T{hour:02}:00:00+07:00"


def number_of(made: Record, found: rows.Rows) -> str:
    """The public number that gives the ways of the rows."""
    ways = {row.cell: int(row.arm == "new") for row in found.rows}
    wanted = tuple(ways[cell] for cell in cells_of(made.protocol.lot))
    return next(
        f"{n:06}"
        for n in range(1_000_000)
        if record.lot_of(made.protocol, made.sealed, f"{n:06}").allocation == wanted
    )


def made() -> Record:
    """The whole record."""
    plan = file.read(FOLDER / "trial.toml")
    found = rows.read((FOLDER / "pilot.csv").read_text("utf-8"), plan, "pilot.csv")
    before = append((), {"kind": "submitted", "at": at("02-16"), "by": AUTHOR})
    before = append(before, {"kind": "in_review", "at": at("02-16"), "by": AUTHOR})
    before = append(before, {"kind": "approved", "at": at("02-24", 15), "by": SECOND})
    able = power(plan.lot, alpha=plan.last_alpha, runs=600)
    known = acknowledges(
        foresee(plan).smallest_p, able.detectable, Words("standard deviations")
    ).say("en")
    now = record.begin(plan, at("02-25"), before=before, acknowledged=known)
    now = record.add(now, "registered", at("02-25"), by=AUTHOR)
    now = record.draw(now, number_of(now, found), at("02-27", 17))
    for kind, when, said in _running():
        now = record.add(now, kind, when, **said)
    reading = exporting.code_of(exporting.read(now, found))
    now = record.add(now, "looked", at("05-27"), planned=True, rows=found.sha256, shown=reading,
                     look=None)  # fmt: skip
    now = record.add(now, "analysed", at("05-27"), by=AUTHOR)
    now = record.add(now, "exit_decided", at("06-03", 10), by=AUTHOR, exit="adopt_with_changes",
                     reason="Có tác dụng; đầu dưới còn thấp hơn mức đáng làm")  # fmt: skip
    return record.add(
        now, "closed", at("06-10", 10), by=AUTHOR,
        treated="Tiếp tục được dùng tờ danh mục và bàn kiểm tra trước",
        returned="Ai đến vào tuần theo cách cũ thì được dùng cách mới từ lần sau",
        lessons="Một danh mục giấy tờ thống nhất cho hai thủ tục; bàn kiểm tra trước cần thêm giờ thứ Hai",
    )  # fmt: skip


def _running() -> list[tuple[str, str, dict[str, Any]]]:
    """What happened while it ran: a guardrail in the fourth week, a complaint, an incident."""
    return [
        ("recruiting", at("02-27", 17), {"by": AUTHOR}),
        ("running", at("03-02", 7), {"by": AUTHOR, "entries": 0, "reports": 0}),
        ("complaint", at("03-12", 10), {"id": "1"}),
        ("answered", at("03-13", 9), {"of": "1"}),
        ("guardrail", at("03-23", 16), {"key": "long_wait", "speaks": True, "evidence": "21.4"}),
        ("paused", at("03-23", 16), {"by": "", "reason": "long_wait"}),
        ("incident", at("03-23", 17), {"id": "2"}),
        ("reported", at("03-24", 8), {"of": "2"}),
        ("running", at("03-26", 7), {"by": AUTHOR, "entries": 0, "reports": 2,
                                     "reason": "Thêm giờ cho bàn kiểm tra trước vào thứ Hai"}),
        ("spent", at("05-20"), {"million_dong": "14"}),
        ("consent", at("05-25"), {"agreed": 244, "declined": 31, "left": 0, "version": "1"}),
        ("guardrail", at("05-25"), {"key": "long_wait", "speaks": False, "evidence": "0.42"}),
        ("guardrail", at("05-25"), {"key": "complaints_a_week", "speaks": False,
                                    "evidence": None}),
        ("completed", at("05-25"), {"by": AUTHOR}),
    ]  # fmt: skip


if __name__ == "__main__":
    (FOLDER / "trial.record").write_text(record.write(made()), "utf-8")
