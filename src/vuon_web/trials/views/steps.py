"""The buttons of a trial: each is one action, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vuon.trials import file
from vuon_web.accounts.refusals import Refusal
from vuon_web.accounts.requests import Request, person
from vuon_web.labs import papers
from vuon_web.trials import actions, forms, pages, queries
from vuon_web.trials.models import DOORS, Trial

if TYPE_CHECKING:
    from vuon_web.accounts.models import Actor

Done = Callable[[Request, Trial, "Actor"], str]


def do(request: Request, trial: Trial, asked: str) -> str:
    """Do what a button asks; returns what to say.

    Raises:
        Refusal, VuonError: why it cannot be done.
    """
    if asked in _GOES:
        reason = _checked(forms.ReasonForm(request.POST))["reason"]
        if not reason and asked in _NEED_A_REASON:
            raise Refusal(_("Write the reason first."))
        actions.go(trial=trial, to=_GOES[asked], reason=reason, by=person(request))
        return _("Written down.")
    button = _BUTTONS.get(asked)
    if button is None:
        raise Refusal(_("This step is not made like that."))
    return button(request, trial, person(request))


def _checked(form: Any) -> dict[str, Any]:
    """What a small form says.

    Raises:
        Refusal: with the first thing that is wrong.
    """
    if form.is_valid():
        found: dict[str, Any] = form.cleaned_data
        return found
    raise Refusal(" ".join(each for errors in form.errors.values() for each in errors))


def _undo(request: Request, trial: Trial, by: Actor) -> str:
    steps = -1 if request.POST["do"] == "undo" else 1
    return "" if actions.step_back(trial=trial, steps=steps, by=by) else _("Nothing to go to.")


def _delete(request: Request, trial: Trial, by: Actor) -> str:
    actions.delete_trial(trial=trial, by=by)
    return _("Deleted.")


def _submit(request: Request, trial: Trial, by: Actor) -> str:
    actions.submit(trial=trial, by=by)
    return _("Submitted. Give the link to a person who did not write the plan.")


def _seal(request: Request, trial: Trial, by: Actor) -> str:
    if not request.POST.get("acknowledged"):
        raise Refusal(_("Tick that you know what it can show at best, then seal it."))
    plan = queries.standing_of(trial).protocol
    actions.seal(trial=trial, acknowledged=pages.acknowledged(plan), by=by)
    return _("Sealed. Print the paper and sign it.")


def _draw(request: Request, trial: Trial, by: Actor) -> str:
    number = _checked(forms.DrawForm(request.POST))["number"]
    actions.draw(trial=trial, number=number, today=timezone.localdate(), by=by)
    return _("The lot is drawn. Anybody can draw it again.")


def _extend(request: Request, trial: Trial, by: Actor) -> str:
    values = _checked(forms.ExtendForm(request.POST))
    actions.extend(trial=trial, months=values["months"], basis=values["basis"], by=by)
    return _("Written down.")


def _spend(request: Request, trial: Trial, by: Actor) -> str:
    values = _checked(forms.SpendForm(request.POST))
    actions.spend(trial=trial, million_dong=values["million_dong"], by=by)
    return _("Written down.")


def _amend(request: Request, trial: Trial, by: Actor) -> str:
    reason = _checked(forms.ReasonForm(request.POST))["reason"]
    plan = file.read(papers.sent(request))
    made = actions.amend(trial=trial, plan=plan, reason=reason, by=by)
    if made.life.unapproved:
        return _("Amended. The change is a major one: it waits for a second person.")
    return _("Amended.")


def _renew(request: Request, trial: Trial, by: Actor) -> str:
    purpose = request.POST.get("purpose", "")
    if purpose not in DOORS:
        raise Refusal(_("This step is not made like that."))
    actions.renew_door(trial=trial, purpose=purpose, by=by)
    return _("There is a new link; the old one leads nowhere now.")


_NEED_A_REASON = ("resume", "pause", "stop", "withdraw")
_GOES = {
    "start": "running",
    "resume": "running",
    "pause": "paused",
    "stop": "stopped_early",
    "complete": "completed",
    "withdraw": "withdrawn",
}
_BUTTONS: dict[str, Done] = {
    "undo": _undo,
    "redo": _undo,
    "delete": _delete,
    "submit": _submit,
    "seal": _seal,
    "draw": _draw,
    "extend": _extend,
    "spend": _spend,
    "amend": _amend,
    "renew": _renew,
}
