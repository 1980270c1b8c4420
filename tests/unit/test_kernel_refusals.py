"""What a kernel source may not say is refused at its line, with a caret under the place."""

from __future__ import annotations

import textwrap

import pytest

from vuon.kernel import check, reference
from vuon.kernel.check import DialectError, Source

HEAD = """from vuon.kernel.dialect import F, L, floats, ints, shr_u, sqrt, wrap, wrap_add
N = 8
a: L = ints(N)
x: F = floats(N)
def adds() -> int:
    a[0] += 1
    return a[0]
"""

#: A body of `def run(i: int) -> int:`, what the caret stands under, and words of the reason.
BODIES = [
    ("return i / 2", "i / 2", "/ is for floats"),
    ("return i + 1.0", "i + 1.0", "do not go together"),
    ("x[0] = 1", "x[0]", "holds a float"),
    ("return x[0]", "return", "gives a whole number"),
    ("return 0 < i < 3", "0 < i < 3", "comparisons stand alone"),
    ("j = i < 3\nreturn 1", "j", "a comparison is no value"),
    ("if i:\n    return 1\nreturn 0", "i", "a condition"),
    ("return 1 if i else 0", "i", "a condition"),
    ("return j", "j", "not known here"),
    ("if i > 0:\n    j = 1\nreturn j", "j", "may not have been set"),
    ("while i > 0:\n    j = 1\n    break\nreturn j", "j", "may not have been set"),
    ("for j in range(0, i):\n    k = j\nreturn j", "j", "may not have been set"),
    ("for j in range(0, i):\n    j = 3\nreturn 1", "j = 3", "counted by its loop"),
    ("for j in range(i):\n    pass\nreturn 1", "for", "range(first, after_last)"),
    ("for j in a:\n    pass\nreturn 1", "for", "range(first, after_last)"),
    ("j = 1\nj = 2.0\nreturn j", "j = 2.0", "is a whole number"),
    ("a = 3\nreturn a", "a = 3", "a name of the module"),
    ("return a", "a", "is an array"),
    ("return i[0]", "i[0]", "only an array"),
    ("return a[1.0]", "1.0", "a whole number"),
    ("return i ** 2", "i ** 2", "Pow is no operator"),
    ("return ~i", "~i", "Invert is no operator"),
    ("return sqrt(i)", "sqrt(i)", "takes a float"),
    ("return floor(2.0)", "floor(2.0)", "not imported"),
    ("return print(i)", "print(i)", "no function print"),
    ("return adds(i)", "adds(i)", "adds takes nothing"),
    ("return wrap(i)", "wrap(i)", "wrap takes one whole number"),
    ("return wrap_add(i, 1.0)", "wrap_add", "takes two whole numbers"),
    ("return 0x9E3779B97F4A7C15", "0x9E37", "beyond 64 bits"),
    ("return 'a'", "'a'", "is no number"),
    ("return [1]", "[1]", "List is no expression"),
    ("return (lambda: i)()", "(lambda", "a call names a function"),
    ("i, j = 1, 2\nreturn i", "1, 2", "Tuple is no expression"),
    ("i, j = i\nreturn i", "i, j", "only a name or a cell"),
    ("j = k = 1\nreturn j", "j = k", "Assign is no statement"),
    ("try:\n    pass\nfinally:\n    pass\nreturn 1", "try", "Try is no statement"),
    ("assert i\nreturn 1", "assert", "Assert is no statement"),
    ("return 1\nreturn 2", "return 2", "nothing gets here"),
    ("if i > 0:\n    return 1", "def", "not every path"),
    ("break\nreturn 1", "break", "no loop around"),
    ("return adds() if i > 0 else 1", "adds() if", "both sides are worked out"),
    ("a[adds()] += 1\nreturn 1", "a[adds()]", "worked out twice"),
    ("a[i] += adds()\nreturn 1", "a[i] += adds()", "the value writes"),
    ("sqrt(2.0)\nreturn 1", "sqrt(2.0)", "does nothing"),
    ("return run(i - 1)", "def", "calls itself: run → run"),
    ("j: float = 1\nreturn 1", "j: float", "is a whole number"),
    ("ối = 1; return ối / 2", "ối / 2", "/ is for floats"),  # a caret counts letters, not bytes
]

