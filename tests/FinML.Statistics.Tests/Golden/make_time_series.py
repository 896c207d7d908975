# /usr/bin/python3 make_time_series.py (statsmodels 0.13.5): unit roots, stationarity, ARCH-LM, PACF.
import warnings; warnings.filterwarnings("ignore")
import csv, numpy as np
from statsmodels.tsa.stattools import adfuller, kpss, pacf
from statsmodels.stats.diagnostic import het_arch, acorr_ljungbox
col = lambda f: np.array([float(r[0]) for r in list(csv.reader(open(f)))[1:]])
S = "../../../src/FinML.Verification/Samples/"
nile, lh = col(S + "nile.csv"), col(S + "lh.csv")
dax = col("eu_log_returns.csv")
for name, x in (("nile", nile), ("daxprice", np.cumsum(dax)), ("lh", lh)):
    for reg in ("n", "c", "ct", "ctt"):
        for auto in ("AIC", "BIC", "t-stat", None):
            r = adfuller(x, regression=reg, autolag=auto, maxlag=4 if auto is None else None)
            print("adf", name, reg, auto, *(("%.12g" % v) for v in r[:2]), r[2], r[3], *(("%.10g" % r[4][k]) for k in ("1%", "5%", "10%")))
    for reg in ("c", "ct"):
        for lags in ("legacy", "auto", 3):
            r = kpss(x, regression=reg, nlags=lags); print("kpss", name, reg, lags, "%.12g %.10g %d" % r[:3])
for lags in (1, 5, 12):
    print("arch", lags, *("%.12g" % v for v in het_arch(dax, nlags=lags)))
print("pacf ldb", pacf(lh, 5, method="ldb")); print("pacf ols", pacf(lh, 5, method="ols"))
print(["%.15g" % v for v in pacf(lh, 5, method="ldb")], ["%.15g" % v for v in pacf(lh, 5, method="ols")])
print(acorr_ljungbox(lh, [5], boxpierce=True))
