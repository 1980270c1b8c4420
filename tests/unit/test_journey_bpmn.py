"""BPMN out and back is the same journey; what others drew becomes a map, and what is lost is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.unit.test_journey_laws import journeys as running
from tests.unit.test_journeys_file import journeys as files

from vuon.cli import main
from vuon.errors import VuonError
from vuon.journeys import bpmn, bpmn_reading, file
from vuon.journeys.model import Journey
from vuon.toml.table import Text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "journeys").glob("*.toml"))


def there_and_back(journey: Journey) -> Journey:
    text, _ = bpmn.write(journey)
    found, lost = bpmn_reading.read(text)
    assert lost == ()
    assert bpmn.write(found)[0] == text
    return found


@given(running())
@settings(max_examples=25, deadline=None)
def test_out_and_back_is_the_same_journey(journey: Journey) -> None:
    assert there_and_back(journey) == journey


@given(files())
@settings(max_examples=25, deadline=None)
def test_so_are_journeys_with_every_field(journey: Journey) -> None:
    assert there_and_back(journey) == journey


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_so_are_the_examples(path: Path) -> None:
    journey = file.read(path)
    assert there_and_back(journey) == journey
    assert there_and_back(replace(journey, edges=journey.returns)).edges == journey.returns


def test_names_hold_whatever_people_write() -> None:
    way = file.read(
        'format = 1\n[[step]]\nkey = "a"\ntitle = "?"\n[[step]]\nkey = "b"\ntitle = "B"'
    )
    for title in ('<b> & "c"', "a\u0001b", "hai\ndòng\tvà", "a\u2028b", "]]>"):
        odd = replace(way, steps=(replace(way.steps[0], title=Text(title)), way.steps[1]))
        assert there_and_back(odd) == odd


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There and back by files; what is not seen, or was left out, is said beside it."""
    drawn, again = tmp_path / "way.bpmn", tmp_path / "way.toml"
    for path in EXAMPLES:
        assert main(["journey", "convert", str(path), "--out", str(drawn)]) == 0
        assert "! " in capsys.readouterr().err
        assert main(["journey", "convert", str(drawn), "--out", str(again)]) == 0
        assert capsys.readouterr().err == ""
        assert file.read(again) == file.read(path)
    drawn.write_text(THEIRS)
    assert main(["journey", "check", str(drawn)]) == 1
    assert "Hồ sơ" in capsys.readouterr().err


THEIRS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
 <process id="p" name="Cấp giấy">
  <laneSet id="l"><lane id="l1" name="Một cửa"><flowNodeRef>Task_1</flowNodeRef></lane></laneSet>
  <startEvent id="s"/>
  <userTask id="Task_1" name="Nộp"/><exclusiveGateway id="G" name="Đủ?"/>
  <boundaryEvent id="t" attachedToRef="Task_1"><timerEventDefinition>
    <timeDuration>PT1H30M</timeDuration></timerEventDefinition></boundaryEvent>
  <serviceTask id="2nd" name="Duyệt"/><endEvent id="done" name="Xong"/><endEvent id="gone"/>
  <dataObject id="d" name="Hồ sơ"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="Task_1"/>
  <sequenceFlow id="f2" sourceRef="Task_1" targetRef="G"/>
  <sequenceFlow id="f3" sourceRef="G" targetRef="Task_1" name="thiếu"/>
  <sequenceFlow id="f4" sourceRef="G" targetRef="2nd"><conditionExpression>ok</conditionExpression></sequenceFlow>
  <sequenceFlow id="f5" sourceRef="2nd" targetRef="done"/>
  <sequenceFlow id="f6" sourceRef="t" targetRef="gone"/>
 </process>
</definitions>"""


def test_what_another_program_drew_becomes_a_map() -> None:
    found, lost = bpmn_reading.read(THEIRS)
    assert [(step.key, step.kind) for step in found.steps] == [
        ("task_1", "do"), ("g", "decision"), ("step_2nd", "backoffice"), ("done", "end"),
    ]  # fmt: skip
    assert found.title.vi == "Cấp giấy"
    first = found.steps[0]
    assert (first.title.vi, first.office.vi) == ("Nộp", "Một cửa")
    assert first.patience is not None and first.patience["value"] == 90
    assert first.impatient_to == ""  # the end that only a timer leads to completes nothing
    assert [(e.key, e.rework, e.why.vi) for e in found.edges] == [
        ("task_1->g", False, ""), ("g->task_1", True, "thiếu"), ("g->step_2nd", False, ""),
        ("step_2nd->done", False, ""),
    ]  # fmt: skip
    told = " ".join(each.say("en") for each in lost)
    assert "Hồ sơ" in told and "condition" in told and len(lost) == 2


def test_what_somebody_changed_in_the_drawing_counts() -> None:
    journey = file.read(next(path for path in EXAMPLES if path.stem == "one_stop_monday"))
    text, unseen = bpmn.write(journey)
    assert unseen
    step = journey.steps[0]
    name = bpmn.one_line(step.title)
    found, _ = bpmn_reading.read(text.replace(f'name="{name}"', 'name="Khác"', 1))
    assert found.steps[0] == replace(step, title=Text("Khác"))
    assert found.steps[1:] == journey.steps[1:]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "journey.bpmn"),
        ("<a/>", "journey.bpmn"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "journey.bpmn_doctype"),
        ("<a>" + "x" * 2_000_000 + "</a>", "journey.bpmn_size"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    with pytest.raises(VuonError) as caught:
        bpmn_reading.read(text)
    assert caught.value.code == code
