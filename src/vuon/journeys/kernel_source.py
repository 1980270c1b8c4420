"""The journey kernel's event loop: replications, arrivals, services, closings, the end of a day.

In the dialect of `vuon.kernel`; the law of journeys is in its neighbours, one file for a noun.
`run` is called again and again with a budget of events until all replications are done.
"""

from vuon.journeys.kernel_clock import forget_clocks
from vuon.journeys.kernel_desks import (
    change_desks,
    end_all_overtime,
    note_wait,
    queue_up,
    serve,
    unlink,
)
from vuon.journeys.kernel_draws import (
    P_ACCEPT,
    P_GAP,
    P_GROUP,
    draw_with,
    key_of,
)
from vuon.journeys.kernel_events import (
    E_ARRIVAL,
    E_BACK,
    E_CROWD,
    E_DESKS,
    E_IMPATIENT,
    E_RELEASE,
    E_SERVICE,
    E_SLOT,
    INDEX_MASK,
    next_event,
    push,
)
from vuon.journeys.kernel_results import (
    C_ARRIVED,
    C_INSIDE,
    C_NO_SHOW,
    R_IMPATIENT,
    ROW_BACKLOG,
    forget_replication,
    forget_run,
    note_count,
    record,
    record_impatience,
    settle_replication,
    settle_run,
)
from vuon.journeys.kernel_steps import drop, later_on, leave, pass_time, settle, take_out
from vuon.journeys.kernel_tables import (
    CLOCKS,
    H_APPOINTMENTS,
    H_BACKLOGS,
    H_CITIZEN_USED,
    H_CROWDS,
    H_ENTRY,
    H_EVENTS,
    H_FAULT,
    H_GROUPS,
    H_HEAP,
    H_INSIDE,
    H_OVERTIME,
    H_PHASE,
    H_REPLICATION,
    H_REPLICATIONS,
    H_RESOURCES,
    H_STEPS,
    H_STREAMS,
    H_TIES,
    H_TODO,
    H_TOKEN_USED,
    PRIORITIES,
    S_HORIZON,
    S_NOW,
    S_WARMUP,
    T_ACTIVE,
    T_DELAYED,
    T_MOVING,
    T_QUEUED,
    T_SERVED,
    backlog_count,
    backlog_group,
    backlog_step,
    batch_size,
    citizen_row,
    crowd_day,
    crowd_time,
    desks_count,
    desks_first,
    desks_time,
    desks_value,
    group_crowd,
    group_cumulative,
    header,
    held_count,
    held_head,
    held_tail,
    queue_head,
    queue_tail,
    rate_count,
    rate_envelope,
    rate_first,
    rate_time,
    rate_value,
    release_at,
    release_count,
    release_first,
    release_time,
    res_at,
    res_busy,
    res_desks,
    res_over_since,
    res_overtime,
    res_queued,
    scalars,
    slot_group,
    slot_no_show,
    slot_number,
    slot_step,
    slot_time,
    step_impatient,
    step_resource,
    stream_at,
    stream_number,
    stream_time,
    token_citizen,
    token_state,
    token_step,
)
from vuon.journeys.kernel_tokens import (
    forget_tokens,
    free_token,
    new_citizen,
    new_token,
)
from vuon.kernel.maths import exp, log

MORE = -5
# Phases of a run.
BEGINS = 0
BETWEEN = 1
RUNS = 2
ENDED = 3
# Citizens are numbered apart by how they came: candidates of the stream from 0 on.
NUMBER_BACKLOG = 4294967296
NUMBER_CROWD = 8589934592
NUMBER_SLOT = 12884901888


def run(budget: int) -> int:
    """Events handled when all replications are done, or what stopped the run before.

    -5: the budget of events is used, call again; -1: no room for citizens; -2: none for events.
    """
    left = budget
    if header[H_PHASE] == BEGINS:
        forget_run()
        header[H_EVENTS] = 0
        header[H_FAULT] = 0
        header[H_REPLICATION] = 0
        header[H_PHASE] = BETWEEN
    while True:
        if header[H_PHASE] == ENDED:
            return header[H_EVENTS]
        if header[H_PHASE] == BETWEEN:
            start_replication()
            header[H_PHASE] = RUNS
        if header[H_FAULT] != 0:
            return header[H_FAULT]
        if left <= 0:
            return MORE
        last = scalars[S_NOW]
        word = -1
        if header[H_INSIDE] > 0 or header[H_STREAMS] > 0:
            word = next_event()
        if header[H_OVERTIME] > 0:
            if word < 0 or scalars[S_NOW] > last:
                end_all_overtime(last)
        if word < 0:
            end_replication()
        else:
            handle(word, scalars[S_NOW])
            header[H_EVENTS] += 1
            left -= 1


