"""From the work of a task to a filled paper: only what the asking person may see goes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from vuon.cases import desk, own
from vuon.cases.desk import Filled, Template
from vuon.cases.facts import Value
from vuon.cases.own import Typed
from vuon.cases.work import LONGEST_QUOTE, Held, Quoted, Stuck, Timed, Told, Work, facts, told
from vuon.challenges.document import Document
from vuon.challenges.readiness import Frame
from vuon.evidence import observation
from vuon.evidence.thread import End, Thread, downward, grade, support
from vuon.journeys.model import pinned_at
from vuon_web.accounts.visibility import Audience
from vuon_web.cases import queries
from vuon_web.challenges.queries import documents_of
from vuon_web.evidence import pages as evidence_pages
from vuon_web.evidence import queries as evidence
from vuon_web.evidence import threads
from vuon_web.ideas.queries import ideas_of
from vuon_web.journeys.queries import journey_of
from vuon_web.labs.queries import watermark

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge
    from vuon_web.evidence.models import Corpus, Passage, Source


@dataclass(frozen=True)
class Made:
    """A filled paper, and what it was filled from.

    Args:
        told: what the work says.
        shared: what was typed into other papers and serves here.
        typed: what was typed into this one.
        addresses: where the references of `told` lead.
    """

    template: Template
    filled: Filled
    told: Told
    shared: Mapping[str, Typed]
    typed: Mapping[str, Typed]
    addresses: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many fields say something."""
        return len(self.template.fields) - len(self.filled.missing)


def material(audience: Audience, challenge: Challenge) -> Corpus | None:
    """What people said, if `audience` may read it."""
    return evidence.visible(audience, challenge.corpus_id) if challenge.corpus_id else None


def document(challenge: Challenge, language: str) -> Document | None:
    """The plan whose frame counts: that in `language`, unless only another one was begun."""
    found = list(documents_of(challenge, language))
    begun = [each for each in found if Frame.from_document(each).is_begun]
    return next(iter([*begun, *found]), None)


def frame(challenge: Challenge, language: str) -> Frame:
    """The frame of a task; an empty one if it has no plan."""
    found = document(challenge, language)
    return Frame.from_document(found) if found else Frame()


def make(
    challenge: Challenge, template: Template, work: Work, addresses: Mapping[str, str]
) -> Made:
    """The paper of a task: what was typed into it stands before what the work says."""
    day = timezone.localdate()
    found = told(work, template, day)
    paper = queries.paper(challenge, template.key)
    shared = {
        key: each
        for key, each in queries.elsewhere(challenge, template.key, template.language).items()
        if key in template.fields and key not in found.values
    }
    typed = {key: e for key, e in queries.typed(paper).items() if key in template.fields}
    values: dict[str, Value] = dict(found.values)
    values |= {
        key: own.value(each, key, template, facts(found.values.get(key, "")))
        for key, each in (shared | typed).items()
    }
    with translation.override(template.language):
        mark = watermark(challenge.stands_for)
    filled = desk.fill(template, values, day=day, watermark=mark)
    return Made(template, filled, found, shared, typed, addresses)


def of_paper(challenge: Challenge, template: Template, audience: Audience) -> Made:
    """The paper as `audience` may read it."""
    found = collected(challenge, audience, template.language)
    return make(challenge, template, *found)


def collected(
    challenge: Challenge, audience: Audience, language: str
) -> tuple[Work, Mapping[str, str]]:
    """The work of a task as `audience` may see it, and the addresses of its evidence."""
    corpus = material(audience, challenge)
    if corpus is None:
        return work_of(challenge, language), {}
    found = threads.of(corpus)
    return work_of(challenge, language, corpus, found), found.addresses


def work_of(
    challenge: Challenge,
    language: str,
    corpus: Corpus | None = None,
    known: threads.Told | None = None,
) -> Work:
    """The work of a task in the words of `language`; without a corpus nothing that people said."""
    agency = challenge.agency
    name = agency.words.get(language, (agency.name,))[0] if agency else ""
    with translation.override(language):
        heard = _Heard(corpus, known, language) if corpus and known else None
        return Work(
            title=challenge.called,
            agency=name,
            frame=frame(challenge, language),
            findings=tuple(heard.findings()) if heard else (),
            sheets=tuple(heard.sheets()) if heard else (),
            quotes=tuple(heard.quotes()) if heard else (),
            ideas=tuple(ideas_of(challenge)),
            stuck=tuple(heard.stuck(challenge)) if heard else (),
        )


