"""Pages about oneself: the seat, the resume code, the one-time link, and who sees what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from vuon_web.accounts import actions, forms, grants, qr, queries, seats, who_sees
from vuon_web.accounts.guesses import GUESSES
from vuon_web.accounts.permissions import Role
from vuon_web.accounts.refusals import Refusal, TooManyGuesses
from vuon_web.accounts.requests import Request

if TYPE_CHECKING:
    from vuon_web.accounts.models import Invitation

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def me(request: Request) -> HttpResponse:
    """My pseudonym, my code, my devices."""
    if request.actor is None:
        return render(request, "accounts/nobody.html")
    others = queries.other_seats(request.actor, seats.token_of(request))
    context = {"actor": request.actor, "others": others}
    return render(request, "accounts/me.html", context)


def code(request: Request) -> HttpResponse:
    """A new resume code, shown once; the one before is dead."""
    if request.actor is None or request.actor.user_id:
        raise Http404
    if request.method != "POST":
        return redirect("accounts:me")
    words = actions.renew_resume_code(by=request.actor)
    drawn = qr.drawing(" ".join(words), _("The eight words as a QR code"))
    context = {"words": words, "drawn": drawn, "actor": request.actor}
    return render(request, "accounts/code.html", context)


@require_POST
def revoke(request: Request) -> HttpResponse:
    """The resume code is dead."""
    if request.actor is None or request.actor.user_id:
        raise Http404
    actions.revoke_resume_code(by=request.actor)
    messages.success(request, _("The resume code no longer opens anything."))
    return redirect("accounts:me")


@require_POST
def devices(request: Request) -> HttpResponse:
    """All other devices of mine are signed off."""
    if request.actor is None or request.actor.user_id:
        raise Http404
    actions.end_other_seats(token=seats.token_of(request), by=request.actor)
    messages.success(request, _("Only this device is signed on now."))
    return redirect("accounts:me")


def forget(request: Request) -> HttpResponse:
    """Ask once, then this device knows me no more."""
    if request.actor is None or request.actor.user_id:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/forget.html", {"actor": request.actor})
    actions.end_seat(token=seats.token_of(request), by=request.actor)
    messages.success(request, _("This device no longer knows who you were."))
    return seats.clear(redirect("ui:first"))


def resume(request: Request) -> HttpResponse:
    """Go on where one left off, on this device."""
    form = forms.ResumeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actor, token = actions.resume(
                code=form.cleaned_data["words"], seat=seats.hash_of(request)
            )
        except Refusal as refusal:
            form.add_error("words", str(refusal.message))
            return _resume_page(request, form, refusal.status)
        messages.success(request, _("Welcome back. Everything of yours is here."))
        seats.vacate(request)
        request.actor = actor
        return seats.give(redirect("accounts:me"), token)
    return _resume_page(request, form, 422 if request.method == "POST" else 200)


def _resume_page(request: Request, form: forms.ResumeForm, status: int) -> HttpResponse:
    context = {"form": form, "actor": request.actor}
    return render(request, "accounts/resume.html", context, status=status)


@require_safe
def who_sees_what(request: Request) -> HttpResponse:
    """*Ai xem được gì?*"""
    context = {
        "tiers": list(who_sees.tiers()),
        "beside": list(who_sees.beside()),
        "apart": list(who_sees.apart()),
        "limits": who_sees.limits(alone=settings.VUON_ALONE),
        "permissions": who_sees.permissions(),
    }
    return render(request, "accounts/who_sees.html", context)


def facilitate(request: Request, token: str) -> HttpResponse:
    """The one-time link: looking at it changes nothing, the button uses it."""
    if not GUESSES.spend(seats.hash_of(request)):
        return _link_page(request, None, TooManyGuesses())
    link = queries.invitation(token)
    if link is None:
        return _link_page(request, None)
    GUESSES.give_back(seats.hash_of(request))
    if request.method != "POST":
        return _link_page(request, link)
    try:
        signed_in = request.actor if request.actor and request.actor.user_id else None
        actor = actions.use_invitation(token=token, by=signed_in, language=get_language() or "vi")
    except Refusal:
        return _link_page(request, None)
    if signed_in:
        return redirect(grants.address(link))
    login(request, actor.user, backend=BACKEND)
    return redirect("accounts:sign_in")


def _link_page(
    request: Request, link: Invitation | None, refusal: Refusal | None = None
) -> HttpResponse:
    if link is None:
        context = {"message": refusal.message if refusal else ""}
        status = refusal.status if refusal else 410
        return render(request, "accounts/link_over.html", context, status=status)
    context = {"lab_title": grants.title(link), "role": Role(link.role).label}
    return render(request, "accounts/facilitate.html", context)


@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    """Staff choose how to sign in on another day; it can wait."""
    actor = request.actor
    if actor is None or actor.user is None:
        raise Http404
    new = not actor.user.has_usable_password()
    initial = {"username": "" if new else actor.user.username, "name": actor.user.name}
    form = forms.SignInForm(request.POST or None, initial=initial, actor_id=actor.pk)
    if request.method == "POST" and form.is_valid():
        actions.set_sign_in(**form.cleaned_data, by=actor)
        update_session_auth_hash(request, actor.user)
        messages.success(request, _("Kept. Next time sign in with this user name and password."))
        return redirect("accounts:me")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/sign_in.html", {"form": form, "new": new}, status=status)
