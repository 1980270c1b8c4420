"""Named random streams: laws that hold for every seed, and digits that never change."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from vuon import seeds


def test_the_digits_are_the_same_on_every_machine() -> None:
    """Worked out from SHA-256 by hand; a change here would change every game that was begun."""
    digest = hashlib.sha256(b"1\x1fstr:cause\x1f0").digest()
    by_hand = (int.from_bytes(digest[:8], "big") >> 11) / 2**53
    assert seeds.uniform(1, "cause") == by_hand == 0.8800872488848172
    drawn = [seeds.whole(7, "people", "a", week, low=8, high=12) for week in range(6)]
    assert drawn == [11, 11, 9, 8, 10, 12]


@given(st.integers(0, 2**62), st.text(max_size=8), st.text(max_size=8))
def test_a_draw_belongs_to_its_names_alone(seed: int, one: str, other: str) -> None:
    before = seeds.uniform(seed, one)
    seeds.uniform(seed, other)
    assert seeds.uniform(seed, one) == before
    assert 0 <= before < 1


def test_a_name_and_a_number_are_different_names() -> None:
    assert seeds.uniform(1, "2") != seeds.uniform(1, 2)
    assert seeds.uniform(1, "a", "b") != seeds.uniform(1, "ab")


def test_shares_are_kept_to() -> None:
    """Four standard errors around each share, over 4,000 draws."""
    shares = [("rain", 0.2), ("sun", 0.5)]
    found = [seeds.choose(shares, 3, "day", n) for n in range(4000)]
    for item, share in (*shares, (None, 0.3)):
        error = 4 * (share * (1 - share) / 4000) ** 0.5
        assert abs(found.count(item) / 4000 - share) < error


def test_the_bell_has_the_mean_and_spread_it_promises() -> None:
    values = [seeds.bell(5, n) for n in range(4000)]
    assert abs(sum(values) / 4000) < 4 / 4000**0.5
    assert abs(sum(value**2 for value in values) / 4000 - 1) < 0.1


def test_every_order_comes_about() -> None:
    orders = {tuple(seeds.shuffled([1, 2, 3], n, "order")) for n in range(200)}
    assert len(orders) == 6
