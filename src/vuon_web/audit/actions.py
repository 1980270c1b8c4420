"""The one write: a line in the record."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from vuon_web.audit.models import Event

KEY = re.compile(r"[a-z0-9_.:#-]{0,80}")


class SomebodyActing(Protocol):
    """Whoever acts: anything with the identifier of an actor."""

    @property
    def pk(self) -> Any: ...


def record(
    *,
    by: SomebodyActing | None,
    verb: str,
    kind: str,
    object_id: UUID | int | str,
    **detail: Any,
) -> Event:
    """Write down that `by` did `verb` to an object; call it beside the change, in its transaction.

    `by` is None where the program itself acts. `detail` takes numbers, dates, identifiers and
    keys, and lists of them: nothing that a person could have written.

    Raises:
        ValueError: something in it is text that is not a key.
    """
    return Event.objects.create(
        actor_id=by.pk if by is not None else None,
        verb=_plain(verb),
        kind=_plain(kind),
        object_id=str(_plain(object_id)),
        detail={_plain(name): _plain(value) for name, value in detail.items()},
    )


def _plain(value: Any) -> Any:
    """`value` as JSON can hold it, if it cannot be anybody's words."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, list | tuple | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, str) and (KEY.fullmatch(value) or _is_uuid(value)):
        return str(value)
    # The value itself is left out: an error message ends up in a log.
    raise ValueError(f"the record takes keys, numbers and identifiers, not {type(value).__name__}")


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False
