"""The arrays that a run of the journey kernel leaves behind, and how outcomes are written there.

Rows are the groups, then all of them together, then the backlog. Sums over a whole run and those
of the replication at hand stand side by side.
"""

from vuon.journeys.kernel_tables import (
    GROUPS,
    REPLICATIONS,
    RESOURCES,
    STEPS,
    citizen_attempts,
    citizen_entered,
    citizen_group,
    citizen_money,
    citizen_row,
    citizen_service,
    citizen_state_cost,
    citizen_travel,
    citizen_trips,
    citizen_wait,
    citizen_work,
    group_minute_value,
    group_tolerance,
)
from vuon.kernel.dialect import F, L, floats, floor, ints
from vuon.kernel.maths import exp, log

ROW_ALL = GROUPS
ROW_BACKLOG = GROUPS + 1
ROWS = GROUPS + 2

# Counts of a row.
C_ARRIVED = 0
C_DONE = 1
C_DROPPED = 2
C_INSIDE = 3
C_OVER = 4
C_NO_SHOW = 5
COUNTS = 8

# Measures of a row: minutes, money in đồng, numbers. Time is from entry to completion of those who
# are done; unfinished is the cost of those who dropped out.
M_TIME = 0
M_WAIT = 1
M_WORK = 2
M_SERVICE = 3
M_TRAVEL = 4
M_MONEY = 5
M_TRIPS = 6
M_ATTEMPTS = 7
M_COST = 8
M_UNFINISHED = 9
M_STATE_COST = 10
MEASURES = 12

# Outcomes of one replication, as far as `vuon.journeys.people.METRICS` names them.
O_COMPLETION = 0
O_DROP_OFF = 1
O_WAIT = 2
O_WAIT_P50 = 3
O_WAIT_P90 = 4
O_WAIT_OVER = 5
O_DAYS = 6
O_TRIPS = 7
O_ATTEMPTS = 8
O_COST = 9
O_UNFINISHED = 10
O_PER_COMPLETED = 11
O_STATE = 12
O_LOAD = 13
O_ARRIVED = 14
O_DONE = 15
O_STATE_COST = 16
OUTCOMES = 20

# Histograms: bin 0 up to the least value, then steps of 2 %.
BINS = 1024
BIN = 0.02
LEAST_MINUTES = 0.05
LEAST_MONEY = 1.0
# Their logarithms.
LOG_MINUTES = -2.995732273553991
LOG_MONEY = 0.0
G_WAIT = 0
G_TIME = 1
G_COST = 2
GRAMS = 3

# Reasons to drop out.
R_GIVES_UP = 0
R_IMPATIENT = 1
R_ATTEMPTS = 2
REASONS = 4

HALF_HOURS = 48
# Quantiles of a whole run: P10, P50, P90.
PARTS = 3

now_counts: L = ints(ROWS * COUNTS)
now_sums: F = floats(ROWS * MEASURES)
now_waits: L = ints(ROWS * BINS)
now_busy: F = floats(RESOURCES)

counts: L = ints(ROWS * COUNTS)
sums: F = floats(ROWS * MEASURES)
squares: F = floats(ROWS * MEASURES)
grams: L = ints(GRAMS * ROWS * BINS)
dropped: L = ints(ROWS * STEPS * REASONS)
step_visits: L = ints(ROWS * STEPS)
step_wait: F = floats(ROWS * STEPS)
step_wait_square: F = floats(ROWS * STEPS)
step_service: F = floats(ROWS * STEPS)
step_impatiences: L = ints(ROWS * STEPS)
busy: F = floats(RESOURCES * HALF_HOURS)
quantiles: F = floats(GRAMS * ROWS * PARTS)
outcomes: F = floats(REPLICATIONS * ROWS * OUTCOMES)
loads: F = floats(REPLICATIONS * RESOURCES)
# Desk minutes that are open within the horizon, for the load; an input.
open_minutes: F = floats(RESOURCES)


