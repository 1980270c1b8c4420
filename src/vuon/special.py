"""Special functions: quantiles of normal, gamma, beta and t; incomplete gamma and beta; digamma.

Own code, because the library has only the standard one: the textbook methods named at each.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

_NORMAL = NormalDist()


def normal_quantile(u: float) -> float:
    """The value below which a standard normal lies with probability `u`, 0 < u < 1.

    >>> round(normal_quantile(0.9), 6)
    1.281552
    """
    return _NORMAL.inv_cdf(u)


def normal_cdf(x: float) -> float:
    """The probability that a standard normal lies below `x`."""
    return _NORMAL.cdf(x)


def gamma_cdf(shape: float, x: float) -> float:
    """P(shape, x), the regularised lower incomplete gamma function.

    The power series below shape + 1, Lentz's continued fraction above it, as in Numerical
    Recipes, section 6.2; about 1e-13 right for shapes up to some thousands.

    >>> round(gamma_cdf(1, 1), 12) == round(1 - math.exp(-1), 12)
    True
    """
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        n = shape
        while abs(term) > abs(total) * 1e-16:
            n += 1
            term *= x / n
            total += term
        return min(1.0, total * front)
    return 1 - front * _fraction(shape, x)


def _fraction(shape: float, x: float) -> float:
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    found = d
    for i in range(1, 10_000):
        step = -i * (i - shape)
        b += 2
        d = step * d + b
        d = 1 / (d if abs(d) > tiny else tiny)
        c = b + step / c
        c = c if abs(c) > tiny else tiny
        found *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return found


def gamma_quantile(shape: float, u: float) -> float:
    """The value below which a gamma of scale 1 lies with probability `u`, 0 < u < 1.

    Newton steps in the logarithm from the Wilson-Hilferty start, kept inside a bracket that
    bisection halves where a step leaves it.

    >>> round(gamma_quantile(1, 0.5), 10) == round(math.log(2), 10)
    True
    """
    cube = 1 - 1 / (9 * shape) + normal_quantile(u) / (3 * math.sqrt(shape))
    # For small shapes the leading term of the series, x = (u Γ(a+1))^(1/a), is the better start.
    small = math.exp((math.log(u) + math.lgamma(shape + 1)) / shape)
    x = shape * cube**3 if shape > 0.7 and cube > 0 else small
    low, high = 0.0, math.inf
    for _ in range(200):
        miss = gamma_cdf(shape, x) - u
        low, high = (low, x) if miss > 0 else (x, high)
        slope = math.exp((shape - 1) * math.log(x) - x - math.lgamma(shape)) if x > 0 else 0.0
        step = x * math.exp(-miss / (slope * x)) if slope * x > abs(miss) / 4 else math.nan
        if not low < step < high:
            step = (low + high) / 2 if high < math.inf else 2 * x + 1e-300
        if abs(step - x) <= 1e-14 * step:
            return step
        x = step
    return x


def digamma(x: float) -> float:
    """ψ(x), x > 0: the recurrence up to 10, then the asymptotic series (Abramowitz 6.3.18).

    >>> round(digamma(1), 10)  # minus Euler's constant
    -0.5772156649
    """
    found = 0.0
    while x < 10:
        found -= 1 / x
        x += 1
    inverse = 1 / (x * x)
    series = inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse / 240)))
    return found + math.log(x) - 0.5 / x - series


def trigamma(x: float) -> float:
    """ψ'(x), x > 0, by the same method (Abramowitz 6.4.12).

    >>> round(trigamma(1), 10) == round(math.pi**2 / 6, 10)
    True
    """
    found = 0.0
    while x < 10:
        found += 1 / (x * x)
        x += 1
    inverse = 1 / (x * x)
    series = inverse / x * (1 / 6 - inverse * (1 / 30 - inverse * (1 / 42 - inverse / 30)))
    return found + 1 / x + inverse / 2 + series


def root(f: Callable[[float], float], low: float, high: float, digits: float = 1e-13) -> float:
    """Where a function that changes its sign between `low` and `high` is 0, by bisection.

    >>> round(root(lambda x: x * x - 2, 0, 2), 12)
    1.414213562373
    """
    rising = f(high) > f(low)
    for _ in range(200):
        middle = (low + high) / 2
        if (f(middle) > 0) == rising:
            high = middle
        else:
            low = middle
        if high - low <= digits * max(1.0, abs(high)):
            break
    return (low + high) / 2


def beta_cdf(a: float, b: float, x: float) -> float:
    """I_x(a, b), the regularised incomplete beta function.

    Lentz's continued fraction on the side where it converges fast, as in Numerical Recipes,
    section 6.4.

    >>> round(beta_cdf(1, 1, 0.3), 12)
    0.3
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(b, a, 1 - x)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 10_000):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            found *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * found / a


def beta_quantile(a: float, b: float, u: float) -> float:
    """The value below which a Beta(a, b) lies with probability `u`, by bisection.

    >>> round(beta_quantile(1, 1, 0.3), 12)
    0.3
    """
    return root(lambda x: beta_cdf(a, b, x) - u, 0.0, 1.0)


def t_quantile(freedom: float, u: float) -> float:
    """The value below which Student's t with `freedom` degrees lies with probability `u`.

    From the incomplete beta: t² = n(1 - x) / x, where x is its quantile at twice the tail.

    >>> round(t_quantile(5, 0.95), 4)
    2.015
    """
    if u == 0.5:
        return 0.0
    x = beta_quantile(freedom / 2, 0.5, 2 * min(u, 1 - u))
    size = math.sqrt(freedom * (1 - x) / x)
    return size if u > 0.5 else -size
