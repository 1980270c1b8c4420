"""After a withdrawal no file of the database holds a byte of what was said.

The whole is done in a process of its own, since what is searched are the files of a database that
is open: the main file, the write-ahead log, the shared memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from tests.conftest import ON_POSTGRES

DONE = """
import json, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
from vuon_web.accounts import actions as people
from vuon_web.challenges import actions as tasks
from vuon_web.challenges import queries as plans
from vuon_web.evidence import actions, queries, searching
from vuon_web.evidence.models import Finding, Source
from vuon_web.labs import actions as labs
from vuon_web.labs.queries import place_for

labs.open_lab(title="Lab", by=None)
actor, _token = people.take_seat()
task = tasks.begin(sentence="Two trips", place=tasks.Place(**place_for(actor)), by=actor, language="vi")
MIDDLE = "Đám lục bình trôi kín con rạch sau nhà từ sáng"
text = "\\n\\n".join(f"{n}. {MIDDLE} số {n}, tôi chèo xuồng không nổi." for n in range(4000))
source = actions.add_source(corpus=task.corpus, kind="fieldnote", titles={"vi": "Lục bình"},
                            text=text, by=actor, basis="observation", checked=True)
start = text.index(MIDDLE)
passage = actions.mark(source=source, client="one", start=start, end=start + len(MIDDLE), by=actor)
finding = actions.make_finding(corpus=task.corpus, statement=f"Một người kể: {MIDDLE}.", by=actor,
                               for_=[f"passage:{passage.pk}"])
plan = task.plans.get()
key = plans.document(plan).every_answer[0].key
tasks.keep_answer(plan=plan, key=key, text=f"Theo lời kể, {MIDDLE.lower()}", base=None, by=actor)
tasks.keep_draft(plan=plan, key=key, text=f"Đang viết: {MIDDLE}", base=None, by=actor)
assert searching.search(task.corpus, "luc binh")

def files():
    found = [p for p in Path(settings.DATA).rglob("*") if p.is_file() and "sqlite3" in p.name]
    return {p.name: max(p.read_bytes().count(MIDDLE[1:].encode()),
                        p.read_bytes().count(MIDDLE[1:].lower().encode())) for p in found}

before = files()
receipt = actions.withdraw(corpus=task.corpus, source=source, by=actor)
receipt.refresh_from_db()
print(json.dumps({"before": before, "after": files(), "scrubbed": receipt.scrubbed,
                  "copies": receipt.counts["copies"], "hits": len(searching.search(task.corpus, "luc binh")),
                  "finding": Finding.objects.get().statements["vi"]}))
"""


@pytest.mark.skipif(
    ON_POSTGRES, reason="PostgreSQL frees the bytes of deleted rows when it vacuums"
)
def test_no_file_of_the_database_holds_a_byte_of_what_was_taken_back(tmp_path: Path) -> None:
    import json

    env = {
        **{key: value for key, value in os.environ.items() if not key.startswith("VUON_")},
        "VUON_DATA": str(tmp_path),
        "VUON_SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "vuon_web.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", DONE], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert sum(told["before"].values()) > 3000, told
    assert told["after"]
    assert not any(told["after"].values()), told
    assert told["scrubbed"]
    assert told["copies"] >= 3
    assert told["hits"] == 0
    assert "Một người kể" in told["finding"]


@pytest.mark.django_db
def test_no_row_of_any_table_holds_what_was_taken_back(desk_of_one) -> None:
    """On both databases: every text column of every table is read."""
    words, take_back = desk_of_one
    assert words in _everything()
    take_back()
    assert words not in _everything()


@pytest.fixture
def desk_of_one(cast):
    """A note of which a sentence was copied into the plan, and how it is taken back."""
    from tests.factories import challenge_of

    from vuon_web.challenges import actions as tasks
    from vuon_web.challenges import queries as plans
    from vuon_web.evidence import actions

    words = "con rạch sau nhà đầy lục bình từ sáng sớm"
    task = challenge_of(cast.official, "Two trips")
    by = cast.official.actor
    source = actions.add_source(
        corpus=task.corpus,
        kind="fieldnote",
        titles={"vi": "Lục bình"},
        text=f"Bà kể: {words}.",
        basis="observation",
        checked=True,
        by=by,
    )
    actions.mark(source=source, client="one", start=7, end=7 + len(words), by=by)
    plan = task.plans.get()
    key = plans.document(plan).every_answer[0].key
    tasks.keep_answer(plan=plan, key=key, text=f"Theo lời kể {words}", base=None, by=by)
    return words, lambda: actions.withdraw(corpus=task.corpus, source=source, by=by)


def _everything() -> str:
    """All text of the database."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += (str(cell) for row in cursor.fetchall() for cell in row)
    return "\n".join(found)
