"""Findings, needs, the thread."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vuon_web.accounts.requests import Request, person
from vuon_web.evidence import actions, findings, forms, pages, queries
from vuon_web.evidence.models import Corpus, Finding, Need
from vuon_web.evidence.picking import chosen
from vuon_web.evidence.views import id_of, language


def new(request: Request, corpus_id: uuid.UUID) -> HttpResponse:
    """A finding from passages."""
    found = queries.corpus_to_edit(request.audience, corpus_id)
    return _finding(request, found, None)


def finding(request: Request, finding_id: uuid.UUID) -> HttpResponse:
    """A finding: what it says, what it rests on, how well it holds; to be changed by the team."""
    found = queries.finding_for(request.audience, finding_id)
    if request.method == "POST":
        queries.corpus_to_edit(request.audience, found.corpus_id)
    return _finding(request, found.corpus, found)


def _finding(request: Request, corpus: Corpus, found: Finding | None) -> HttpResponse:
    first = {"statement": found.statement, "kind": found.kind} if found else {"kind": "pattern"}
    form = forms.FindingForm(request.POST or None, initial=first)
    overtaken = found is not None and forms.overtaken(request, found.changed.isoformat())
    narrowing = "narrow" in request.POST  # another label to choose from; nothing is kept yet
    if request.method == "POST" and not narrowing and form.is_valid() and not overtaken:
        kept = _keep(request, corpus, found, form)
        messages.success(request, _("Kept."))
        return redirect("evidence:finding", kept.pk)
    page = {
        "theirs": found.statement if found and overtaken else "",
        "base": forms.base(request, found.changed.isoformat(), overtaken) if found else "",
        **pages.frame(corpus, request.audience),
        "finding": found,
        "form": form,
        **findings.choosing(corpus, found, _chosen(request, corpus, found), _label(request)),
        "thread": pages.thread(corpus, found.ref, language()) if found else None,
    }
    status = 200 if narrowing else forms.status(request, overtaken)
    return render(request, "evidence/finding.html", page, status=status)


def _chosen(request: Request, corpus: Corpus, found: Finding | None) -> dict[str, str] | None:
    """What the sent form chose, or the marks of the source one came from; None for neither."""
    if request.method != "POST":
        source = request.GET.get("of", "")
        return findings.marked_in(corpus, id_of(source)) if source and found is None else None
    return chosen(request.POST)


def _label(request: Request) -> str:
    """The label whose marks are to be offered; empty for the newest of all."""
    said = request.POST.get("code", "")
    return str(id_of(said)) if said else ""


def _keep(
    request: Request, corpus: Corpus, found: Finding | None, form: forms.FindingForm
) -> Finding:
    picked = chosen(request.POST)
    sent = {
        **form.cleaned_data,
        "for_": [ref for ref, how in picked.items() if how == "for"],
        "against": [ref for ref, how in picked.items() if how == "against"],
        "by": person(request),
        "language": language(),
    }
    if found is None:
        return actions.make_finding(corpus=corpus, **sent)
    return actions.change_finding(finding=found, **sent)


def opposite(request: Request, finding_id: uuid.UUID) -> HttpResponse:
    """Look for the opposite: sources that the finding does not rest on."""
    found = queries.finding_for(request.audience, finding_id)
    corpus = queries.corpus_to_edit(request.audience, found.corpus_id)
    if request.method == "POST":
        actions.looked_for_the_opposite(finding=found, by=person(request))
        messages.success(request, _("Kept: you looked for the opposite."))
        return redirect("evidence:finding", found.pk)
    page = pages.frame(corpus, request.audience) | findings.opposite(found, language())
    return render(request, "evidence/opposite.html", page)


@require_POST
def answer(request: Request, finding_id: uuid.UUID) -> HttpResponse:
    """Say why a finding holds although something speaks against it."""
    found = queries.finding_for(request.audience, finding_id)
    corpus = queries.corpus_to_edit(request.audience, found.corpus_id)
    link = get_object_or_404(corpus.links, upper=found.ref, pk=id_of(request.POST.get("link", "")))
    actions.answer(
        link=link, why=request.POST.get("why", ""), by=person(request), language=language()
    )
    return redirect("evidence:finding", found.pk)


@require_POST
def delete(request: Request, finding_id: uuid.UUID) -> HttpResponse:
    """Delete a finding; what rested on it shows that it is gone."""
    found = queries.finding_for(request.audience, finding_id)
    corpus = queries.corpus_to_edit(request.audience, found.corpus_id)
    actions.delete_finding(finding=found, by=person(request))
    messages.success(request, _("Deleted."))
    return redirect("evidence:corpus", corpus.pk)


@require_POST
def need(request: Request, corpus_id: uuid.UUID) -> HttpResponse:
    """A need derived from findings, or one taken away."""
    corpus = queries.corpus_to_edit(request.audience, corpus_id)
    if request.POST.get("delete"):
        found = get_object_or_404(Need, corpus=corpus, pk=id_of(request.POST["delete"]))
        actions.delete_need(need=found, by=person(request))
        return redirect("evidence:corpus", corpus.pk)
    form = forms.NeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the sentence first."))
        return redirect("evidence:corpus", corpus.pk)
    chosen = corpus.findings.filter(pk__in=map(id_of, request.POST.getlist("finding")))
    actions.make_need(
        corpus=corpus,
        sentence=form.cleaned_data["sentence"],
        findings=chosen,
        by=person(request),
        language=language(),
    )
    return redirect("evidence:corpus", corpus.pk)


@require_safe
def thread(request: Request, corpus_id: uuid.UUID, ref: str) -> HttpResponse:
    """*Why do we believe this?* and *What is resting on this?* of anything in the thread."""
    corpus = queries.corpus_for(request.audience, corpus_id)
    told = pages.thread(corpus, ref, language())
    if told is None:
        raise Http404
    return render(request, "evidence/thread.html", pages.frame(corpus, request.audience) | told)
