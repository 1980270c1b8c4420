"""A corpus, notes and files, the check for names, reading and searching."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vuon.errors import VuonError
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.evidence import actions, forms, pages, queries, reading
from vuon_web.evidence.views import language
from vuon_web.labs import papers


@require_safe
def corpus(request: Request, corpus_id: uuid.UUID) -> HttpResponse:
    """What there is: findings, needs, sources, labels, people."""
    found = queries.corpus_for(request.audience, corpus_id)
    return render(
        request, "evidence/corpus.html", pages.corpus(found, request.audience, language())
    )


def note(request: Request, corpus_id: uuid.UUID) -> HttpResponse:
    """Write a note, or bring a photo, a file or a sheet."""
    found = queries.corpus_to_edit(request.audience, corpus_id)
    draft = queries.draft(found, request.actor)
    form = forms.NoteForm(
        request.POST or None,
        request.FILES or None,
        corpus=found,
        initial={"text": draft.text if draft else "", "kind": "fieldnote"},
    )
    page = {**pages.frame(found, request.audience), "form": form, "draft": draft}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "evidence/note.html", page, status=status)
    return _kept(request, page)


def _kept(request: Request, page: dict) -> HttpResponse:  # type: ignore[type-arg]
    """The note as a source, or in plain words why its file is refused; the text stays."""
    form = page["form"]
    try:
        made, notes = reading.add(page["corpus"], form.cleaned_data, person(request), language())
    except (VuonError, Refusal) as error:
        field = "file" if form.cleaned_data.get("file") else "photo"
        form.add_error(field, papers.why(error, language()))
        return render(request, "evidence/note.html", page, status=422)
    for each in notes:
        messages.info(request, each)
    return redirect("evidence:source" if made.checked else "evidence:check", made.pk)


@require_POST
def draft(request: Request, corpus_id: uuid.UUID) -> HttpResponse:
    """Keep what is being typed as a note; the answer says what is on the disk."""
    found = queries.corpus_to_edit(request.audience, corpus_id)
    text = request.POST.get("text", "")
    if len(text) > forms.LONGEST:
        return JsonResponse({"message": _("This is too long for a note.")}, status=422)
    kept = actions.keep_note_draft(corpus=found, text=text, by=person(request))
    return JsonResponse({"kept": True, "version": "", "at": kept.at.isoformat()})


def check(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """Names, numbers and papers that were found: each is confirmed by a person."""
    found = queries.source_to_edit(request.audience, source_id)
    if found.checked or found.author_id != person(request).pk:
        raise Http404
    if request.method == "POST" and request.POST.get("throw"):
        actions.throw_away(source=found, by=person(request))
        messages.success(request, _("Thrown away."))
        return redirect("evidence:corpus", found.corpus_id)
    if request.method == "POST":
        ticked = [int(n) for n in request.POST.getlist("block") if n.isdigit()]
        actions.check_source(source=found, accepted=ticked, by=person(request), language=language())
        messages.success(request, _("Kept."))
        return redirect("evidence:source", found.pk)
    page = pages.frame(found.corpus, request.audience) | pages.checking(found, language())
    return render(request, "evidence/check.html", page)


@require_safe
def source(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """A source to read and to mark."""
    found = queries.source_for(request.audience, source_id)
    if not found.checked:
        return redirect("evidence:check", found.pk)
    page = pages.source(found, request.audience, request.actor)
    return render(request, "evidence/source.html", page)


def correct(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """Correct a text: a further version; every passage is carried along."""
    found = queries.source_to_edit(request.audience, source_id)
    version = queries.text_of(found)
    if version is None:
        raise Http404
    form = forms.TextForm(request.POST or None, initial={"text": version.text})
    overtaken = forms.overtaken(request, str(version.pk))
    if request.method == "POST" and form.is_valid() and not overtaken:
        actions.correct_text(source=found, text=form.cleaned_data["text"], by=person(request))
        messages.success(request, _("Kept."))
        return redirect("evidence:source", found.pk)
    page = {**pages.frame(found.corpus, request.audience), "source": found, "form": form}
    base = forms.base(request, str(version.pk), overtaken)
    page |= {"base": base, "theirs": version.text if overtaken else ""}
    return render(request, "evidence/correct.html", page, status=forms.status(request, overtaken))


@require_GET
def photo(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """The picture of a source."""
    found = queries.source_for(request.audience, source_id)
    if not hasattr(found, "photo"):
        raise Http404
    response = HttpResponse(bytes(found.photo.content), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def search(request: Request, corpus_id: uuid.UUID) -> HttpResponse:
    """Where words stand, whatever their accents."""
    found = queries.corpus_for(request.audience, corpus_id)
    query = request.GET.get("q", "")[:200]
    page = {
        **pages.frame(found, request.audience),
        "query": query,
        "hits": pages.search(found, query) if query.strip() else [],
    }
    return render(request, "evidence/search.html", page)
