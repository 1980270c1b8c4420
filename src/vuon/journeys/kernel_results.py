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
from vuon.kernel.maths import log

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
# What one citizen adds to the sums.
one: F = floats(MEASURES)
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


def note_count(row: int, what: int) -> None:
    """One more in a row, if there is one."""
    if row >= 0:
        now_counts[row * COUNTS + what] += 1


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
    one[M_TIME] = 0.0
    one[M_WAIT] = wait
    one[M_WORK] = citizen_work[citizen]
    one[M_SERVICE] = citizen_service[citizen]
    one[M_TRAVEL] = citizen_travel[citizen]
    one[M_MONEY] = citizen_money[citizen]
    one[M_TRIPS] = float(citizen_trips[citizen])
    one[M_ATTEMPTS] = float(citizen_attempts[citizen])
    one[M_COST] = cost
    one[M_UNFINISHED] = 0.0
    one[M_STATE_COST] = citizen_state_cost[citizen]
    tolerance = group_tolerance[citizen_group[citizen]]
    if tolerance > 0.0:
        if wait > tolerance:
            now_counts[row * COUNTS + C_OVER] += 1
    now_waits[row * BINS + bin_of(wait, LEAST_MINUTES, LOG_MINUTES)] += 1
    grams[(G_COST * ROWS + row) * BINS + bin_of(cost, LEAST_MONEY, LOG_MONEY)] += 1
    if outcome == C_DONE:
        spent = now - citizen_entered[citizen]
        one[M_TIME] = spent
        grams[(G_TIME * ROWS + row) * BINS + bin_of(spent, LEAST_MINUTES, LOG_MINUTES)] += 1
    if outcome == C_DROPPED:
        one[M_UNFINISHED] = cost
    at = row * MEASURES
    for n in range(0, M_STATE_COST + 1):
        now_sums[at + n] += one[n]
        squares[at + n] += one[n] * one[n]


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
