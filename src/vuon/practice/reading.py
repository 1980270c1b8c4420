"""Reads what people see of a practice place from its folder."""

from __future__ import annotations

from pathlib import Path

from vuon.errors import N_, VuonError, Where, Words
from vuon.ideas import file as idea_file
from vuon.ideas.model import ROUTES, missing
from vuon.journeys import file as journey_file
from vuon.practice.place import (
    Cause,
    Choice,
    Group,
    Letter,
    Limits,
    Move,
    Offer,
    Opening,
    Place,
    Purse,
    Scene,
    Titled,
    Voice,
)
from vuon.toml.table import Table

FILE = "place.toml"
FORMAT = 2
JOURNEY = "journey.toml"
IDEAS = "ideas"
#: The scenes of an arrival, one page each.
SCENES = ("morning", "voices", "letter")


def read(folder: Path) -> Place:
    """The place that `folder` holds, as people see it; its name is the place's key.

    Args:
        folder: a folder with `place.toml`, as `places/song-an`.

    Raises:
        VuonError: `toml.…` if the file cannot be read; `place.format`, `table.missing`,
            `table.kind`, `table.range`, `table.name`, `table.translation`, `table.unknown`,
            `table.twice`, `place.whole` or `place.causes` with the file and the line.
    """
    if not (folder / FILE).is_file():
        raise VuonError(
            "place.no_place",
            Words(N_("There is no {file} in this folder."), {"file": FILE}),
            Words(N_("Name the folder of a place, or make one with: vuon place new FOLDER")),
            where=Where(folder.name),
        )
    table = Table.read(folder / FILE, f"{folder.name}/{FILE}")
    if table.whole("format") != FORMAT:
        raise table.wrong(
            "place.format",
            Words(N_("This place is written in a format that is not known here.")),
            Words(N_("Install a newer Vuon, or write format = {known}."), {"known": FORMAT}),
            "format",
        )
    causes = tuple(
        Cause(item.name("key"), item.share("prior"), item.text("title"), item.text("text"))
        for item in table.items("cause")
    )
    journey = journey_file.read(folder / JOURNEY, f"{folder.name}/{JOURNEY}")
    place = Place(
        key=folder.name,
        title=table.text("title"),
        brief=table.text("brief"),
        beans=table.whole("beans", least=1),
        opening=_opening(table.inner("opening")),
        purse=Purse(
            *table.inner("purse").wholes(
                "working_days", "million_dong", "goodwill_staff", "goodwill_sponsor"
            )
        ),
        scenes=tuple(
            Scene(item.name("key"), item.text("title"), item.text("text"))
            for item in table.items("scene")
        ),
        voices=tuple(
            Voice(item.name("key"), item.text("who"), item.text("says"))
            for item in table.items("voice")
        ),
        letter=_letter(table.inner("letter"), [cause.key for cause in causes]),
        causes=causes,
        groups=tuple(
            Group(item.name("key"), item.share("share"), item.text("title"))
            for item in table.items("group")
        ),
        journey=journey,
        moves=tuple(_move(item) for item in table.items("move")),
        ideas=tuple(_offer(folder, item, journey.keys) for item in table.items("idea")),
        limits=_limits(table.inner("limits")),
        sites=_titled(table, "site"),
        incidents=_titled(table, "incident"),
        shocks=_titled(table, "shock"),
        questions=tuple(item.text("text") for item in table.items("question")),
        order=table.whole("order", default=100),
        drawing=table.name("drawing", "ward"),
    )
    table.finish()
    _agree(place, table)
    return place


def _opening(table: Table) -> Opening:
    words = table.inner("words", optional=True)
    finished, returned, gave_up = table.wholes("finished", "returned", "gave_up")
    return Opening(
        finished,
        returned,
        gave_up,
        returned_words=words.text("returned", optional=True),
        gave_up_words=words.text("gave_up", optional=True),
    )


