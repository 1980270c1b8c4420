"""Outcomes and quantiles from what was written down, at the end of a replication and of a run."""

from vuon.journeys.kernel_results import (
    BIN,
    BINS,
    C_ARRIVED,
    C_DONE,
    C_DROPPED,
    C_OVER,
    COUNTS,
    G_COST,
    G_TIME,
    G_WAIT,
    GRAMS,
    HALF_HOURS,
    LEAST_MINUTES,
    LEAST_MONEY,
    M_ATTEMPTS,
    M_COST,
    M_SERVICE,
    M_STATE_COST,
    M_TIME,
    M_TRIPS,
    M_UNFINISHED,
    M_WAIT,
    MEASURES,
    O_ARRIVED,
    O_ATTEMPTS,
    O_COMPLETION,
    O_COST,
    O_DAYS,
    O_DONE,
    O_DROP_OFF,
    O_LOAD,
    O_PER_COMPLETED,
    O_STATE,
    O_STATE_COST,
    O_TRIPS,
    O_UNFINISHED,
    O_WAIT,
    O_WAIT_OVER,
    O_WAIT_P50,
    O_WAIT_P90,
    OUTCOMES,
    PARTS,
    REASONS,
    ROW_ALL,
    ROW_BACKLOG,
    ROWS,
    busy,
    counts,
    dropped,
    grams,
    loads,
    now_busy,
    now_counts,
    now_sums,
    now_waits,
    open_minutes,
    outcomes,
    quantiles,
    squares,
    step_impatiences,
    step_service,
    step_visits,
    step_wait,
    step_wait_square,
    sums,
)
from vuon.journeys.kernel_tables import RESOURCES, STEPS
from vuon.kernel.maths import exp


def quantile_of(row: int, count: int, part: float) -> float:
    """The wait below which `part` of a row's citizens stay, from the histogram at hand."""
    if count <= 0:
        return 0.0
    sought = part * float(count)
    below = 0
    for n in range(0, BINS):
        here = now_waits[row * BINS + n]
        if here > 0:
            if float(below + here) >= sought:
                if n == 0:
                    return 0.0
                share = (sought - float(below)) / float(here)
                return LEAST_MINUTES * exp((float(n - 1) + share) * BIN)
            below += here
    return 0.0


def gram_quantile(gram: int, row: int, part: float, least: float) -> float:
    """The value below which `part` of a histogram of the run lies; 0 where it is empty."""
    first = (gram * ROWS + row) * BINS
    many = 0
    for n in range(0, BINS):
        many += grams[first + n]
    if many == 0:
        return 0.0
    sought = part * float(many)
    below = 0
    for n in range(0, BINS):
        here = grams[first + n]
        if here > 0:
            if float(below + here) >= sought:
                if n == 0:
                    return 0.0
                share = (sought - float(below)) / float(here)
                return least * exp((float(n - 1) + share) * BIN)
            below += here
    return 0.0


def settle_run(groups: int) -> None:
    """The quantiles of wait, time and cost of each row over the whole run."""
    gather_run(groups)
    for gram in range(0, GRAMS):
        least = LEAST_MONEY if gram == G_COST else LEAST_MINUTES
        for row in range(0, ROWS):
            at = (gram * ROWS + row) * PARTS
            quantiles[at] = gram_quantile(gram, row, 0.1, least)
            quantiles[at + 1] = gram_quantile(gram, row, 0.5, least)
            quantiles[at + 2] = gram_quantile(gram, row, 0.9, least)


def forget_run() -> None:
    """Clear the sums over the whole run."""
    for n in range(0, ROWS * COUNTS):
        counts[n] = 0
    for n in range(0, ROWS * MEASURES):
        sums[n] = 0.0
        squares[n] = 0.0
    for n in range(0, GRAMS * ROWS * BINS):
        grams[n] = 0
    for n in range(0, ROWS * STEPS * REASONS):
        dropped[n] = 0
    for n in range(0, ROWS * STEPS):
        step_visits[n] = 0
        step_wait[n] = 0.0
        step_wait_square[n] = 0.0
        step_service[n] = 0.0
        step_impatiences[n] = 0
    for n in range(0, RESOURCES * HALF_HOURS):
        busy[n] = 0.0


def forget_replication() -> None:
    """Clear the sums of one replication."""
    for n in range(0, ROWS * COUNTS):
        now_counts[n] = 0
    for n in range(0, ROWS * MEASURES):
        now_sums[n] = 0.0
    for n in range(0, ROWS * BINS):
        now_waits[n] = 0
    for n in range(0, RESOURCES):
        now_busy[n] = 0.0