def bin_of(value: float, least: float, log_least: float) -> int:
    """The bin of a value: 0 up to the least, then one for each 2 %."""
    if value <= least:
        return 0
    found = 1 + int(floor((log(value) - log_least) * 50.0))
    if found >= BINS:
        return BINS - 1
    return found


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


def note_count(row: int, what: int) -> None:
    """One more in a row, if there is one."""
    if row >= 0:
        now_counts[row * COUNTS + what] += 1


def add(row: int, what: int, value: float) -> None:
    """Add a value to the sums and squares of one row."""
    at = row * MEASURES + what
    now_sums[at] += value
    squares[at] += value * value


def cost_of(citizen: int) -> float:
    """What the way cost a citizen so far, in đồng: time at its value, and money."""
    minutes = citizen_wait[citizen] + citizen_work[citizen]
    minutes = minutes + citizen_service[citizen] + citizen_travel[citizen]
    return minutes * group_minute_value[citizen_group[citizen]] + citizen_money[citizen]


def record(citizen: int, outcome: int, now: float) -> None:
    """Write what a citizen went through into the row that it belongs to, if it has one."""
    row = citizen_row[citizen]
    if row < 0:
        return
    wait = citizen_wait[citizen]
    cost = cost_of(citizen)
    now_counts[row * COUNTS + outcome] += 1
    add(row, M_WAIT, wait)
    add(row, M_WORK, citizen_work[citizen])
    add(row, M_SERVICE, citizen_service[citizen])
    add(row, M_TRAVEL, citizen_travel[citizen])
    add(row, M_MONEY, citizen_money[citizen])
    add(row, M_TRIPS, float(citizen_trips[citizen]))
    add(row, M_ATTEMPTS, float(citizen_attempts[citizen]))
    add(row, M_COST, cost)
    add(row, M_STATE_COST, citizen_state_cost[citizen])
    tolerance = group_tolerance[citizen_group[citizen]]
    if tolerance > 0.0:
        if wait > tolerance:
            now_counts[row * COUNTS + C_OVER] += 1
    now_waits[row * BINS + bin_of(wait, LEAST_MINUTES, LOG_MINUTES)] += 1
    grams[(G_COST * ROWS + row) * BINS + bin_of(cost, LEAST_MONEY, LOG_MONEY)] += 1
    if outcome == C_DONE:
        spent = now - citizen_entered[citizen]
        add(row, M_TIME, spent)
        grams[(G_TIME * ROWS + row) * BINS + bin_of(spent, LEAST_MINUTES, LOG_MINUTES)] += 1
    if outcome == C_DROPPED:
        add(row, M_UNFINISHED, cost)


def record_drop(row: int, step: int, reason: int) -> None:
    """One more who dropped out at a step for a reason."""
    if row >= 0:
        dropped[(row * STEPS + step) * REASONS + reason] += 1


def record_visit(row: int, step: int) -> None:
    """One more visit to a step."""
    if row >= 0:
        step_visits[row * STEPS + step] += 1


def record_wait(row: int, step: int, wait: float) -> None:
    """A wait at a step's desk."""
    if row >= 0:
        step_wait[row * STEPS + step] += wait
        step_wait_square[row * STEPS + step] += wait * wait


def record_service(row: int, step: int, minutes: float) -> None:
    """A service at a step."""
    if row >= 0:
        step_service[row * STEPS + step] += minutes


def record_impatience(row: int, step: int) -> None:
    """One more who left the queue of a step."""
    if row >= 0:
        step_impatiences[row * STEPS + step] += 1


def record_busy(resource: int, start: float, end: float, horizon: float) -> None:
    """Minutes of one desk at work, by the half-hours of the day, as far as the horizon."""
    at = start
    stop = end if end < horizon else horizon
    while at < stop:
        half = floor(at / 30.0)
        edge = (half + 1.0) * 30.0
        if edge > stop:
            edge = stop
        place = int(half) % HALF_HOURS
        busy[resource * HALF_HOURS + place] += edge - at
        now_busy[resource] += edge - at
        at = edge


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
