"""Under which rules a trial runs: profiles as dated data, each row with its source, to be verified.

A limit that a profile does not name is *not known*, never unlimited. Nothing here is legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from vuon.errors import N_, Words
from vuon.toml.table import Table, Text

FORMAT = 1
PILOT, LICENSED = "policy_pilot", "licensed_sandbox"
CALENDARS = ("days", "working_days")
#: What a profile may limit, and in which words.
LIMITS = {
    "receipt_days": N_("days to say that the file is complete"),
    "appraisal_days": N_("days to appraise it"),
    "start_days": N_("days to start after permission"),
    "max_months": N_("months it may last"),
    "extensions": N_("how often it may be extended"),
    "extension_months": N_("months of one extension"),
    "people": N_("people it may reach"),
    "million_dong": N_("million đồng it may involve"),
}


@dataclass(frozen=True)
class Rule:
    """A rule of law, where it was read and when, and who checked it; mostly nobody yet."""

    number: str
    says: Text
    in_force: date | None
    source: str
    read_on: date | None
    checked_by: str

    @property
    def verified(self) -> bool:
        """Whether a lawyer held it against the official text."""
        return bool(self.checked_by)


@dataclass(frozen=True)
class Limit:
    """A limit of a profile: None where it is not known."""

    key: str
    value: float | None
    rule: str = ""
    verified: bool = False

    @property
    def words(self) -> Words:
        """The limit as it stands on a screen."""
        what = Words(LIMITS[self.key])
        if self.value is None:
            return Words(N_("{what}: not known"), {"what": what})
        named = {"what": what, "value": f"{self.value:g}", "rule": self.rule}
        if self.verified:
            return Words(N_("{what}: {value} ({rule})"), named)
        return Words(N_("{what}: {value} ({rule}, to verify)"), named)


@dataclass(frozen=True)
class Profile:
    """The rules of one place or sector.

    Args:
        id: as the plan names it.
        regime: a pilot of a policy, or a sandbox under licence.
        calendar: how its days are counted; empty where that is not known.
    """

    id: str
    regime: str
    title: Text
    jurisdiction: Text
    calendar: str
    rules: tuple[Rule, ...]
    limits: tuple[Limit, ...]
    documents: tuple[Text, ...]
    terms: tuple[tuple[str, str], ...]

    def limit(self, key: str) -> Limit:
        """A limit; without a value where the profile does not name it.

        >>> profile("policy_pilot").limit("max_months").value is None
        True
        """
        return next((each for each in self.limits if each.key == key), Limit(key, None))

    @property
    def every_limit(self) -> tuple[Limit, ...]:
        """All that can be limited, known or not, in one order."""
        return tuple(self.limit(key) for key in LIMITS)


def names() -> tuple[str, ...]:
    """The profiles that are shipped; the first one is what a plan has unless it says otherwise.

    >>> names()[0]
    'policy_pilot'
    """
    folder = files("vuon.trials") / "regimes"
    found = sorted(each.name.removesuffix(".toml") for each in folder.iterdir()
                   if each.name.endswith(".toml"))  # fmt: skip
    return tuple(sorted(found, key=lambda name: name != PILOT))


@lru_cache
def profile(name: str) -> Profile:
    """A shipped profile.

    Raises:
        VuonError: `table.name` for one that is not shipped.

    >>> profile("finance").limit("extensions").value
    2.0
    """
    if name not in names():
        raise Table({"profile": name}, "trial.toml", {}).none_of("profile", name, names())
    text = (files("vuon.trials") / "regimes" / f"{name}.toml").read_text("utf-8")
    return read(text, f"{name}.toml")


def read(source: Path | str, name: str) -> Profile:
    """A profile from its file or text.

    Raises:
        VuonError: `toml.…`, `table.…` with file and line: a limit without its rule, too.
    """
    table = Table.read(source, name)
    table.whole("format", FORMAT)
    rules = tuple(_rule(each) for each in table.items("rule"))
    known = {rule.number: rule.verified for rule in rules}
    limits = []
    for each in table.items("limit", optional=True):
        key, number = each.among("key", list(LIMITS)), each.words("rule")
        if number not in known:
            raise each.none_of("rule", number, known)
        limits.append(Limit(key, each.number("value", 0), number, known[number]))
    terms = table.inner("terms", optional=True)
    found = Profile(
        id=table.name("id"),
        regime=table.among("regime", (PILOT, LICENSED)),
        title=table.text("title"),
        jurisdiction=table.text("jurisdiction"),
        calendar=table.among("calendar", CALENDARS) if "calendar" in table else "",
        rules=rules,
        limits=tuple(limits),
        documents=tuple(each.text("name") for each in table.items("document", optional=True)),
        terms=tuple((key, terms.words(key)) for key in terms.values),
    )
    table.finish()
    return found


def _rule(table: Table) -> Rule:
    return Rule(
        number=table.words("number"),
        says=table.text("says"),
        in_force=table.day("in_force"),
        source=table.words("source"),
        read_on=table.day("read_on"),
        checked_by=table.words("checked_by") if table.values.get("checked_by") else _nobody(table),
    )


def _nobody(table: Table) -> str:
    table.finished("checked_by")
    return ""
