"""Luck of the journey kernel: one uniform for each (citizen, step, visit, purpose).

Each uniform goes through one inverse that rises with it, so that a change of a distribution moves
the same citizens in the same direction and nobody else.
"""

from vuon.journeys.kernel_tables import (
    H_REPLICATION,
    NODES,
    citizen_key,
    dist_a,
    dist_b,
    dist_family,
    dist_table,
    group_hash,
    header,
    replication_key,
    step_hash,
    tables,
)
from vuon.kernel.dialect import floor, wrap_add, wrap_mul
from vuon.kernel.maths import exp, log, normal_quantile
from vuon.kernel.random import mix, unif

# 0x9E3779B97F4A7C15 as a signed number.
GAMMA = -7046029254386353131

# Purposes of draws.
P_SERVICE = 0
P_BRANCH = 1
P_PATIENCE = 2
P_PAPERS = 3
P_DELAY = 4
P_GAP = 5
P_ACCEPT = 6
P_GROUP = 7
# At a step; the three above belong to no step, so that the number is free there.
P_COMES = 5

# Families of distributions.
F_CONST = 0
F_EXPONENTIAL = 1
F_UNIFORM = 2
F_LOGNORMAL = 3
F_WEIBULL = 4
F_TABLE = 5


def key_of(group: int, number: int) -> int:
    """The key of a citizen's luck; group -1 is luck that belongs to no group."""
    base = replication_key[header[H_REPLICATION]]
    if group >= 0:
        base = wrap_add(base, group_hash[group])
    return mix(wrap_add(mix(base), wrap_mul(GAMMA, number + 1)))


def draw_with(key: int, place: int, visit: int, purpose: int) -> float:
    """A number strictly between 0 and 1 that belongs to these names."""
    salt = wrap_mul(GAMMA, 8 * visit + purpose)
    return unif(mix(mix(wrap_add(wrap_add(key, place), salt))))


def draw(citizen: int, step: int, visit: int, purpose: int) -> float:
    """The number of a citizen at a step for a purpose."""
    return draw_with(citizen_key[citizen], step_hash[step], visit, purpose)


def minutes_of(dist: int, u: float) -> float:
    """The minutes of a distribution at `u`; rises with u."""
    family = dist_family[dist]
    a = dist_a[dist]
    if family == F_CONST:
        return a
    b = dist_b[dist]
    if family == F_EXPONENTIAL:
        return 0.0 - a * log(1.0 - u)
    if family == F_LOGNORMAL:
        return exp(a + b * normal_quantile(u))
    if family == F_UNIFORM:
        return a + (b - a) * u
    if family == F_WEIBULL:
        return a * exp(b * log(0.0 - log(1.0 - u)))
    place = (normal_quantile(u) + 4.0) * 8.0
    first = dist_table[dist] * NODES
    if place <= 0.0:
        return tables[first]
    if place >= 64.0:
        return tables[first + NODES - 1]
    at = int(floor(place))
    low = tables[first + at]
    return low + (place - float(at)) * (tables[first + at + 1] - low)
