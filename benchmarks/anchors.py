"""Carrying 1,000 passages over 240 edits: time, how many need no person, and whether any is wrong.

The edits are made letter by letter with their origin kept, so that where each passage truly went is
known and can be compared with where it was carried.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from vuon.evidence.anchor import ALIKE, EXACT, MOVED, ORPHAN, Passage, difference, reanchor
from vuon.vietnamese import fold

SIZE, PASSAGES, EDITS = 75_000, 1_000, 240
#: What a second listening corrects, and what blocking names and cutting sentences does.
CORRECTED = ("letter", "accents", "replace", "accents", "insert", "letter", "delete", "split")
CUT = (*CORRECTED[1:], "name", "sentence")
SPOKEN = (
    "tôi chờ lâu lắm ở một cửa vì thiếu giấy tờ nên cán bộ bảo về nhà lấy thêm rồi sáng mai quay "
    "lại từ bảy giờ mà đông người quá không ai gọi tên đường xa mưa ngập xe hỏng con nhỏ phải gửi "
    "bà ngoại trông chị hàng xóm nói nộp qua mạng nhanh hơn nhưng máy cũ mạng yếu chữ bé đọc hoài "
    "cũng chẳng hiểu anh công an xã giúp làm tài khoản xong lại quên mật khẩu thôi đành đi bộ"
)
WORDS = SPOKEN.split()

#: A letter and where it stood in the old text; -1 if it is new.
Letters = list[tuple[str, int]]


def transcript(drawing: random.Random, size: int) -> str:
    """A text of turns with words as unevenly common as in speech."""
    weights = [1 / (rank + 3) for rank in range(len(WORDS))]
    turns: list[str] = []
    while sum(map(len, turns)) + 2 * len(turns) < size:
        sentences = [
            " ".join(drawing.choices(WORDS, weights, k=drawing.randint(2, 16))).capitalize() + "."
            for _ in range(drawing.randint(1, 6))
        ]
        turns.append(f"P{drawing.randint(1, 5):02}: " + " ".join(sentences))
    return "\n\n".join(turns)[:size]


def _new(words: str) -> Letters:
    return [(sign, -1) for sign in words]


def edit(letters: Letters, drawing: random.Random, kind: str) -> None:
    """One change of the kind that people make, at a place drawn at random."""
    place = drawing.randrange(1, len(letters) - 500)
    blanks = [at for at in range(place, place + 500) if letters[at][0] == " "]
    start, end = blanks[0] + 1, blanks[1]
    if kind == "letter":
        letters[start : start + 1] = _new(drawing.choice("aăâeêioôơuưy"))
    elif kind == "accents":
        letters[start:end] = [(fold(sign) or sign, origin) for sign, origin in letters[start:end]]
    elif kind == "replace":
        letters[start:end] = _new(drawing.choice(WORDS))
    elif kind == "insert":
        letters[start:start] = _new(drawing.choice(WORDS) + " ")
    elif kind == "delete":
        del letters[start : end + 1]
    elif kind == "split":
        letters[start - 1 : start] = _new("\n\n")
    elif kind == "name":
        letters[start : blanks[2]] = _new(f"[người {drawing.randint(1, 9)}]")
    elif kind == "sentence":
        del letters[start : blanks[10] + 1]


def edited(text: str, drawing: random.Random, edits: int, kinds: Sequence[str]) -> Letters:
    """The letters of `text` after so many edits, of the kinds by turns."""
    letters = [(sign, at) for at, sign in enumerate(text)]
    for nth in range(edits):
        edit(letters, drawing, kinds[nth % len(kinds)])
    return letters


def passages(text: str, drawing: random.Random, count: int) -> list[Passage]:
    """Passages of one to thirty words."""
    blanks = [at for at, sign in enumerate(text) if sign == " "]
    found = []
    for _ in range(count):
        first = drawing.randrange(len(blanks) - 31)
        start = blanks[first] + 1
        found.append(Passage(start, blanks[first + drawing.randint(1, 30)]))
    return found


def truly(passage: Passage, places: Mapping[int, int]) -> float:
    """How like its old self the passage is where it truly went; 0 if nothing of it is left."""
    left = [places[at] for at in range(*passage) if at in places]
    if not left:
        return 0.0
    return 2 * len(left) / (passage.end - passage.start + left[-1] + 1 - left[0])


def counts(seed: int, edits: int, kinds: Sequence[str]) -> Counter[str]:
    """What became of the passages in one drawn text, and how long it took in ms."""
    drawing = random.Random(seed)
    old = transcript(drawing, SIZE)
    letters = edited(old, drawing, edits, kinds)
    new = "".join(sign for sign, _ in letters)
    places = {origin: at for at, (_, origin) in enumerate(letters) if origin >= 0}
    wanted = passages(old, drawing, PASSAGES)
    began = time.perf_counter()
    moved = reanchor(difference(old, new), old, new, wanted)
    found = Counter(ms=round(1000 * (time.perf_counter() - began)))
    for passage, now in zip(wanted, moved, strict=True):
        found[now.state] += 1
        found["possible"] += truly(passage, places) >= ALIKE
        origins = [letters[at][1] for at in range(now.start, now.end)]
        mine = sum(passage.start <= origin < passage.end for origin in origins)
        found["wrong"] += now.state in (EXACT, MOVED) and 2 * mine < len(origins)
    return found


def main() -> None:
    """Print the table; a passage is possible if where it truly went it is 0.85 alike."""
    print("| 75,000 characters, 1,000 passages | ms | automatic | possible | orphans | wrong |")
    print("|---|---|---|---|---|---|")
    for told, edits, kinds, limit in (
        ("240 corrections", EDITS, CORRECTED, " (limit 98 %)"),
        ("960 corrections", 4 * EDITS, CORRECTED, ""),
        ("240 corrections, names blocked, sentences cut", EDITS, CUT, ""),
    ):
        each = [counts(seed, edits, kinds) for seed in range(1, 6)]
        whole: Counter[str] = sum(each, Counter())
        drawn = PASSAGES * len(each)
        automatic = (whole[EXACT] + whole[MOVED]) / drawn
        print(
            f"| {told} | {median(one['ms'] for one in each):.0f} (limit 1,000) |"
            f" {automatic:.1%}{limit} | {whole['possible'] / drawn:.1%} |"
            f" {whole[ORPHAN] / drawn:.1%} | {whole['wrong']} (limit 0) |"
        )
