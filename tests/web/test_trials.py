"""Trials: from advice to the file of the procedure, with a second person, guardrails and looks."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.architecture.sources import ROOT
from tests.factories import Cast, Person, challenge_of, seated

from vuon.trials import file, record
from vuon.trials.protocol import Look, Protocol
from vuon_web.accounts.visibility import Tier
from vuon_web.challenges.models import Challenge
from vuon_web.trials import actions, queries
from vuon_web.trials.models import Entry, Line, Trial

pytestmark = pytest.mark.django_db
EXAMPLE = ROOT / "examples" / "song-an-mot-lan"
NUMBER = "482 913"


@pytest.fixture
def task(cast: Cast) -> Challenge:
    """A task of team A."""
    return challenge_of(cast.official, "People come twice", Tier.TEAM)


def plan(**other: Any) -> Protocol:
    """The example's plan, from two weeks ago to ten weeks from now."""
    today = timezone.localdate()
    found = file.read(EXAMPLE / "trial.toml")
    begins = today - timedelta(days=14)
    lot = replace(found.lot, drawn_on=today - timedelta(days=15))
    ends = begins + timedelta(days=83)
    return replace(found, begins=begins, ends=ends, lot=lot, **other)


def brought(person: Person, task: Challenge, found: Protocol) -> Trial:
    sent = SimpleUploadedFile("trial.toml", file.write(found).encode())
    answer = person.post("trials:bring", task.pk, file=sent)
    return Trial.objects.get(pk=answer["Location"].split("/")[-2])


def act(person: Person, trial: Trial, do: str, **more: Any) -> str:
    """Press a button; where the trial stands then."""
    person.post("trials:act", trial.pk, do=do, **more)
    return queries.standing_of(trial).state


def token(trial: Trial, purpose: str) -> str:
    return queries.doors_of(trial)[purpose].token


def approved(person: Person, trial: Trial, other: Person) -> str:
    """Submitted by one, approved by the other."""
    assert act(person, trial, "submit") == "in_review"
    other.post("trials:approve", token(trial, "approve"), do="approved", role="Phó chủ tịch")
    return queries.standing_of(trial).state


def started(cast: Cast, task: Challenge, **other: Any) -> Trial:
    """The example's pilot, running."""
    trial = brought(cast.official, task, plan(**other))
    assert approved(cast.official, trial, cast.mentor) == "approved"
    assert act(cast.official, trial, "seal", acknowledged="yes") == "registered"
    assert act(cast.official, trial, "draw", number=NUMBER) == "recruiting"
    assert act(cast.official, trial, "start") == "running"
    return trial


def enter(person: Person, trial: Trial, yes: str = "1", **more: str) -> Any:
    sent = {"unit": "A", "period": "1", "on": str(timezone.localdate()), "agreed": "1",
            "o_first_visit": yes, "r_long_wait": "0", **more}  # fmt: skip
    return person.post("trials:enter", token(trial, "enter"), **sent)


def test_the_whole_way(cast: Cast, task: Challenge) -> None:
    trial = started(cast, task)
    assert enter(cast.neighbour, trial).status_code == 200
