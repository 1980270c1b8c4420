"""A trial whose record was changed: every page of it says so, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from vuon.errors import VuonError
from vuon_web.accounts.requests import Request
from vuon_web.trials.views.language import spoken

View = Callable[..., HttpResponse]


def whole(view: View) -> View:
    """The view, as long as the record of its trial is as it was written."""

    @wraps(view)
    def shown(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except VuonError as error:
            if error.code != "record.broken":
                raise
            page = {"broken": error.say(spoken())}
            return render(request, "trials/broken.html", page, status=409)

    return shown
