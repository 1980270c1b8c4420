"""Where figures of papers lead in the thread, what a withdrawal must reach, the card of stage 9."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuon.cases import desk, own
from vuon.cases.desk import Template
from vuon.cases.own import Typed
from vuon.cases.work import told
from vuon.errors import VuonError
from vuon.evidence.thread import End, Link
from vuon_web.accounts.requests import Request
from vuon_web.cases import filling, queries
from vuon_web.cases.models import Paper, PaperVersion
from vuon_web.challenges import workplaces
from vuon_web.challenges.workplaces import Workplace
from vuon_web.evidence import ends, threads
from vuon_web.evidence import queries as evidence
from vuon_web.evidence.ends import Brought, Copy

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def register() -> None:
    """Bring figures to the thread, texts to withdrawals, and the card to the task's page."""
    ends.register("figure", bring)
    ends.register_copies("paper", copies)
    workplaces.register("desk", 90, workplace)


def workplace(request: Request, challenge: Challenge) -> Workplace:
    """The papers that fit the task, without filling them."""
    language = translation.get_language() or "vi"
    letter = filling.frame(challenge, language).route.letter
    try:
        fit = len(desk.templates(letter, "", timezone.localdate()))
    except VuonError:
        line = _("The legal route asks for a permit first")
    else:
        line = ngettext(
            "%(n)d draft, filled from the work so far",
            "%(n)d drafts, filled from the work so far",
            fit,
        ) % {"n": fit}
    return Workplace(9, _("Papers for the desk"), line, reverse("cases:desk", args=[challenge.pk]))


def bring(corpus_id: UUID) -> Brought:
    """The fields of papers that were written in or taken along, with what they rest on."""
    found: list[End] = []
    links: list[Link] = []
    addresses: dict[str, str] = {}
    corpus = evidence.corpus(corpus_id)
    kept = queries.papers_behind(corpus_id) if corpus else []
    # What papers bring is left out here, or asking for it would never end.
    known = threads.of(corpus, upper=False) if corpus and kept else None
    for paper in kept:
        template = _template(paper)
        if template is None or corpus is None:
            continue
        work = filling.work_of(paper.challenge, paper.language, corpus, known)
        rests = told(work, template, timezone.localdate()).rests
        typed = queries.typed(paper)
        for key, refs in rests.items():
            if key in typed:
                continue
            ref = f"figure:{paper.template}:{key}"
            language = translation.get_language() or "vi"
            label = desk.fields()[key].label.say(language)
            found.append(End("figure", ref, f"{template.title.say(language)}: {label}"))
            links += [Link(ref, "rests_on", each) for each in refs]
            addresses[ref] = address(paper.challenge_id, paper.template)
    return Brought(tuple(found), tuple(links), addresses)


def address(challenge_id: UUID, template: str) -> str:
    """Where a paper is read."""
    return reverse("cases:paper", args=[challenge_id, template])


def _template(paper: Paper) -> Template | None:
    """The template on the route that the task has now; None where it no longer fits."""
    letter = filling.frame(paper.challenge, paper.language).route.letter
    try:
        return desk.template(paper.template, letter, timezone.localdate())
    except VuonError:
        return None


def copies(corpus_id: UUID) -> Iterator[Copy]:
    """Every text that was typed into a paper, in all its versions."""
    for version in queries.versions_behind(corpus_id):
        for key, typed in own.read(version.text).items():
            for name in ("text", "source"):
                if getattr(typed, name):
                    yield Copy(getattr(typed, name), _writer(version, key, name), "paper")


def _writer(version: PaperVersion, key: str, name: str) -> Callable[[str], None]:
    def write(text: str) -> None:
        standing = PaperVersion.objects.get(pk=version.pk)
        typed = own.read(standing.text)
        each = typed[key]
        texts = {"text": each.text, "source": each.source, name: text}
        typed[key] = Typed(texts["text"], texts["source"], each.light)
        standing.text = own.write(typed)
        standing.save(update_fields=("text",))

    return write
