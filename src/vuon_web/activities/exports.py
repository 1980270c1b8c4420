"""The lab's page as a file: plan, partners, programme with reasons, what nothing serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuon.documents import Bullets, Heading, Note, Paragraph, Part, Report, Table, pdf, word
from vuon_web.activities import pages
from vuon_web.challenges import exports as plans
from vuon_web.challenges import queries as challenges
from vuon_web.labs.people import partner
from vuon_web.labs.queries import agencies, programme_of, watermark

if TYPE_CHECKING:
    from vuon_web.accounts.visibility import Audience
    from vuon_web.labs.models import Lab

TOLD_ELSEWHERE = ("name", "partner_name", "partner_sector", "partner_description", "partner_new")
WRITERS = {"docx": word, "pdf": pdf}


def lab(lab: Lab, kind: str, audience: Audience, language: str) -> tuple[bytes, str, str] | None:
    """The file, its media type and its name; None for a kind there is not."""
    if kind not in WRITERS:
        return None
    parts: list[Part] = []
    main = challenges.main_challenge(lab.pk, audience)
    plan = challenges.plan_of(main, "opening", language) if main else None
    if plan:
        parts += plans.parts(plan, challenges.document(plan), language, TOLD_ELSEWHERE)
    closing = challenges.plan_of(main, "closing", language) if main else None
    if closing:
        parts.append(Heading(_("What we know so far"), 1))
        parts += plans.parts(closing, challenges.document(closing), language)
    parts += _partners(lab)
    if main:
        parts += _programme(lab, audience, language)
    report = Report(
        title=lab.called,
        language=language,
        parts=tuple(parts),
        watermark=watermark(lab.kind),
        footer=plans.footer(),
    )
    return WRITERS[kind](report), plans.KINDS[kind], f"{lab.slug}-{language}.{kind}"


def _partners(lab: Lab) -> list[Part]:
    rows = [partner(agency) for agency in agencies(lab)]
    if not rows:
        return []
    head = (_("Partner"), _("Today"), _("Roles"))
    body = tuple((row.name, row.today or row.note, ", ".join(row.roles)) for row in rows)
    return [Heading(_("Partners"), 1), Table(head, body)]


def _programme(lab: Lab, audience: Audience, language: str) -> list[Part]:
    found = programme_of(lab)
    if found is None:
        return []
    page = pages.programme(found, audience)
    parts: list[Part] = [Heading(_("The programme, and why"), 1)]
    for number, activity in enumerate(page["standing"], 1):
        minutes = activity["minutes"]
        parts.append(Heading(f"{number}. {activity['title']}", 2))
        told = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
        parts.append(Paragraph(f"{activity['purpose']} ({told})"))
        reasons = [f"{reason['name']}: {reason['text']}" for reason in activity["reasons"]]
        if activity["own_reason"]:
            reasons.insert(0, activity["own_reason"])
        parts.append(Bullets(tuple(reasons)))
    parts.append(Heading(_("What nothing in this programme serves"), 2))
    gaps = tuple(f"{gap['text']} ({gap['name']}): {gap['why']}" for gap in page["unserved"])
    parts.append(Bullets(gaps) if gaps else Note(_("Nothing.")))
    return parts
