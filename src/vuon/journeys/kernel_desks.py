"""Pools of desks: queues, service, opening and closing, overtime.

Queues are doubly linked lists through tokens, one for each resource and priority class. Waits run
on the resource's clock of opening minutes; where a closing lets the queue be finished, overtime
counts as waiting, too.
"""

from vuon.journeys.kernel_clock import NEVER, closing_in, later, next_opening, opened
from vuon.journeys.kernel_draws import P_COMES, P_PATIENCE, P_SERVICE, draw, minutes_of
from vuon.journeys.kernel_events import E_BACK, E_DESKS, E_IMPATIENT, E_SERVICE, push
from vuon.journeys.kernel_lines import line_up, queue_of, step_out
from vuon.journeys.kernel_results import record_busy, record_service, record_wait
from vuon.journeys.kernel_tables import (
    H_OVERTIME,
    H_RESOURCES,
    PRIORITIES,
    S_HORIZON,
    STEPS,
    T_AWAY,
    T_QUEUED,
    T_SERVED,
    citizen_group,
    citizen_row,
    citizen_service,
    citizen_state_cost,
    citizen_wait,
    desks_count,
    desks_first,
    desks_time,
    desks_value,
    header,
    line_head,
    res_at,
    res_busy,
    res_desks,
    res_over_since,
    res_overtime,
    res_queued,
    resource_clock,
    resource_closing,
    resource_cost,
    resource_keep,
    resource_stop,
    scalars,
    stay_patience,
    stay_service,
    token_citizen,
    token_clock,
    token_inside,
    token_next,
    token_patience,
    token_stamp,
    token_state,
    token_step,
    token_visit,
)
from vuon.journeys.kernel_tokens import make_trip
from vuon.kernel.dialect import floor

CLOSE_FINISH = 0
CLOSE_TICKETS = 1
CLOSE_RETURN = 2


def waited(resource: int, now: float) -> float:
    """The clock of waiting: opening minutes and overtime of a resource up to now."""
    found = opened(resource_clock[resource], now) + res_overtime[resource]
    if res_over_since[resource] >= 0.0:
        found += now - res_over_since[resource]
    return found


def link(token: int, resource: int) -> None:
    """Put a token at the end of the queue of its class."""
    line_up(token, queue_of(token, resource))
    res_queued[resource] += 1
    token_state[token] = T_QUEUED


def unlink(token: int, resource: int) -> None:
    """Take a token out of its queue; what it waited is written down, its events become stale."""
    step_out(token, queue_of(token, resource))
    res_queued[resource] -= 1


def note_wait(token: int, resource: int, now: float) -> None:
    """Write down what a token waited since it joined."""
    wait = waited(resource, now) - token_clock[token]
    if wait < 0.0:
        wait = 0.0
    citizen = token_citizen[token]
    citizen_wait[citizen] += wait
    record_wait(citizen_row[citizen], token_step[token], wait)


def start_service(token: int, resource: int, now: float) -> None:
    """A free desk begins with a token."""
    citizen = token_citizen[token]
    step = token_step[token]
    dist = stay_service[citizen_group[citizen] * STEPS + step]
    minutes = 0.0
    if dist >= 0:
        minutes = minutes_of(dist, draw(citizen, step, token_visit[token], P_SERVICE))
    res_busy[resource] += 1
    token_state[token] = T_SERVED
    citizen_service[citizen] += minutes
    citizen_state_cost[citizen] += minutes * resource_cost[resource]
    record_service(citizen_row[citizen], step, minutes)
    record_busy(resource, now, now + minutes, scalars[S_HORIZON])
    push(now + minutes, E_SERVICE, token, token_stamp[token])


def serve(resource: int, now: float) -> None:
    """Free desks take the first of the best classes that wait."""
    line = resource * PRIORITIES
    last = line + PRIORITIES
    while res_queued[resource] > 0:
        if res_busy[resource] >= res_desks[resource]:
            return
        while line < last:
            if line_head[line] >= 0:
                break
            line += 1
        token = line_head[line]
        note_wait(token, resource, now)
        unlink(token, resource)
        start_service(token, resource, now)


def tickets_stopped(resource: int, now: float) -> int:
    """1 if whoever comes now gets no ticket."""
    if resource_closing[resource] != CLOSE_TICKETS:
        return 0
    if res_over_since[resource] >= 0.0:
        return 1
    left = closing_in(resource_clock[resource], now)
    if left > 0.0:
        if left <= resource_stop[resource]:
            return 1
    return 0


def come_back(token: int, resource: int, trip: int, u: float, now: float) -> None:
    """A token comes back at `u` of the next opening; on another day that may be a trip."""
    again = next_opening(resource_clock[resource], now, u, resource_stop[resource])
    token_state[token] = T_AWAY
    token_inside[token] = 0
    token_stamp[token] += 1
    if trip == 1 and again < NEVER:
        if floor(again / 1440.0) > floor(now / 1440.0):
            make_trip(token_citizen[token], -1.0)
    push(again, E_BACK, token, token_stamp[token])


