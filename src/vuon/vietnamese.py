"""Vietnamese text: one spelling (NFC), folding for search, sorting, and figures as written here.

Everything here is a pure function of its arguments and knows nothing about the product.
"""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

# Tones in the order of Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: place for place, letter in enumerate(_ALPHABET, start=100)}


def nfc(text: str) -> str:
    """`text` in composed form, so that equal-looking Vietnamese is equal.

    >>> nfc("Hue\\u0302\\u0301") == "Huế"
    True
    """
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` without marks and case, for searching: the same for text and query.

    The bar of đ is no combining mark and is taken off separately.

    >>> fold("ĐỔI MỚI Sáng Tạo")
    'doi moi sang tao'
    """
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", nfc(text))
        if not unicodedata.combining(letter)
    )
    # Casefolding can bring new marks (İ), so that they are dropped once more.
    lowered = unicodedata.normalize("NFD", bare.replace("đ", "d").replace("Đ", "d").casefold())
    return "".join(letter for letter in lowered if not unicodedata.combining(letter))


def _split_tone(letter: str) -> tuple[str, int]:
    """A letter with its shape marks (ă, â, ê, ô, ơ, ư, đ) kept, and its tone from 0 to 5."""
    tone, kept = 0, []
    for sign in unicodedata.normalize("NFD", letter):
        if sign in _TONES:
            tone = _TONES[sign]
        else:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept)), tone


@lru_cache(maxsize=4096)
def syllable(word: str) -> tuple[str, int]:
    """The letters of one `word` in lower case and its tone, wherever the tone mark stands.

    Both ways to place a mark are in use ("hòa", "hoà"); they are the same word.

    >>> syllable("Hòa") == syllable("hoà")
    True
    >>> syllable("hoa") == syllable("hòa")
    False
    """
    letters, tones = [], 0
    for letter in nfc(word).lower():
        plain, tone = _split_tone(letter)
        letters.append(plain)
        tones = tones * 6 + tone if tone else tones
    return "".join(letters), tones


def has_marks(text: str) -> bool:
    """Whether `text` carries a tone, a shape mark or đ.

    >>> has_marks("Thừa Thiên Huế"), has_marks("Thua Thien Hue")
    (True, False)
    """
    lowered = nfc(text).casefold()
    return fold(text) != unicodedata.normalize("NFD", lowered)


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """The key that sorts `text` as a Vietnamese reader expects: a ă â b c d đ e ê …, then tones.

    Letters of the whole text decide first, tones only between texts of the same letters, as in
    the collation "vi" of CLDR. Other signs come before letters, digits among them.

    >>> sorted(["Đà Nẵng", "Ăn", "Dê", "Ân", "An", "Án", "Ạn"], key=sort_key)
    ['An', 'Án', 'Ạn', 'Ăn', 'Ân', 'Dê', 'Đà Nẵng']
    """
    letters: list[int] = []
    tones: list[int] = []
    for letter in nfc(text).lower():
        plain, tone = _split_tone(letter)
        if plain in _RANK:
            letters.append(_RANK[plain])
            tones.append(tone)
            continue
        folded = fold(plain)
        for sign in folded or plain:
            letters.append(_RANK.get(sign, 200 + ord(sign) if sign.isalpha() else ord(sign) % 100))
            tones.append(tone)
    return tuple(letters), tuple(tones), nfc(text)


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """`value` as written in Viet Nam: points between thousands, a comma before decimals.

    Args:
        value: a finite number.
        decimals: digits after the comma, 0 or more; halves are rounded away from zero.
            None shows an exact number as it is.

    Raises:
        ValueError: `value` is not finite, or `decimals` is negative.

    >>> number(1234567.8)
    '1.234.567,8'
    >>> number(-1234.5, 0)
    '-1.235'
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not exact.is_finite():
        raise ValueError("only a finite number can be written out")
    if decimals is not None:
        if decimals < 0:
            raise ValueError("decimals must be 0 or more")
        # The context of `quantize` holds 28 digits; a wider one keeps any size of number exact.
        exact = _rounded(exact, decimals)
    shown = f"{exact:,f}"
    if decimals is None and "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    if not shown.strip("-0,."):
        shown = shown.lstrip("-")
    return shown.translate(str.maketrans(",.", ".,"))


def _rounded(exact: Decimal, decimals: int) -> Decimal:
    with localcontext() as context:
        context.prec = max(28, exact.adjusted() + decimals + 4, len(exact.as_tuple().digits) + 4)
        return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percent(share: int | float | Decimal, decimals: int = 0) -> str:
    """A `share` of one as a percentage, without a space before the sign.

    >>> percent(0.57), percent(0.1234, 1)
    ('57%', '12,3%')
    """
    exact = share if isinstance(share, Decimal) else Decimal(repr(share))
    return f"{number(exact * 100, decimals)}%"
