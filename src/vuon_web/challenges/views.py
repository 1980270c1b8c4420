"""Pages of stage 1. Each view loads what the person may see, does one thing, and answers."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vuon.challenges import classify
from vuon.errors import VuonError
from vuon_web.accounts.requests import Request, person
from vuon_web.accounts.seats import seated
from vuon_web.challenges import actions, exports, forms, framing, pages, queries
from vuon_web.challenges.models import Plan
from vuon_web.labs.queries import place_for


def _language() -> str:
    return get_language() or "vi"


def _plan_for(request: Request, plan_id: uuid.UUID) -> Plan:
    """The plan, if the person may write in its challenge."""
    plan = get_object_or_404(Plan.objects.select_related("challenge__lab"), pk=plan_id)
    queries.editable_for(request.audience, plan.challenge_id)
    return plan


@require_safe
def tasks(request: Request) -> HttpResponse:
    """Our task: begin with a sentence or a file, or go on with what was begun."""
    context = {
        "form": forms.BeginForm(),
        "own": queries.own(request.audience),
        "offered": queries.offered(request.audience)[:30],
        "drafts": queries.drafts(request.actor)[:10],
    }
    return render(request, "challenges/tasks.html", context)


@require_POST
def begin(request: Request) -> HttpResponse:
    """A private challenge from one sentence; the person gets a seat if they have none."""
    form = forms.BeginForm(request.POST)
    if not form.is_valid():
        return render(request, "challenges/tasks.html", {"form": form}, status=422)
    actor, seat = seated(request)
    challenge = actions.begin(
        sentence=form.cleaned_data["sentence"],
        place=actions.Place(**place_for(actor)),
        by=actor,
        language=_language(),
    )
    return seat(redirect("challenges:frame", challenge.plans.get().pk))


def import_plan(request: Request) -> HttpResponse:
    """A private challenge from a file, or in plain words why the file is refused."""
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "challenges/import.html", {"form": form}, status=status)
    actor, seat = seated(request)
    file = form.cleaned_data["file"]
    try:
        challenge = actions.import_plan(
            content=file.read(), name=file.name, place=actions.Place(**place_for(actor)), by=actor
        )
    except VuonError as error:
        form.add_error("file", error.say(_language()))
        return seat(render(request, "challenges/import.html", {"form": form}, status=422))
    return seat(redirect("challenges:report", challenge.pk))


@require_safe
def challenge(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """A challenge as a page that reads well; whoever may, edits each answer from here."""
    found = queries.challenge_for(request.audience, challenge_id)
    form = request.GET.get("form", "opening")
    plan = queries.plan_of(found, form, request.GET.get("in", _language()))
    if plan is None:
        raise Http404
    context = pages.reading(found, plan, request.audience, request.actor, _language())
    if framing.has_frame(plan) and not found.main:
        context |= pages.working(request, found, plan, _language())
    return render(request, "challenges/challenge.html", context)


def frame(request: Request, plan_id: uuid.UUID) -> HttpResponse:
    """The frame in ten minutes: one page, kept as it is typed and as it is sent."""
    plan = _plan_for(request, plan_id)
    if not framing.has_frame(plan):
        raise Http404
    if request.method == "POST" and not framing.is_open(queries.document(plan)):
        actions.open_frame(plan=plan, by=person(request))
        return redirect("challenges:frame", plan.pk)
    page = framing.page(plan, request.actor, _language(), request.POST or None)
    if request.method != "POST":
        page["closed"] = not framing.is_open(queries.document(plan))
        return render(request, "challenges/frame.html", page)
    if not page["form"].is_valid():
        return render(request, "challenges/frame.html", page, status=422)
    if request.POST.get("only"):
        return _keep_only(request, plan, page["form"])
    clashes = framing.keep(plan, page["form"], person(request))
    if clashes:
        return redirect(pages.writing_address(plan, clashes[0]))
    messages.success(request, _("Kept."))
    return redirect(page["back"])


def _keep_only(request: Request, plan: Plan, form: framing.FrameForm) -> HttpResponse:
    """One ticked answer, sent as it is ticked."""
    name = request.POST["only"]
    if name not in framing.CHOICES or not form.cleaned_data.get(name):
        return JsonResponse({"message": _("Tick one of the answers.")}, status=422)
    framing.keep_choice(plan, form.answers[name].key, form.cleaned_data[name], person(request))
    answer: dict[str, object] = {"kept": True}
    if name in framing.RULES:
        plan.refresh_from_db()
        route = {"route": framing.route(plan, _language())}
        answer |= {"shows": "route", "html": render_to_string("challenges/frame_route.html", route)}
    return JsonResponse(answer)


@require_safe
def report(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """What the importer found in the file, what it repaired and what was lost before."""
    found = queries.challenge_for(request.audience, challenge_id)
    plan = queries.plan_of(found, request.GET.get("form", "opening"), _language())
    if plan is None:
        raise Http404
    context = pages.reporting(found, plan, _language())
    return render(request, "challenges/report.html", context)


@require_safe
def evidence(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """The material behind a task, for those who may read it."""
    found = queries.challenge_for(request.audience, challenge_id)
    if found.corpus_id is None:
        raise Http404
    return redirect("evidence:corpus", found.corpus_id)


@require_POST
def open_closing(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """Open the closing form of a challenge."""
    found = queries.editable_for(request.audience, challenge_id)
    actions.open_closing(challenge=found, language=_language(), by=person(request))
    return redirect(reverse("challenges:challenge", args=[found.pk]) + "?form=closing")


def delete(request: Request, challenge_id: uuid.UUID) -> HttpResponse:
    """Ask once, then delete a private challenge of one's own."""
    found = queries.editable_for(request.audience, challenge_id)
    if found.author_id != request.audience.actor_id or found.tier != "private":
        raise Http404
    if request.method == "POST":
        actions.forget(challenge=found, by=person(request))
        messages.success(request, _("Deleted, with all its versions."))
        return redirect("challenges:tasks")
    return render(request, "challenges/delete.html", {"challenge": found})


