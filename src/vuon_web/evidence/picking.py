"""Choosing what a step, an arrow or an idea rests on, and showing it with how well it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from vuon.evidence import observation
from vuon_web.accounts.visibility import Audience
from vuon_web.evidence import pages, queries, threads
from vuon_web.evidence.models import Corpus

#: So many of the newest quotes are offered besides those on which something rests.
QUOTES = 60
KINDS = ("finding", "observation", "passage")


@dataclass(frozen=True)
class Shelf:
    """What a corpus offers to rest on, for somebody who may read it."""

    corpus: Corpus
    told: threads.Told
    language: str

    def rows(self, refs: Iterable[str]) -> list[dict[str, Any]]:
        """These ends as rows to show; one that is gone says so."""
        return [pages.end_row(self.told, self.told.thread.by_id[ref], self.language)
                if ref in self.told.thread.by_id else {"ref": ref, "missing": True}
                for ref in refs]  # fmt: skip

    def choices(
        self, how: Mapping[str, str], kinds: tuple[str, ...] = KINDS
    ) -> list[dict[str, Any]]:
        """All that can be chosen: what is chosen first, then findings, counts, quotes.

        Args:
            how: what is chosen already: "for" or "against", by reference.
            kinds: the kinds of ends to offer, in their order.
        """
        ends = [end for end in self.told.thread.ends if end.kind in kinds and end.state == "exact"]
        ends = [end for end in ends if not end.translation_of]
        ends.sort(key=lambda end: (end.id not in how, kinds.index(end.kind)))
        return [
            {**pages.end_row(self.told, end, self.language), "how": how.get(end.id, "")}
            for end in ends
        ]


def shelf(audience: Audience, corpus_id: UUID | None, language: str) -> Shelf | None:
    """The shelf of a corpus, or None for somebody who may not read raw material in it."""
    corpus = queries.visible(audience, corpus_id) if corpus_id else None
    if corpus is None:
        return None
    # Of the quotes those are offered on which something rests already, and what was marked last.
    return Shelf(corpus, threads.of(corpus, also=queries.newest(corpus, QUOTES)), language)


@dataclass(frozen=True)
class Counted:
    """A stopwatch sheet with its rows, as it is called in the thread."""

    ref: str
    title: str
    place: str
    rows: tuple[observation.Row, ...]

    @property
    def where(self) -> str:
        """The place as it stands before a number."""
        return f"{self.place} · " if self.place else ""


def sheets(found: Shelf, audience: Audience) -> list[Counted]:
    """The stopwatch sheets on which something was counted, the newest first."""
    kept = queries.sources(found.corpus, audience).filter(kind="observation", withdrawn=None)
    made = [
        Counted(
            f"observation:{each.pk}",
            each.title,
            each.place,
            tuple(pages.as_row(row) for row in each.rows.all()),
        )
        for each in kept.order_by("-collected", "-at").prefetch_related("rows")
    ]
    return [each for each in made if each.rows]


def chosen(sent: QueryDict) -> dict[str, str]:
    """What a form chose: "for" or "against", by reference."""
    found = {key[4:]: str(value) for key, value in sent.items() if key.startswith("how-")}
    return {ref: how for ref, how in found.items() if how in ("for", "against")}
