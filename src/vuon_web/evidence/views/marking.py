"""Passages and labels."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vuon.errors import VuonError
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.evidence import actions, forms, pages, queries
from vuon_web.evidence.models import Code, Source
from vuon_web.evidence.views import id_of, language
from vuon_web.labs import papers


@require_GET
def columns(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """The passages of a source as columns."""
    found = queries.source_for(request.audience, source_id)
    can_mark = queries.can_edit(found.corpus, request.audience)
    told = pages.columns(found, can_mark=can_mark)
    return JsonResponse({**told, "token": get_token(request)})


@require_POST
def mark(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """Mark a passage, or take a mark away; with scripts as JSON, without as a form."""
    found = queries.source_to_edit(request.audience, source_id)
    plain = "plain" in request.POST
    try:
        told = _unmarked(request, found) if request.POST.get("remove") else _marked(request, found)
    except ValueError:
        return JsonResponse({"message": _("This cannot be marked.")}, status=422)
    except (VuonError, Refusal) as error:
        said = papers.why(error, language())
        if plain:
            messages.error(request, said)
            return redirect("evidence:source", found.pk)
        return JsonResponse({"message": said}, status=422)
    return redirect("evidence:source", found.pk) if plain else JsonResponse(told)


def _unmarked(request: Request, found: Source) -> dict[str, str]:
    passage = queries.passage_of_mark(found, request.POST["remove"])
    if passage is not None:
        actions.unmark(passage=passage, by=person(request))
    return {"id": request.POST["remove"]}


def _marked(request: Request, found: Source) -> dict[str, object]:
    by, sent = person(request), request.POST
    code = None
    if sent.get("new_code", "").strip():
        code = actions.add_code(
            corpus=found.corpus, name=sent["new_code"], by=by, language=language()
        )
    elif sent.get("code"):
        code = found.corpus.codes.filter(pk=id_of(sent["code"])).first()
    passage = actions.mark(
        source=found,
        client=sent.get("client_id", ""),
        start=int(sent.get("start", "")),
        end=int(sent.get("end", "")),
        code=code,
        against=sent.get("against") == "1",
        by=by,
    )
    coding = passage.codings.select_related("code").first()
    return {
        "id": str(coding.pk if coding else passage.pk),
        "code": pages.code_of(coding.code) if coding else None,
    }


def code(request: Request, code_id: uuid.UUID) -> HttpResponse:
    """Rename a label, say when it is used, or delete it."""
    found = get_object_or_404(Code.objects.select_related("corpus"), pk=code_id)
    corpus = queries.corpus_to_edit(request.audience, found.corpus_id)
    first = {
        "name": found.name,
        "definition": found.definitions.get(language(), ""),
        "colour": found.colour,
    }
    form = forms.CodeForm(request.POST or None, initial=first)
    if request.method == "POST" and request.POST.get("delete"):
        actions.delete_code(code=found, by=person(request))
        return redirect("evidence:corpus", corpus.pk)
    if request.method == "POST" and form.is_valid():
        actions.change_code(
            code=found, by=person(request), language=language(), **form.cleaned_data
        )
        return redirect("evidence:corpus", corpus.pk)
    status = 422 if request.method == "POST" else 200
    page = {**pages.frame(corpus, request.audience), "code": found, "form": form}
    page["used"] = found.codings.count()
    return render(request, "evidence/code.html", page, status=status)
