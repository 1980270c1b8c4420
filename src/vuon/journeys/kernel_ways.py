"""The way on from a step: papers first, then giving up, then one of the ways, or all of a fork."""

from vuon.journeys.kernel_draws import P_BRANCH, P_DELAY, P_PAPERS, draw, minutes_of
from vuon.journeys.kernel_endings import drop, end_token, later_on
from vuon.journeys.kernel_events import E_SERVICE, push
from vuon.journeys.kernel_results import R_ATTEMPTS, R_GIVES_UP
from vuon.journeys.kernel_tables import (
    H_ATTEMPTS,
    K_FORK,
    STEPS,
    T_ACTIVE,
    T_FORKED,
    T_MOVING,
    citizen_attempts,
    citizen_group,
    citizen_money,
    citizen_work,
    header,
    stay_count,
    stay_done,
    stay_first,
    stay_gives_up,
    stay_missing,
    stay_missing_minutes,
    stay_missing_money,
    stay_papers,
    stay_scaled,
    step_kind,
    token_branches,
    token_citizen,
    token_inside,
    token_joined,
    token_stamp,
    token_state,
    token_step,
    token_visit,
    way_counter,
    way_delay,
    way_factor,
    way_rework,
    way_share,
    way_target,
)
from vuon.journeys.kernel_tokens import new_token, take_once_more, times_taken


def leave(token: int, now: float) -> None:
    """A token goes on from its step: papers first, then giving up, then one of the ways."""
    citizen = token_citizen[token]
    step = token_step[token]
    at = citizen_group[citizen] * STEPS + step
    papers = stay_papers[at]
    if papers >= 0:
        missing = stay_missing[at] * weight(citizen, papers)
        if draw(citizen, step, token_visit[token], P_PAPERS) < missing:
            citizen_work[citizen] += stay_missing_minutes[at]
            citizen_money[citizen] += stay_missing_money[at]
            take(token, papers, now)
            return
    count = stay_count[at]
    gives_up = stay_gives_up[at]
    if step_kind[step] == K_FORK:
        if draw(citizen, step, token_visit[token], P_BRANCH) < gives_up:
            drop(citizen, step, R_GIVES_UP, now)
        else:
            fork(token, stay_first[at], count, now)
        return
    if count == 0:
        if gives_up <= 0.0:
            end_token(token, now)
            return
    u = draw(citizen, step, token_visit[token], P_BRANCH)
    if u < gives_up:
        drop(citizen, step, R_GIVES_UP, now)
        return
    way = choose(citizen, at, u, gives_up)
    if way < 0:
        end_token(token, now)
        return
    take(token, way, now)


def weight(citizen: int, way: int) -> float:
    """What a way's share is multiplied by for the times that the citizen took it before."""
    counter = way_counter[way]
    found = 1.0
    if counter >= 0:
        for _n in range(0, times_taken(citizen, counter)):
            found = found * way_factor[way]
    return found


def choose(citizen: int, at: int, u: float, gives_up: float) -> int:
    """The way on at `u`; -1 is done. What sums of floats leave below 1 goes to the last way.

    Where shares change with each attempt, the other ways take what is left in proportion.
    """
    first = stay_first[at]
    last = first + stay_count[at]
    scale = 1.0
    if stay_scaled[at] == 1:
        fixed = 0.0
        free = 0.0
        whole = 0.0
        for way in range(first, last):
            whole += way_share[way]
            if way_counter[way] >= 0:
                fixed += way_share[way] * weight(citizen, way)
            else:
                free += way_share[way]
        if free > 0.0:
            if stay_done[at] == 0:
                scale = (whole - fixed) / free
                if scale < 0.0:
                    scale = 0.0
    reached = gives_up
    for way in range(first, last):
        if way_counter[way] >= 0:
            reached += way_share[way] * weight(citizen, way)
        else:
            reached += way_share[way] * scale
        if u < reached:
            return way
    if stay_done[at] == 1:
        return -1
    return last - 1


def take(token: int, way: int, now: float) -> None:
    """A token takes a way; too many attempts end it."""
    citizen = token_citizen[token]
    if way_counter[way] >= 0:
        take_once_more(citizen, way_counter[way])
    if way_rework[way] == 1:
        citizen_attempts[citizen] += 1
        if header[H_ATTEMPTS] > 0:
            if citizen_attempts[citizen] > header[H_ATTEMPTS]:
                drop(citizen, token_step[token], R_ATTEMPTS, now)
                return
    go(token, way, token_step[token], token_visit[token], now)


def go(token: int, way: int, step: int, visit: int, now: float) -> None:
    """A token goes to the target of a way, at once or with the delay on it."""
    minutes = 0.0
    if way_delay[way] >= 0:
        minutes = minutes_of(way_delay[way], draw(token_citizen[token], step, visit, P_DELAY))
    if minutes > 0.0:
        token_step[token] = way_target[way]
        token_state[token] = T_MOVING
        token_inside[token] = 0
        push(now + minutes, E_SERVICE, token, token_stamp[token])
    else:
        token_state[token] = T_ACTIVE
        later_on(token, way_target[way])


def fork(token: int, first: int, count: int, now: float) -> None:
    """A token waits while one token goes along each way of a fork."""
    citizen = token_citizen[token]
    token_state[token] = T_FORKED
    token_branches[token] = count
    token_joined[token] = 0
    # What is noted last comes first: ways are noted from the last to the first.
    for n in range(0, count):
        branch = new_token(citizen, token)
        if branch < 0:
            return
        token_inside[branch] = token_inside[token]
        go(branch, first + count - 1 - n, token_step[token], token_visit[token], now)
