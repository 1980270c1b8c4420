"""Logarithm, exponential and normal quantile in the dialect: the same bits everywhere.

WebAssembly has no log and no exp, and those of hosts differ. `log` and `exp` follow the method and
the coefficients of fdlibm (Sun Microsystems 1993): reduction to a small interval, a polynomial
found by Remez, special values as C99 Annex F. Within 1 unit in the last place.
"""

from vuon.kernel.dialect import bits, floor, sqrt, unbits, wrap

LN2_HI = 6.93147180369123816490e-01
LN2_LO = 1.90821492927058770002e-10
INFINITY = 1e308 * 10.0
TINY = 2.2250738585072014e-308  # the least normal number
TWO54 = 18014398509481984.0
MANTISSA = 0x000FFFFFFFFFFFFF
ONE = 0x3FF0000000000000


def log(x: float) -> float:
    """The natural logarithm; -∞ at 0, NaN below."""
    if not x > 0.0:
        return -INFINITY if x == 0.0 else x - x + (INFINITY - INFINITY)
    if x == INFINITY:
        return x
    k = 0
    if x < TINY:
        k = -54
        x = x * TWO54
    word = bits(x)
    k = k + (word >> 52) - 1023
    part = word & MANTISSA
    # m in [√½, √2): above 1.41421… the exponent goes up by one
    up = (part + 0x95F6400000000) & 0x10000000000000
    m = unbits(part | (up ^ ONE))
    k = k + (up >> 52)
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
    even = z * (
        0.6666666666666735130
        + w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591))
    )
    r = odd + even
    h = 0.5 * f * f
    scale = float(k)
    return scale * LN2_HI - ((h - (s * (h + r) + scale * LN2_LO)) - f)


def exp(x: float) -> float:
    """e to the power of x; ∞ above 709.78, 0 below -745.13."""
    if x != x:
        return x
    if x > 709.782712893383973096:
        return INFINITY
    if x < -745.13321910194110842:
        return 0.0
    k = int(floor(x * 1.44269504088896338700 + 0.5))
    scale = float(k)
    high = x - scale * LN2_HI
    low = scale * LN2_LO
    r = high - low
    t = r * r
    c = r - t * (
        0.166666666666666019037
        + t
        * (
            -2.77777777770155933842e-03
            + t
            * (
                6.61375632143793436117e-05
                + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08)
            )
        )
    )
    y = 1.0 - ((low - (r * c) / (2.0 - c)) - high)
    if k >= -1021:
        if k == 1024:
            return y * 2.0 * 8.98846567431158e307
        return unbits(bits(y) + (k << 52))
    return unbits(bits(y) + ((k + 1000) << 52)) * 9.332636185032189e-302


def normal_quantile(p: float) -> float:
    """The normal score below which a share `p` lies, 0 < p < 1; relative error 1.15e-9.

    The rational approximation in three regions of P. J. Acklam (2003).
    """
    if p < 0.02425:
        q = sqrt(-2.0 * log(p))
        return _tail(q)
    if p > 0.97575:
        q = sqrt(-2.0 * log(1.0 - p))
        return -_tail(q)
    q = p - 0.5
    r = q * q
    top = (
        (((-3.969683028665376e01 * r + 2.209460984245205e02) * r - 2.759285104469687e02) * r
         + 1.383577518672690e02) * r - 3.066479806614716e01
    ) * r + 2.506628277459239e00  # fmt: skip
    low = (
        (((-5.447609879822406e01 * r + 1.615858368580409e02) * r - 1.556989798598866e02) * r
         + 6.680131188771972e01) * r - 1.328068155288572e01
    ) * r + 1.0  # fmt: skip
    return top * q / low


def _tail(q: float) -> float:
    top = (
        (((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e00) * q
         - 2.549732539343734e00) * q + 4.374664141464968e00
    ) * q + 2.938163982698783e00  # fmt: skip
    low = (
        ((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e00) * q
        + 3.754408661907416e00
    ) * q + 1.0  # fmt: skip
    return top / low
