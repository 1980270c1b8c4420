"""Rows of citizens and tokens: taken, given back, counted.

A token is what events and queues point to. A citizen has one; a fork makes more, a join waits for
them. Leaving a queue, or being given back, raises a token's stamp, which makes its events stale.
"""

from vuon.journeys.kernel_draws import key_of
from vuon.journeys.kernel_tables import (
    CITIZENS,
    H_CITIZEN_FREE,
    H_CITIZEN_USED,
    H_FAULT,
    H_INSIDE,
    H_STEPS,
    H_TOKEN_FREE,
    H_TOKEN_USED,
    T_ACTIVE,
    T_FREE,
    TOKENS,
    VISIT_WORDS,
    citizen_attempts,
    citizen_entered,
    citizen_group,
    citizen_key,
    citizen_money,
    citizen_number,
    citizen_row,
    citizen_service,
    citizen_state_cost,
    citizen_taken,
    citizen_token,
    citizen_travel,
    citizen_trips,
    citizen_wait,
    citizen_work,
    group_travel_minutes,
    group_travel_money,
    header,
    token_branches,
    token_citizen,
    token_inside,
    token_joined,
    token_next,
    token_parent,
    token_patience,
    token_sister,
    token_stamp,
    token_state,
    token_step,
    visits,
)

FULL_CITIZENS = -1


def forget_tokens() -> None:
    """Give all rows back."""
    header[H_TOKEN_FREE] = -1
    header[H_TOKEN_USED] = 0
    header[H_CITIZEN_FREE] = -1
    header[H_CITIZEN_USED] = 0
    header[H_INSIDE] = 0


def new_token(citizen: int, parent: int) -> int:
    """A token of a citizen, first in the citizen's list; -1 if there is no room."""
    token = header[H_TOKEN_FREE]
    if token >= 0:
        header[H_TOKEN_FREE] = token_next[token]
    else:
        token = header[H_TOKEN_USED]
        if token >= TOKENS:
            header[H_FAULT] = FULL_CITIZENS
            return -1
        header[H_TOKEN_USED] = token + 1
        token_stamp[token] = 0
    token_state[token] = T_ACTIVE
    token_citizen[token] = citizen
    token_parent[token] = parent
    token_branches[token] = 0
    token_joined[token] = 0
    token_step[token] = 0
    token_inside[token] = 0
    token_patience[token] = -1.0
    token_sister[token] = citizen_token[citizen]
    citizen_token[citizen] = token
    return token


def free_token(token: int) -> None:
    """Give the row of a token back; it must be in no list any more."""
    token_state[token] = T_FREE
    token_stamp[token] += 1
    token_citizen[token] = -1
    token_next[token] = header[H_TOKEN_FREE]
    header[H_TOKEN_FREE] = token


def forget_sister(token: int) -> None:
    """Take a token out of its citizen's list."""
    citizen = token_citizen[token]
    at = citizen_token[citizen]
    if at == token:
        citizen_token[citizen] = token_sister[token]
        return
    while token_sister[at] != token:
        at = token_sister[at]
    token_sister[at] = token_sister[token]


def new_citizen(group: int, number: int, row: int, now: float) -> int:
    """A citizen without tokens; -1 if there is no room."""
    citizen = header[H_CITIZEN_FREE]
    if citizen >= 0:
        header[H_CITIZEN_FREE] = citizen_token[citizen]
    else:
        citizen = header[H_CITIZEN_USED]
        if citizen >= CITIZENS:
            header[H_FAULT] = FULL_CITIZENS
            return -1
        header[H_CITIZEN_USED] = citizen + 1
    header[H_INSIDE] += 1
    citizen_group[citizen] = group
    citizen_number[citizen] = number
    citizen_key[citizen] = key_of(group, number)
    citizen_row[citizen] = row
    citizen_token[citizen] = -1
    citizen_entered[citizen] = now
    citizen_wait[citizen] = 0.0
    citizen_work[citizen] = 0.0
    citizen_service[citizen] = 0.0
    citizen_travel[citizen] = 0.0
    citizen_money[citizen] = 0.0
    citizen_state_cost[citizen] = 0.0
    citizen_trips[citizen] = 0
    citizen_attempts[citizen] = 1
    citizen_taken[2 * citizen] = 0
    citizen_taken[2 * citizen + 1] = 0
    words = (header[H_STEPS] + 3) >> 2
    for n in range(0, words):
        visits[citizen * VISIT_WORDS + n] = 0
    return citizen


def free_citizen(citizen: int) -> None:
    """Give the row of a citizen back; all tokens must have been taken care of."""
    citizen_row[citizen] = -1
    citizen_token[citizen] = header[H_CITIZEN_FREE]
    header[H_CITIZEN_FREE] = citizen
    header[H_INSIDE] -= 1


def next_visit(citizen: int, step: int) -> int:
    """How often the citizen had been at the step before; this time is counted."""
    at = citizen * VISIT_WORDS + (step >> 2)
    shift = 16 * (step & 3)
    word = visits[at]
    # Words stay below 2 ** 63: the uppermost count is kept to 15 bits.
    found = (word >> shift) & 32767
    if found < 32767:
        visits[at] = word + (1 << shift)
    return found


def times_taken(citizen: int, counter: int) -> int:
    """How often the citizen took a counted way; 15 stands for more, too."""
    return (citizen_taken[2 * citizen + counter // 15] >> (4 * (counter % 15))) & 15


def take_once_more(citizen: int, counter: int) -> None:
    """Count that the citizen took a counted way."""
    if times_taken(citizen, counter) < 15:
        citizen_taken[2 * citizen + counter // 15] += 1 << (4 * (counter % 15))


def make_trip(citizen: int, minutes: float) -> None:
    """A trip: its money, and its minutes; negative minutes stand for the group's own."""
    group = citizen_group[citizen]
    citizen_trips[citizen] += 1
    citizen_money[citizen] += group_travel_money[group]
    if minutes < 0.0:
        citizen_travel[citizen] += group_travel_minutes[group]
    else:
        citizen_travel[citizen] += minutes
