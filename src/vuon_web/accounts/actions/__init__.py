"""Writes: accounts, seats, resume codes, one-time links, disclosures."""

from __future__ import annotations

from vuon_web.accounts.actions.disclosures import (
    add_agreement,
    finish_disclosure,
    start_disclosure,
)
from vuon_web.accounts.actions.seats import (
    end_other_seats,
    end_seat,
    enter_room,
    leave_room,
    renew_resume_code,
    resume,
    revoke_resume_code,
    take_seat,
    with_a_free_pseudonym,
)
from vuon_web.accounts.actions.staff import invite, open_account, set_sign_in, use_invitation

__all__ = [
    "add_agreement",
    "end_other_seats",
    "end_seat",
    "enter_room",
    "finish_disclosure",
    "invite",
    "leave_room",
    "open_account",
    "renew_resume_code",
    "resume",
    "revoke_resume_code",
    "set_sign_in",
    "start_disclosure",
    "take_seat",
    "use_invitation",
    "with_a_free_pseudonym",
]
