"""Distributions of times: mean, spread, quantiles, tables for the kernel, fits, uncertainty.

The inverse of each family rises with u, so that one uniform number gives one time and the same
luck stays the same luck. P10/P50/P90 become a lognormal where they are shaped like one, else a
curve through the three points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from vuon.journeys.model import Dist, Share
from vuon.special import gamma_quantile, normal_cdf, normal_quantile

#: Nodes of a quantile table and the normal score of its last one; the first is the negative.
NODES, LAST_SCORE = 65, 4.0
#: z of 90 % and twice it: ln(P90/P10) is 2.563 standard deviations.
Z90 = 1.2815515655446004
#: z of 95 %: an interval of 90 % reaches so many standard deviations to each side.
Z95 = 1.6448536269514722
#: A bend |ln P90 + ln P10 - 2 ln P50| above this is no lognormal any more.
BEND = 0.1


def scores() -> tuple[float, ...]:
    """The normal scores of the nodes of a quantile table, in equal steps."""
    step = 2 * LAST_SCORE / (NODES - 1)
    return tuple(-LAST_SCORE + step * n for n in range(NODES))


def table(dist: Dist) -> tuple[float, ...]:
    """The quantiles of `dist` at the nodes: what a kernel interpolates linearly in the score.

    >>> table(Dist.of("const", value=5))[::32]
    (5.0, 5.0, 5.0)
    """
    return tuple(quantile(dist, normal_cdf(score)) for score in scores())


def from_table(nodes: Sequence[float], u: float) -> float:
    """The time at `u` from a quantile table, linear between its nodes, flat beyond them."""
    place = (normal_quantile(u) + LAST_SCORE) * (NODES - 1) / (2 * LAST_SCORE)
    if place <= 0:
        return nodes[0]
    if place >= NODES - 1:
        return nodes[-1]
    at = int(place)
    return nodes[at] + (place - at) * (nodes[at + 1] - nodes[at])


def quantile(dist: Dist, u: float) -> float:
    """The minutes below which `dist` lies with probability `u`, strictly between 0 and 1.

    >>> round(quantile(Dist.of("lognormal", p50=10, sigma=0.6), 0.5), 9)
    10.0
    """
    match dist.family:
        case "const":
            return dist["value"]
        case "exponential":
            return -dist["mean"] * math.log1p(-u)
        case "uniform":
            return dist["low"] + (dist["high"] - dist["low"]) * u
        case "lognormal":
            return math.exp(log_mean(dist) + dist["sigma"] * normal_quantile(u))
        case "weibull":
            return float(dist["scale"] * (-math.log1p(-u)) ** (1 / dist["shape"]))
        case "gamma":
            return dist["mean"] / dist["shape"] * gamma_quantile(dist["shape"], u)
        case "quantiles":
            return _elicited(dist, u)
        case "empirical":
            return _empirical(dist.values, u)
    raise ValueError(f"no family {dist.family}")


def log_mean(dist: Dist) -> float:
    """μ of a lognormal: the mean of the logarithm."""
    if "p50" in dist:
        return math.log(dist["p50"])
    return math.log(dist["mean"]) - dist["sigma"] ** 2 / 2


def _elicited(dist: Dist, u: float) -> float:
    """Lognormal where the three points are shaped like one, else two half-lognormals.

    The bent curve has one slope of the logarithm below the median and one above, so that all three
    points are met and it rises. A P10 of 0 makes the lower half linear.
    """
    p10, p50, p90 = dist["p10"], dist["p50"], dist["p90"]
    z = normal_quantile(u)
    if p50 <= 0:
        return max(0.0, p90 * z / Z90)
    if z < 0:
        if p10 <= 0:
            return max(0.0, p50 * (1 + z / Z90))
        return p50 * math.exp(z * math.log(p50 / p10) / Z90)
    return p50 * math.exp(z * math.log(p90 / p50) / Z90)


def _empirical(values: Sequence[float], u: float) -> float:
    """Linear between the sorted values, which stand at (i + ½) / n; flat outside."""
    found = sorted(values)
    place = u * len(found) - 0.5
    if place <= 0:
        return found[0]
    if place >= len(found) - 1:
        return found[-1]
    at = int(place)
    return found[at] + (place - at) * (found[at + 1] - found[at])


def mean(dist: Dist) -> float:
    """The mean in minutes; exact for the families with a closed form.

    >>> round(mean(Dist.of("lognormal", mean=12, sigma=0.6)), 9)
    12.0
    """
    return moments(dist)[0]


def sd(dist: Dist) -> float:
    """The standard deviation in minutes.

    >>> sd(Dist.of("exponential", mean=4))
    4.0
    """
    return math.sqrt(max(0.0, moments(dist)[1]))


def moments(dist: Dist) -> tuple[float, float]:
    """Mean and variance in minutes and minutes squared.

    "quantiles" by their two half-lognormals, "empirical" as the values themselves.
    """
    match dist.family:
        case "const":
            return dist["value"], 0.0
        case "exponential":
            return dist["mean"], dist["mean"] ** 2
        case "uniform":
            return (dist["low"] + dist["high"]) / 2, (dist["high"] - dist["low"]) ** 2 / 12
        case "lognormal":
            square = dist["sigma"] ** 2
            average = math.exp(log_mean(dist) + square / 2)
            return average, average**2 * math.expm1(square)
        case "weibull":
            scale, shape = dist["scale"], dist["shape"]
            average = scale * math.gamma(1 + 1 / shape)
            return average, scale**2 * math.gamma(1 + 2 / shape) - average**2
        case "gamma":
            return dist["mean"], dist["mean"] ** 2 / dist["shape"]
        case "empirical":
            average = math.fsum(dist.values) / len(dist.values)
            return average, math.fsum((x - average) ** 2 for x in dist.values) / len(dist.values)
    return _integrated(dist)


def _integrated(dist: Dist) -> tuple[float, float]:
    """Mean and variance from quantiles: Simpson in the normal score from -8 to 8, 400 steps."""
    count, width = 400, 16 / 400
    first = second = whole = 0.0
    for n in range(count + 1):
        z = -8 + n * width
        weight = (1 if n in (0, count) else 4 if n % 2 else 2) * math.exp(-z * z / 2)
        x = quantile(dist, min(max(normal_cdf(z), 1e-16), 1 - 1e-16))
        whole, first, second = whole + weight, first + weight * x, second + weight * x * x
    average = first / whole
    return average, max(0.0, second / whole - average**2)


def variation(dist: Dist) -> float:
    """The squared coefficient of variation; 0 for a constant.

    >>> variation(Dist.of("exponential", mean=4))
    1.0
    """
    average, variance = moments(dist)
    return variance / average**2 if average else 0.0


def from_three(p10: float, p50: float, p90: float, *, source: str = "interview") -> Dist:
    """The distribution through three quantiles: a lognormal where they are shaped like one.

    μ = ln P50, σ = ln(P90 / P10) / 2.563. Where ln P90 + ln P10 - 2 ln P50 is large the three
    points are kept.

    >>> from_three(4, 8, 16).family, from_three(5, 6, 30).family
    ('lognormal', 'quantiles')
    """
    if 0 < p10 < p90 and abs(math.log(p90) + math.log(p10) - 2 * math.log(p50)) <= BEND:
        sigma = math.log(p90 / p10) / (2 * Z90)
        return Dist.of("lognormal", p50=p50, sigma=sigma, source=source)
    return Dist.of("quantiles", p10=p10, p50=p50, p90=p90, source=source)


def scaled(dist: Dist, factor: float) -> Dist:
    """The distribution with every time multiplied by `factor`.

    >>> scaled(Dist.of("lognormal", mean=12, sigma=0.6), 0.5)["mean"]
    6.0
    """
    kept = ("sigma", "shape")
    return replace(
        dist,
        parameters=tuple((n, v if n in kept else v * factor) for n, v in dist.parameters),
        values=tuple(value * factor for value in dist.values),
        low=None if dist.low is None else dist.low * factor,
        high=None if dist.high is None else dist.high * factor,
    )


def centre(dist: Dist) -> float:
    """What an interval of a distribution is about: its mean, the median for "quantiles"."""
    return dist["p50"] if dist.family == "quantiles" else mean(dist)


def draw(dist: Dist, u: float, v: float = 0.5) -> Dist:
    """One of the distributions that the figures leave possible, for an outer loop.

    With an interval its centre is drawn lognormal through it; with `n` observations of a lognormal
    both parameters are drawn from their posterior (σ² scaled inverse chi-squared with n - 1, μ
    normal), of an exponential the mean (inverse gamma), of others the mean with its standard
    error. Without either nothing is known of the uncertainty and the distribution stays.

    Args:
        u: rises with the centre, strictly between 0 and 1.
        v: rises with the spread; only a lognormal with `n` has one to draw.

    >>> round(draw(Dist.of("const", value=5, interval=(4, 6.25)), 0.95)["value"], 9)
    6.25
    """
    if dist.low is not None and dist.high is not None:
        return scaled(dist, between(dist.low, dist.high, u) / centre(dist)) if dist.high else dist
    if dist.n < 2 or dist.family == "const":
        return dist
    if dist.family == "exponential":
        ratio = dist.n / gamma_quantile(dist.n, 1 - u)
        return scaled(dist, ratio)
    if dist.family == "lognormal":
        freedom = dist.n - 1
        sigma = dist["sigma"] * math.sqrt(freedom / (2 * gamma_quantile(freedom / 2, 1 - v)))
        middle = log_mean(dist) + sigma / math.sqrt(dist.n) * normal_quantile(u)
        found = (("p50", math.exp(middle)), ("sigma", sigma))
        return replace(dist, parameters=found)
    error = math.sqrt(math.log1p(variation(dist) / dist.n))
    return scaled(dist, math.exp(error * normal_quantile(u)))


def between(low: float, high: float, u: float) -> float:
    """The value at `u` of a lognormal with 5 % below `low` and 5 % above `high`; evenly between
    them where `low` is 0."""
    if low <= 0:
        return low + (high - low) * u
    width = math.log(high / low) / (2 * Z95)
    return math.exp((math.log(low) + math.log(high)) / 2 + width * normal_quantile(u))


def draw_share(share: Share, u: float) -> Share:
    """One of the shares that the figures leave possible.

    With an interval, normal in the log odds through it; with `n` observations the same with the
    variance of a Beta of ½ + counts; else the share stays.

    >>> round(draw_share(Share(0.2, low=0.1, high=0.4), 0.05).value, 6)
    0.1
    """
    if share.low is not None and share.high is not None and 0 < share.low < share.high < 1:
        low, high = _log_odds(share.low), _log_odds(share.high)
        spread = (high - low) / (2 * Z95)
        return replace(share, value=_share((low + high) / 2 + spread * normal_quantile(u)))
    if share.low is not None and share.high is not None:
        return replace(share, value=share.low + (share.high - share.low) * u)
    if share.n < 1:
        return share
    yes = 0.5 + share.n * share.value
    no = 0.5 + share.n * (1 - share.value)
    spread = math.sqrt(1 / yes + 1 / no)
    return replace(share, value=_share(math.log(yes / no) + spread * normal_quantile(u)))


def _log_odds(value: float) -> float:
    return math.log(value / (1 - value))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
