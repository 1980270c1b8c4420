"""Writes: labs and programmes, agencies, sessions, joining and leaving, offering."""

from __future__ import annotations

from vuon_web.labs.actions.agencies import (
    ROLES,
    AgencyDraft,
    AgencyInUse,
    add_agency,
    confirm_split,
    edit_agency,
    order_agencies,
    rejoin_agencies,
    set_agencies,
    split_agency,
)
from vuon_web.labs.actions.links import invite_staff
from vuon_web.labs.actions.offers import agree, lapse_offers, offer, take_back
from vuon_web.labs.actions.opening import (
    make_team,
    open_cohort,
    open_lab,
    open_next_cohort,
    open_programme,
    rename_lab,
    schedule_programme,
)
from vuon_web.labs.actions.sessions import (
    SessionClosed,
    close_session,
    join,
    leave,
    open_session,
)

__all__ = [
    "ROLES",
    "AgencyDraft",
    "AgencyInUse",
    "SessionClosed",
    "add_agency",
    "agree",
    "close_session",
    "confirm_split",
    "edit_agency",
    "invite_staff",
    "join",
    "lapse_offers",
    "leave",
    "make_team",
    "offer",
    "open_cohort",
    "open_lab",
    "open_next_cohort",
    "open_programme",
    "open_session",
    "order_agencies",
    "rejoin_agencies",
    "rename_lab",
    "schedule_programme",
    "set_agencies",
    "split_agency",
    "take_back",
]
