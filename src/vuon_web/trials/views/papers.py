"""What one takes along: the seal on paper, the record, the rows, the file of the procedure."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from vuon.cases.experiment import experiment as written_up
from vuon.trials import dossier, entries, exporting, record
from vuon.trials.papers import code_sheet, procedure_paper, seal_paper
from vuon.trials.plans import cells_of
from vuon_web.accounts import qr
from vuon_web.accounts.requests import Request
from vuon_web.labs import papers
from vuon_web.labs.queries import watermark
from vuon_web.trials import pages, queries
from vuon_web.trials.folds import Standing
from vuon_web.trials.models import Trial
from vuon_web.trials.views.language import spoken


def _sealed(request: Request, trial_id: uuid.UUID) -> tuple[Trial, Standing, record.Record]:
    """A trial whose plan is sealed, for those who may write in its task; else Http404."""
    found = queries.trial_for(request.audience, trial_id, edit=True)
    standing = queries.standing_of(found)
    if standing.record is None:
        raise Http404
    return found, standing, standing.record


@require_safe
def seal(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The seal on a page, to print and sign."""
    trial, standing, kept = _sealed(request, trial_id)
    page = pages.home(request, trial, spoken()) | pages.plan(standing, spoken(), {})
    page |= {
        "drawn": qr.drawing(kept.sealed.sha256, _("The hash as a QR code")),
        "groups": [kept.sealed.sha256[at : at + 8] for at in range(0, 64, 8)],
        "sealed_on": kept.sealed_on,
    }
    return render(request, "trials/seal.html", page)


@require_GET
def the_record(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The whole record, as the command line reads it."""
    _trial, _standing, kept = _sealed(request, trial_id)
    return papers.download(record.write(kept), "trial.record", "application/x-ndjson")


@require_GET
def rows(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The rows, once somebody looked at them and it was written down."""
    trial, standing, _kept = _sealed(request, trial_id)
    if not standing.events("looked"):
        raise Http404
    found = queries.rows_of(trial, standing.protocol)
    if not queries.looked_at(standing, found):
        raise Http404
    text = entries.as_rows(queries.book_of(trial), standing.protocol)
    return papers.download(text, "rows.csv", "text/csv")


@require_safe
def procedure(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The file that the procedure was kept, for those who are answerable."""
    trial, _standing, kept = _sealed(request, trial_id)
    found = dossier.dossier(kept)
    page: dict[str, Any] = pages.home(request, trial, spoken())
    page |= {"chapters": pages.chapters(found, spoken()), "complete": found.complete,
             "last": found.last_sha256, "plan_hash": found.plan_sha256}  # fmt: skip
    return render(request, "trials/procedure.html", page)


@require_GET
def procedure_json(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The same for machines."""
    _trial, _standing, kept = _sealed(request, trial_id)
    told = dossier.as_json(dossier.dossier(kept), spoken())
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return papers.download(text, "procedure.json", "application/json")


@require_GET
def experiment(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The trial as an experiment document of the Commons; results only once they were read."""
    trial, standing, kept = _sealed(request, trial_id)
    reading = None
    if standing.state in ("analysed", "exit_decided", "closed"):
        reading = exporting.read(kept, queries.rows_of(trial, kept.protocol))
    made = written_up(kept, reading, language=spoken())
    return papers.download(made.text, "experiment.md", "text/markdown")


def _mark(trial: Trial) -> str:
    """What papers of an example or a practice lab carry."""
    return watermark(trial.challenge.stands_for) or ""


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def seal_pdf(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The sealed plan as a page to sign and hang on the wall."""
    trial, _standing, kept = _sealed(request, trial_id)
    return _pdf(seal_paper(kept, spoken(), _mark(trial)), "seal.pdf")


@require_GET
def procedure_pdf(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """The file of the procedure as a document."""
    trial, _standing, kept = _sealed(request, trial_id)
    return _pdf(procedure_paper(kept, spoken(), _mark(trial)), "procedure.pdf")


@require_GET
def sheet_pdf(request: Request, trial_id: uuid.UUID, purpose: str) -> HttpResponse:
    """A page with the code of one link, for the counter."""
    trial = queries.trial_for(request.audience, trial_id, edit=True)
    door = queries.doors_of(trial).get(purpose)
    if door is None or purpose == "approve":
        raise Http404
    title = queries.standing_of(trial).protocol.title
    address = pages.link(request, purpose, door.token)
    return _pdf(code_sheet(address, purpose, title, spoken(), _mark(trial)), f"{purpose}.pdf")


@require_GET
def blank(request: Request, trial_id: uuid.UUID) -> HttpResponse:
    """An empty sheet with every unit and period of the plan."""
    trial = queries.trial_for(request.audience, trial_id, edit=True)
    plan = queries.standing_of(trial).protocol
    heads = pages.columns(plan)
    empty = "," * (heads.count(",") - (1 if plan.lot.periods else 0))
    cells = [
        f"{unit},{period}{empty}" if plan.lot.periods else f"{unit}{empty}"
        for unit, period in cells_of(plan.lot)
    ]
    return papers.download("\ufeff" + "\n".join([heads, *cells]) + "\n", "sheet.csv", "text/csv")
