"""What happens to a token that comes to a step: it waits for an event there, or goes on at once."""

from vuon.journeys.kernel_clock import later
from vuon.journeys.kernel_desks import comes_by_day, draw_patience, queue_up
from vuon.journeys.kernel_draws import P_SERVICE, draw, minutes_of
from vuon.journeys.kernel_endings import GOES_ON, branch_done, end_token
from vuon.journeys.kernel_events import E_RELEASE, E_SERVICE, push
from vuon.journeys.kernel_lines import batch_of, line_up
from vuon.journeys.kernel_results import record_service, record_visit
from vuon.journeys.kernel_tables import (
    H_PENDING,
    K_BACKOFFICE,
    K_BATCH,
    K_DO,
    K_END,
    K_JOIN,
    K_TRAVEL,
    STEPS,
    T_DELAYED,
    T_FREE,
    T_HELD,
    batch_size,
    citizen_entered,
    citizen_group,
    citizen_money,
    citizen_row,
    citizen_work,
    header,
    held_count,
    pending_step,
    pending_token,
    stay_service,
    step_fee,
    step_join,
    step_kind,
    step_prepare,
    step_resource,
    step_trip,
    token_citizen,
    token_inside,
    token_joined,
    token_parent,
    token_stamp,
    token_state,
    token_step,
    token_visit,
)
from vuon.journeys.kernel_tokens import make_trip, next_visit
from vuon.journeys.kernel_ways import leave


def settle(now: float) -> None:
    """Let every token that moves at this moment come to its step."""
    while header[H_PENDING] > 0:
        size = header[H_PENDING] - 1
        header[H_PENDING] = size
        token = pending_token[size]
        # One branch may have ended the way of all.
        if token_state[token] != T_FREE:
            if pending_step[size] == GOES_ON:
                leave(token, now)
            else:
                stay(token, pending_step[size], now)


def stay(token: int, step: int, now: float) -> None:
    """A token comes to a step: it waits for an event there, or goes on at once."""
    citizen = token_citizen[token]
    kind = step_kind[step]
    row = citizen_row[citizen]
    token_step[token] = step
    token_visit[token] = next_visit(citizen, step)
    record_visit(row, step)
    citizen_money[citizen] += step_fee[step]
    citizen_work[citizen] += step_prepare[step]
    if step_trip[step] == 1:
        make_trip(citizen, -1.0)
    if kind == K_END:
        end_token(token, now)
        return
    if kind == K_JOIN:
        join(token, now)
        return
    if kind == K_BATCH:
        hold(token, step, now)
        return
    if step_resource[step] >= 0:
        draw_patience(token)
        # Who comes from the street comes when the figures say, and may stand before the door.
        if step_trip[step] == 1:
            if now > citizen_entered[citizen]:
                if comes_by_day(token, step_resource[step], now) == 1:
                    return
        queue_up(token, step_resource[step], now)
        return
    pass_time(token, now)


def pass_time(token: int, now: float) -> None:
    """A token stays as long as its step takes without a desk."""
    citizen = token_citizen[token]
    step = token_step[token]
    kind = step_kind[step]
    dist = stay_service[citizen_group[citizen] * STEPS + step]
    minutes = 0.0
    if dist >= 0:
        minutes = minutes_of(dist, draw(citizen, step, token_visit[token], P_SERVICE))
        record_service(citizen_row[citizen], step, minutes)
    if kind == K_DO:
        citizen_work[citizen] += minutes
    if kind == K_TRAVEL:
        if step_trip[step] == 0:
            make_trip(citizen, minutes)
    end = now + minutes
    if kind == K_BACKOFFICE:
        end = later(0, now, minutes)
    if end > now:
        token_state[token] = T_DELAYED
        token_inside[token] = 0
        push(end, E_SERVICE, token, token_stamp[token])
    else:
        leave(token, now)


def hold(token: int, step: int, now: float) -> None:
    """A token is held until the batch is full or its day comes."""
    line_up(token, batch_of(step))
    held_count[step] += 1
    token_state[token] = T_HELD
    token_inside[token] = 0
    if batch_size[step] > 0:
        if held_count[step] >= batch_size[step]:
            push(now, E_RELEASE, step, 1)


def join(token: int, now: float) -> None:
    """A branch has come to a join; one that belongs to no fork passes through."""
    parent = token_parent[token]
    if parent >= 0:
        if step_join[token_step[parent]] == token_step[token]:
            token_joined[parent] = 1
            token_visit[parent] = token_visit[token]
            branch_done(token, now)
            return
    leave(token, now)
