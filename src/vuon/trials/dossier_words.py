"""What an event of a record means, in a plain sentence for people who do not know its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vuon.errors import N_, Words
from vuon.toml.table import Text
from vuon.trials import verdict
from vuon.trials.figures import Written
from vuon.trials.lifecycle import EXITS, MAJOR
from vuon.trials.protocol import UNSAID

#: For each kind of event its sentences, the fullest first; the first whose fields are known speaks.
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "draft": (N_("A draft of the plan was kept."),),
    "brought": (N_("The record until here was brought from a file."),),
    "submitted": (N_("The plan was submitted."),),
    "in_review": (N_("The review of the plan began."),),
    "changes_requested": (N_("The reviewers asked for changes."),),
    "approval": (N_("A first person approved the plan; a second one is asked for."),),
    "approved": (N_("The plan was approved."),),
    "rejected": (N_("The plan was rejected."),),
    "withdrawn": (N_("The plan was withdrawn."),),
    "sealed": (N_("The plan was sealed: since then no byte of it can change unnoticed."),),
    "registered": (N_("The plan was registered."),),
    "drawn": (
        N_("The public lot was drawn from the number {number}."),
        N_("The public lot was drawn."),
    ),
    "recruiting": (N_("People were invited from then on."),),
    "running": (N_("The trial ran from then on."),),
    "extended": (
        N_("The trial was extended, by so many months: {months}; on the ground of: {basis}."),
        N_("The trial was extended, by so many months: {months}."),
        N_("The trial was extended."),
    ),
    "completed": (N_("The trial ended as planned."),),
    "stopped_early": (N_("The trial was stopped early."),),
    "amended": (N_("The plan was amended."),),
    "rows": (N_("The data were put down; nobody can change them unnoticed."),),
    "looked": (
        N_("The results were read; the answer was “{shown}”."),
        N_("The results were read."),
    ),
    "analysed": (N_("The reading by the sealed plan was finished."),),
    "consent": (
        N_("Agreed so far: {agreed}, to version {version} of the notice."),
        N_("Agreed so far: {agreed}."),
        N_("It was put down who agreed."),
    ),
    "guardrail": (
        N_("The guardrail “{name}” was looked at."),
        N_("A guardrail was looked at."),
    ),
    "spent": (N_("Spent: {million_dong} million đồng."),),
    "paused": (N_("The trial was paused."),),
    "exit_decided": (
        N_("How it goes on was decided: {exit}."),
        N_("How it goes on was decided."),
    ),
    "closed": (N_("The trial was closed."),),
    "incident": (
        N_("Incident {id} happened: {text}"),
        N_("Incident {id} happened."),
        N_("An incident happened."),
    ),
    "reported": (N_("Incident {of} was reported."), N_("An incident was reported.")),
    "complaint": (N_("Complaint {id} came in."), N_("A complaint came in.")),
    "answered": (N_("Complaint {of} was answered."), N_("A complaint was answered.")),
}
#: The six decisions at the end, as they stand within a sentence.
DECISIONS = {
    "adopt": N_("adopt it"),
    "adopt_with_changes": N_("adopt it with changes"),
    "repeat_larger": N_("repeat it larger"),
    "extend": N_("extend it"),
    "drop": N_("drop it"),
    "undecidable": N_("it cannot be decided"),
}
#: Who acts where no office or role is named.
WHO = {"author": N_("those who wrote the plan")}
#: Verdicts as an event of a reading keeps them.
ANSWERS = {
    verdict.WORKS: N_("Works"),
    verdict.HARMS: N_("Does harm"),
    verdict.SMALL: N_("Too small to matter"),
    verdict.UNKNOWN: N_("Cannot tell yet"),
    verdict.OBSERVED: N_("Consistent with helping, no more"),
    verdict.DIFFERENT: N_("Not what one would see if it helped that much"),
}
assert set(DECISIONS) == set(EXITS)


def sentence(kind: str, said: Mapping[str, Any], name: Text, owner: Text = UNSAID) -> Words:
    """The event in a plain sentence, with who and why where the event says so.

    The text of a complaint is left to the record: whoever complained may be known by it.

    Args:
        kind: the kind of the event.
        said: what stands in the event.
        name: what the plan calls the guardrail that the event is about; empty for others.
        owner: the office in whose name the writers of the plan act.

    >>> str(sentence("drawn", {"number": "482913"}, Text()))
    'The public lot was drawn from the number 482913.'
    >>> str(sentence("paused", {"by": "", "reason": "wait"}, Text("chờ lâu", "long waits")))
    'The trial was paused. By itself: a guardrail spoke. Reason: long waits.'
    """
    known = {key: each for key, each in said.items() if each not in ("", None)}
    known |= {"name": Written.of(name)} if name else {}
    _word(known, "exit", DECISIONS)
    _word(known, "shown", ANSWERS)
    if known.get("by") in WHO and owner:
        known["by"] = Written.of(owner)
    _word(known, "by", WHO)
    for words in SENTENCES.get(kind, ()):
        if _asked(words) <= set(known):
            return _more(kind, Words(words, known), known, said)
    return _more(kind, Words(N_("An event of the kind “{kind}”."), {"kind": kind}), known, said)


def _word(known: dict[str, Any], key: str, words: Mapping[str, str]) -> None:
    if str(known.get(key)) in words:
        known[key] = Words(words[str(known[key])])


def _asked(words: str) -> set[str]:
    return {part.split("}")[0] for part in words.split("{")[1:]}


def _more(kind: str, what: Words, known: Mapping[str, Any], said: Mapping[str, Any]) -> Words:
    """The sentence with what else the event says: the version, what spoke, by whom, why."""
    more = []
    if "version" in known and kind in ("draft", "submitted", "approved", "amended"):
        more.append(Words(N_("Version {version}."), known))
    if kind == "sealed" and "acknowledged" in known:
        more.append(Words(N_("What it can show at best was acknowledged.")))
    if kind == "amended" and set(known.get("fields", ())) & set(MAJOR):
        more.append(Words(N_("A major part changed, which is approved anew.")))
    if kind == "looked" and "planned" in known:
        planned = N_("As planned.") if known["planned"] else N_("This look was not planned.")
        more.append(Words(planned))
    if kind == "guardrail" and "speaks" in known:
        more.append(Words(N_("It spoke.") if known["speaks"] else N_("It was silent.")))
    if kind == "guardrail" and known.get("anew"):
        more.append(Words(N_("Counted since the trial went on; before, one had spoken.")))
    if kind == "paused" and said.get("by") == "":
        more.append(Words(N_("By itself: a guardrail spoke.")))
    if "by" in known:
        more.append(Words(N_("By: {by}."), known))
    if "reason" in known:
        reason = known.get("name") if kind == "paused" else None
        given = reason or str(known["reason"]).rstrip(".")
        more.append(Words(N_("Reason: {reason}."), {"reason": given}))
    for each in more:
        what = Words(N_("{what} {more}"), {"what": what, "more": each})
    return what
