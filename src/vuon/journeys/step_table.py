"""The steps of a journey as a table, for a spreadsheet."""

from __future__ import annotations

from vuon.documents import rows
from vuon.journeys.dists import centre
from vuon.journeys.model import Journey, Step

COLUMNS = (
    "key", "title", "office", "kind", "channel", "resource", "minutes", "rests_on", "seen",
    "patience_minutes", "gives_up", "fee", "documents", "goes_to", "goes_back_to",
)  # fmt: skip


def steps_csv(journey: Journey, language: str = "vi") -> str:
    """One line for each step as CSV; figures of single groups are left to the journey's file.

    Args:
        language: of titles and offices, "vi" or "en".

    >>> from vuon.journeys.file import read
    >>> way = read('format = 1\\n[[step]]\\nkey = "desk"\\ntitle = "Quầy"\\nfee = 8000')
    >>> steps_csv(way).splitlines()[1]
    'desk,Quầy,,do,,,,,,,,8000,,,'
    """
    return rows.write([COLUMNS, *(_cells(journey, step, language) for step in journey.steps)])


def _cells(journey: Journey, step: Step, language: str) -> tuple[object, ...]:
    service, patience, gives_up = step.service, step.patience, step.gives_up
    return (
        step.key,
        step.title.say(language),
        step.office.say(language),
        step.kind,
        step.channel,
        step.resource,
        f"{centre(service):g}" if service else "",
        service.light if service else "",
        service.n or "" if service else "",
        f"{centre(patience):g}" if patience else "",
        f"{gives_up.value:g}" if gives_up else "",
        f"{step.fee:g}" if step.fee else "",
        " ".join(step.documents),
        " ".join(edge.target for edge in journey.way if edge.source == step.key),
        " ".join(edge.target for edge in journey.returns if edge.source == step.key),
    )
