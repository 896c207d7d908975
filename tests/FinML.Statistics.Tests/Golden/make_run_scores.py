"""Prints the constants of ReinforcementLearning/RunScoresTests.cs by rliable's definitions: /usr/bin/python3
make_run_scores.py (Debian 12: SciPy 1.10.1). The constants of PowerTests.cs are R's pt, power.t.test(strict = TRUE) and
t.test(extra ~ group, sleep), R 4.2.2.
"""
import numpy as np
from scipy import stats

i = np.arange(35)
x = (((7 * i * i + 3 * i) % 101) / 50).reshape(5, 7)
y = (((11 * i * i + 5 * i + 1) % 97) / 60).reshape(5, 7)[:4]
print(repr(stats.trim_mean(x, .25, axis=None)), repr(np.mean(x)), repr(np.median(x.mean(0))),
      repr(1 - np.minimum(x, 1).mean()))
print(repr(np.mean([stats.mannwhitneyu(x[:, t], y[:, t], alternative="greater")[0] / 20 for t in range(7)])))
print([float((x > t).mean()) for t in (.5, 1, 1.5)], [float((x.mean(0) > t).mean()) for t in (.8, 1, 1.2)])