def comes_by_day(token: int, resource: int, now: float) -> int:
    """1 if a token sets out for a closed door: it comes at a moment of its own once it is open.

    Whoever ends a form at night does not stand there with everybody else when the doors open.
    """
    if closing_in(resource_clock[resource], now) > 0.0:
        return 0
    u = draw(token_citizen[token], token_step[token], token_visit[token], P_COMES)
    come_back(token, resource, 0, u, now)
    return 1


def queue_up(token: int, resource: int, now: float) -> None:
    """A token comes to a resource: it is served, queues, or gets no ticket."""
    if tickets_stopped(resource, now) == 1:
        come_back(token, resource, 1, 0.0, now)
        return
    if res_over_since[resource] >= 0.0:
        # Behind closed doors only those are served who were inside; others wait for the opening.
        if token_inside[token] == 0:
            come_back(token, resource, 0, 0.0, now)
            return
    token_inside[token] = 1
    if res_queued[resource] == 0:
        if res_busy[resource] < res_desks[resource]:
            record_wait(citizen_row[token_citizen[token]], token_step[token], 0.0)
            start_service(token, resource, now)
            return
    link(token, resource)
    token_clock[token] = waited(resource, now)
    if token_patience[token] >= 0.0:
        expect_impatience(token, resource, now, token_patience[token])


def expect_impatience(token: int, resource: int, now: float, minutes: float) -> None:
    """Say when a queueing token's patience ends."""
    at = now + minutes
    if res_over_since[resource] < 0.0:
        at = later(resource_clock[resource], now, minutes)
    push(at, E_IMPATIENT, token, token_stamp[token])


def draw_patience(token: int) -> None:
    """How long a token will queue at the step that it has come to; -1 is for ever."""
    citizen = token_citizen[token]
    step = token_step[token]
    dist = stay_patience[citizen_group[citizen] * STEPS + step]
    token_patience[token] = -1.0
    if dist >= 0:
        u = draw(citizen, step, token_visit[token], P_PATIENCE)
        token_patience[token] = minutes_of(dist, u)


def start_overtime(resource: int, now: float) -> None:
    """The queue is finished behind closed doors; patience runs on there."""
    res_over_since[resource] = now
    header[H_OVERTIME] += 1
    clock = waited(resource, now)
    for line in range(resource * PRIORITIES, resource * PRIORITIES + PRIORITIES):
        token = line_head[line]
        while token >= 0:
            if token_patience[token] >= 0.0:
                left = token_patience[token] - (clock - token_clock[token])
                if left < 0.0:
                    left = 0.0
                push(now + left, E_IMPATIENT, token, token_stamp[token])
            token = token_next[token]


def end_overtime(resource: int, now: float) -> None:
    """Overtime of a resource joins its clock of waiting."""
    res_overtime[resource] += now - res_over_since[resource]
    res_over_since[resource] = -1.0
    header[H_OVERTIME] -= 1


def end_all_overtime(now: float) -> None:
    """Doors close where overtime was worked, once nobody is left inside at any of them."""
    left = 0
    for resource in range(0, header[H_RESOURCES]):
        if res_over_since[resource] >= 0.0:
            left += res_queued[resource] + res_busy[resource]
    if left > 0:
        return
    for resource in range(0, header[H_RESOURCES]):
        if res_over_since[resource] >= 0.0:
            end_overtime(resource, now)
            res_desks[resource] = 0


def send_home(resource: int, now: float) -> None:
    """Everybody who queues makes a new trip on the next day, or keeps the place for it."""
    for line in range(resource * PRIORITIES, resource * PRIORITIES + PRIORITIES):
        token = line_head[line]
        while token >= 0:
            behind = token_next[token]
            if resource_keep[resource] == 1:
                make_trip(token_citizen[token], -1.0)
            else:
                spent = waited(resource, now) - token_clock[token]
                note_wait(token, resource, now)
                unlink(token, resource)
                if token_patience[token] >= 0.0:
                    left = token_patience[token] - spent
                    token_patience[token] = left if left > 0.0 else 0.0
                come_back(token, resource, 1, 0.0, now)
            token = behind


def change_desks(resource: int, now: float) -> None:
    """The number of open desks changes as the timetable says; nobody's service is cut."""
    at = desks_first[resource] + res_at[resource]
    count = desks_value[at]
    res_at[resource] += 1
    if res_at[resource] < desks_count[resource]:
        push(desks_time[at + 1], E_DESKS, resource, 0)
    if count > 0:
        if res_over_since[resource] >= 0.0:
            end_overtime(resource, now)
        res_desks[resource] = count
        serve(resource, now)
        return
    if res_desks[resource] == 0:
        return
    if res_over_since[resource] >= 0.0:
        return
    if resource_closing[resource] != CLOSE_RETURN:
        start_overtime(resource, now)
        return
    res_desks[resource] = 0
    again = next_opening(resource_clock[resource], now, 0.0, 0.0)
    if again >= NEVER:
        return
    if floor(again / 1440.0) > floor((now - 0.5) / 1440.0):
        send_home(resource, now)
