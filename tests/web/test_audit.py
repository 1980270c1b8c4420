"""The record: only ever longer, and never anybody's words."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories import Cast, challenge_of

from vuon_web.accounts.visibility import Tier
from vuon_web.audit.actions import record
from vuon_web.audit.models import Event
from vuon_web.audit.queries import events_by, events_of

pytestmark = pytest.mark.django_db


# Every way to lose or change a row that a database knows.
LOSING = {
    "sqlite": (
        "UPDATE audit_event SET verb = 'nothing'",
        "DELETE FROM audit_event",
        "INSERT OR REPLACE INTO audit_event (seq, at, verb, kind, object_id, detail) "
        "SELECT seq, at, 'nothing', kind, object_id, detail FROM audit_event",
    ),
    "postgresql": (
        "UPDATE audit_event SET verb = 'nothing'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "INSERT INTO audit_event SELECT * FROM audit_event "
        "ON CONFLICT (seq) DO UPDATE SET verb = 'nothing'",
    ),
}


def test_the_database_refuses_to_change_or_shorten_it() -> None:
    """On the level of the database: no code of ours can get around it."""
    event = record(by=None, verb="opened", kind="lab", object_id=1)
    for statement in LOSING[connection.vendor]:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Event.objects.get(pk=event.pk).verb == "opened"


@pytest.mark.parametrize("words", ["Nguyễn Văn A", "I was afraid", "a" * 81, "Mixed", "a@b"])
def test_it_refuses_what_a_person_could_have_written(words: str) -> None:
    """In every place, also inside a list."""
    for field in ("verb", "kind", "object_id"):
        given = {"verb": "did", "kind": "thing", "object_id": 1, field: words}
        with pytest.raises(ValueError, match="keys, numbers"):
            record(by=None, **given)  # type: ignore[arg-type]
    for value in (words, [words], {"a": words}):
        with pytest.raises(ValueError, match="keys, numbers"):
            record(by=None, verb="did", kind="thing", object_id=1, about=value)
    assert not Event.objects.exists()


def test_it_takes_keys_numbers_and_identifiers() -> None:
    """And gives them back as they were, as JSON can hold them."""
    one = uuid.uuid4()
    made = record(by=None, verb="did", kind="thing", object_id=one, n=3, to="room", who=[one])
    made.refresh_from_db()
    assert made.detail == {"n": 3, "to": "room", "who": [str(one)]}
    assert list(events_of("thing", one)) == [made]


def test_a_refused_action_leaves_no_line_and_a_done_one_always_does(cast: Cast) -> None:
    """The line stands in the transaction of the change."""
    before = Event.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        record(by=cast.official.actor, verb="did", kind="thing", object_id=1)
        raise RuntimeError
    assert Event.objects.count() == before


def test_nothing_that_people_wrote_is_in_it(cast: Cast) -> None:
    """A whole morning: join, write, offer, name partners; then every text is looked for."""
    secret = "The forms are lost between two desks"
    made = challenge_of(cast.official, secret, Tier.TEAM)
    cast.facilitator.post("labs:partner", cast.agency_a.pk, name="Ward centre Alpha", roles=[])
    cast.facilitator.post("labs:sessions", cast.lab.slug, title="An afternoon together")
    kept = " ".join(
        f"{e.verb} {e.kind} {e.object_id} {e.detail}" for e in Event.objects.all()
    ).lower()
    said = (secret, "Alpha", "afternoon", "Facilitator's", cast.official.actor.pseudonym)
    for words in (*said, cast.official.actor.called):
        assert words.lower() not in kept
    assert str(made.pk) in kept


def test_what_somebody_did_can_be_listed_for_them(cast: Cast) -> None:
    """By the actor's identifier, in order."""
    verbs = [event.verb for event in events_by(cast.official.actor.pk)]
    assert verbs == ["seated", "joined", "joined"]