def _letter(table: Table, causes: list[str]) -> Letter:
    return Letter(table.text("from"), table.text("text"), table.among("favours", causes))


def _move(table: Table) -> Move:
    return Move(
        key=table.name("key"),
        title=table.text("title"),
        text=table.text("text"),
        icon=table.name("icon"),
        scene=table.name("scene"),
        days=table.whole("days"),
        money=table.number("money", 0, default=0),
        staff=table.number("staff", -10, 10, default=0),
        sponsor=table.number("sponsor", -10, 10, default=0),
        taster=table.flag("taster"),
        first=table.flag("first"),
        listens=table.flag("listens"),
        supersedes=table.name("supersedes", ""),
        choices=tuple(
            Choice(
                item.name("key"),
                item.text("title"),
                item.number("staff", -10, 10, default=0),
                item.flag("feared"),
            )
            for item in table.items("choice", optional=True)
        ),
    )


def _offer(folder: Path, table: Table, steps: tuple[str, ...]) -> Offer:
    key = table.name("key")
    name = f"{IDEAS}/{key}.toml"
    idea = idea_file.read(folder / name, f"{folder.name}/{name}")
    offered = Offer(
        idea=idea,
        icon=table.name("icon"),
        staff=table.number("staff", -10, 10, default=0),
        sponsor=table.number("sponsor", -10, 10, default=0),
        taster=table.flag("taster"),
        favoured=table.flag("favoured"),
        needs_leader=table.flag("needs_leader"),
    )
    if idea.key != key or idea.route not in ROUTES:
        raise table.none_of("key", idea.key if idea.key != key else idea.route, [key, *ROUTES])
    for unknown in missing(idea, steps):
        raise table.none_of("key", unknown, steps)
    return offered


def _limits(table: Table) -> Limits:
    return Limits(
        table.whole("ideas", 1),
        table.number("hours", 0),
        table.whole("pilot_days", 1),
        table.whole("second_idea_days"),
        table.number("goodwill_least", 0, 10),
    )


def _titled(table: Table, key: str) -> tuple[Titled, ...]:
    return tuple(
        Titled(item.name("key"), item.text("title"), item.text("text", optional=True))
        for item in table.items(key, optional=True)
    )


def _agree(place: Place, table: Table) -> None:
    """What no single key can say: numbers that must add up, names that must be known."""
    opening = place.opening
    whole = opening.finished + opening.returned + opening.gave_up
    if whole != 100:
        raise table.wrong(
            "place.whole",
            Words(
                N_("finished, returned and gave_up add to {whole}, not to 100."), {"whole": whole}
            ),
            Words(N_("Say for 100 people how many finish, come back and give up.")),
            "opening",
        )
    if len(place.causes) < 2:
        raise table.wrong(
            "place.causes",
            Words(N_("A place needs at least two candidate causes.")),
            Words(N_("Add another [[cause]].")),
            "cause",
        )
    for key, shares in (
        ("cause", [cause.prior for cause in place.causes]),
        ("group", [group.share for group in place.groups]),
    ):
        if abs(sum(shares) - 1) > 1e-9:
            raise table.wrong(
                "place.whole",
                Words(
                    N_("The shares of {key} add to {sum}, not to 1."),
                    {"key": key, "sum": round(sum(shares), 6)},
                ),
                Words(N_("Correct the shares.")),
                key,
            )
    for key in SCENES:
        if key not in {scene.key for scene in place.scenes}:
            raise table.wrong(
                "place.scenes",
                Words(N_("The scene {key} is missing."), {"key": key}),
                Words(N_("Write a [[scene]] for each of: {keys}."), {"keys": ", ".join(SCENES)}),
                "scene",
            )
    if sum(idea.favoured for idea in place.ideas) != 1:
        raise table.wrong(
            "place.favoured",
            Words(N_("Exactly one idea must be the one that is already on the table.")),
            Words(N_("Write favoured = true for one [[idea]].")),
            "idea",
        )