def handle(word: int, now: float) -> None:
    """Let happen what an event says."""
    kind = word >> 59
    index = (word >> 31) & INDEX_MASK
    if kind == E_SERVICE:
        end_stay(index, now)
    elif kind == E_ARRIVAL:
        enter(index, stream_number[index], header[H_ENTRY], now)
        next_arrival(index)
    elif kind == E_DESKS:
        change_desks(index, now)
    elif kind == E_IMPATIENT:
        lose_patience(index, now)
    elif kind == E_RELEASE:
        release(index, word & 1, now)
    elif kind == E_BACK:
        queue_up(index, step_resource[token_step[index]], now)
    elif kind == E_CROWD:
        crowd(index, now)
    elif kind == E_SLOT:
        appointment(index, now)
    settle(now)


def end_stay(token: int, now: float) -> None:
    """A service, a delay or a way has taken its time."""
    state = token_state[token]
    if state == T_MOVING:
        later_on(token, token_step[token])
    elif state == T_DELAYED:
        leave(token, now)
    elif state == T_SERVED:
        token_state[token] = T_ACTIVE
        resource = step_resource[token_step[token]]
        res_busy[resource] -= 1
        serve(resource, now)
        if token_citizen[token] < 0:
            free_token(token)
        else:
            leave(token, now)


def lose_patience(token: int, now: float) -> None:
    """A token leaves its queue."""
    citizen = token_citizen[token]
    step = token_step[token]
    resource = step_resource[step]
    note_wait(token, resource, now)
    unlink(token, resource)
    token_state[token] = T_ACTIVE
    record_impatience(citizen_row[citizen], step)
    if step_impatient[step] >= 0:
        later_on(token, step_impatient[step])
    else:
        drop(citizen, step, R_IMPATIENT, now)


def release(step: int, full: int, now: float) -> None:
    """A batch lets go: everybody on its day, whole batches when one is full."""
    left = held_count[step]
    if full == 1:
        left = 0
        if batch_size[step] > 0:
            left = held_count[step] // batch_size[step] * batch_size[step]
    else:
        release_at[step] += 1
        if release_at[step] < release_count[step]:
            push(release_time[release_first[step] + release_at[step]], E_RELEASE, step, 0)
    while left > 0:
        token = held_head[step]
        # One who dropped out meanwhile has left the batch.
        if token < 0:
            return
        take_out(token)
        token_state[token] = T_ACTIVE
        pass_time(token, now)
        settle(now)
        left -= 1


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


def start_replication() -> None:
    """An empty house at midnight, the backlog in its places, all first events ahead."""
    forget_replication()
    forget_tokens()
    forget_clocks(CLOCKS)
    header[H_HEAP] = 0
    header[H_TIES] = 0
    header[H_TODO] = 0
    header[H_OVERTIME] = 0
    header[H_STREAMS] = 0
    scalars[S_NOW] = 0.0
    for line in range(0, header[H_RESOURCES] * PRIORITIES):
        queue_head[line] = -1
        queue_tail[line] = -1
    for n in range(0, header[H_RESOURCES]):
        res_busy[n] = 0
        res_queued[n] = 0
        res_overtime[n] = 0.0
        res_over_since[n] = -1.0
        res_at[n] = 1
        res_desks[n] = desks_value[desks_first[n]]
        if desks_count[n] > 1:
            push(desks_time[desks_first[n] + 1], E_DESKS, n, 0)
    for step in range(0, header[H_STEPS]):
        held_head[step] = -1
        held_tail[step] = -1
        held_count[step] = 0
        release_at[step] = 0
        if release_count[step] > 0:
            push(release_time[release_first[step]], E_RELEASE, step, 0)
    backlog()
    start_streams()


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


def end_replication() -> None:
    """Whoever is still inside is counted so; the outcomes are written down."""
    now = scalars[S_NOW]
    for token in range(0, header[H_TOKEN_USED]):
        if token_state[token] == T_QUEUED:
            note_wait(token, step_resource[token_step[token]], now)
    for citizen in range(0, header[H_CITIZEN_USED]):
        # Rows given back are -1.
        if citizen_row[citizen] >= 0:
            record(citizen, C_INSIDE, now)
    settle_replication(header[H_REPLICATION], header[H_GROUPS], header[H_RESOURCES])
    header[H_REPLICATION] += 1
    if header[H_REPLICATION] >= header[H_REPLICATIONS]:
        settle_run(header[H_GROUPS])
        header[H_PHASE] = ENDED
    else:
        header[H_PHASE] = BETWEEN
