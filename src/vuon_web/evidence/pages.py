"""What the pages of evidence show, put together from queries; nothing is written here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuon.evidence import observation
from vuon.evidence.redact import propose, residual
from vuon.evidence.text import blocks
from vuon.evidence.thread import Level, downward, grade, support, upward
from vuon_web.accounts.visibility import Audience, Tier
from vuon_web.evidence import ends, queries, searching, threads
from vuon_web.evidence.forms import ALLOWS
from vuon_web.evidence.models import Corpus, Finding, Row, Source

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

#: A stopwatch sheet on which nobody tapped for so long is over.
OVER = timedelta(hours=3)
KINDS = {
    "fieldnote": gettext_lazy("Note"),
    "interview": gettext_lazy("Conversation"),
    "focus_group": gettext_lazy("Conversation of several people"),
    "observation": gettext_lazy("Field observation"),
    "document": gettext_lazy("Document"),
    "photo": gettext_lazy("Photo"),
}
#: The kinds of ends of a thread, as a line under them says it.
END_KINDS = {
    "passage": gettext_lazy("quote"),
    "observation": gettext_lazy("counted"),
    "finding": gettext_lazy("finding"),
    "need": gettext_lazy("need"),
    "step": gettext_lazy("step of the map"),
    "variable": gettext_lazy("word of the sketch"),
    "loop_edge": gettext_lazy("arrow of the sketch"),
    "idea": gettext_lazy("idea"),
    "figure": gettext_lazy("in the paper for the desk"),
}


def frame(corpus: Corpus, audience: Audience) -> dict[str, Any]:
    """What every page of a corpus has: its task, who sees it, whether one may write."""
    owner = ends.owner(corpus.pk)
    return {
        "corpus": corpus,
        "owner": owner,
        "lab": corpus.lab,
        "sees": Tier(corpus.tier).sentence,
        "can_edit": queries.can_edit(corpus, audience),
    }


def corpus(found: Corpus, audience: Audience, language: str) -> dict[str, Any]:
    """The page of a corpus: findings first, then what they rest on, then sources and labels."""
    told = threads.of(found)
    shown = queries.in_language(queries.sources(found, audience), language)
    return {
        **frame(found, audience),
        "findings": [_finding_row(told, each, language) for each in queries.findings(found)],
        "needs": queries.needs(found),
        "sources": [_source_row(each) for each in shown if not each.withdrawn],
        "unchecked": [each for each in shown if not each.checked],
        "codes": queries.codes(found),
        "people": [who for who in queries.participants(found) if who.name != "–"],
        "withdrawals": queries.withdrawals(found),
    }


def _source_row(source: Source) -> dict[str, Any]:
    return {
        "source": source,
        "kind": KINDS[source.kind],
        "people": ", ".join(who.name for who in source.participants.all()),
    }


def _finding_row(told: threads.Told, finding: Finding, language: str) -> dict[str, Any]:
    found = grade(told.thread, finding.ref)
    behind = support(told.thread, finding.ref)
    return {
        "finding": finding,
        "level": found.level.words.say(language),
        "strong": found.level is Level.SOUND,
        "weak": found.level <= Level.SINGLE_VOICE,
        "people": len(behind.people) + len(behind.seen),
        "against": len(behind.against),
    }


def checking(source: Source, language: str) -> dict[str, Any]:
    """What looks personal in a new text, each to be confirmed by a person."""
    version = queries.text_of(source)
    text = version.text if version else ""
    proposals = propose(text)
    pieces: list[dict[str, Any]] = []
    at = 0
    for number, each in enumerate(proposals):
        pieces += [{"text": text[at : each.start]}, {"text": each.text, "number": number}]
        at = each.end
    pieces.append({"text": text[at:]})
    return {
        "source": source,
        "pieces": pieces,
        "proposals": [
            {
                "number": number,
                "text": each.text,
                "why": each.why.say(language),
                "instead": each.replacement.say(source.language),
            }
            for number, each in enumerate(proposals)
        ],
        "residual": [words.say(language) for words in residual(text)],
        "has_text": bool(text),
    }


def source(found: Source, audience: Audience, actor: Actor | None) -> dict[str, Any]:
    """A source for reading and marking."""
    version = queries.text_of(found)
    text = version.text if version else ""
    passages = list(queries.passages(found)) if version else []
    other = _other_language(found)
    return {
        **frame(found.corpus, audience),
        "source": found,
        "kind": KINDS[found.kind],
        "text": text,
        "text_version": version,
        "blocks": [
            {"start": block.start, "text": text[block.start : block.end]} for block in blocks(text)
        ],
        "passages": [
            {"passage": each, "codes": [coding.code for coding in each.codings.all()]}
            for each in passages
            if each.state not in ("withdrawn",)
        ],
        "review": [each for each in passages if each.state in ("changed", "orphan")],
        "codes": queries.codes(found.corpus),
        "allowed": _allowed(found),
        "coder": str(actor.pk) if actor else "",
        "other_language": other,
        "figures": figures(found),
        "counted": counted(found),
    }


def _other_language(source: Source) -> Source | None:
    if source.translation_of:
        return source.translation_of
    return Source.objects.filter(translation_of=source).first()


def _allowed(source: Source) -> list[dict[str, Any]]:
    """What each speaker allows, or on which basis a source is kept."""
    if source.basis:
        return [{"who": "", "words": ALLOWS[source.basis][0]}] if source.basis in ALLOWS else []
    return [{"who": who, "words": allows_of(who)} for who in source.participants.all()]


def allows_of(who: Any) -> Any:
    """What a participant allows now, as one of the choices says it."""
    consent = who.consents.order_by("-given", "-id").first()
    if consent is None or consent.withdrawn:
        return _("nothing any more")
    scopes = set(consent.scopes)
    for words, needed, _basis in ALLOWS.values():
        if needed and scopes >= {scope.value for scope in needed}:
            return words
    return _("nothing")


def columns(found: Source, *, can_mark: bool) -> dict[str, Any]:
    """The passages of a source as columns for the element `coded-text`."""
    codes = list(found.corpus.codes.all())
    index = {code.pk: number for number, code in enumerate(codes)}
    rows = []
    for passage in queries.passages(found):
        if passage.state in ("withdrawn", "orphan"):
            continue
        labelled = [(str(each.pk), index[each.code_id]) for each in passage.codings.all()]
        rows += [(passage, *label) for label in labelled or [(str(passage.pk), -1)]]
    rows.sort(key=lambda row: (row[0].start, row[0].end))
    starts, before = [], 0
    for passage, _id, _code in rows:
        starts.append(passage.start - before)
        before = passage.start
    return {
        "codes": [code_of(code) for code in codes],
        "starts": starts,
        "lengths": [passage.end - passage.start for passage, _id, _code in rows],
        "codes_at": [code for _passage, _id, code in rows],
        "ids": [mark_id for _passage, mark_id, _code in rows],
        "own": [1] * len(rows) if can_mark else [0] * len(rows),
        "against": [int(passage.against) for passage, _id, _code in rows],
        "can_mark": can_mark,
    }


def code_of(code: Any) -> dict[str, str]:
    """A label as the element knows it."""
    return {"id": str(code.pk), "name": code.name, "letter": code.letter, "colour": code.colour}


def counted(source: Source) -> bool:
    """Whether a stopwatch sheet is over: nobody tapped for three hours."""
    last = max((time for row in source.rows.all() for time in as_row(row).times), default=None)
    return last is not None and timezone.now() - last > OVER


def figures(source: Source) -> list[dict[str, Any]]:
    """Waiting and service of a stopwatch sheet, by group."""
    rows = [as_row(each) for each in source.rows.all()]
    if not rows:
        return []
    words = {"wait": _("waiting"), "service": _("at the desk")}
    groups = {
        "under60": _("under 60"),
        "over60": _("over 60"),
        "disability": _("with a disability"),
    }
    return [
        {
            "quantity": words.get(each.quantity, each.quantity),
            "group": groups.get(each.group, each.group) or _("everybody"),
            "n": each.n,
            "median": each.median,
            "p90": each.p90,
            "censored": each.censored,
        }
        for each in observation.summary(observation.Sheet(tuple(rows), ()))
        if each.quantity in words
    ]


def as_row(row: Row) -> observation.Row:
    """A kept row as the library reads it."""
    return observation.Row(
        sitting=str(row.source_id),
        ticket=row.ticket,
        group=row.group,
        arrived=row.arrived,
        called=row.called,
        done=row.done,
        left=row.left,
        reason=row.reason,
        open_desks=row.open_desks,
    )


def thread(found: Corpus, ref: str, language: str) -> dict[str, Any] | None:
    """*Dựa vào đâu?* and *Những gì đang dựa vào đây?* of one end; None if there is no such end."""
    told = threads.of(found, also=[ref])
    if ref not in told.thread.by_id:
        return None
    graded = grade(told.thread, ref)
    behind = support(told.thread, ref)
    return {
        "end": end_row(told, told.thread.by_id[ref], language),
        "level": graded.level.words.say(language),
        "strong": graded.level is Level.SOUND,
        "weakest": [end_row(told, told.thread.by_id[each], language) for each in graded.weakest],
        "problems": [
            {"what": each.what.say(language), "do": each.do.say(language),
             "end": end_row(told, told.thread.by_id[each.id], language)}
            for each in graded.problems if each.id in told.thread.by_id
        ],
        "people": len(behind.people) + len(behind.seen),
        "against": len(behind.against),
        "down": [_branch(told, each, language) for each in downward(told.thread, ref)][1:],
        "up": [_branch(told, each, language) for each in upward(told.thread, ref)][1:],
    }  # fmt: skip


def _branch(told: threads.Told, branch: Any, language: str) -> dict[str, Any]:
    return {
        **end_row(told, branch.end, language),
        "depth": min(branch.depth, 6),
        "against": branch.against,
        "repeated": branch.repeated,
        "why": branch.tie.link.why if branch.tie and branch.against else "",
    }


def end_row(told: threads.Told, end: Any, language: str) -> dict[str, Any]:
    """One end of the thread as a row to show."""
    passage = told.passages.get(end.id)
    who = ""
    if passage is not None:
        who = ", ".join(each.name for each in passage.source.participants.all())
        who = who or passage.source.title
    level = grade(told.thread, end.id).level
    return {
        "ref": end.id,
        "kind": END_KINDS.get(end.kind, end.kind),
        "is_quote": end.kind == "passage",
        "title": end.title,
        "who": who,
        "url": told.addresses.get(end.id, ""),
        "level": "" if end.is_witness else level.words.say(language),
        "sound": end.is_witness or level is Level.SOUND,
        "gone": end.state in ("orphan", "withdrawn"),
    }


def search(found: Corpus, query: str) -> list[dict[str, Any]]:
    """Hits with the title of their source."""
    titles = {str(each.pk): each for each in found.sources.filter(checked=True)}
    return [
        {"hit": hit, "source": titles[hit.key], "url": reverse("evidence:source", args=[hit.key])}
        for hit in searching.search(found, query)
        if hit.key in titles
    ]
