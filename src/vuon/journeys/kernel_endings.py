"""The end of a branch, and of a citizen's way; tokens that move at this very moment."""

from vuon.journeys.kernel_desks import unlink
from vuon.journeys.kernel_lines import batch_of, step_out
from vuon.journeys.kernel_results import C_DONE, C_DROPPED, record, record_drop
from vuon.journeys.kernel_tables import (
    H_PENDING,
    T_ACTIVE,
    T_HELD,
    T_QUEUED,
    T_SERVED,
    citizen_row,
    citizen_token,
    header,
    held_count,
    pending_step,
    pending_token,
    step_join,
    step_resource,
    token_branches,
    token_citizen,
    token_joined,
    token_parent,
    token_sister,
    token_state,
    token_step,
)
from vuon.journeys.kernel_tokens import forget_sister, free_citizen, free_token

# In place of a step: the token leaves the one where it is.
GOES_ON = -1


def later_on(token: int, step: int) -> None:
    """Note that a token comes to a step at this very moment."""
    size = header[H_PENDING]
    pending_token[size] = token
    pending_step[size] = step
    header[H_PENDING] = size + 1


def take_out(token: int) -> None:
    """Take a held token out of its batch."""
    step = token_step[token]
    step_out(token, batch_of(step))
    held_count[step] -= 1


def branch_done(branch: int, now: float) -> None:
    """A branch is over; behind the last one the whole goes on from the join, if one came there."""
    token = branch
    while True:
        parent = token_parent[token]
        forget_sister(token)
        free_token(token)
        token_branches[parent] -= 1
        if token_branches[parent] > 0:
            return
        if token_joined[parent] == 1:
            token_joined[parent] = 0
            token_step[parent] = step_join[token_step[parent]]
            token_state[parent] = T_ACTIVE
            later_on(parent, GOES_ON)
            return
        if token_parent[parent] < 0:
            end_citizen(token_citizen[parent], C_DONE, now)
            return
        # The fork was itself on a branch.
        token = parent


def end_token(token: int, now: float) -> None:
    """A token comes to an end: of a branch, or of the citizen's way."""
    if token_parent[token] >= 0:
        branch_done(token, now)
    else:
        end_citizen(token_citizen[token], C_DONE, now)


def drop(citizen: int, step: int, reason: int, now: float) -> None:
    """A citizen gives the whole way up."""
    record_drop(citizen_row[citizen], step, reason)
    end_citizen(citizen, C_DROPPED, now)


def end_citizen(citizen: int, outcome: int, now: float) -> None:
    """Write down what a citizen went through, and give all rows back.

    A branch that is being served keeps its desk until the clerk has finished.
    """
    record(citizen, outcome, now)
    token = citizen_token[citizen]
    while token >= 0:
        sister = token_sister[token]
        state = token_state[token]
        if state == T_QUEUED:
            unlink(token, step_resource[token_step[token]])
        if state == T_HELD:
            take_out(token)
        if state == T_SERVED:
            token_citizen[token] = -1
        else:
            free_token(token)
        token = sister
    free_citizen(citizen)
