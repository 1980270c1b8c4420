"""The pages of a map besides its steps: who comes, desks and hours, papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.forms import formset_factory
from django.http import Http404, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuon.journeys.model import Journey, Resource
from vuon_web.journeys import desks, documents, who
from vuon_web.journeys.actions import Edit

#: Empty rows behind those that are there.
EMPTY = 1


@dataclass(frozen=True)
class Part:
    """One page: its forms and the edit they make.

    Args:
        key: its place in the address.
        module: has `Head`, `Row`, `Rows`, `initial`, `edit`, `thing`.
        another: what the empty row is headed with.
    """

    key: str
    module: ModuleType
    title: Any
    lead: Any
    another: Any

    @property
    def thing(self) -> Callable[[Journey], Any]:
        """The part of the map that the page changes."""
        found: Callable[[Journey], Any] = self.module.thing
        return found


PARTS = (
    Part(
        "who",
        who,
        _("Who comes?"),
        _("How many come, when, and who they are. A group is people for whom the way is alike."),
        _("One more group"),
    ),
    Part(
        "desks",
        desks,
        _("Desks and hours"),
        _("When doors are open, and how many desks work then. Each pool of desks has one queue."),
        _("More desks"),
    ),
    Part(
        "papers",
        documents,
        _("Papers that are asked for"),
        _("Who comes without a paper goes back for it. A paper that an office has already need not "
          "be asked for."),
        _("One more paper"),
    ),
)  # fmt: skip


def lines(found: Journey, language: str) -> list[dict[str, Any]]:
    """The parts as a list to choose from, each with what it says now."""
    arrivals = found.arrivals
    who = [each.name.say(language) for each in found.groups]
    if arrivals:
        many = f"{round(arrivals.per_day.value):g}"
        who.insert(0, gettext("%(many)s people on an ordinary day") % {"many": many})
    desks = [f"{each.name.say(language)} {_desks(each)}".strip() for each in found.resources]
    papers = [each.name.say(language) for each in found.documents]
    said = {"who": who, "desks": desks, "papers": papers}
    return [
        {
            "key": each.key,
            "title": each.title,
            "line": " · ".join(said[each.key]) or _("nobody has said it yet, so it is assumed"),
        }
        for each in PARTS
    ]


def _desks(resource: Resource) -> str:
    if not resource.shifts:
        return f"× {resource.desks}"
    few, most = (f(shift.desks for shift in resource.shifts) for f in (min, max))
    return f"× {few}" if few == most else f"× {few}–{most}"


def part(key: str) -> Part:
    """The part of an address, or Http404."""
    found = next((each for each in PARTS if each.key == key), None)
    if found is None:
        raise Http404
    return found


def forms(asked: Part, found: Journey, language: str, sent: QueryDict | None) -> dict[str, Any]:
    """The head and the rows of a page, as they stand or as they were sent."""
    module = asked.module
    head, rows = module.initial(found, language)
    more = {"steps": module.choices(found, language)} if module is documents else {}
    made = formset_factory(module.Row, formset=module.Rows, extra=EMPTY, max_num=60)
    return {
        "form": module.Head(sent, initial=head, **more),
        "rows": made(sent, initial=rows, prefix="rows", form_kwargs=more),
    }


def edit(asked: Part, shown: dict[str, Any], language: str) -> Edit | None:
    """The edit of what was sent; None where something is wrong with it."""
    head, rows = shown["form"], shown["rows"]
    if not head.is_valid() or not rows.is_valid():
        return None
    said = [form.cleaned_data for form in rows.forms if form.cleaned_data]
    made: Edit = asked.module.edit(head.cleaned_data, said, language)
    return made
