"""What happens to a token at a step and behind it: staying, choosing a way, forking, leaving."""

from vuon.journeys.kernel_clock import later
from vuon.journeys.kernel_desks import draw_patience, queue_up, unlink
from vuon.journeys.kernel_draws import (
    P_BRANCH,
    P_DELAY,
    P_PAPERS,
    P_SERVICE,
    draw,
    minutes_of,
)
from vuon.journeys.kernel_events import E_RELEASE, E_SERVICE, push
from vuon.journeys.kernel_results import (
    C_DONE,
    C_DROPPED,
    R_ATTEMPTS,
    R_GIVES_UP,
    record,
    record_drop,
    record_service,
    record_visit,
)
from vuon.journeys.kernel_tables import (
    H_ATTEMPTS,
    H_TODO,
    K_BACKOFFICE,
    K_BATCH,
    K_DO,
    K_END,
    K_FORK,
    K_JOIN,
    K_TRAVEL,
    STEPS,
    T_ACTIVE,
    T_DELAYED,
    T_FORKED,
    T_FREE,
    T_HELD,
    T_MOVING,
    T_QUEUED,
    T_SERVED,
    batch_size,
    citizen_attempts,
    citizen_group,
    citizen_money,
    citizen_row,
    citizen_token,
    citizen_work,
    header,
    held_count,
    held_head,
    held_tail,
    stay_count,
    stay_done,
    stay_first,
    stay_gives_up,
    stay_missing,
    stay_missing_minutes,
    stay_missing_money,
    stay_papers,
    stay_scaled,
    stay_service,
    step_fee,
    step_join,
    step_kind,
    step_prepare,
    step_resource,
    step_trip,
    todo_step,
    todo_token,
    token_before,
    token_branches,
    token_citizen,
    token_inside,
    token_joined,
    token_next,
    token_parent,
    token_sister,
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
from vuon.journeys.kernel_tokens import (
    forget_sister,
    free_citizen,
    free_token,
    make_trip,
    new_token,
    next_visit,
    take_once_more,
    times_taken,
)

# In place of a step: the token leaves the one where it is.
GOES_ON = -1


def later_on(token: int, step: int) -> None:
    """Note that a token comes to a step at this very moment."""
    size = header[H_TODO]
    todo_token[size] = token
    todo_step[size] = step
    header[H_TODO] = size + 1


def settle(now: float) -> None:
    """Let every token that moves at this moment come to its step."""
    while header[H_TODO] > 0:
        size = header[H_TODO] - 1
        header[H_TODO] = size
        token = todo_token[size]
        # One branch may have ended the way of all.
        if token_state[token] != T_FREE:
            if todo_step[size] == GOES_ON:
                leave(token, now)
            else:
                stay(token, todo_step[size], now)


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
    last = held_tail[step]
    token_before[token] = last
    token_next[token] = -1
    if last >= 0:
        token_next[last] = token
    else:
        held_head[step] = token
    held_tail[step] = token
    held_count[step] += 1
    token_state[token] = T_HELD
    token_inside[token] = 0
    if batch_size[step] > 0:
        if held_count[step] >= batch_size[step]:
            push(now, E_RELEASE, step, 1)


def take_out(token: int) -> None:
    """Take a held token out of its batch."""
    step = token_step[token]
    ahead = token_before[token]
    behind = token_next[token]
    if ahead >= 0:
        token_next[ahead] = behind
    else:
        held_head[step] = behind
    if behind >= 0:
        token_before[behind] = ahead
    else:
        held_tail[step] = ahead
    held_count[step] -= 1
    token_stamp[token] += 1


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
