"""Figures and what they rest on: shares, rates and distributions with their light and their n.

The unit of time is the minute, of money the đồng.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")

#: Whether a figure was measured, said by somebody, or is assumed.
LIGHTS = ("measured", "said", "assumed")
#: Where the figures of a distribution come from, and the light that this gives them.
SOURCES = {
    "log": "measured",
    "stopwatch": "measured",
    "interview": "said",
    "norm": "assumed",
    "guess": "assumed",
}
#: Families of distributions with the names of their parameters; a lognormal has `sigma` (of the
#: logarithm) and either its `mean` or its median `p50`. An empirical one has `values` instead.
FAMILIES: dict[str, tuple[tuple[str, ...], ...]] = {
    "const": (("value",),),
    "exponential": (("mean",),),
    "uniform": (("low", "high"),),
    "lognormal": (("mean", "sigma"), ("p50", "sigma")),
    "weibull": (("scale", "shape"),),
    "gamma": (("mean", "shape"),),
    "quantiles": (("p10", "p50", "p90"),),
    "empirical": ((),),
}

#: Values of single groups, as pairs of the group's key and its value; others take the default.
For = tuple[tuple[str, _T], ...]


def of_group(pairs: For[_T], group: str, default: _T) -> _T:
    """What stands for `group` among the pairs; `default` if it is not there.

    >>> of_group((("elderly", 18.0),), "elderly", 12.0), of_group((), "elderly", 12.0)
    (18.0, 12.0)
    """
    return next((value for key, value in pairs if key == group), default)


@dataclass(frozen=True)
class Figure:
    """A number and what it rests on.

    Args:
        value: the best estimate.
        light: one of `LIGHTS`.
        low, high: 90 % interval, where somebody gave one.
        n: how many observations it rests on; 0 where nobody counted.
        evidence: references that the reader can open.
    """

    value: float
    light: str = "assumed"
    low: float | None = None
    high: float | None = None
    n: int = 0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share(Figure):
    """A share of those who reach a step, from 0 to 1, and what it rests on."""


@dataclass(frozen=True)
class Dist:
    """A distribution of minutes.

    Args:
        family: one of `FAMILIES`.
        parameters: pairs of name and value, named as in `FAMILIES`.
        values: what was seen, for the family "empirical"; equally likely.
        low, high: 90 % interval of its mean (of its median for "quantiles"), if one was given.
        n: how many observations it rests on; 0 where nobody counted.
        source: one of `SOURCES`.
        evidence: references that the reader can open.

    >>> Dist.of("lognormal", mean=12, sigma=0.6, source="interview").light
    'said'
    """

    family: str
    parameters: tuple[tuple[str, float], ...] = ()
    values: tuple[float, ...] = ()
    low: float | None = None
    high: float | None = None
    n: int = 0
    source: str = "guess"
    evidence: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        family: str,
        *,
        source: str = "guess",
        n: int = 0,
        interval: tuple[float, float] | None = None,
        **parameters: float,
    ) -> Dist:
        """A distribution by the names of its parameters.

        >>> Dist.of("const", value=5)["value"]
        5.0
        """
        low, high = interval or (None, None)
        named = tuple((name, float(value)) for name, value in parameters.items())
        return cls(family, named, low=low, high=high, n=n, source=source)

    def __getitem__(self, name: str) -> float:
        """The parameter with this name; `KeyError` if the family has it under another one."""
        return dict(self.parameters)[name]

    def __contains__(self, name: str) -> bool:
        return any(name == each for each, _ in self.parameters)

    @property
    def light(self) -> str:
        """What the figures rest on, one of `LIGHTS`."""
        return SOURCES[self.source]
