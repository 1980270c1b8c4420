"""Trials within their task: on the task's page, and reached by withdrawals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vuon_web.accounts.requests import Request
from vuon_web.accounts.who_sees import keeps_apart
from vuon_web.challenges import behind, workplaces
from vuon_web.challenges.workplaces import Workplace
from vuon_web.evidence import ends
from vuon_web.evidence.ends import Copy
from vuon_web.labs import versions
from vuon_web.trials import queries
from vuon_web.trials.models import PlanVersion, Report

if TYPE_CHECKING:
    from vuon_web.challenges.models import Challenge


def register() -> None:
    """Say what this app brings to the page of a task and to withdrawals."""
    workplaces.register("trials", 70, workplace)
    ends.register_copies("trials", copies)
    keeps_apart(
        gettext_lazy("A complaint about a trial"),
        gettext_lazy("those who may write in its task, and whoever has its receipt"),
    )
    keeps_apart(
        gettext_lazy("The answers of a trial"),
        gettext_lazy("those who may write in its task; results only at looks, each written down"),
    )


def workplace(request: Request, challenge: Challenge) -> Workplace:
    """The trials of a task, also before the first one."""
    count = queries.trials_of(challenge).count()
    line = ngettext("%(n)d trial", "%(n)d trials", count) % {"n": count}
    url = reverse("trials:trials", args=[challenge.pk])
    return Workplace(7, _("Trials"), line if count else _("No trial yet"), url, {"trials": count})


def copies(corpus_id: UUID) -> Iterator[Copy]:
    """Every version of every plan that is not sealed, and what was reported."""
    challenge = behind.challenge_of(corpus_id)
    for version in PlanVersion.objects.filter(owner__challenge=challenge):
        for text, write in versions.sentences(version):
            yield Copy(text, write, "trial")
    for report in Report.objects.filter(trial__challenge=challenge):
        yield Copy(report.text, _writer(report, "text"), "report")
        if report.answer:
            yield Copy(report.answer, _writer(report, "answer"), "report")


def _writer(report: Report, name: str) -> Callable[[str], None]:
    def write(text: str) -> None:
        setattr(report, name, text)
        report.save()

    return write
