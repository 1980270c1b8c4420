"""A pilot from plan to decision: advice, seal, lot, half way, reading."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from vuon.errors import VuonError
from vuon.practice.game import Event, Stage
from vuon.practice.pilot import check_plan, plan_from
from vuon.practice.world import WEEKS_BY_LOT
from vuon_web.accounts.requests import Request
from vuon_web.practice import pages_pilot as pages
from vuon_web.practice import pages_try
from vuon_web.practice.folds import Played
from vuon_web.practice.playing import act, frame, onwards, playing


def _fields(sent: MultiValueDict[str, str]) -> dict[str, Any]:
    """A plan as the form sends it; numbers that are none become nought."""

    def number(name: str) -> float:
        try:
            return float(sent.get(name) or 0)
        except ValueError:
            return 0.0

    return {
        "ideas": sent.getlist("ideas"),
        "design": sent.get("design", ""),
        "sites": sent.getlist("sites"),
        "weeks": int(min(number("weeks"), 100)),
        "worthwhile": number("worthwhile"),
        "guardrail": number("guardrail") or None,
        "promise": bool(sent.get("promise")),
    }


def _first(played: Played) -> dict[str, Any]:
    """A plan to start from: what was tried last, by lot, at two points."""
    ideas = played.state.tries[-1].ideas
    return {
        "ideas": list(ideas),
        "design": WEEKS_BY_LOT,
        "sites": [site.key for site in played.world.place.sites[:2]],
        "weeks": next(iter(pages.week_choices(played, ideas)), pages.LEAST_WEEKS),
        "worthwhile": 0.1,
        "guardrail": None,
        "promise": False,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@playing(Stage.OPEN)
def plan(request: Request, played: Played) -> HttpResponse:
    """What is compared, where, how long, when to stop: with advice before it is sealed."""
    if played.state.mode == "taster" or not played.state.tries or played.state.stale:
        return redirect("practice:ideas", played.game.pk)
    if request.method == "POST":
        state = act(request, played, Event("seal", _fields(request.POST)))
        if state is not None:
            return redirect("practice:sealed", played.game.pk)
    sent = request.POST if request.method == "POST" else request.GET
    fields = _fields(sent) if "design" in sent else _first(played)
    advice, refused = _advice(played, fields)
    context = frame(
        played,
        fields=fields,
        ideas=pages_try.titles(played.world.place, played.state.tries[-1].ideas),
        designs=pages.designs(),
        weeks=pages.week_choices(played, fields["ideas"]),
        advice=advice,
        refused=refused,
        **pages.choices(),
    )
    return render(request, "practice/plan.html", context)


def _advice(played: Played, fields: dict[str, Any]) -> tuple[dict[str, Any] | None, str]:
    try:
        made = plan_from(played.world.place, fields)
        refused = check_plan(played.world, played.state, made)
        if refused:
            raise refused
        return pages.advice(made), ""
    except VuonError as error:
        return None, error.say(get_language() or "vi")


@require_safe
@playing(Stage.PILOT, Stage.READ, Stage.OVER)
def sealed(request: Request, played: Played) -> HttpResponse:
    """The sealed plan: its hash, the public number, who goes which way when."""
    pilot = played.state.pilot
    if pilot is None:
        return redirect("practice:year", played.game.pk)
    context = frame(
        played,
        sealed=pilot.sealed,
        public_number=pilot.public_number,
        lots=pages.lots(pilot, played.world.place) if pilot.lot else None,
        ideas=pages_try.titles(played.world.place, pilot.plan.ideas),
        begun=played.state.stage != Stage.PILOT,
    )
    return render(request, "practice/sealed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@playing(Stage.PILOT)
def halfway(request: Request, played: Played) -> HttpResponse:
    """What happened until half way; go on, or stop."""
    if request.method == "POST":
        answer = Event("halfway", {"answer": request.POST.get("answer", "")})
        return onwards(played, act(request, played, answer))
    return render(request, "practice/halfway.html", frame(played, half=pages.halfway(played)))


@require_safe
@playing(Stage.READ)
def reading(request: Request, played: Played) -> HttpResponse:
    """The honest reading."""
    return render(request, "practice/reading.html", frame(played, reading=pages.reading(played)))


@require_http_methods(["GET", "HEAD", "POST"])
@playing(Stage.OPEN, Stage.READ)
def decide(request: Request, played: Played) -> HttpResponse:
    """Adopt, adapt, repeat, drop; without a pilot: set up now, or change nothing."""
    if request.method == "POST":
        fields = {
            "decision": request.POST.get("decision", ""),
            "ideas": request.POST.getlist("ideas"),
        }
        return onwards(played, act(request, played, Event("decide", fields)))
    if not played.state.tries:
        return redirect("practice:ideas", played.game.pk)
    pilot = played.state.pilot
    chosen = pilot.plan.ideas if pilot else played.state.tries[-1].ideas
    context = frame(
        played,
        decisions=pages_try.decisions(played),
        chosen=pages_try.titles(played.world.place, chosen),
        ideas=pages_try.ideas(played, chosen),
        piloted=pilot is not None,
    )
    return render(request, "practice/decide.html", context)
