"""Logarithm, exponential, power and normal quantile in the dialect: the same bits everywhere.

WebAssembly has none of them, and those of hosts differ. `log`, `exp` and `pow` follow the method
and the coefficients of fdlibm (Sun Microsystems 1993, `e_log`, `e_exp`, `e_pow`): reduction to a
small interval, a polynomial found by Remez, special values as C99 Annex F. Within 1 unit in the
last place. Sine and cosine are left out until an equation needs them.
"""

from vuon.kernel.dialect import F, bits, floats, floor, shr_u, sqrt, unbits, wrap, wrap_add

LN2_HI = 6.93147180369123816490e-01
LN2_LO = 1.90821492927058770002e-10
INFINITY = 1e308 * 10.0
TINY = 2.2250738585072014e-308  # the least normal number
TWO54 = 18014398509481984.0
TINY_BITS = 0x0010000000000000
MANTISSA = 0x000FFFFFFFFFFFFF
ONE = 0x3FF0000000000000


def log(x: float) -> float:
    """The natural logarithm; -∞ at 0, NaN below."""
    word = bits(x)
    k = 0
    # one comparison for all that is not a normal number above 0
    if shr_u(wrap_add(word, -TINY_BITS), 52) >= 2046:
        if not x > 0.0:
            return -INFINITY if x == 0.0 else sqrt(-1.0)
        if x == INFINITY:
            return x
        k = -54
        word = bits(x * TWO54)
    k += (word >> 52) - 1023
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
    if not abs(x) < 708.0:
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
    return _scaled(y, k)


def normal_quantile(p: float) -> float:
    """The normal score below which a share `p` lies, 0 ≤ p ≤ 1, else NaN; relative error 1.15e-9.

    The rational approximation in three regions of P. J. Acklam (2003).
    """
    if p < 0.02425:
        if not p > 0.0:
            return -INFINITY if p == 0.0 else sqrt(-1.0)
        q = sqrt(-2.0 * log(p))
        return _tail(q)
    if p > 0.97575:
        if not p < 1.0:
            return INFINITY if p == 1.0 else sqrt(-1.0)
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


# The names are those of fdlibm: _H and _L are the high and low part of one number.
HIGH_HALF = wrap(0xFFFFFFFF00000000)
TWO53 = 9007199254740992.0
LG2 = 6.93147180559945286227e-01
LG2_H = 6.93147182464599609375e-01
LG2_L = -1.90465429995776804525e-09
OVT = 8.0085662595372944372e-17  # 1024 - log2(the greatest float and half a unit)
CP = 9.61796693925975554329e-01  # 2/(3 ln 2)
CP_H = 9.61796700954437255859e-01
CP_L = -7.02846165095275826516e-09
DP_H = 5.84962487220764160156e-01  # log2 1.5
DP_L = 1.35003920212974897128e-08
TWO64 = 18446744073709551616.0

#: The two parts of a logarithm to the base 2, between functions that give one number each.
log2_parts: F = floats(2)


def pow(x: float, y: float) -> float:
    """x to the power of y; NaN for x < 0 unless y is whole. pow(1, y) and pow(x, 0) are 1."""
    if y == 0.0 or x == 1.0:
        return 1.0
    if x != x or y != y:
        return x + y
    size = abs(x)
    sign = 1.0
    if bits(x) < 0:
        if abs(y) >= TWO53:
            sign = 1.0
        elif floor(y) == y:
            sign = 1.0 if floor(y * 0.5) * 2.0 == y else -1.0
        elif x < 0.0 and size < INFINITY:
            return sqrt(-1.0)
    if abs(y) == INFINITY:
        if size == 1.0:
            return 1.0
        return _limit(size, y)
    if size == 0.0 or size == INFINITY:
        return sign * _limit(size, y)
    if size == 1.0:
        return sign
    if abs(y) > TWO64:
        return sign * _limit(size, y)
    _log2(size)
    return sign * _exp2_of(y, log2_parts[0], log2_parts[1])


def _limit(size: float, y: float) -> float:
    """What size^y, size ≥ 0, goes to where y or the logarithm is endless."""
    if size > 1.0:
        return INFINITY if y > 0.0 else 0.0
    return 0.0 if y > 0.0 else INFINITY


def _high(x: float) -> float:
    return unbits(bits(x) & HIGH_HALF)


def _log2(x: float) -> None:
    n = 0
    if x < TINY:
        x = x * TWO53
        n = -53
    word = bits(x)
    n += (word >> 52) - 1023
    top = (word >> 32) & 0xFFFFF
    word = (word & MANTISSA) | ONE
    # near 1, near 1.5, or near 2, which is near 1 of the next power of two
    k = 1 if top > 0x3988E and top < 0xBB67A else 0
    if top >= 0xBB67A:
        n += 1
        word = word - (1 << 52)
    ax = unbits(word)
    near = 1.5 if k == 1 else 1.0
    u = ax - near
    v = 1.0 / (ax + near)
    s = u * v
    s_h = _high(s)
    t_h = unbits(((((word >> 32) >> 1) | 0x20000000) + 0x80000 + (k << 18)) << 32)
    t_l = ax - (t_h - near)
    s_l = v * ((u - s_h * t_h) - s_h * t_l)
    z = s * s
    r = 4.28571428578550184252e-01 + z * (
        3.33333329818377432918e-01
        + z
        * (
            2.72728123808534006489e-01
            + z * (2.30660745775561754067e-01 + z * 2.06975017800338417784e-01)
        )
    )
    r = z * z * (5.99999999999994648725e-01 + z * r) + s_l * (s_h + s)
    z = s_h * s_h
    t_h = _high(3.0 + z + r)
    t_l = r - ((t_h - 3.0) - z)
    u = s_h * t_h
    v = s_l * t_h + t_l * s
    p_h = _high(u + v)
    p_l = v - (p_h - u)
    z_h = CP_H * p_h
    z_l = CP_L * p_h + p_l * CP + (DP_L if k == 1 else 0.0)
    d = DP_H if k == 1 else 0.0
    t = float(n)
    log2_parts[0] = _high(((z_h + z_l) + d) + t)
    log2_parts[1] = z_l - (((log2_parts[0] - t) - d) - z_h)


def _exp2_of(y: float, t_h: float, t_l: float) -> float:
    y_h = _high(y)
    p_l = (y - y_h) * t_h + y * t_l
    p_h = y_h * t_h
    z = p_l + p_h
    if z >= 1024.0 and (z > 1024.0 or p_l + OVT > z - p_h):
        return INFINITY
    if z <= -1075.0 and (z < -1075.0 or p_l <= z - p_h):
        return 0.0
    n = int(floor(z + 0.5))
    p_h = p_h - float(n)
    t = _high(p_l + p_h)
    u = t * LG2_H
    v = (p_l - (t - p_h)) * LG2 + t * LG2_L
    z = u + v
    w = v - (z - u)
    t = z * z
    c = z - t * (
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
    z = 1.0 - ((z * c) / (c - 2.0) - (w + z * w) - z)
    return _scaled(z, n)


def _scaled(y: float, k: int) -> float:
    """y · 2^k for y near 1, rounded once."""
    if k < -1021:
        return unbits(bits(y) + ((k + 1000) << 52)) * 9.332636185032189e-302
    if k > 1023:
        return unbits(bits(y) + ((k - 1) << 52)) * 2.0
    return unbits(bits(y) + (k << 52))
