"""Writes `trials.json`: what scipy, statsmodels and pysyncon find, for tests to compare with.

None of them is needed by anybody else. To write the table again, put them aside in an environment of
their own (`pip install scipy==1.17.1 statsmodels==0.15.0 pysyncon==1.7.0`) and run this file with it.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("trials.json")


def tables() -> list[tuple[int, int, int, int]]:
    """Counts of yes, and of how many, for two ways."""
    drawing = random.Random(7)
    found = [(5, 8, 1, 8), (0, 5, 5, 5), (3, 4, 1, 4), (71, 124, 46, 120), (10, 10, 0, 10)]
    for _ in range(30):
        new_of, old_of = drawing.randint(2, 30), drawing.randint(2, 30)
        found.append((drawing.randint(0, new_of), new_of, drawing.randint(0, old_of), old_of))
    return found


def binary() -> list[dict[str, Any]]:
    """Fisher's and Boschloo's tests, as scipy has them."""
    from scipy.stats import boschloo_exact, fisher_exact

    rows = []
    for new, new_of, old, old_of in tables():
        table = [[new, old], [new_of - new, old_of - old]]
        empty = new + old in (0, new_of + old_of)
        rows.append(
            {
                "counts": [new, new_of, old, old_of],
                "fisher": float(fisher_exact(table).pvalue),
                "boschloo": 1.0 if empty else float(boschloo_exact(table, n=64).pvalue),
            }
        )
    return rows


def permutations() -> list[dict[str, Any]]:
    """Two-sided p values of differences of means, over all allocations."""
    import numpy as np
    from scipy.stats import permutation_test

    drawing, rows = random.Random(8), []
    for treated, control in ((4, 4), (4, 5), (5, 5), (6, 6), (8, 8)):
        for shift in (0.0, 1.0):
            new = [round(drawing.gauss(shift, 1), 3) for _ in range(treated)]
            old = [round(drawing.gauss(0, 1), 3) for _ in range(control)]
            found = permutation_test(
                (new, old), lambda x, y, axis: abs(np.mean(x, axis) - np.mean(y, axis)),
                vectorized=True, n_resamples=np.inf, alternative="greater",
            )  # fmt: skip
            rows.append({"new": new, "old": old, "p": float(found.pvalue)})
    return rows


def powers() -> list[dict[str, float]]:
    """Power of the t test with two equal groups."""
    from statsmodels.stats.power import TTestIndPower

    return [
        {"units": n, "effect": d, "power": float(TTestIndPower().power(d, n / 2, 0.05))}
        for n in (20, 50, 128)
        for d in (0.5, 0.8, 1.2)
    ]


def corrected() -> list[dict[str, Any]]:
    """Holm's correction."""
    from statsmodels.stats.multitest import multipletests

    drawing, rows = random.Random(9), []
    for count in (1, 2, 3, 5, 8):
        p = [round(drawing.random() ** 3, 5) for _ in range(count)]
        rows.append({"p": p, "holm": [float(x) for x in multipletests(p, method="holm")[1]]})
    return rows


def controls() -> list[dict[str, Any]]:
    """Weights of synthetic controls that fit every point before."""
    import numpy as np
    from pysyncon import Synth

    drawing, rows = random.Random(10), []
    for others, points in ((5, 24), (8, 30), (12, 26)):
        common = [drawing.gauss(0, 1) for _ in range(points)]
        x = [[round(b * c + drawing.gauss(0, 0.4) + k / 3, 4) for c in common]
             for k, b in enumerate(drawing.uniform(0.3, 1.6) for _ in range(others))]  # fmt: skip
        mix = [drawing.random() for _ in range(others)]
        y = [round(sum(m * r[t] for m, r in zip(mix, x, strict=True)) / sum(mix)
                   + drawing.gauss(0, 0.2), 4) for t in range(points)]  # fmt: skip
        options = {"maxiter": 10_000, "ftol": 1e-16}
        weights, loss = Synth.w_optimize(
            V_mat=np.eye(points), X0=np.array(x).T, X1=np.array(y), qp_options=options
        )
        rows.append({"y": y, "x": x, "weights": [float(w) for w in weights], "loss": float(loss)})
    return rows


def main() -> None:
    """Write the table."""
    import scipy
    import statsmodels

    found = {
        "made_with": {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
        "binary": binary(),
        "permutations": permutations(),
        "power": powers(),
        "holm": corrected(),
        "controls": controls(),
    }
    TABLE.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
