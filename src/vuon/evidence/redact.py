"""Personal details in a text, proposed for blocking; a person confirms each, none goes by itself.

Numbers and addresses are found by their shape, people by titles and family names. What no rule
finds stays: somebody reads the text afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vuon.errors import N_, Words
from vuon.evidence.name_lists import folded
from vuon.evidence.persons import persons
from vuon.evidence.shapes import shaped
from vuon.vietnamese import fold, nfc

#: What each kind is called, and what is written in its place.
KINDS: Mapping[str, tuple[str, str]] = {
    "name": (N_("a person's name"), N_("[Person {number}]")),
    "phone": (N_("a telephone number"), N_("[telephone number]")),
    "citizen_id": (N_("a citizen's number"), N_("[citizen's number]")),
    "plate": (N_("a number plate"), N_("[number plate]")),
    "bank": (N_("a bank account"), N_("[bank account]")),
    "email": (N_("an e-mail address"), N_("[e-mail address]")),
    "address": (N_("an address"), N_("[address]")),
    "birth_date": (N_("a date of birth"), N_("[date of birth]")),
    "paper": (N_("the number of a paper"), N_("[number of a paper]")),
}
# Where two kinds want the same words, the earlier has the better reason.
_RANK = {
    kind: place
    for place, kind in enumerate(
        ("email", "bank", "citizen_id", "paper", "birth_date", "plate", "phone", "address", "name")
    )
}


@dataclass(frozen=True)
class Proposal:
    """Something personal in a text.

    Args:
        start, end: where it stands, in code points, the end exclusive.
        kind: one of `KINDS`.
        text: the words.
        replacement: what would stand in its place; a name shows the number it has in this text.
        why: what it is taken for.
    """

    start: int
    end: int
    kind: str
    text: str
    replacement: Words
    why: Words


def propose(text: str, known_names: Iterable[str] = ()) -> tuple[Proposal, ...]:
    """What looks personal in a text, in order, without overlaps.

    Args:
        text: composed text (NFC), as `vuon.evidence.text.clean` makes it.
        known_names: names that somebody has marked before. Several words are found in any
            spelling, a single word only with its accents and a capital: "lành" is also a word.

    >>> text = "Bà Nguyễn Thị Lành gọi 0905 123 456, nhà ở phường Sông An."
    >>> [(each.kind, each.text) for each in propose(text)]
    [('name', 'Nguyễn Thị Lành'), ('phone', '0905 123 456')]
    """
    found = [*shaped(text)]
    found += [(start, end, "name") for start, end in persons(text)]
    found += [(start, end, "name") for start, end in _known(text, known_names)]
    apart = _apart(found)
    numbers = _numbers(text[start:end] for start, end, kind in apart if kind == "name")
    proposals = []
    for start, end, kind in apart:
        said = text[start:end]
        number = numbers[_key(said)] if kind == "name" else 0
        why, instead = KINDS[kind]
        fields = {"number": number} if kind == "name" else {}
        proposals.append(Proposal(start, end, kind, said, Words(instead, fields), Words(why)))
    return tuple(proposals)


def _known(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    for name in {nfc(name).strip() for name in names} - {""}:
        # Folding NFC Vietnamese keeps every position; where it does not, accents must agree.
        loose = len(name.split()) > 1 and len(folded) == len(text)
        where, wanted = (folded, fold(name)) if loose else (text, name)
        pattern = r"\s+".join(re.escape(word) for word in wanted.split())
        for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", where):
            yield found.span()


def _apart(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest of those that overlap, in order."""
    kept: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for start, end, kind in sorted(
        set(found), key=lambda each: (each[0] - each[1], _RANK[each[2]], each[0])
    ):
        if not taken.intersection(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, kind))
    return sorted(kept)


def _key(name: str) -> str:
    """A name without accents, case and further blanks: the same for the same person."""
    return " ".join(fold(name).split())


def _numbers(names: Iterable[str], first: int = 1) -> dict[str, int]:
    """A number for each name, in order of appearance.

    A given name alone has the number of the one full name that ends with it; where two full
    names do, nobody can tell, and it has its own.
    """
    keys = list(dict.fromkeys(_key(name) for name in names))
    same = {key: _full(key, keys) for key in keys}
    numbers: dict[str, int] = {}
    for key in keys:
        if same[key] not in numbers:
            numbers[same[key]] = first + len(numbers)
    return {key: numbers[same[key]] for key in keys}


def _full(key: str, keys: Iterable[str]) -> str:
    """The one full name that a given name belongs to, or the name itself."""
    longer = [
        each for each in keys if each.endswith(f" {key}") and each.split()[0] not in folded("kin")
    ]
    return longer[0] if len(longer) == 1 else key


