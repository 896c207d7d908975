# /usr/bin/python3 make_regimes.py (statsmodels 0.13.5): regimes without autoregression, by another optimiser.
import warnings; warnings.filterwarnings("ignore")
import csv, numpy as np
from statsmodels.tsa.regime_switching.markov_regression import MarkovRegression
col = lambda f: np.array([float(r[0]) for r in list(csv.reader(open(f)))[1:]])
dax = 100 * col("eu_log_returns.csv"); gnp = col("../../../src/FinML.Verification/Samples/hamilton_gnp.csv")
for name, x, k, sv in (("dax", dax, 2, True), ("gnp", gnp, 2, False)):
    m = MarkovRegression(x, k_regimes=k, trend="c", switching_variance=sv)
    best = None
    np.random.seed(1)
    for i in range(4):
        try: r = m.fit(search_reps=20 if i else 0, maxiter=1000, em_iter=50)
        except Exception as e: continue
        if best is None or r.llf > best.llf: best = r
    p = best.params
    p = m.fit(start_params=p, method="bfgs", gtol=1e-9, maxiter=500, disp=0, em_iter=0).params
    r = m.smooth(p, cov_type="approx")
    print(name, k, "%.9f" % r.llf, [("%s %.8g %.6g") % t for t in zip(m.param_names, r.params, r.bse)])
    print("smoothed", r.smoothed_marginal_probabilities[[0, 50, -1], 0])
