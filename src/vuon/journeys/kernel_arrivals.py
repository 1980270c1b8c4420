"""Who comes: the stream under its envelope, the crowd at the door, appointments, the backlog."""

from vuon.journeys.kernel_draws import P_ACCEPT, P_GAP, P_GROUP, draw_with, key_of
from vuon.journeys.kernel_endings import later_on
from vuon.journeys.kernel_events import E_ARRIVAL, E_CROWD, E_SLOT, push
from vuon.journeys.kernel_results import C_ARRIVED, C_NO_SHOW, ROW_BACKLOG, note_count
from vuon.journeys.kernel_steps import settle
from vuon.journeys.kernel_tables import (
    H_APPOINTMENTS,
    H_BACKLOGS,
    H_CROWDS,
    H_ENTRY,
    H_GROUPS,
    H_STREAMS,
    S_HORIZON,
    S_WARMUP,
    backlog_count,
    backlog_group,
    backlog_step,
    crowd_day,
    crowd_time,
    group_crowd,
    group_cumulative,
    header,
    rate_count,
    rate_envelope,
    rate_first,
    rate_time,
    rate_value,
    scalars,
    slot_group,
    slot_no_show,
    slot_number,
    slot_step,
    slot_time,
    stream_at,
    stream_number,
    stream_time,
)
from vuon.journeys.kernel_tokens import new_citizen, new_token
from vuon.kernel.maths import exp, log

# Citizens are numbered apart by how they came: candidates of the stream from 0 on.
NUMBER_BACKLOG = 4294967296
NUMBER_CROWD = 8589934592
NUMBER_SLOT = 12884901888


def enter(group: int, number: int, step: int, now: float) -> None:
    """A citizen comes to a step from outside."""
    row = -1
    if number >= NUMBER_BACKLOG and number < NUMBER_CROWD:
        row = ROW_BACKLOG
    elif now >= scalars[S_WARMUP]:
        if now < scalars[S_HORIZON]:
            row = group
    citizen = new_citizen(group, number, row, now)
    if citizen < 0:
        return
    note_count(row, C_ARRIVED)
    token = new_token(citizen, -1)
    if token < 0:
        return
    later_on(token, step)


def next_arrival(group: int) -> None:
    """Find the next candidate of a group's stream that comes indeed.

    Candidates run through the envelope; each keeps its number whether it is accepted or not.
    """
    first = rate_first[group]
    last = rate_count[group] - 1
    at = stream_at[group]
    time = stream_time[group]
    number = stream_number[group]
    while True:
        number += 1
        key = key_of(group, number)
        due = 0.0 - log(1.0 - draw_with(key, 0, 0, P_GAP))
        while True:
            end = scalars[S_HORIZON]
            if at < last:
                end = rate_time[first + at + 1]
            room = rate_envelope[first + at] * (end - time)
            if due < room:
                break
            due -= room
            time = end
            at += 1
            if at > last:
                header[H_STREAMS] -= 1
                return
        time += due / rate_envelope[first + at]
        rate = rate_value[first + at]
        if rate >= rate_envelope[first + at]:
            break
        if draw_with(key, 0, 0, P_ACCEPT) * rate_envelope[first + at] < rate:
            break
    stream_at[group] = at
    stream_time[group] = time
    stream_number[group] = number
    push(time, E_ARRIVAL, group, 0)


def group_at(u: float) -> int:
    """The group that a uniform number falls to by the shares."""
    for group in range(0, header[H_GROUPS]):
        if u < group_cumulative[group]:
            return group
    return header[H_GROUPS] - 1


def crowd(entry: int, now: float) -> None:
    """People who stood before the door come in; their number is Poisson, by one uniform."""
    day = crowd_day[entry]
    for group in range(0, header[H_GROUPS]):
        u = draw_with(key_of(group, NUMBER_CROWD + (day << 16)), 0, 0, P_ACCEPT)
        term = exp(0.0 - group_crowd[group])
        reached = term
        many = 0
        while u > reached:
            many += 1
            term = term * group_crowd[group] / float(many)
            reached += term
            if many >= 65000 or term <= 0.0:
                break
        for n in range(0, many):
            enter(group, NUMBER_CROWD + (day << 16) + n, header[H_ENTRY], now)
            settle(now)
    if entry + 1 < header[H_CROWDS]:
        push(crowd_time[entry + 1], E_CROWD, entry + 1, 0)
    else:
        header[H_STREAMS] -= 1


def appointment(entry: int, now: float) -> None:
    """Somebody with an appointment comes, or does not."""
    number = slot_number[entry]
    group = slot_group[entry]
    if group < 0:
        group = group_at(draw_with(key_of(-1, number), 0, 0, P_GROUP))
    if draw_with(key_of(group, number), 0, 0, P_ACCEPT) < slot_no_show[entry]:
        if now >= scalars[S_WARMUP]:
            note_count(group, C_NO_SHOW)
    else:
        enter(group, number, slot_step[entry], now)
    if entry + 1 < header[H_APPOINTMENTS]:
        push(slot_time[entry + 1], E_SLOT, entry + 1, 0)
    else:
        header[H_STREAMS] -= 1


def backlog() -> None:
    """Cases that lie there from before take their places."""
    place = 0
    for entry in range(0, header[H_BACKLOGS]):
        for _n in range(0, backlog_count[entry]):
            number = NUMBER_BACKLOG + place
            group = backlog_group[entry]
            if group < 0:
                group = group_at(draw_with(key_of(-1, number), 0, 0, P_GROUP))
            enter(group, number, backlog_step[entry], 0.0)
            settle(0.0)
            place += 1


def start_streams() -> None:
    """The first arrival of each kind."""
    for group in range(0, header[H_GROUPS]):
        stream_at[group] = 0
        stream_time[group] = 0.0
        stream_number[group] = -1
        if rate_count[group] > 0:
            header[H_STREAMS] += 1
            next_arrival(group)
    if header[H_CROWDS] > 0:
        header[H_STREAMS] += 1
        push(crowd_time[0], E_CROWD, 0, 0)
    if header[H_APPOINTMENTS] > 0:
        header[H_STREAMS] += 1
        push(slot_time[0], E_SLOT, 0, 0)
