"""What others have tried: an index of documents of the Commons, searched with and without marks.

The index is one SQLite file, made from documents and only read afterwards. Personal data are
dropped before anything is written into it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from vuon.cases.others import record_of_document
from vuon.challenges.document import Document
from vuon.challenges.markdown import read
from vuon.challenges.personal import drop_personal
from vuon.errors import N_, VuonError, Where, Words
from vuon.trials.review import review
from vuon.vietnamese import fold, nfc

FORMAT = 1
#: What one can narrow a search by; each is a tag of the form, or computed from the document.
FACETS = ("kind", "country", "year", "method", "sdg", "sample", "cost", "strength")
#: Answers that say what was learned: the best of the archive.
LEARNED = ("surprised", "advice", "obstacles", "know_now", "iterations")
#: Below so many hits of all words together, documents with any of them are shown too.
FEW = 5
#: How many hits are ranked anew by marks.
RANKED = 50
_WORD = re.compile(r"[^\W_]+")
_TAGS = {
    "country": "country",
    "method": "methods",
    "sdg": "sdgs",
    "sample": "sample_size",
    "cost": "total_cost",
}
_TABLES = """
CREATE TABLE said (format INTEGER);
CREATE TABLE document (id INTEGER PRIMARY KEY, name TEXT, title TEXT, learned TEXT);
CREATE TABLE facet (document INTEGER, name TEXT, value TEXT);
CREATE INDEX facet_value ON facet (name, value, document);
CREATE INDEX facet_of ON facet (document);
CREATE VIRTUAL TABLE word USING fts5 (title_f, learned_f, body_f, title_x, body_x,
    tokenize = "unicode61 remove_diacritics 0");
