"""What a person may not or cannot do, in words: what, why, what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """An action was refused; `message` is shown to the person as it is.

    Args:
        message: what is refused, why, and what to do.
        status: the status of the answer.
    """

    def __init__(self, message: str | Promise, status: int = 409) -> None:
        super().__init__(type(self).__name__)
        self.message = message
        self.status = status


class TooManyGuesses(Refusal):
    """The cap on wrong codes is reached."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Too many wrong codes in a short time, so this computer waits a moment. "
                "Nothing is lost: try again in a minute."
            ),
            status=429,
        )


class WrongCode(Refusal):
    """No such code."""

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(
            message or _("This code is not known. Compare it with the paper, letter by letter."),
            status=422,
        )


class NotYours(Refusal):
    """Somebody tried to move what belongs to somebody else."""

    def __init__(self) -> None:
        super().__init__(
            _("Only the person or team who made this can decide who sees it."), status=403
        )
