from math import log, exp
from statistics import NormalDist
_N = NormalDist()
normal_quantile = _N.inv_cdf
