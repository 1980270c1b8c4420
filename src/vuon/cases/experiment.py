"""A sealed trial as an experiment of the Commons: its design, and its results once it was read.

The design comes from the sealed plan, what happened from the record, results from a reading of the
rows. What nobody said stays empty, and is listed. People are not named: the form's question who
prepared it stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from vuon.cases import experiment_design, experiment_results
from vuon.cases.experiment_lines import said, written
from vuon.cases.experiment_results import Ends, Read, ends_of
from vuon.challenges import markdown, plan
from vuon.challenges.document import Document
from vuon.challenges.edit import set_answer, set_tags
from vuon.challenges.forms import Prompt, prompts_of
from vuon.challenges.values import as_tag
from vuon.errors import N_, VuonError, Words
from vuon.toml.table import Text
from vuon.trials.analyse import Analysis
from vuon.trials.figures import Written
from vuon.trials.observe import Observed
from vuon.trials.record import DRAWN, Record

__all__ = ["Ends", "Experiment", "Missing", "ends_of", "experiment"]

FORM = "experiment"
#: The question who prepared it: a name, which no export gives away.
WITHHELD = "prepared_by"


@dataclass(frozen=True)
class Missing:
    """A question of the form that nobody answered, and what it is called in both languages."""

    prompt_id: str
    label: Words


@dataclass(frozen=True)
class Experiment:
    """A trial in the form of the Commons, and the questions that stay open."""

    document: Document
    missing: tuple[Missing, ...]

    @property
    def text(self) -> str:
        """The document as Markdown."""
        return markdown.write(self.document)


def experiment(
    record: Record,
    reading: Read | None = None,
    ends: Ends | None = None,
    language: str = "vi",
) -> Experiment:
    """The experiment that a record tells.

    Args:
        record: of a sealed plan.
        reading: the last reading of its rows; without one there are no results, unless it was
            stopped early.
        ends: how it ended; what the record says if it is left out.
        language: of the answers; "vi" or "en". What people wrote in both stands in both.

    Raises:
        VuonError: `trial.export_look` for a look before the end, which is no result unless the
            trial was stopped then.

    >>> from vuon.trials.protocol import Need, Protocol
    >>> from vuon.trials.record import begin
    >>> need = Need(Text("Có xong ngay không?", "Do more finish at once?"))
    >>> made = experiment(begin(Protocol("x", need=need), "2026-11-30T09:00:00+07:00"))
    >>> print(made.document.answers("related_question")[0].text)
    Có xong ngay không?
    <BLANKLINE>
    Do more finish at once?
    >>> made.document.tag_values("experiment_status")
    ('Design Stage',)
    """
    stopped = bool(record.events("stopped_early"))
    if isinstance(reading, Analysis) and reading.look is not None and not stopped:
        raise VuonError(
            "trial.export_look",
            Words(N_("This is a look before the end, and no result yet.")),
            Words(N_("Export the design alone, or wait for the last reading.")),
        )
    ended = ends or ends_of(record)
    sealed, day = record.protocol, record.sealed_on
    title = sealed.title or Text(sealed.key)
    document = plan.new(FORM, title.say(language), language, year=day.year)
    texts = experiment_design.answers(record) | experiment_results.answers(record, reading, ended)
    told = {key: said(lines, language) for key, lines in texts.items() if lines}
    told |= {"experiment_name": said(written(title), language), "date": f"{day:%d/%m/%Y}"}
    for prompt_id, text in told.items():
        document = set_answer(document, f"{prompt_id}#1", text)
    for prompt_id, choice in _choices(record, reading, ended).items():
        document = _chosen(document, prompt_id, choice)
    return Experiment(document, _missing(document))


def _choices(record: Record, reading: Read | None, ends: Ends) -> dict[str, str]:
    found = experiment_design.choices(record.protocol)
    found["status"] = _status(record, reading, ends)
    if isinstance(reading, Observed):
        # What was read tells what there was to compare with; the plan of a trial without a lot
        # does not.
        alone = reading.how == "describe"
        found["control_group"] = experiment_design.BEFORE if alone else experiment_design.DIFFERENT
    return found


def _status(record: Record, reading: Read | None, ends: Ends) -> str:
    over = ("stopped_early", "completed", "analysed", "exit_decided", "closed")
    if reading is not None or ends.stopped or any(record.events(kind) for kind in over):
        return "Completed"
    begun = (DRAWN, "recruiting", "running", "paused")
    return "Implementation Stage" if any(map(record.events, begun)) else "Design Stage"


def _chosen(document: Document, prompt_id: str, choice: str) -> Document:
    """The document with one answer chosen, in its place and as a tag."""
    tag = prompts_of(FORM)[prompt_id].tag
    return set_tags(set_answer(document, f"{prompt_id}#1", choices=[choice]), tag, [as_tag(choice)])


def _missing(document: Document) -> tuple[Missing, ...]:
    known = prompts_of(FORM)
    return tuple(
        Missing(answer.prompt_id, _label(known[answer.prompt_id]))
        for answer in document.every_answer
        if answer.prompt_id in known
        and not answer.is_given
        and not known[answer.prompt_id].optional
        and answer.prompt_id != WITHHELD
    )


def _label(prompt: Prompt) -> Words:
    return Written.of(Text(prompt.label_vi, prompt.label_en))