"""
#: A word in a title counts most, then one in what was learned; columns with marks only rank.
_WEIGHTS = "8.0, 3.0, 1.0, 0.0, 0.0"


@dataclass(frozen=True)
class Hit:
    """A document that was found.

    Args:
        name: of the file.
        learned: what they would do differently, or what surprised them, shortened.
        facets: what it can be narrowed by, by name.
        exact: whether all words stand in it with the very marks that were typed.
    """

    name: str
    title: str
    learned: str
    facets: Mapping[str, tuple[str, ...]]
    exact: bool


@dataclass(frozen=True)
class Found:
    """The hits of a search, and whether some of them have only some of the words."""

    hits: tuple[Hit, ...]
    loosened: bool = False


def build(path: Path, documents: Iterable[tuple[str, bytes]]) -> int:
    """Write the index of documents, in the place of what was there; returns how many.

    Args:
        path: where the index lies.
        documents: name and bytes of each Markdown file.

    Raises:
        VuonError: those of `vuon.challenges.markdown.read`; nothing is written then.
    """
    made = path.with_name(f"{path.name}.new")
    made.unlink(missing_ok=True)
    count = 0
    try:
        with closing(sqlite3.connect(made)) as index, index:
            index.executescript(_TABLES)
            index.execute("INSERT INTO said VALUES (?)", (FORMAT,))
            for count, (name, content) in enumerate(documents, 1):
                _put(index, count, name, drop_personal(read(content, name)))
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)
    return count


def _put(index: sqlite3.Connection, number: int, name: str, document: Document) -> None:
    body = "\n".join(each.text for each in document.every_answer if each.text)
    learned = "\n".join(
        each.text for each in document.every_answer if each.prompt_id in LEARNED and each.text
    )
    index.execute(
        "INSERT INTO document VALUES (?, ?, ?, ?)",
        (number, name, document.title, " ".join(learned.split())[:400]),
    )
    title = document.title
    row = (number, fold(title), fold(learned), fold(body), _marked(title), _marked(body))
    index.execute(
        "INSERT INTO word (rowid, title_f, learned_f, body_f, title_x, body_x) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        row,
    )
    rows = [(number, key, value) for key, values in facets_of(document).items() for value in values]
    index.executemany("INSERT INTO facet VALUES (?, ?, ?)", rows)


def _marked(text: str) -> str:
    return nfc(text).lower()


def facets_of(document: Document) -> dict[str, tuple[str, ...]]:
    """What a document can be narrowed by; strength only for experiments, by what is written."""
    found = {name: document.tag_values(tag) for name, tag in _TAGS.items()}
    found["kind"] = (document.kind,) if document.kind else ()
    found["year"] = document.tag_values("year")
    if document.kind == "experiment":
        found["strength"] = (review(record_of_document(document)).strength,)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items() if values}


class Library:
    """An index that was built, open for reading.

    Raises:
        VuonError: `library.none` where there is no index of this format.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._index = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            (found,) = self._index.execute("SELECT format FROM said").fetchone()
        except (sqlite3.Error, TypeError):
            raise _none(path) from None
        if found != FORMAT:
            raise _none(path)

    def close(self) -> None:
        """Let go of the file."""
        self._index.close()

    def search(self, query: str, chosen: Mapping[str, str] | None = None, most: int = 20) -> Found:
        """The documents of a query, best first.

        All words must be in a document; if that gives few, any of them will do. Marks need not be
        typed; where they are, documents with the very same ones come first. Signs of a query
        language mean nothing here.

        Args:
            query: words; empty for everything that was chosen.
            chosen: a value by facet.
        """
        words = [each for each in _WORD.findall(nfc(query)) if fold(each)]
        allowed = self._chosen(chosen or {})
        if not words:
            ids = sorted(allowed) if allowed is not None else [
                row[0] for row in self._index.execute("SELECT id FROM document LIMIT ?", (most,))
            ]  # fmt: skip
            return Found(tuple(self._hit(each, frozenset()) for each in ids[:most]))
        ids = self._matching(words, " AND ", allowed)
        loosened = len(ids) < FEW and len(words) > 1
        if loosened:
            further = self._matching(words, " OR ", allowed)
            loosened = len(further) > len(ids)
            ids = [*ids, *(each for each in further if each not in set(ids))]
        exact = self._exact(words)
        ids = sorted(ids[:RANKED], key=lambda each: each not in exact) if not loosened else ids
        hits = (self._hit(each, exact) for each in ids[:most])
        return Found(tuple(hits), loosened)

    def _matching(
        self, words: Sequence[str], joined: str, allowed: frozenset[int] | None
    ) -> list[int]:
        asked = joined.join(f'"{fold(word)}"' for word in words)
        rows = self._index.execute(
            f"SELECT rowid FROM word WHERE word MATCH ? ORDER BY bm25(word, {_WEIGHTS}) LIMIT 500",  # noqa: S608 - our own numbers
            (f"{{title_f learned_f body_f}} : ({asked})",),
        )
        return [number for (number,) in rows if allowed is None or number in allowed]

    def _chosen(self, chosen: Mapping[str, str]) -> frozenset[int] | None:
        found: frozenset[int] | None = None
        for name, value in chosen.items():
            rows = self._index.execute(
                "SELECT document FROM facet WHERE name = ? AND value = ?", (name, value)
            )
            these = frozenset(number for (number,) in rows)
            found = these if found is None else found & these
        return found

    def _hit(self, number: int, exact: frozenset[int]) -> Hit:
        name, title, learned = self._index.execute(
            "SELECT name, title, learned FROM document WHERE id = ?", (number,)
        ).fetchone()
        facets: dict[str, tuple[str, ...]] = {}
        for key, value in self._index.execute(
            "SELECT name, value FROM facet WHERE document = ?", (number,)
        ):
            facets[key] = (*facets.get(key, ()), value)
        return Hit(name, title, learned, facets, number in exact)

    def _exact(self, words: Sequence[str]) -> frozenset[int]:
        """The documents in which all words stand with the marks that were typed."""
        asked = " AND ".join(f'"{_marked(word)}"' for word in words)
        rows = self._index.execute(
            "SELECT rowid FROM word WHERE word MATCH ?", (f"{{title_x body_x}} : ({asked})",)
        )
        return frozenset(number for (number,) in rows)

    def values(self, facet: str) -> tuple[tuple[str, int], ...]:
        """Every value of a facet with how many documents have it, most first."""
        rows = self._index.execute(
            "SELECT value, COUNT(DISTINCT document) AS n FROM facet WHERE name = ? "
            "GROUP BY value ORDER BY n DESC, value",
            (facet,),
        )
        return tuple((value, n) for value, n in rows)


def _none(path: Path) -> VuonError:
    return VuonError(
        "library.none",
        Words(N_("There is no library here, or one of another Vuon.")),
        Words(N_("Build it from its documents: vuon library build FOLDER.")),
        where=Where(str(path.name)),
    )
