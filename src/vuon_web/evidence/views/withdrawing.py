"""What somebody allows, and taking words back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vuon_web.accounts.requests import Request
from vuon_web.accounts.requests import person as somebody
from vuon_web.evidence import actions, forms, losing, pages, queries
from vuon_web.evidence.models import Withdrawal
from vuon_web.evidence.views import language


def source(request: Request, source_id: uuid.UUID) -> HttpResponse:
    """Take back a source: first what would lose support, then it is done and a receipt given."""
    found = queries.source_to_edit(request.audience, source_id)
    if found.withdrawn:
        raise Http404
    if request.method == "POST":
        made = actions.withdraw(corpus=found.corpus, source=found, by=somebody(request))
        return redirect("evidence:receipt", made.pk)
    page = pages.frame(found.corpus, request.audience)
    page |= {"source": found, "loss": losing.of(found.corpus, source=found, language=language())}
    return render(request, "evidence/withdraw.html", page)


def person(request: Request, participant_id: uuid.UUID) -> HttpResponse:
    """What a participant allows; change it, or take back all that they said."""
    found = queries.participant_to_edit(request.audience, participant_id)
    form = forms.ConsentForm(request.POST or None)
    if request.method == "POST" and request.POST.get("withdraw"):
        made = actions.withdraw(corpus=found.corpus, participant=found, by=somebody(request))
        return redirect("evidence:receipt", made.pk)
    if request.method == "POST" and form.is_valid():
        scopes = forms.ALLOWS[form.cleaned_data["allows"]][1]
        method = form.cleaned_data["method"]
        actions.change_consent(
            participant=found, scopes=scopes, method=method, by=somebody(request)
        )
        messages.success(request, _("Kept."))
        return redirect("evidence:corpus", found.corpus_id)
    page = pages.frame(found.corpus, request.audience) | losing.person(found, form, language())
    return render(
        request, "evidence/person.html", page, status=422 if request.method == "POST" else 200
    )


@require_safe
def receipt(request: Request, withdrawal_id: uuid.UUID) -> HttpResponse:
    """The receipt: when, how much, what lost support, and what is out of reach."""
    found = Withdrawal.objects.filter(pk=withdrawal_id).select_related("corpus").first()
    if found is None:
        raise Http404
    corpus = queries.corpus_for(request.audience, found.corpus_id)
    page = pages.frame(corpus, request.audience) | losing.receipt(found, language())
    return render(request, "evidence/receipt.html", page)