def ratio(part: float, whole: float) -> float:
    """A quotient, 0 where there is nothing to divide by."""
    if whole > 0.0:
        return part / whole
    return 0.0


def settle_row(replication: int, row: int) -> None:
    """The outcomes of one row of the replication at hand; its sums join those of the run."""
    base = row * COUNTS
    here = row * MEASURES
    out = (replication * ROWS + row) * OUTCOMES
    arrived = float(now_counts[base + C_ARRIVED])
    done = float(now_counts[base + C_DONE])
    lost = float(now_counts[base + C_DROPPED])
    outcomes[out + O_ARRIVED] = arrived
    outcomes[out + O_DONE] = done
    outcomes[out + O_COMPLETION] = ratio(done, arrived)
    outcomes[out + O_DROP_OFF] = ratio(lost, arrived)
    outcomes[out + O_WAIT] = ratio(now_sums[here + M_WAIT], arrived)
    outcomes[out + O_WAIT_P50] = quantile_of(row, now_counts[base + C_ARRIVED], 0.5)
    outcomes[out + O_WAIT_P90] = quantile_of(row, now_counts[base + C_ARRIVED], 0.9)
    outcomes[out + O_WAIT_OVER] = ratio(float(now_counts[base + C_OVER]), arrived)
    outcomes[out + O_DAYS] = ratio(now_sums[here + M_TIME], done) / 1440.0
    outcomes[out + O_TRIPS] = ratio(now_sums[here + M_TRIPS], arrived)
    outcomes[out + O_ATTEMPTS] = ratio(now_sums[here + M_ATTEMPTS], arrived)
    outcomes[out + O_COST] = ratio(now_sums[here + M_COST], arrived)
    outcomes[out + O_UNFINISHED] = ratio(now_sums[here + M_UNFINISHED], lost)
    outcomes[out + O_PER_COMPLETED] = ratio(now_sums[here + M_COST], done)
    outcomes[out + O_STATE] = ratio(now_sums[here + M_SERVICE], arrived)
    outcomes[out + O_STATE_COST] = ratio(now_sums[here + M_STATE_COST], arrived)
    for n in range(0, COUNTS):
        counts[base + n] += now_counts[base + n]
    for n in range(0, MEASURES):
        sums[here + n] += now_sums[here + n]
    for n in range(0, BINS):
        grams[(G_WAIT * ROWS + row) * BINS + n] += now_waits[row * BINS + n]


def gather_replication(groups: int) -> None:
    """All together are the sum of the groups, in their order."""
    for row in range(0, groups):
        for n in range(0, COUNTS):
            now_counts[ROW_ALL * COUNTS + n] += now_counts[row * COUNTS + n]
        for n in range(0, MEASURES):
            now_sums[ROW_ALL * MEASURES + n] += now_sums[row * MEASURES + n]
        for n in range(0, BINS):
            now_waits[ROW_ALL * BINS + n] += now_waits[row * BINS + n]


def gather_run(groups: int) -> None:
    """What is summed over the whole run only, for all together."""
    for row in range(0, groups):
        for n in range(0, MEASURES):
            squares[ROW_ALL * MEASURES + n] += squares[row * MEASURES + n]
        for n in range(0, BINS):
            at = G_TIME * ROWS * BINS + n
            grams[at + ROW_ALL * BINS] += grams[at + row * BINS]
            at = G_COST * ROWS * BINS + n
            grams[at + ROW_ALL * BINS] += grams[at + row * BINS]
        for n in range(0, STEPS):
            at = row * STEPS + n
            to = ROW_ALL * STEPS + n
            step_visits[to] += step_visits[at]
            step_wait[to] += step_wait[at]
            step_wait_square[to] += step_wait_square[at]
            step_service[to] += step_service[at]
            step_impatiences[to] += step_impatiences[at]
        for n in range(0, STEPS * REASONS):
            dropped[ROW_ALL * STEPS * REASONS + n] += dropped[row * STEPS * REASONS + n]


def settle_replication(replication: int, groups: int, resources: int) -> None:
    """The outcomes of the replication at hand, for each group, all, and the backlog."""
    gather_replication(groups)
    for row in range(0, groups):
        settle_row(replication, row)
    settle_row(replication, ROW_ALL)
    settle_row(replication, ROW_BACKLOG)
    worked = 0.0
    there = 0.0
    for n in range(0, resources):
        loads[replication * RESOURCES + n] = ratio(now_busy[n], open_minutes[n])
        worked += now_busy[n]
        there += open_minutes[n]
    outcomes[(replication * ROWS + ROW_ALL) * OUTCOMES + O_LOAD] = ratio(worked, there)
