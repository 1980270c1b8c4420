"""What all tests share: where they keep things, which database, and the cast.

Set before Django reads its settings: nothing is ever written into the checkout's own data.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings
from tests import postgres

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if _WORKER:  # a worker keeps its things where the run that started it does
    _DATA, _url = os.environ["VUON_DATA"], os.environ.get("VUON_DATABASE_URL")
else:
    _DATA = tempfile.mkdtemp(prefix="vuon-test-")
    atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
    for _name in [name for name in os.environ if name.startswith("VUON_")]:
        if not _name.startswith(("VUON_TEST_", "VUON_REQUIRE_", "VUON_PICTURES")):
            del os.environ[_name]
    os.environ.update(
        DJANGO_SETTINGS_MODULE="vuon_web.config.settings",
        VUON_DATA=_DATA,
        VUON_CACHE=f"{_DATA}/cache",
        VUON_SECRET_KEY="only for tests",
    )
ROOT = Path(__file__).parents[1]
ON_POSTGRES = os.environ.get("VUON_TEST_POSTGRES") == "1"
if not _WORKER:
    _url = os.environ.get("VUON_TEST_DATABASE_URL") or (postgres.start() if ON_POSTGRES else None)
    if _url:
        os.environ["VUON_DATABASE_URL"] = _url


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings, upon which pytest-django sets Django up.

    Without PostgreSQL the run that is meant for it has nothing to do, or is an error.
    """
    assert str(settings.DATA) == _DATA
    # Passwords are hashed slowly on purpose; in tests that is only slow.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if ON_POSTGRES and not _url:
        told = "PostgreSQL is missing, so the tests ran on SQLite only (Debian: apt install postgresql)."
        status = 1 if os.environ.get("VUON_REQUIRE_POSTGRES") == "1" else 0
        pytest.exit(told, returncode=status)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database is run once more."""
    if not _url:
        return
    again = [item for item in items if _touches_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in again])
    items[:] = again


def _touches_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    return item.get_closest_marker("django_db") is not None or "db" in getattr(
        item, "fixturenames", ()
    )


def _on_sqlite() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3")


@lru_cache
def _migrated() -> Path:
    """Where the empty database lies once it was migrated, by everything that migrations come from."""
    drawn = hashlib.sha256(
        f"{sys.version} {version('django')} {version('django-allauth')}".encode()
    )
    sources = sorted((ROOT / "src" / "vuon_web").glob("*/migrations/*.py"))
    for path in (*sources, ROOT / "src" / "vuon_web" / "audit" / "triggers.py"):
        drawn.update(path.read_bytes())
    return ROOT / ".tools" / "test-database" / f"{drawn.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file as in life; in memory, threads would share one connection's locks.

    Migrating takes longer than most tests: a database that was migrated before is copied.
    """
    if _on_sqlite():
        name = Path(f"{_DATA}/test{_WORKER}.sqlite3")
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(name)
        if _migrated().exists():
            shutil.copyfile(_migrated(), name)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What was copied is brought up to date, not made anew."""
    return _on_sqlite()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """The migrated database, kept for the next run before anybody writes in it."""
    kept = _migrated()
    if not _on_sqlite() or kept.exists():
        return
    from django.db import connection

    connection.close()
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(settings.DATABASES["default"]["TEST"]["NAME"], made)
    made.replace(kept)
    for other in kept.parent.glob("*.sqlite3"):
        if other != kept:
            other.unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _emptied_in_spite_of_the_guard() -> Iterator[None]:
    """Tests with real transactions empty all tables afterwards; the record refuses that, rightly.

    So the guard is lifted for the emptying, and laid again.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    from vuon_web.audit import triggers

    emptied = TransactionTestCase._fixture_teardown

    def empty(self: TransactionTestCase) -> None:
        if connection.in_atomic_block:  # a test without real transactions only rolls back
            emptied(self)
            return
        triggers.lift(connection)
        emptied(self)
        triggers.lay(connection)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> None:
    """Wrong codes and passwords of one test do not count in the next."""
    from django.core.cache import cache

    from vuon_web.accounts.guesses import GUESSES

    GUESSES.forget()
    cache.clear()


@pytest.fixture
def cast(db: None):  # type: ignore[no-untyped-def]
    """Everybody: two agencies in one programme, those who run it, and somebody from elsewhere."""
    from tests.factories import make_cast

    return make_cast()


def _person(name: str):  # type: ignore[no-untyped-def]
    @pytest.fixture(name=name)
    def person(cast):  # type: ignore[no-untyped-def]
        return getattr(cast, name)

    return person


official = _person("official")
neighbour = _person("neighbour")
facilitator = _person("facilitator")
mentor = _person("mentor")
outsider = _person("outsider")


@pytest.fixture
def stranger(db: None):  # type: ignore[no-untyped-def]
    """A browser that nobody has sat at."""
    from django.test import Client

    return Client()


@pytest.fixture
def english(cast):  # type: ignore[no-untyped-def]
    """Everybody's browser speaks English, for tests that read pages in it."""
    for person in cast.people:
        person.client.cookies["vuon_language"] = "en"
    return cast
