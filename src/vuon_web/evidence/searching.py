"""The folded texts of corpora in memory, and the care that a withdrawal needs of the disk."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import OperationalError, connection, transaction

from vuon.evidence.search import Hit, Index
from vuon_web.evidence.models import Corpus, TextVersion, Withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT = 4  # corpora in memory at once
_kept: OrderedDict[UUID, tuple[tuple[int, str], Index]] = OrderedDict()
_lock = Lock()


def search(corpus: Corpus, query: str, limit: int = 50) -> tuple[Hit, ...]:
    """The places in the checked texts of a corpus where the words stand, whatever their accents."""
    return _index(corpus).search(query, limit)


def _index(corpus: Corpus) -> Index:
    newest = _newest(corpus)
    stamp = (len(newest), max((str(v.pk) for v in newest), default=""))
    with _lock:
        known = _kept.get(corpus.pk)
        if known is not None and known[0] == stamp:
            _kept.move_to_end(corpus.pk)
            return known[1]
    texts = TextVersion.objects.filter(pk__in=[v.pk for v in newest])
    index = Index.build((str(v.source_id), v.text) for v in texts)
    with _lock:
        _kept[corpus.pk] = (stamp, index)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return index


def _newest(corpus: Corpus) -> list[TextVersion]:
    """The last version of each checked source, without its text."""
    found: dict[UUID, TextVersion] = {}
    versions: Iterable[TextVersion] = (
        TextVersion.objects.filter(source__corpus=corpus, source__checked=True)
        .defer("text")
        .order_by("n")
    )
    for version in versions:
        found[version.source_id] = version
    return list(found.values())


def forget(corpus_id: UUID) -> None:
    """Drop the texts of a corpus from memory."""
    with _lock:
        _kept.pop(corpus_id, None)


def scrub_later() -> None:
    """After this transaction, leave no byte of what was deleted in the files of the database."""
    transaction.on_commit(scrub)


def scrub() -> bool:
    """Rewrite the database file and empty its journal; whether that was possible.

    On SQLite deleted content is overwritten at once (`secure_delete`); rewriting removes what
    moving pages left, and the checkpoint empties the write-ahead log. On PostgreSQL rows are gone
    for every query at once, and their bytes when the server vacuums: that limit is stated.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = bool(cursor.fetchone()[0])
    except OperationalError:
        busy = True  # somebody is reading or writing: the next scrubbing does it
    if not busy:
        # What an earlier withdrawal could not rewrite is gone by now as well.
        Withdrawal.objects.filter(scrubbed=False).update(scrubbed=True)
    return not busy