@require_GET
def export(request: Request, challenge_id: uuid.UUID, form: str, kind: str) -> HttpResponse:
    """The plan as Markdown in the Commons' form, as Word, or as PDF."""
    found = queries.challenge_for(request.audience, challenge_id)
    plan = queries.plan_of(found, form, request.GET.get("in", _language()))
    if plan is None or kind not in exports.KINDS:
        raise Http404
    content, media_type, name = exports.made(found, plan, kind, _language())
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def answer(request: Request, plan_id: uuid.UUID) -> HttpResponse:
    """Write one answer; if somebody kept another text meanwhile, both are shown."""
    plan = _plan_for(request, plan_id)
    page = pages.writing(plan, _key(request), request.actor, _language())
    if request.method != "POST":
        return render(request, "challenges/answer.html", page)
    form = pages.answer_form(plan, page["answer"], request.POST, _language())
    if not form.is_valid():
        return render(request, "challenges/answer.html", {**page, "form": form}, status=422)
    kept = actions.keep_answer(
        plan=plan, key=page["answer"].key, by=person(request), **pages.cleaned(form)
    )
    if kept.other:
        page = pages.writing(plan, _key(request), request.actor, _language())
        return render(request, "challenges/answer.html", page, status=409)
    messages.success(request, _("Kept."))
    return redirect(pages.reading_address(plan, page["answer"].key))


def _key(request: Request) -> str:
    return request.GET.get("key", "") or request.POST.get("key", "")


@require_POST
def draft(request: Request, plan_id: uuid.UUID) -> HttpResponse:
    """Keep what is being typed, or forget it; the answer says what is on the disk."""
    plan = _plan_for(request, plan_id)
    key, form = _key(request), forms.AnswerForm(request.POST)
    if request.POST.get("forget"):
        actions.drop_draft(plan=plan, key=key, by=person(request))
        return redirect(pages.reading_address(plan, key))
    if not form.is_valid():
        return JsonResponse({"message": form.errors.as_text()}, status=422)
    base = form.cleaned_data["base"]
    kept = actions.keep_draft(
        plan=plan, key=key, text=form.cleaned_data["text"], base=base, by=person(request)
    )
    standing = queries.heads(list(queries.history(plan, key)))
    newer = [version for version in standing if version.pk != base]
    if base and newer and len(newer) == len(standing):
        html = render_to_string("challenges/newer.html", {"versions": newer}, request)
        return JsonResponse({"kept": True, "conflict": True, "html": html}, status=409)
    return JsonResponse({"kept": True, "version": str(base or ""), "at": kept.at.isoformat()})


@require_safe
def history(request: Request, plan_id: uuid.UUID) -> HttpResponse:
    """Every version of one answer; any of them can be taken up again."""
    plan = _plan_for(request, plan_id)
    found = queries.answer(plan, _key(request))
    versions = queries.told(list(queries.history(plan, found.key)), request.actor)
    context = {
        "plan": plan,
        "challenge": plan.challenge,
        "answer": found,
        "label": pages.label(queries.document(plan), found, _language()),
        "versions": versions,
        "base": queries.heads(versions)[0].pk if versions else "",
        "count": ngettext("%(n)d version", "%(n)d versions", len(versions)) % {"n": len(versions)},
    }
    return render(request, "challenges/history.html", context)


def tags(request: Request, plan_id: uuid.UUID) -> HttpResponse:
    """Tick the methods, data sources, goals or themes of a plan."""
    plan = _plan_for(request, plan_id)
    key = _key(request)
    if key not in pages.TAGS:
        raise Http404
    page = pages.tagging(plan, key, request.POST or None, _language())
    if request.method == "POST" and page["form"].is_valid():
        chosen = [classify.canonical(key, value) for value in page["form"].chosen()]
        actions.keep_tags(plan=plan, key=key, values=chosen, by=person(request))
        messages.success(request, _("Kept."))
        return redirect(pages.reading_address(plan, f"tag-{key}"))
    return render(request, "challenges/tags.html", page)


@require_POST
def more(request: Request, plan_id: uuid.UUID) -> HttpResponse:
    """One more answer of a repeatable prompt, opened for writing."""
    plan = _plan_for(request, plan_id)
    try:
        key = actions.add_group(
            plan=plan, prompt_id=request.POST.get("prompt", ""), by=person(request)
        )
    except ValueError:
        raise Http404 from None
    return redirect(pages.writing_address(plan, key))
