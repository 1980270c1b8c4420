"""A sealed trial exported as an experiment of the Commons, and read back by everybody else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.architecture.sources import ROOT

from vuon.cases.experiment import Ends, Experiment, experiment
from vuon.challenges.markdown import encode
from vuon.challenges.markdown import read as read_document
from vuon.cli import _document, main
from vuon.errors import VuonError
from vuon.toml.table import Text
from vuon.trials import record, rows
from vuon.trials.exporting import Read, read
from vuon.trials.file import read as read_plan
from vuon.trials.plans import cells_of
from vuon.trials.protocol import Arm, Care, LotRule, Need, Outcome, Protocol, Rail
from vuon.trials.review import claims_more, review

EXAMPLE = ROOT / "examples" / "song-an-mot-lan"
PILOT = read_plan(EXAMPLE / "trial.toml")
AT = "2026-02-20T09:00:00+07:00"
LATER = "2026-02-27T09:00:00+07:00"
SEALED = record.begin(PILOT, AT, acknowledged="yes")
DRAWN = record.draw(SEALED, "482913", LATER)


def rows_by_lot(new: str, old: str, drawn: record.Record = DRAWN) -> rows.Rows:
    """Rows in which each unit went the way of the lot and gave the same share."""
    plan, lot = drawn.protocol, drawn.drawn
    assert lot is not None
    over_time = plan.lot.over_time
    lines = [f"unit,{'period,' if over_time else ''}arm,{plan.outcomes[0].key}"]
    for (name, period), z in zip(cells_of(plan.lot), lot, strict=True):
        place = f"{name},{period}" if over_time else name
        lines.append(f"{place},{'new' if z else 'old'},{new if z else old}")
    return rows.read("\n".join(lines), plan)


def read_back(made: Experiment, tmp_path: Path) -> object:
    path = tmp_path / "experiment.md"
    path.write_bytes(encode(made.document))
    return _document(path)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pilot_comes_back_whole_and_says_what_it_rests_on(
    language: str, tmp_path: Path
) -> None:
    """The example after seal, lot and reading: written, read, reviewed."""
    reading = read(DRAWN, rows.read((EXAMPLE / "pilot.csv").read_text("utf-8"), PILOT))
    made = experiment(DRAWN, reading, language=language)
    again = read_document(encode(made.document), "experiment.md")
    assert [one for one in again.issues if one.severity == "lost"] == []
    assert again.issues == ()
    assert encode(again) == encode(made.document) == made.text.encode()
    assert [each.text for each in again.every_answer] == [
        each.text for each in made.document.every_answer
    ]
    assert again.form == "experiment" and again.title == PILOT.title.say(language)
    assert again.tag_values("experiment_status") == ("Completed",)
    assert again.tag_values("sample_size") == ("10-49",)
    assert again.tag_values("year") == ("2026",)
    found = review(read_back(made, tmp_path))  # type: ignore[arg-type]
    assert (found.by_lot, found.comparison, found.can_confirm) == (True, "different", True)
    assert found.contradictions == () and found.missing == ()
    assert found.strength == "test" and found.units == (10, 49)


def test_results_say_n_of_each_way_difference_interval_and_a_verdict() -> None:
    made = experiment(DRAWN, read(DRAWN, rows_by_lot("9/12", "4/12")), language="en")
    told = made.document.answers("verdict")[0].text
    assert told.startswith("Works. The new way helps here")
    assert "new way 75.0% (n = 12 units, 144 measured in them)" in told
    assert "usual way 33.3% (n = 12 units, 144 measured in them)" in told
    assert "Difference: +41.7 percentage points." in told
    assert "(95% CI): +41.7 to +41.7" in told and "p = .00049" in told
    vietnamese = experiment(DRAWN, read(DRAWN, rows_by_lot("9/12", "4/12")), language="vi")
    said = vietnamese.document.answers("verdict")[0].text
    assert said.startswith("Có tác dụng.") and "75,0%" in said and told.split("\n")[0] in said


@pytest.mark.parametrize(("new", "old"), [("9/12", "4/12"), ("4/12", "9/12"), ("5/12+2", "5/12")])
def test_nothing_claims_to_be_sure(new: str, old: str, tmp_path: Path) -> None:
    for language in ("vi", "en"):
        reading = read(DRAWN, rows_by_lot(new, old))
        told = read_back(experiment(DRAWN, reading, language=language), tmp_path)
        assert not claims_more(told)  # type: ignore[arg-type]


def test_without_a_reading_there_are_no_results_and_the_stage_is_told() -> None:
    for kept, status in ((SEALED, "Design Stage"), (DRAWN, "Implementation Stage")):
        made = experiment(kept, language="vi")
        results = next(part for part in made.document.sections if part.title == "Results")
        assert not any(answer.is_given for answer in results.answers)
        assert made.document.tag_values("experiment_status") == (status,)
        assert "verdict" in [each.prompt_id for each in made.missing]
    assert "482913" in experiment(DRAWN).text and "482913" not in experiment(SEALED).text


def test_what_nobody_said_is_empty_and_listed_and_nobody_is_named() -> None:
    kept = record.add(DRAWN, "approved", LATER, by="Bình")
    made = experiment(kept, language="vi")
    empty = {each.prompt_id for each in made.missing}
    assert {"frontier_challenge", "experiment_partners", "money_spent", "surprised"} <= empty
    assert not empty & {"prepared_by", "portfolio", "learning_intent", "hypothesis", "actions"}
    for each in made.missing:
        assert not made.document.answers(each.prompt_id)[0].is_given
        assert each.label.say("vi") != each.label.say("en")
    assert "Bình" not in made.text
    bare = experiment(record.begin(Protocol("x"), AT), language="en")
    assert {"learning_intent", "hypothesis", "control_group", "sample_size"} <= {
        each.prompt_id for each in bare.missing
    }


def test_both_languages_stand_where_people_wrote_both() -> None:
    need = Need(Text(vi="Có bớt phải quay lại không?", en="Do fewer people come back?"))
    arms = (Arm("new", changes=Text(vi="Tờ danh mục")), Arm("old"))
    plan = replace(PILOT, need=need, arms=arms)
    for language in ("vi", "en"):
        document = experiment(record.begin(plan, AT), language=language).document
        question = document.answers("related_question")[0].text
        assert need.question.vi in question and need.question.en in question
        first = question.split("\n")[0]
        assert first == need.question.say(language)
        actions = document.answers("actions")[0].text
        assert actions.count("Tờ danh mục") == 1  # nobody wrote it in English
    assert document.tag_values("language") == ()
    assert experiment(SEALED, language="vi").document.tag_values("language") == ("vi",)


def test_a_trial_that_was_stopped_says_so_and_why() -> None:
    kept = record.add(DRAWN, "guardrail", LATER, key="long_wait", speaks=True)
    kept = record.add(kept, "paused", LATER, by="", reason="long_wait")
    kept = record.add(kept, "stopped_early", LATER, by="An", reason="Lộ dữ liệu.")
    made = experiment(kept, language="vi")
    told = made.document.answers("verdict")[0].text
    assert told.split("\n")[0] == "Dừng trước hạn."
    assert "Lộ dữ liệu." in told and "chờ quá 60 phút" in told and "An" not in told
    assert made.document.tag_values("experiment_status") == ("Completed",)
    assert "chờ quá 60 phút" in made.document.answers("obstacles")[0].text
    assert made.document.issues == ()
    ended = Ends(stopped=Text(vi="Bão."), lessons=Text(vi="Bắt đầu sau mùa mưa."))
    other = experiment(DRAWN, None, ended, "vi").document
    assert "Bão." in other.answers("verdict")[0].text
    assert "Bắt đầu sau mùa mưa." in other.answers("know_now")[0].text


def test_what_was_decided_amended_and_how_long_it_took() -> None:
    kept = record.add(DRAWN, "amended", LATER, reason="đổi số điện thoại")
    kept = record.add(kept, "looked", "2026-06-20T09:00:00+07:00", rows="5f", shown="works")
    kept = record.add(kept, "exit_decided", "2026-06-25T09:00:00+07:00", exit="adopt",
                      reason={"vi": "Có tác dụng.", "en": "It helps."})  # fmt: skip
    kept = record.add(kept, "closed", "2026-06-30T09:00:00+07:00", lessons="Tin nhắn giúp nhiều.")
    document = experiment(kept, language="vi").document
    assert "đổi số điện thoại" in document.answers("methodology_change")[0].text
    assert document.answers("months")[0].text.split("\n")[0] == "3,9"
    follow_up = document.answers("follow_up")[0].text
    assert "áp dụng" in follow_up and "It helps." in follow_up
    assert document.answers("know_now")[0].text.startswith("Bài học: Tin nhắn")


def test_without_a_lot_nothing_is_called_random(tmp_path: Path) -> None:
    outcome = Outcome("done", Text(vi="xong"), worthwhile=0.1, kind="yes_no")
    plan = Protocol("x", title=Text(vi="Trước và sau"), outcomes=(outcome,))
    kept = record.begin(plan, AT)
    found = rows.read("unit,period,arm,done\na,1,old,3/10\na,2,new,6/10\n", plan)
    designed = review(read_back(experiment(kept), tmp_path))  # type: ignore[arg-type]
    assert (designed.by_lot, designed.comparison) == (False, "unknown")
    made = experiment(kept, read(kept, found), language="en")
    seen = review(read_back(made, tmp_path))  # type: ignore[arg-type]
    assert (seen.by_lot, seen.comparison, seen.can_confirm) == (False, "before", False)
    told = made.document.answers("verdict")[0].text
    assert told.startswith("Consistent with helping, no more.")
    assert "60.0% (n = 10)" in told and "30.0% (n = 10)" in told and "no interval" in told
    assert made.document.issues == ()


def test_numbers_that_are_no_share_and_units_read_one_by_one() -> None:
    outcome = Outcome("wait", Text("thời gian chờ", "waiting time"), worthwhile=5.5, better="less",
                      unit=Text("phút", "minutes"), lag_days=3)  # fmt: skip
    units = tuple(f"u{each}" for each in range(8))
    plan = Protocol("x", outcomes=(outcome,), lot=LotRule("complete", units, 4),
                    arms=(Arm("new"), Arm("old")),
                    rails=(Rail("mean", method="mean", limit=90.5, low=0, high=240),),
                    care=Care(complaints=Text(vi="thùng thư")))  # fmt: skip
    kept = record.draw(record.begin(plan, AT), "12", LATER)
    lot = kept.drawn
    assert lot is not None
    lines = ["unit,wait", *(f"{u},{30 + i - 12 * z}" for i, (u, z) in
                            enumerate(zip(units, lot, strict=True)))]  # fmt: skip
    made = experiment(kept, read(kept, rows.read("\n".join(lines), plan)), language="en")
    told = made.document.answers("verdict")[0].text
    assert "(n = 4)" in told and "percentage" not in told and "5.5" in told
    assert "less of “waiting time”" in made.document.answers("hypothesis")[0].text
    assert made.document.tag_values("sample_size") == ("2-9",)
    assert made.document.tag_values("experiment_type") == ("Fully Randomised (RCTs, etc.)",)
    assert "90.5" in made.document.answers("actions")[0].text


def test_a_look_before_the_end_is_no_result() -> None:
    from vuon.trials.analyse import analyse
    from vuon.trials.protocol import Look

    plan = replace(PILOT, looks=(Look(6, 0.02),))
    kept = record.draw(record.begin(plan, AT), "482913", LATER)
    reading: Read = analyse(plan, rows_by_lot("9/12", "4/12", kept), drawn=kept.drawn,
                            sealed=kept.sealed, look=0)  # fmt: skip
    with pytest.raises(VuonError) as caught:
        experiment(kept, reading)
    assert caught.value.code == "trial.export_look"
    stopped = record.add(kept, "stopped_early", LATER, reason="Có hại.")
    told = experiment(stopped, reading, language="en").document.answers("verdict")[0].text
    assert told.startswith("Stopped early.") and "(98% CI)" in told


@pytest.mark.parametrize("hostile", [
    "## Results", "> Was it proven?", "- Random assignment", "[[year:1999]]", "</div>", "&amp; <b>",
    "![x](http://a)", "**x**", "một\n\n\n## hai", "{text} {0} {}", "[http://a.vn](http://a.vn)",
])  # fmt: skip
def test_what_people_wrote_comes_back_as_they_wrote_it(hostile: str) -> None:
    plan = replace(PILOT, title=Text(vi=f"Thử {hostile}"), exit_plan=Text(vi=hostile),
                   need=replace(PILOT.need, question=Text(vi=hostile)))  # fmt: skip
    made = experiment(record.begin(plan, AT), language="vi")
    again = read_document(encode(made.document), "x.md")
    from vuon.challenges.clean import writable

    assert again.answers("related_question")[0].text == writable(hostile)
    assert writable(hostile) in again.answers("actions")[0].text
    assert [one for one in again.issues if one.severity == "lost"] == []
    assert again.tag_values("year") == ("2026",)
    assert [part.title for part in again.sections] == [
        part.title for part in experiment(SEALED).document.sections
    ]


def test_the_command_exports_and_records_a_first_look(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plan, kept = tmp_path / "trial.toml", tmp_path / "trial.record"
    plan.write_text((EXAMPLE / "trial.toml").read_text("utf-8"), "utf-8")
    kept.write_text(record.write(DRAWN), "utf-8")
    table = tmp_path / "rows.csv"
    table.write_text((EXAMPLE / "pilot.csv").read_text("utf-8"), "utf-8")
    out = tmp_path / "experiment.md"
    assert main(["trial", "export", str(kept), "--language", "vi"]) == 0
    told, said = capsys.readouterr()
    assert told == experiment(DRAWN, language="vi").text
    assert "Nobody said" in said or "Chưa ai nói" in said
    for _ in range(2):  # the second time the same rows show nothing new
        words = ["trial", "export", str(kept), str(table), "--out", str(out), "--language", "en"]
        assert main(words) == 0
    capsys.readouterr()
    looks = record.read(kept.read_text("utf-8")).events("looked")
    assert [each["shown"] for each in looks] == ["cannot_tell"]
    assert main(["plan", "read", str(out), "--json"]) == 0
    kind = json.loads(capsys.readouterr().out)
    assert (kind["kind"], kind["form"], kind["issues"]) == ("experiment", "experiment", [])
    assert main(["trial", "review", str(out)]) == 0
    assert "test" in capsys.readouterr().out
    assert main(["trial", "export", str(plan)]) == 2
    assert "sealed" in capsys.readouterr().err