class _Heard:
    """What people said and what was counted, as far as those who said it allow it today."""

    def __init__(self, corpus: Corpus, known: threads.Told, language: str) -> None:
        self.corpus, self.known, self.language = corpus, known, language
        found = corpus.sources.filter(checked=True, withdrawn=None)
        found = found.prefetch_related("participants__consents", "rows")
        # What nobody allowed to be used any more is not even told in our own words.
        self.sources: dict[str, Source] = {
            str(each.pk): each for each in found if evidence.ceiling_of(each).form != "hidden"
        }
        self.officials: dict[str, bool] = {
            str(who.pk): who.segment == "official"
            for source in self.sources.values()
            for who in source.participants.all()
        }

    def findings(self) -> Iterator[Held]:
        """Every finding with the people and sources behind it."""
        thread = self.known.thread
        for finding in evidence.findings(self.corpus):
            behind = support(thread, finding.ref)
            people = [self.officials[who] for who in behind.people if who in self.officials]
            found = [self.sources[each] for each in behind.sources if each in self.sources]
            days = [each.collected for each in found]
            kinds = [each.kind for each in found]
            yield Held(
                ref=finding.ref,
                statement=finding.statement,
                level=grade(thread, finding.ref).level,
                residents=people.count(False),
                officials=people.count(True),
                seen=sum(1 for each in behind.seen if each in self.sources),
                kinds={kind: kinds.count(kind) for kind in dict.fromkeys(sorted(kinds))},
                first=min(days, default=None),
                last=max(days, default=None),
                places=tuple(sorted({each.place for each in found if each.place})),
            )

    def sheets(self) -> Iterator[Timed]:
        """The stopwatch sheets, the newest first."""
        found = [each for each in self.sources.values() if each.kind == "observation"]
        for sheet in sorted(found, key=lambda each: each.collected, reverse=True):
            rows = tuple(evidence_pages.as_row(each) for each in sheet.rows.all())
            if rows:
                figures = observation.summary(observation.Sheet(rows))
                yield Timed(
                    ref=f"observation:{sheet.pk}",
                    title=sheet.title,
                    day=sheet.collected,
                    place=sheet.place,
                    figures=figures,
                )

    def quotes(self) -> Iterator[Quoted]:
        """Words under findings whose speakers agreed to be quoted outside the team."""
        thread = self.known.thread
        refs = [each.ref for each in evidence.findings(self.corpus)]
        seen: set[str] = set()
        for ref in sorted(refs, key=lambda each: grade(thread, each).level, reverse=True):
            ids = [end.id for end in _carrying(thread, ref) if end.id not in seen]
            fit = {each: found for each in ids if (found := self._fitting(each))}
            if fit:
                # The fullest of those that there is room for says most.
                best = max(fit, key=lambda each: len(fit[each].quote))
                seen.add(best)
                yield Quoted(best, fit[best].quote, _by(fit[best]), fit[best].source.collected)

    def stuck(self, challenge: Challenge) -> Iterator[Stuck]:
        """Where the way stops, as far as something is pinned there."""
        journey = journey_of(challenge)
        for step in journey.steps if journey else ():
            why = step.stops.say(self.language)
            if journey and why and pinned_at(journey.pins, step.key):
                yield Stuck(
                    f"step:{step.key}",
                    step.title.say(self.language),
                    step.office.say(self.language),
                    why,
                    journey.title.say(self.language) or challenge.called,
                )

    def _fitting(self, end: str) -> Passage | None:
        passage = self.known.passages.get(end)
        if passage and len(passage.quote) <= LONGEST_QUOTE and self._may_stand(passage):
            return passage
        return None

    def _may_stand(self, passage: Passage) -> bool:
        source = self.sources.get(str(passage.source_id))
        return (
            source is not None
            and source.language == self.language
            and passage.state in ("exact", "moved")
            and not passage.against
            and evidence.may_quote(source, outside=True)
        )


def _carrying(thread: Thread, ref: str) -> list[End]:
    """The ends on which one rests, the nearest first, without what speaks against it."""
    found, against = [], 99
    for branch in downward(thread, ref)[1:]:
        if branch.depth <= against:
            against = branch.depth if branch.against else 99
        if against == 99:
            found.append(branch.end)
    return found


def _by(passage: Passage) -> str:
    """Whose words they are, without any name."""
    segments = {each.segment for each in passage.source.participants.all()}
    if not segments:
        return "document"
    return "official" if segments == {"official"} else "resident"
