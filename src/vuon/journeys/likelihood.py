"""Fitting families of distributions to times that were measured, with own Newton steps.

Location is 0. Times of 0, which come from rounding, are taken as half the shortest that is above 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from vuon.journeys.dists import mean, moments
from vuon.journeys.model import Dist
from vuon.special import digamma, normal_cdf, t_quantile, trigamma

#: From so many times on a family is chosen; below it a lognormal is taken, for at n = 30 the
#: choice is as often wrong as right.
ENOUGH = 300
#: z of 95 %: a 90 % interval reaches so far to each side.
Z95 = 1.6448536269514722


def positive(values: Sequence[float]) -> list[float]:
    """The times with zeros taken as half the shortest above 0.

    >>> positive([0, 2, 4])
    [1.0, 2.0, 4.0]
    """
    least = min((x for x in values if x > 0), default=1.0) / 2
    return [float(x) if x > 0 else least for x in values]


def candidates(values: Sequence[float]) -> list[tuple[float, Dist]]:
    """AIC and the maximum-likelihood distribution of each family, the best first.

    AIC = 2 · parameters - 2 · log-likelihood.

    >>> candidates([3, 4, 5, 4, 3, 5, 4] * 50)[0][1].family != "exponential"
    True
    """
    found = positive(values)
    fits = [fit(found) for fit in (_exponential, _gamma, _lognormal, _weibull)]
    return sorted(fits, key=lambda each: each[0])


def service_time(
    values: Sequence[float], censored: Sequence[float] = (), source: str = "log"
) -> Dist | None:
    """The distribution of measured times with a 90 % interval of its mean; None below 2 times.

    From 300 whole times on the best family by AIC, with the interval mean ± 1.645 sd/√n. Fewer, or
    where more than 5 % are cut off: a lognormal, by EM where some are cut off, with the interval
    of Cox for its mean, exp(m + s²/2 ± t √(s²/n + s⁴/2(n-1))), whose t widens it for few.

    Args:
        values: minutes seen from beginning to end.
        censored: minutes seen until somebody went out of sight: it lasted at least so long.
        source: "log" or "stopwatch".

    >>> few = service_time([10, 12, 15, 9, 30], source="stopwatch")
    >>> few.family, few.n, few.light, few.low < 12 < few.high
    ('lognormal', 5, 'measured', True)
    """
    count = len(values)
    if count < 2 or len(set(values)) < 2:
        return None
    if count >= ENOUGH and len(censored) <= 0.05 * count:
        dist = candidates(values)[0][1]
        average, variance = moments(dist)
        error = Z95 * math.sqrt(variance / count)
        low, high = max(0.0, average - error), average + error
        return replace(dist, low=low, high=high, n=count, source=source)
    centre, spread = censored_lognormal(positive(values), [c for c in censored if c > 0])
    dist = Dist.of("lognormal", p50=math.exp(centre), sigma=max(spread, 0.001))
    error = math.sqrt(spread**2 / count + spread**4 / (2 * (count - 1)))
    reach = t_quantile(count - 1, 0.95) * error
    average = mean(dist)
    low, high = average * math.exp(-reach), average * math.exp(reach)
    return replace(dist, low=low, high=high, n=count, source=source)


def _exponential(values: Sequence[float]) -> tuple[float, Dist]:
    average = math.fsum(values) / len(values)
    score = -len(values) * (math.log(average) + 1)
    return 2 - 2 * score, Dist.of("exponential", mean=average)


def _lognormal(values: Sequence[float]) -> tuple[float, Dist]:
    logs = [math.log(x) for x in values]
    centre = math.fsum(logs) / len(logs)
    spread = math.sqrt(math.fsum((x - centre) ** 2 for x in logs) / len(logs)) or 0.001
    score = -len(logs) * (centre + math.log(spread) + 0.5 * math.log(2 * math.pi) + 0.5)
    return 4 - 2 * score, Dist.of("lognormal", p50=math.exp(centre), sigma=spread)


def _gamma(values: Sequence[float]) -> tuple[float, Dist]:
    """Newton on ln k - ψ(k) = ln(mean) - mean(ln), from Minka's start."""
    count = len(values)
    average = math.fsum(values) / count
    logs = math.fsum(math.log(x) for x in values) / count
    gap = max(math.log(average) - logs, 1e-9)
    shape = (3 - gap + math.sqrt((gap - 3) ** 2 + 24 * gap)) / (12 * gap)
    for _ in range(50):
        step = (math.log(shape) - digamma(shape) - gap) / (1 / shape - trigamma(shape))
        shape = shape - step if step < shape else shape / 2
        if abs(step) < 1e-12 * shape:
            break
    scale = average / shape
    score = count * ((shape - 1) * logs - shape - shape * math.log(scale) - math.lgamma(shape))
    return 4 - 2 * score, Dist.of("gamma", mean=average, shape=shape)


