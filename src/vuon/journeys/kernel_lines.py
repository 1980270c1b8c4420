"""Lines of tokens: the queues of desks and the people held by batches, one mechanism for both.

Each is a doubly linked list through tokens, so that whoever gives up leaves at once, wherever they
stand. The queues come first, by resource and priority class, then the batches, by step.
"""

from vuon.journeys.kernel_tables import (
    HELD,
    PRIORITIES,
    citizen_group,
    group_priority,
    line_head,
    line_tail,
    token_before,
    token_citizen,
    token_next,
    token_stamp,
)


def queue_of(token: int, resource: int) -> int:
    """The line in which a token waits for a desk."""
    return resource * PRIORITIES + group_priority[citizen_group[token_citizen[token]]]


def batch_of(step: int) -> int:
    """The line of those whom a batch holds."""
    return HELD + step


def forget_lines(count: int) -> None:
    """Empty all queues of so many resources; batches are emptied one by one."""
    for line in range(0, count * PRIORITIES):
        empty(line)


def empty(line: int) -> None:
    """Nobody stands in a line."""
    line_head[line] = -1
    line_tail[line] = -1


def line_up(token: int, line: int) -> None:
    """Put a token at the end of a line."""
    last = line_tail[line]
    token_before[token] = last
    token_next[token] = -1
    if last >= 0:
        token_next[last] = token
    else:
        line_head[line] = token
    line_tail[line] = token


def step_out(token: int, line: int) -> None:
    """Take a token out of its line, wherever it stands; its events become stale."""
    ahead = token_before[token]
    behind = token_next[token]
    if ahead >= 0:
        token_next[ahead] = behind
    else:
        line_head[line] = behind
    if behind >= 0:
        token_before[behind] = ahead
    else:
        line_tail[line] = ahead
    token_stamp[token] += 1
