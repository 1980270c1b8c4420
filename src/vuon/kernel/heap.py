"""The event heap: a 4-ary heap keyed by the bits of the time, in the dialect.

Bits of floats ≥ 0 order like the floats, so the heap compares whole numbers. The least of four
children is found without a branch, which was the largest single cost; a loop handles only the
last, incomplete family. Equal keys come out in no promised order: whoever needs one takes all
events of a moment out and orders them by a law.
"""

from vuon.kernel.dialect import L, bits, ints, unbits

EVENTS = 16384

#: The number of events in cell 0.
heap_size: L = ints(2)
heap_key: L = ints(EVENTS + 4)
heap_word: L = ints(EVENTS + 4)


def heap_clear() -> None:
    """Forget every event."""
    heap_size[0] = 0


def heap_push(time: float, word: int) -> int:
    """Put an event in; 0, or -2 where the heap is full. `time` must be ≥ 0 and no NaN."""
    at = heap_size[0]
    if at >= EVENTS:
        return -2
    heap_size[0] = at + 1
    key = bits(time)
    while at > 0:
        up = (at - 1) >> 2
        above = heap_key[up]
        if above <= key:
            break
        heap_key[at] = above
        heap_word[at] = heap_word[up]
        at = up
    heap_key[at] = key
    heap_word[at] = word
    return 0


def heap_time() -> float:
    """The time of the next event; there must be one."""
    return unbits(heap_key[0])


def heap_pop() -> int:
    """Take the next event out and give its word; there must be one."""
    word = heap_word[0]
    size = heap_size[0] - 1
    heap_size[0] = size
    key = heap_key[size]
    last = heap_word[size]
    at = 0
    child = 1
    while child + 3 < size:
        first = heap_key[child]
        second = heap_key[child + 1]
        third = heap_key[child + 2]
        fourth = heap_key[child + 3]
        low = second if second < first else first
        low_at = child + 1 if second < first else child
        high = fourth if fourth < third else third
        high_at = child + 3 if fourth < third else child + 2
        least = high if high < low else low
        least_at = high_at if high < low else low_at
        if key <= least:
            heap_key[at] = key
            heap_word[at] = last
            return word
        heap_key[at] = least
        heap_word[at] = heap_word[least_at]
        at = least_at
        child = 4 * at + 1
    if child < size:
        least = heap_key[child]
        least_at = child
        other = child + 1
        while other < size:
            if heap_key[other] < least:
                least = heap_key[other]
                least_at = other
            other += 1
        if least < key:
            heap_key[at] = least
            heap_word[at] = heap_word[least_at]
            at = least_at
    heap_key[at] = key
    heap_word[at] = last
    return word