def _weibull(values: Sequence[float]) -> tuple[float, Dist]:
    """Newton on Σ xᵏ ln x / Σ xᵏ - 1/k = mean(ln x), times scaled by the longest."""
    count, longest = len(values), max(values)
    logs = [math.log(x / longest) for x in values]
    middle = math.fsum(logs) / count
    spread = math.sqrt(math.fsum((x - middle) ** 2 for x in logs) / count) or 0.001
    shape = 1.2 / spread
    for _ in range(100):
        powers = [math.exp(shape * x) for x in logs]
        whole = math.fsum(powers)
        first = math.fsum(p * x for p, x in zip(powers, logs, strict=True)) / whole
        second = math.fsum(p * x * x for p, x in zip(powers, logs, strict=True)) / whole
        step = (first - 1 / shape - middle) / (second - first**2 + 1 / shape**2)
        shape = shape - step if step < shape else shape / 2
        if abs(step) < 1e-12 * shape:
            break
    scale = (math.fsum(math.exp(shape * x) for x in logs) / count) ** (1 / shape)
    score = count * (math.log(shape) - shape * math.log(scale) + (shape - 1) * middle - 1)
    score -= count * math.log(longest)
    return 4 - 2 * score, Dist.of("weibull", scale=scale * longest, shape=shape)


def censored_lognormal(
    values: Sequence[float], censored: Sequence[float] = ()
) -> tuple[float, float]:
    """Mean and spread of the logarithm where some times are only known to be longer.

    EM for a normal cut off on the right: E[x | x > c] = μ + σ h, E[x² | x > c] = μ² + σ² +
    σ h (c + μ), h the hazard of the normal. Without cut-off times it is the mean and the usual
    standard deviation (n - 1).

    >>> centre, spread = censored_lognormal([8, 10, 12, 15], [16, 20])
    >>> centre > censored_lognormal([8, 10, 12, 15])[0]
    True
    """
    logs = [math.log(x) for x in values]
    cuts = [math.log(x) for x in censored]
    count = len(logs)
    first, square = math.fsum(logs), math.fsum(x * x for x in logs)
    centre = first / count
    spread = math.sqrt(max(0.0, square / count - centre**2)) or 0.001
    for _ in range(500 if cuts else 0):
        hazards = [_hazard((cut - centre) / spread) for cut in cuts]
        more = math.fsum(centre + spread * h for h in hazards)
        squares = math.fsum(
            centre**2 + spread**2 + spread * h * (cut + centre)
            for h, cut in zip(hazards, cuts, strict=True)
        )
        whole = count + len(cuts)
        new = (first + more) / whole
        wide = math.sqrt(max(1e-12, (square + squares) / whole - new**2))
        still = abs(new - centre) + abs(wide - spread) < 1e-10
        centre, spread = new, wide
        if still:
            break
    return centre, spread * math.sqrt(count / max(1, count - 1))


def _hazard(z: float) -> float:
    """Density ÷ upper tail of a standard normal; far out by its asymptote."""
    if z > 8:
        return z + 1 / z
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / (1 - normal_cdf(z))
