"""Means, spreads, intervals over replications, of one variant and of two in pairs; what stands.

In the dialect of `vuon.kernel`, so that server and browser show the same digits. Columns are
outcomes of groups, rows are replications; `used` leaves out a replication in which an outcome has
nothing to be computed from.
"""

from vuon.kernel.dialect import F, L, floats, floor, ints, sqrt
from vuon.kernel.maths import exp, log

CELLS = 262144
COLUMNS = 512
FREEDOMS = 4097

# What is computed for a column.
V_COUNT = 0
V_LEFT = 1
V_RIGHT = 2
V_MEAN = 3
V_SD = 4
V_HALF = 5
V_NEEDED = 6
V_RATIO = 7
# Two-sided, of no difference at all; 1 where it stands after Holm's correction over all columns.
V_P = 8
V_SURE = 9
VALUES = 10

# Header: replications, columns.
N_ROWS = 0
N_COLUMNS = 1
size: L = ints(8)
left: F = floats(CELLS)
right: F = floats(CELLS)
used: L = ints(CELLS)
# The half-width that is good enough whatever the difference, for each column; 0 for none.
enough: F = floats(COLUMNS)
# Student's t at 97.5 % by degrees of freedom; from 4,096 on the last one serves.
student: F = floats(FREEDOMS)
values: F = floats(COLUMNS * VALUES)
place: L = ints(COLUMNS)

PI = 3.141592653589793
NEAR = 1e-15
LEVEL = 0.05


def run(budget: int) -> int:
    """The number of columns, whose `values` are then written. `budget` is not needed."""
    for column in range(0, size[N_COLUMNS]):
        column_of(column)
    holm(size[N_COLUMNS])
    return size[N_COLUMNS]


def apart(x: float, y: float) -> float:
    """y - x; 0 where only the last digits of sums in another order differ."""
    found = y - x
    if abs(found) <= 1e-12 * (abs(x) + abs(y)):
        return 0.0
    return found


def column_of(column: int) -> None:
    """Mean and spread of right − left in pairs, and how much the pairs gain over no pairs."""
    rows = size[N_ROWS]
    columns = size[N_COLUMNS]
    count = 0
    a = 0.0
    b = 0.0
    mean = 0.0
    for n in range(0, rows):
        if used[n * columns + column] == 1:
            count += 1
            a += left[n * columns + column]
            b += right[n * columns + column]
            mean += apart(left[n * columns + column], right[n * columns + column])
    at = column * VALUES
    for n in range(0, VALUES):
        values[at + n] = 0.0
    values[at + V_P] = 1.0
    values[at + V_COUNT] = float(count)
    if count == 0:
        return
    a = a / float(count)
    b = b / float(count)
    mean = mean / float(count)
    values[at + V_LEFT] = a
    values[at + V_RIGHT] = b
    values[at + V_MEAN] = mean
    if count < 2:
        return
    square = 0.0
    single = 0.0
    for n in range(0, rows):
        if used[n * columns + column] == 1:
            x = left[n * columns + column]
            y = right[n * columns + column]
            d = apart(x, y) - mean
            square += d * d
            single += (x - a) * (x - a) + (y - b) * (y - b)
    sd = sqrt(square / float(count - 1))
    t = student[count - 1 if count < FREEDOMS else FREEDOMS - 1]
    values[at + V_SD] = sd
    values[at + V_HALF] = t * sd / sqrt(float(count))
    values[at + V_P] = chance(mean, sd, count)
    values[at + V_NEEDED] = needed(sd, abs(mean), enough[column])
    if square > 0.0:
        values[at + V_RATIO] = single / square


def needed(sd: float, difference: float, good: float) -> float:
    """Replications for a half-width of 5 % of the difference, or of what is good enough."""
    width = 0.05 * difference
    if good > width:
        width = good
    if sd <= 0.0:
        return 2.0
    if width <= 0.0:
        return 1e9
    found = 1.96 * sd / width
    return floor(found * found) + 1.0


def chance(mean: float, sd: float, count: int) -> float:
    """How likely so large a mean is, in either direction, where there is none: Student's t."""
    if mean == 0.0:
        return 1.0
    if sd <= 0.0:
        return 0.0
    one = mean / sd
    square = one * one * float(count)
    freedom = float(count - 1)
    return beta_half(count - 1, freedom / (freedom + square), square / (freedom + square))


def beta_half(freedom: int, x: float, rest: float) -> float:
    """I_x(freedom/2, 1/2), the regularised incomplete beta function; `rest` is 1 - x.

    Lentz's continued fraction on the side where it converges fast, as in Numerical Recipes,
    section 6.4.
    """
    if x <= 0.0:
        return 0.0
    a = float(freedom) / 2.0
    front = gamma_ratio(freedom) * exp(a * log(x)) * sqrt(rest)
    if x > (a + 1.0) / (a + 2.5):
        return 1.0 - front * fraction(0.5, a, rest) / 0.5
    return front * fraction(a, 0.5, x) / a


def gamma_ratio(freedom: int) -> float:
    """Γ(a + 1/2) / (Γ(a) Γ(1/2)) of a = freedom/2, from 1/2 or 1 upwards."""
    odd = freedom & 1
    a = 0.5 if odd == 1 else 1.0
    found = 1.0 / PI if odd == 1 else 0.5
    while a < float(freedom) / 2.0:
        found = found * (a + 0.5) / a
        a += 1.0
    return found


def fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of I_x(a, b)."""
    c = 1.0
    d = 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    found = d
    for n in range(1, 10000):
        m = float(n)
        even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        d = 1.0 / (1.0 + even * d)
        c = 1.0 + even / c
        found = found * (c * d)
        odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        d = 1.0 / (1.0 + odd * d)
        c = 1.0 + odd / c
        found = found * (c * d)
        if abs(c * d - 1.0) < NEAR:
            break
    return found


def holm(columns: int) -> None:
    """Which differences stand at 5 % when all of them are looked at (Holm 1979)."""
    for n in range(0, columns):
        place[n] = 0
        for other in range(0, columns):
            mine = values[n * VALUES + V_P]
            theirs = values[other * VALUES + V_P]
            if theirs < mine or (theirs == mine and other < n):
                place[n] += 1
    # The first in their order that does not stand takes all behind it along.
    first = columns
    for n in range(0, columns):
        if values[n * VALUES + V_P] > LEVEL / float(columns - place[n]) and place[n] < first:
            first = place[n]
    for n in range(0, columns):
        values[n * VALUES + V_SURE] = 1.0 if place[n] < first else 0.0
