"""Random numbers without a state: a number belongs to its names, whatever was drawn before it.

In the dialect. `mix` is the finaliser of splitmix64 (Steele, Lea and Flood 2014); keys of
replication, group, citizen, step and purpose are mixed one into the other.
"""

from vuon.kernel.dialect import shr_u, wrap, wrap_add, wrap_mul

#: The golden ratio of 2^64, odd: steps by it visit every number.
GAMMA = wrap(0x9E3779B97F4A7C15)


def mix(x: int) -> int:
    """All bits of x mixed into each other; a bijection of the numbers of 64 bits."""
    x = wrap_mul(x ^ shr_u(x, 30), wrap(0xBF58476D1CE4E5B9))
    x = wrap_mul(x ^ shr_u(x, 27), wrap(0x94D049BB133111EB))
    return x ^ shr_u(x, 31)


def unif(word: int) -> float:
    """A number strictly between 0 and 1 from 52 bits of a draw; 53 would round up to 1."""
    return (float(shr_u(word, 12)) + 0.5) * 2.220446049250313e-16


def group_key(replication: int, group: int) -> int:
    """The key of a group in a replication; `group` is the hash of its stable text key."""
    return mix(wrap_add(replication, group))


def citizen_key(group: int, number: int) -> int:
    """The key of the citizen of that number, from 0, of the group with that key."""
    return mix(wrap_add(group, wrap_mul(GAMMA, number + 1)))


def draw(citizen: int, step: int, visit: int, purpose: int) -> int:
    """The draw of a citizen at a step (by its hash), on a visit from 0, for a purpose 0 to 7."""
    return mix(mix(wrap_add(wrap_add(citizen, step), wrap_mul(GAMMA, 8 * visit + purpose))))