def pseudonyms(
    accepted: Iterable[Proposal], known: Mapping[str, str], language: str = "vi"
) -> dict[str, str]:
    """What stands for each name, by the name without accents and case; those known stay.

    Keep it, encrypted and apart from the texts, and give it again for the next text of the same
    people; without it the numbers begin anew.

    >>> found = propose("Chị Hoa gặp bà Lành.")
    >>> pseudonyms(found, {"lanh": "[Sen]"}, "en")
    {'lanh': '[Sen]', 'hoa': '[Person 1]'}
    """
    all_known = dict(known)
    names = [each.text for each in accepted if each.kind == "name"]
    keys = list(dict.fromkeys(_key(name) for name in names))
    whole = [*all_known, *keys]
    # Full names first, so that a given name alone finds the one that it belongs to.
    for key in sorted(keys, key=lambda key: _full(key, whole) != key):
        full = _full(key, whole)
        if key not in all_known:
            all_known[key] = all_known.get(full) or _unused(all_known, language)
    return all_known


def _unused(known: Mapping[str, str], language: str) -> str:
    taken = set(known.values())
    number = 1
    while (worded := Words(KINDS["name"][1], {"number": number}).say(language)) in taken:
        number += 1
    return worded


def apply(
    text: str,
    accepted: Sequence[Proposal],
    known: Mapping[str, str],
    language: str = "vi",
) -> tuple[str, tuple[tuple[int, int, int, int], ...]]:
    """The text with what was accepted blocked, and where each piece went.

    Args:
        text: the text for which the proposals were made.
        accepted: those that a person confirmed.
        known: what stands for each name, as `pseudonyms` gives it; names that are not
            in it get the next free number.
        language: the language of the text, "vi" or "en".

    Returns:
        The new text, and for each piece its old start and end and its new start and end.

    >>> text = "Gọi bà Lành: 0905 123 456."
    >>> apply(text, propose(text), {}, "en")
    ('Gọi bà [Person 1]: [telephone number].', ((7, 11, 7, 17), (13, 25, 19, 37)))
    """
    names = pseudonyms(accepted, known, language)
    parts: list[str] = []
    moved: list[tuple[int, int, int, int]] = []
    at = length = 0
    for each in sorted(accepted, key=lambda each: each.start):
        if each.start < at:
            continue
        instead = names[_key(each.text)] if each.kind == "name" else each.replacement.say(language)
        parts += [text[at : each.start], instead]
        start = length + each.start - at
        length, at = start + len(instead), each.end
        moved.append((each.start, each.end, start, length))
    return "".join([*parts, text[at:]]), tuple(moved)


#: Work that one person, or a handful, does in a small place.
_RARE = (
    "chủ tịch|phó chủ tịch|bí thư|phó bí thư|trưởng thôn|phó thôn|trưởng bản|trưởng ấp|già làng|"
    "trưởng trạm|hiệu trưởng|hiệu phó|bác sĩ|y sĩ|nữ hộ sinh|bà đỡ|thầy cúng|thầy mo|thầy lang|"
    "linh mục|mục sư|trụ trì|sư thầy|công chứng viên|tổ trưởng|trưởng công an|công an viên|"
    "cán bộ (?:địa chính|tư pháp|hộ tịch|văn hóa)|chủ tiệm vàng|chủ lò gạch|người mù duy nhất|"
    "nhạc công|nghệ nhân|chủ nhiệm hợp tác xã|giám đốc hợp tác xã|bưu tá|thợ rèn|đông y"
)
_SMALL = r"(?:thôn|bản|ấp|làng|buôn|xóm|khóm|xã|phường|tổ dân phố|đặc khu|thị trấn)"
_JOB = re.compile(rf"(?<!\w)(?i:{_RARE})(?!\w)")
_PLACE = re.compile(
    rf"(?<!\w)(?i:{_SMALL})\s+(?:số\s+)?(?:\d+|[A-ZĐÀ-Ỹ]\w*(?:\s[A-ZĐÀ-Ỹ]\w*){{0,3}})"
)


def residual(text: str) -> tuple[Words, ...]:
    """Warnings that may name somebody without a name: rare work and a small place in one sentence.

    >>> [str(each) for each in residual("Tôi là y sĩ duy nhất ở xã Sông An.")]
    ['“y sĩ” and “xã Sông An” together may tell who it is: few have that work there.']
    """
    found: dict[tuple[str, str], Words] = {}
    for sentence in re.split(r"(?<=[.!?…])\s+|\n+", text):
        place = _PLACE.search(sentence)
        job = _JOB.search(sentence) if place else None
        if place and job:
            pair = (job[0].lower(), place[0])
            found.setdefault(
                pair,
                Words(
                    N_(
                        "“{work}” and “{place}” together may tell who it is: "
                        "few have that work there."
                    ),
                    {"work": job[0], "place": place[0]},
                ),
            )
    return tuple(found.values())
