"""Coming events in the order of time, and of the law where times are equal.

A word packs 4 bits of kind, 28 bits of index, 31 bits of stamp. At one moment the order is kind,
then group and number of the citizen, then the hash of the step: read from the token, never from
the place in the heap.
"""

from vuon.journeys.kernel_tables import (
    EVENTS,
    H_FAULT,
    H_HEAP,
    H_TIES,
    S_END,
    S_NOW,
    S_TIE,
    citizen_group,
    citizen_number,
    event_key,
    event_word,
    header,
    resource_hash,
    scalars,
    slot_number,
    step_hash,
    stream_number,
    tie_word,
    token_citizen,
    token_stamp,
    token_step,
)
from vuon.kernel.dialect import bits, unbits

# Kinds in the order of the law. A_… are arrivals of different sorts, told apart by the stamp.
E_SERVICE = 0
E_DESKS = 1
E_IMPATIENT = 2
E_RELEASE = 3
E_BACK = 4
E_CROWD = 5
E_SLOT = 6
E_ARRIVAL = 7
INDEX_MASK = 268435455
STAMP_MASK = 2147483647
FULL_EVENTS = -2


def push(time: float, kind: int, index: int, stamp: int) -> None:
    """Put an event where it belongs; one behind the end of the run is forgotten."""
    if time > scalars[S_END]:
        return
    size = header[H_HEAP]
    if size >= EVENTS:
        header[H_FAULT] = FULL_EVENTS
        return
    key = bits(time)
    at = size
    while at > 0:
        parent = (at - 1) >> 2
        above = event_key[parent]
        if above <= key:
            break
        event_key[at] = above
        event_word[at] = event_word[parent]
        at = parent
    event_key[at] = key
    event_word[at] = (kind << 59) | (index << 31) | (stamp & STAMP_MASK)
    header[H_HEAP] = size + 1


def pop() -> int:
    """Take the earliest event out of the heap; its time becomes `S_NOW`."""
    size = header[H_HEAP] - 1
    header[H_HEAP] = size
    word = event_word[0]
    scalars[S_NOW] = unbits(event_key[0])
    key = event_key[size]
    at = 0
    child = 1
    while child + 3 < size:
        # The least of four children by selects: the branch would be guessed wrong half the time.
        least = event_key[child]
        where = child
        other = event_key[child + 1]
        where = child + 1 if other < least else where
        least = other if other < least else least
        other = event_key[child + 2]
        where = child + 2 if other < least else where
        least = other if other < least else least
        other = event_key[child + 3]
        where = child + 3 if other < least else where
        least = other if other < least else least
        if least >= key:
            break
        event_key[at] = least
        event_word[at] = event_word[where]
        at = where
        child = 4 * at + 1
    if child + 3 >= size:
        # The last family may be incomplete.
        where = child
        least = key
        for n in range(child, size):
            if event_key[n] < least:
                least = event_key[n]
                where = n
        if least < key:
            event_key[at] = least
            event_word[at] = event_word[where]
            at = where
    event_key[at] = key
    event_word[at] = event_word[size]
    return word


def is_stale(word: int) -> int:
    """1 if the event's token has gone on since."""
    kind = word >> 59
    if kind == E_SERVICE or kind == E_IMPATIENT or kind == E_BACK:
        token = (word >> 31) & INDEX_MASK
        if (token_stamp[token] & STAMP_MASK) != (word & STAMP_MASK):
            return 1
    return 0


def group_in(word: int) -> int:
    """The group that an event is about, in the order of hashes; -1 for none."""
    kind = word >> 59
    index = (word >> 31) & INDEX_MASK
    if kind == E_ARRIVAL:
        return index
    if kind == E_SERVICE or kind == E_IMPATIENT or kind == E_BACK:
        citizen = token_citizen[index]
        if citizen >= 0:
            return citizen_group[citizen]
    return -1


def number_in(word: int) -> int:
    """The number of the citizen that an event is about, or what stands for it."""
    kind = word >> 59
    index = (word >> 31) & INDEX_MASK
    if kind == E_ARRIVAL:
        return stream_number[index]
    if kind == E_SLOT:
        return slot_number[index]
    if kind == E_DESKS:
        return resource_hash[index]
    if kind == E_RELEASE:
        return step_hash[index]
    if kind == E_SERVICE or kind == E_IMPATIENT or kind == E_BACK:
        citizen = token_citizen[index]
        if citizen >= 0:
            return citizen_number[citizen]
        return -1
    return index


def place_in(word: int) -> int:
    """The hash of the step that an event is about, to tell branches of one citizen apart."""
    kind = word >> 59
    if kind == E_SERVICE or kind == E_IMPATIENT or kind == E_BACK:
        return step_hash[token_step[(word >> 31) & INDEX_MASK]]
    return 0


def before(a: int, b: int) -> int:
    """1 if the law puts event `a` before event `b` at one moment."""
    x = a >> 59
    y = b >> 59
    if x == y:
        x = group_in(a)
        y = group_in(b)
        if x == y:
            x = number_in(a)
            y = number_in(b)
            if x == y:
                x = place_in(a)
                y = place_in(b)
    if x < y:
        return 1
    return 0


def next_event() -> int:
    """Take the next event by time and law out; -1 if there is none. Stale ones are dropped."""
    while True:
        if header[H_TIES] == 0:
            if header[H_HEAP] == 0:
                return -1
            word = pop()
            if is_stale(word) == 0:
                if header[H_HEAP] == 0:
                    return word
                if event_key[0] != bits(scalars[S_NOW]):
                    return word
                tie_word[0] = word
                header[H_TIES] = 1
                scalars[S_TIE] = scalars[S_NOW]
        if header[H_TIES] > 0:
            word = next_tie()
            if word >= 0:
                return word


def next_tie() -> int:
    """The first by law of the events of this moment, late ones included; -1 if all are stale."""
    count = header[H_TIES]
    key = bits(scalars[S_TIE])
    while header[H_HEAP] > 0:
        if event_key[0] != key:
            break
        tie_word[count] = pop()
        count += 1
    kept = 0
    best = -1
    for n in range(0, count):
        word = tie_word[n]
        if is_stale(word) == 0:
            tie_word[kept] = word
            if best < 0:
                best = kept
            elif before(word, tie_word[best]) == 1:
                best = kept
            kept += 1
    scalars[S_NOW] = scalars[S_TIE]
    header[H_TIES] = kept
    if best < 0:
        return -1
    found = tie_word[best]
    header[H_TIES] = kept - 1
    tie_word[best] = tie_word[kept - 1]
    return found
