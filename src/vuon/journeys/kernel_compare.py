"""Means, spreads and intervals over replications, of one variant and of two in pairs.

In the dialect of `vuon.kernel`, so that server and browser show the same digits. Columns are
outcomes of groups, rows are replications; `used` leaves out a replication in which an outcome has
nothing to be computed from.
"""

from vuon.kernel.dialect import F, L, floats, floor, ints, sqrt

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
VALUES = 8

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


def run(budget: int) -> int:
    """The number of columns, whose `values` are then written. `budget` is not needed."""
    for column in range(0, size[N_COLUMNS]):
        column_of(column)
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