#: A whole module, what the caret stands under, and words of the reason.
MODULES = [
    ("import math", "import", "at module level stand"),
    ("from math import sqrt", "from", "math is no kernel source"),
    ("from vuon.kernel.dialect import Cells", "from", "no word of the dialect"),
    ("from vuon.kernel.maths import sine", "from", "has no 'sine'"),
    ("from vuon.kernel.maths import log as ln", "from", "whole names"),
    ("n = 3", "n = 3", "name in capitals"),
    ("N = min(1, 2)", "min(1, 2)", "this is no constant"),
    ("N = 1 / 0", "1 / 0", "no value"),
    ("N = 1 << 63", "N = 1", "beyond 64 bits"),
    ("N = 1\nN = 2", "N = 2", "a meaning already"),
    ("a: list = ints(3)", "a: list", "an array is"),
    ("a: F = ints(3)", "a: F", "an array is"),
    ("a: L = ints(0)", "ints(0)", "from 1"),
    ("def run(i):\n    return 1", "i", "annotated as int or float"),
    ("def run(i: str) -> int:\n    return 1", "i: str", "annotated as int or float"),
    ("def run(i: int):\n    return 1", "def", "giving int, float or None"),
    ("def run(i: int = 3) -> int:\n    return 1", "def", "plain parameters"),
    ("def run(*i: int) -> int:\n    return 1", "def", "plain parameters"),
    ("@cache\ndef run() -> int:\n    return 1", "def", "no decorator"),
    ("def abs(i: int) -> int:\n    return 1", "def", "a word of the dialect"),
    ("N = 3\ndef run(N: int) -> int:\n    return 1", "def", "a name of the module"),
    ("class A:\n    pass", "class", "at module level stand"),
    ("def walk() -> int:\n    return 1", "", "no function 'run'"),
]


def refused(text: str, place: str, reason: str) -> None:
    with pytest.raises(DialectError) as caught:
        check.read(Source.parse(text))
    told = str(caught.value).splitlines()
    assert reason in told[0]
    assert f"kernel.py:{caught.value.line}:" in told[0]
    shown, caret = told[1], told[2]
    assert shown.strip() == (text.splitlines() or [""])[caught.value.line - 1].strip()
    assert shown[caret.index("^") :].startswith(place), "\n".join(told)


@pytest.mark.parametrize(("body", "place", "reason"), BODIES, ids=[b[0] for b in BODIES])
def test_a_function_outside_the_dialect(body: str, place: str, reason: str) -> None:
    """Each construct has its reason; nothing is emitted, and CPython mode refuses it as well."""
    text = HEAD + "def run(i: int) -> int:\n" + textwrap.indent(body, "    ")
    refused(text, place, reason)
    if "calls itself" not in reason:
        with pytest.raises(DialectError):
            reference.load(Source.parse(text))


@pytest.mark.parametrize(("text", "place", "reason"), MODULES, ids=[m[0] for m in MODULES])
def test_a_module_outside_the_dialect(text: str, place: str, reason: str) -> None:
    """So at module level."""
    refused(text, place, reason)


def test_two_functions_that_call_each_other() -> None:
    """A circle is told with its members."""
    text = "def run() -> int:\n    return two()\ndef two() -> int:\n    return run()\n"
    refused(text, "def", "run → two → run")


def test_a_new_value_for_no_constant() -> None:
    """A mistyped override would change nothing, quietly; one of another type would change a type."""
    source = Source.parse("N = 3\ndef run() -> int:\n    return N\n")
    for changed in ({"M": 4}, {"N": 4.0}):
        for load in (check.read, reference.load):
            with pytest.raises(DialectError):
                load(source, **changed)
    assert reference.load(source, N=4).call("run") == 4
