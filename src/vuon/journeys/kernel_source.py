"""The journey kernel's event loop: replications, arrivals, services, closings, the end of a day.

In the dialect of `vuon.kernel`; the law of journeys is in its neighbours, one file for a noun.
`run` is called again and again with a budget of events until all replications are done.
"""

from vuon.journeys.kernel_arrivals import (
    appointment,
    backlog,
    crowd,
    enter,
    next_arrival,
    start_streams,
)
from vuon.journeys.kernel_clock import forget_clocks
from vuon.journeys.kernel_desks import (
    change_desks,
    end_all_overtime,
    note_wait,
    queue_up,
    serve,
    unlink,
)
from vuon.journeys.kernel_endings import drop, later_on, take_out
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
from vuon.journeys.kernel_lines import batch_of, empty, forget_lines
from vuon.journeys.kernel_results import C_INSIDE, R_IMPATIENT, record, record_impatience
from vuon.journeys.kernel_settling import (
    forget_replication,
    forget_run,
    settle_replication,
    settle_run,
)
from vuon.journeys.kernel_steps import pass_time, settle
from vuon.journeys.kernel_tables import (
    CLOCKS,
    H_CITIZEN_USED,
    H_ENTRY,
    H_EVENTS,
    H_FAULT,
    H_GROUPS,
    H_HEAP,
    H_INSIDE,
    H_OVERTIME,
    H_PENDING,
    H_PHASE,
    H_REPLICATION,
    H_REPLICATIONS,
    H_RESOURCES,
    H_STEPS,
    H_STREAMS,
    H_TIES,
    H_TOKEN_USED,
    S_NOW,
    T_ACTIVE,
    T_DELAYED,
    T_MOVING,
    T_QUEUED,
    T_SERVED,
    batch_size,
    citizen_row,
    desks_count,
    desks_first,
    desks_time,
    desks_value,
    header,
    held_count,
    line_head,
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
    step_impatient,
    step_resource,
    stream_number,
    token_citizen,
    token_state,
    token_step,
)
from vuon.journeys.kernel_tokens import forget_tokens, free_token
from vuon.journeys.kernel_ways import leave

MORE = -5

# Phases of a run.
BEGINS = 0
BETWEEN = 1
RUNS = 2
ENDED = 3


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
        token = line_head[batch_of(step)]
        # One who dropped out meanwhile has left the batch.
        if token < 0:
            return
        take_out(token)
        token_state[token] = T_ACTIVE
        pass_time(token, now)
        settle(now)
        left -= 1


def start_replication() -> None:
    """An empty house at midnight, the backlog in its places, all first events ahead."""
    forget_replication()
    forget_tokens()
    forget_clocks(CLOCKS)
    header[H_HEAP] = 0
    header[H_TIES] = 0
    header[H_PENDING] = 0
    header[H_OVERTIME] = 0
    header[H_STREAMS] = 0
    scalars[S_NOW] = 0.0
    forget_lines(header[H_RESOURCES])
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
        empty(batch_of(step))
        held_count[step] = 0
        release_at[step] = 0
        if release_count[step] > 0:
            push(release_time[release_first[step]], E_RELEASE, step, 0)
    backlog()
    start_streams()


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
