"""The clock of opening minutes: H(t), its inverse, the next opening."""

from vuon.journeys.kernel_tables import (
    clock_at,
    clock_before,
    clock_count,
    clock_end,
    clock_first,
    clock_start,
)

# Later than everything.
NEVER = 1e18


def forget_clocks(count: int) -> None:
    """Set every clock to its first interval."""
    for n in range(0, count):
        clock_at[n] = 0


def opened(clock: int, now: float) -> float:
    """Opening minutes up to `now`, which never runs back within a replication."""
    first = clock_first[clock]
    last = clock_count[clock] - 1
    if last < 0:
        return 0.0
    at = clock_at[clock]
    while at < last:
        if clock_start[first + at + 1] > now:
            break
        at += 1
    clock_at[clock] = at
    start = clock_start[first + at]
    if now <= start:
        return clock_before[first + at]
    end = clock_end[first + at]
    if now >= end:
        return clock_before[first + at] + (end - start)
    return clock_before[first + at] + (now - start)


def later(clock: int, now: float, minutes: float) -> float:
    """When so many opening minutes have passed from `now` on; `NEVER` if they do not."""
    if minutes <= 0.0:
        return now
    first = clock_first[clock]
    last = clock_count[clock] - 1
    if last < 0:
        return NEVER
    sought = opened(clock, now) + minutes
    low = clock_at[clock]
    # Most waits end in the interval in which they began.
    high = low
    width = 1
    while high < last:
        ends = clock_before[first + high] + (clock_end[first + high] - clock_start[first + high])
        if ends >= sought:
            break
        low = high + 1
        high = high + width
        width = width * 2
        if high > last:
            high = last
    while low < high:
        middle = (low + high) // 2
        if clock_before[first + middle + 1] < sought:
            low = middle + 1
        else:
            high = middle
    found = clock_start[first + low] + (sought - clock_before[first + low])
    if found > clock_end[first + low]:
        # Beyond the last interval, unless only the last digit says so.
        if found > clock_end[first + low] + 1e-6:
            return NEVER
        found = clock_end[first + low]
    if found < now:
        return now
    return found


def next_opening(clock: int, now: float, u: float, spared: float) -> float:
    """When it next opens after the interval that `now` is in or behind; `NEVER` if it does not.

    With `u` above 0 a moment in that interval, its last `spared` minutes left out.
    """
    opened(clock, now)
    at = clock_at[clock]
    if now >= clock_start[clock_first[clock] + at]:
        at += 1
    if at >= clock_count[clock]:
        return NEVER
    at += clock_first[clock]
    start = clock_start[at]
    width = clock_end[at] - start - spared
    if width <= 0.0:
        return start
    return start + u * width


def closing_in(clock: int, now: float) -> float:
    """Minutes until the interval that `now` is in ends; negative if it is closed."""
    opened(clock, now)
    at = clock_first[clock] + clock_at[clock]
    if clock_count[clock] <= 0:
        return -1.0
    if now < clock_start[at]:
        return -1.0
    return clock_end[at] - now
