"""Other people's experiments, read critically; nothing of them is kept."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vuon.cases.others import record_of
from vuon.errors import VuonError, Words
from vuon.trials.review import Review
from vuon.trials.review import review as reviewed
from vuon.trials.review_words import STRENGTHS, lines
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request
from vuon_web.labs import papers
from vuon_web.trials.views.language import spoken

#: How many documents are read at once.
MOST = 40


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request) -> HttpResponse:
    """What an experiment of others can carry, what is missing, and what would have helped."""
    page: dict[str, Any] = {"most": MOST}
    if request.method == "POST":
        files = request.FILES.getlist("file")[:MOST]
        if not files:
            messages.error(request, _("No file was chosen. Choose one, then send it."))
        page["found"] = [_told(each) for each in files]
    return render(request, "trials/review.html", page)


def _told(file: Any) -> dict[str, Any]:
    """One document in words, or why it cannot be read."""
    try:
        if file.size > papers.LARGEST:
            raise Refusal(_("The file is larger than 1 MB. Such a file has some pages at most."))
        found = reviewed(record_of(file.read(), file.name))
    except (VuonError, Refusal) as error:
        return {"name": file.name, "why": papers.why(error, spoken())}
    return {"name": file.name, "title": found.title} | _words(found)


def _words(found: Review) -> dict[str, Any]:
    said = [(mark.strip(), words.say(spoken())) for mark, words in lines(found)[1:]]
    return {
        "strength": Words(STRENGTHS[found.strength]).say(spoken()),
        "facts": [words for mark, words in said if mark in ("·", "✓")],
        "rests_on": found.rests_on.say(spoken()),
        "missing": [each.say(spoken()) for each in found.missing],
        "contradictions": [words for mark, words in said if mark == "!"],
        "would_help": [each.say(spoken()) for each in found.would_help],
    }
