"""Three desks and one queue (M/M/3) as a kernel: the smallest whole simulation in the dialect.

Citizens arrive as a Poisson process and are served in their order. Wait and time in the office are
summed and put into histograms of their logarithms, from which quantiles are read.
"""

from vuon.kernel.dialect import F, L, floats, floor, ints
from vuon.kernel.heap import heap_clear, heap_pop, heap_push, heap_size, heap_time
from vuon.kernel.maths import log
from vuon.kernel.random import citizen_key, draw, group_key, unif

# Cells of the header.
H_SEED = 0
H_CITIZENS = 1
H_PHASE = 2
H_EVENTS = 3
H_ARRIVED = 4
H_SERVED = 5
H_BUSY = 6
H_FIRST = 7
H_QUEUED = 8
# Cells of the scalars: minutes, and sums of minutes.
S_GAP = 0
S_SERVICE = 1
S_WAITED = 2
S_WAITED_SQUARED = 3
S_INSIDE = 4
S_NOW = 5

DESKS = 3
PLACES = 8192  # of the queue; a power of two
BINS = 1024
SMALLEST = 0.01  # minutes; shorter ones share bin 0
WIDTH = 0.02  # of a bin, in logarithms

BEGINS = 0
RUNS = 1
ARRIVAL = 1
SERVICE = 0
MORE = -5
FULL = -1
NUMBER_BITS = 59

P_SERVICE = 0
P_GAP = 5

header: L = ints(16)
scalars: F = floats(16)
queue_time: F = floats(PLACES)
queue_number: L = ints(PLACES)
wait_bins: L = ints(BINS)
inside_bins: L = ints(BINS)


def run(budget: int) -> int:
    """Events handled when all citizens are served; -5: the budget is used; -1: the queue is full.

    Header: seed and citizens; scalars: mean minutes between arrivals and of a service.
    """
    if header[H_PHASE] == BEGINS:
        begin()
    left = budget
    while heap_size[0] > 0:
        if left <= 0:
            return MORE
        left -= 1
        now = heap_time()
        word = heap_pop()
        scalars[S_NOW] = now
        header[H_EVENTS] += 1
        if word >> NUMBER_BITS == ARRIVAL:
            number = word & ((1 << NUMBER_BITS) - 1)
            if header[H_BUSY] < DESKS:
                header[H_BUSY] += 1
                serve(number, now, now)
            else:
                if header[H_QUEUED] >= PLACES:
                    return FULL
                place = (header[H_FIRST] + header[H_QUEUED]) & (PLACES - 1)
                queue_time[place] = now
                queue_number[place] = number
                header[H_QUEUED] += 1
            arrive(now)
        elif header[H_QUEUED] > 0:
            place = header[H_FIRST]
            header[H_FIRST] = (place + 1) & (PLACES - 1)
            header[H_QUEUED] -= 1
            serve(queue_number[place], queue_time[place], now)
        else:
            header[H_BUSY] -= 1
    return header[H_EVENTS]


def begin() -> None:
    """An empty office and the first arrival ahead."""
    header[H_PHASE] = RUNS
    heap_clear()
    arrive(0.0)


def arrive(now: float) -> None:
    """The next citizen is on the way, if there is one."""
    number = header[H_ARRIVED]
    if number < header[H_CITIZENS]:
        header[H_ARRIVED] = number + 1
        minutes = scalars[S_GAP] * exponential(number, P_GAP)
        heap_push(now + minutes, (ARRIVAL << NUMBER_BITS) | number)


def serve(number: int, arrived: float, now: float) -> None:
    """A desk takes a citizen."""
    minutes = scalars[S_SERVICE] * exponential(number, P_SERVICE)
    waited = now - arrived
    scalars[S_WAITED] += waited
    scalars[S_WAITED_SQUARED] += waited * waited
    scalars[S_INSIDE] += waited + minutes
    wait_bins[bin_of(waited)] += 1
    inside_bins[bin_of(waited + minutes)] += 1
    header[H_SERVED] += 1
    heap_push(now + minutes, number)


def exponential(number: int, purpose: int) -> float:
    """An exponential number with mean 1 that belongs to a citizen and a purpose."""
    key = citizen_key(group_key(header[H_SEED], 0), number)
    return 0.0 - log(unif(draw(key, 0, 0, purpose)))


def bin_of(minutes: float) -> int:
    """The bin of a time in minutes."""
    if minutes <= SMALLEST:
        return 0
    place = 1 + int(floor(log(minutes / SMALLEST) / WIDTH))
    return place if place < BINS else BINS - 1
