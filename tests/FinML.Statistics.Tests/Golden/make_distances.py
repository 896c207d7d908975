"""Prints the constants of Distances/*Tests.cs: /usr/bin/python3 make_distances.py (Debian 12: SciPy 1.10.1, NumPy 1.24.2).

x and y are what any language can repeat: z_i = (7 i^2 + 3 i) mod 101 / 101 and its like.
"""
import numpy as np
from scipy import stats
from scipy.spatial.distance import cdist, pdist
from scipy.special import digamma
from scipy.stats._ksstats import _kolmogn_DMTW

i = np.arange(40)
x = ((7 * i * i + 3 * i) % 101) / 101
y = ((11 * i * i + 5 * i + 1) % 97) / 97 * 1.3
y = y[:25]
s = np.sin(1.3 * i * i + .5 * i)  # no ties, which SciPy does not know
t = (1.3 * np.sin(1.7 * i * i + .3 * i) + .4)[:25]


def show(name, *values):
    print(name, *(repr(float(v)) for v in values))


for side in ("two-sided", "greater", "less"):
    show("ks one " + side, *stats.kstest(x, "uniform", alternative=side, method="exact")[:2])
    show("ks two " + side, *stats.ks_2samp(s, t, alternative=side, method="exact")[:2])
for n, d in ((10, .274), (50, .1), (100, .2), (400, .05), (1000, .045), (2000, .07), (20, .6)):
    exact = _kolmogn_DMTW(n, d, cdf=False) if n * d * d < 4 else stats.kstwo.sf(d, n)  # sf takes a limit in between
    show(f"kstwo {n} {d}", exact, stats.ksone.sf(d, n))
for z in (.3, .7, 1.2, 2.5):
    show(f"kstwobign {z}", stats.kstwobign.sf(z))

show("w1", stats.wasserstein_distance(x, y), stats.wasserstein_distance(x, y, 1 + np.arange(40) % 5, 1 + np.arange(25) % 3))

pooled = np.concatenate([x, y])
h = np.median(pdist(pooled[:, None]))
k = lambda a, b: np.exp(-cdist(a[:, None], b[:, None], "sqeuclidean") / (2 * h * h))
xx, yy, xy = k(x, x), k(y, y), k(x, y)
m, n = len(x), len(y)
show("mmd bandwidth biased unbiased", h, xx.mean() + yy.mean() - 2 * xy.mean(),
     (xx.sum() - m) / (m * (m - 1)) + (yy.sum() - n) / (n * (n - 1)) - 2 * xy.mean())

# Entropic transport by plain scaling, to machine precision.
cost = cdist(x[:, None], y[:, None], "sqeuclidean")
eps = .05
a, b = np.full(m, 1 / m), np.full(n, 1 / n)
kernel = np.exp(-cost / eps)
u, v = np.ones(m), np.ones(n)
for _ in range(20000):
    u = 1 / (kernel @ (b * v))
    v = 1 / (kernel.T @ (a * u))
plan = (a * u)[:, None] * kernel * (b * v)[None, :]
show("sinkhorn", (plan * cost).sum() + eps * (plan * np.log(plan / np.outer(a, b))).sum(), (plan * cost).sum())

# KSG by brute force.
i = np.arange(60)
p = np.sin(1.3 * i * i + .5 * i)
q = p * p + .3 * np.cos(2.1 * i * i + i)
dx, dy = abs(p[:, None] - p), abs(q[:, None] - q)
np.fill_diagonal(dx, np.inf)
np.fill_diagonal(dy, np.inf)
near = np.argsort(np.maximum(dx, dy), axis=1, kind="stable")[:, :3]
eps = np.take_along_axis(np.maximum(dx, dy), near, 1).max(1)
one = digamma(3) + digamma(60) - (digamma((dx < eps[:, None]).sum(1) + 1) + digamma((dy < eps[:, None]).sum(1) + 1)).mean()
sx, sy = np.take_along_axis(dx, near, 1).max(1), np.take_along_axis(dy, near, 1).max(1)
two = digamma(3) - 1 / 3 + digamma(60) - (digamma((dx <= sx[:, None]).sum(1)) + digamma((dy <= sy[:, None]).sum(1))).mean()
show("ksg", one, two)
