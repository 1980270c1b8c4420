"""Opening a lab from a plan: the one place where plan, partners, programme and page are joined."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from vuon.challenges import partners
from vuon.challenges.document import Document
from vuon.challenges.markdown import read
from vuon.challenges.personal import drop_personal
from vuon.challenges.plan import Plan
from vuon_web.accounts.visibility import Tier
from vuon_web.activities.actions import propose_programme
from vuon_web.challenges.actions import Place, import_plan
from vuon_web.evidence.actions import load_folder
from vuon_web.ideas import actions as ideas
from vuon_web.journeys import actions as journeys
from vuon_web.labs import actions as labs
from vuon_web.labs import queries
from vuon_web.systems import actions as systems
from vuon_web.trials import actions as trials

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor
    from vuon_web.challenges.models import Challenge
    from vuon_web.labs.models import Lab, Programme

LAB_FILE = "lab.toml"
PROTOTYPES = "prototypes.toml"
_REF = re.compile(r'"((?:finding|need|observation):\w+)"')


@transaction.atomic
def open_from_plan(*, content: bytes, name: str, by: Actor | None, kind: str = "real") -> Lab:
    """The lab of a plan; the same file again gives the same lab, as people have changed it since.

    Raises:
        VuonError: the file is refused; nothing was opened.
    """
    source = hashlib.sha256(content).hexdigest()
    if (found := queries.lab_of_source(source)) is not None:
        return found
    plan = drop_personal(read(content, name))
    lab = labs.open_lab(
        title=plan.title,
        kind=kind,
        language="vi",
        by=by,
        source_hash=source,
    )
    place, programme = _begin(lab, plan, by)
    import_plan(content=content, name=name, place=place, by=by, tier=Tier.PROGRAMME, main=True)
    propose_programme(programme=programme, by=by)
    return lab


@transaction.atomic
def open_shipped(folder: Path) -> Lab:
    """The lab described by `lab.toml` in `folder`: plans in both languages, further challenges."""
    written = (folder / LAB_FILE).read_bytes()
    table = tomllib.loads(written.decode())
    source = hashlib.sha256(written).hexdigest()
    if (found := queries.lab_of_source(source)) is not None:
        return found
    plans = {_language(file): _read(folder / file) for file in table["plan"]["files"]}
    plan = next(iter(plans.values()))
    lab = labs.open_lab(
        title=plan.title,
        titles={language: each.title for language, each in plans.items()},
        slug=table["slug"],
        kind=table["kind"],
        language="vi",
        by=None,
        source_hash=source,
    )
    place, programme = _begin(lab, plan, None)
    labs.set_agencies(lab=lab, agencies=_in_all_languages(plans), by=None)
    # An example is there to be looked at, also by phones in a room.
    tier = Tier.PUBLIC if lab.kind == "example" else Tier.PROGRAMME
    _import(folder, table["plan"], place, tier=tier, main=True)
    for further in table.get("challenge", ()):
        challenge = _import(folder, further, place, tier=tier, main=False)
        furnish(challenge, folder, further)
    propose_programme(programme=programme, by=None)
    return lab


def _read(path: Path) -> Document:
    return read(path.read_bytes(), path.name)


def _language(file: str) -> str:
    """The language that a shipped file names: plan.vi.md."""
    return file.split(".")[-2]


def _import(
    folder: Path, table: dict[str, Any], place: Place, *, tier: Tier, main: bool
) -> Challenge:
    """One challenge from its files, one for each language."""
    challenge = None
    for file in table["files"]:
        path = folder / file
        challenge = import_plan(
            content=path.read_bytes(),
            name=path.name,
            place=place,
            by=None,
            tier=tier,
            main=main,
            language=_language(path.name),
            challenge=challenge,
        )
    assert challenge is not None, "a challenge without a file"
    return challenge


def furnish(challenge: Challenge, folder: Path, table: Mapping[str, Any]) -> None:
    """The work on a shipped challenge: its evidence, with whatever rests on it."""
    refs: dict[str, str] = {}
    if "evidence" in table and challenge.corpus is not None:
        refs = load_folder(corpus=challenge.corpus, folder=folder / table["evidence"], by=None)
    if "journey" in table:
        text = _resting((folder / table["journey"]).read_text("utf-8"), refs)
        journeys.put(challenge=challenge, text=text, by=None)
    if "system" in table:
        text = _resting((folder / table["system"]).read_text("utf-8"), refs)
        systems.put(challenge=challenge, text=text, by=None)
    if "ideas" in table:
        _ideas(challenge, folder / table["ideas"], refs)
    if "trial" in table:
        text, rows = ((folder / table[key]).read_text("utf-8") for key in ("trial", "rows"))
        trials.begin_from_record(challenge=challenge, text=text, sheet=rows, by=None)


def _ideas(challenge: Challenge, folder: Path, refs: Mapping[str, str]) -> None:
    """The ideas of a folder, and what was shown of them to people."""
    papers = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name != PROTOTYPES:
            text = _resting(path.read_text("utf-8"), refs)
            papers[path.stem] = ideas.put(challenge=challenge, text=text, by=None)
    for card in tomllib.loads((folder / PROTOTYPES).read_text("utf-8"))["card"]:
        words = {key: said for key, said in card.items() if isinstance(said, dict)}
        paper = papers[card["idea"]]
        ideas.keep_prototype(paper=paper, words=words, day=card["day"], by=None)


def _resting(text: str, refs: Mapping[str, str]) -> str:
    """The text of a shipped file with its references as they are called in this lab."""
    return _REF.sub(lambda found: f'"{refs.get(found[1], found[1])}"', text)


def _begin(lab: Lab, plan: Document, by: Actor | None) -> tuple[Place, Programme]:
    """The lab's programme with a first cohort, and its partners as agencies."""
    programme = labs.open_programme(lab=lab, title=plan.title, weeks=8, by=by)
    labs.open_cohort(programme=programme, title="", by=by)
    labs.set_agencies(lab=lab, agencies=agencies_of(plan), by=by)
    return Place(lab=lab, programme=programme), programme


def _in_all_languages(plans: Mapping[str, Document]) -> list[labs.AgencyDraft]:
    """The partners of a plan that is written in several languages, in the same order in each."""
    by_language = {language: agencies_of(plan) for language, plan in plans.items()}
    first, *others = by_language.values()
    assert all(len(each) == len(first) for each in others), "a partner more in one language"
    return [
        replace(draft, words={k: (v[n].name, v[n].description) for k, v in by_language.items()})
        for n, draft in enumerate(first)
    ]


def agencies_of(plan: Document) -> list[labs.AgencyDraft]:
    """The partners of a plan in their order; a list run together is split, and marked so."""
    drafts: list[labs.AgencyDraft] = []
    read_as = Plan.from_document(plan)
    on = date(read_as.year, 12, 31) if read_as.year else None
    for partner in read_as.partners:
        split = partners.split(partner.name, on=on, country=read_as.country)
        for part in split.parts:
            said = partners.roles(f"{partner.description}\n{part.bracket}")
            drafts.append(
                labs.AgencyDraft(
                    name=part.text,
                    unit=part.resolution.key if part.resolution else "",
                    roles=tuple(role.role for role in said),
                    description=partner.description,
                    sector=partner.sector,
                    proposed=len(split.parts) > 1 and not split.certain,
                    from_text=partner.name if len(split.parts) > 1 else "",
                )
            )
    return drafts
