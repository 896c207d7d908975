"""Writes distributions.json beside this file: PyTorch's distributions in float64, and special functions from mpmath.

Command: OMP_NUM_THREADS=1 /usr/bin/python3 make_distributions_golden.py   (made with PyTorch 1.13.1, mpmath 1.2.1)
"""
import json
import math
import os

import mpmath
import torch
import torch.distributions as D

torch.set_default_dtype(torch.float64)
mpmath.mp.dps = 40


def number(x):
    x = float(x)
    return x if math.isfinite(x) else ("nan" if math.isnan(x) else "inf" if x > 0 else "-inf")


def pack(t):
    return {"shape": list(t.shape), "data": [number(x) for x in t.detach().reshape(-1)]}


T = torch.tensor
loc, scale = T([[0.5, -1.0, 2.0]]), T([[0.7], [2.5]])
simplex = T([[0.2, 0.5, 0.3], [0.7, 0.1, 0.2]])
chol = T([[[1.2, 0.0, 0.0], [0.5, 0.8, 0.0], [-0.3, 0.4, 1.5]], [[0.6, 0.0, 0.0], [-0.2, 1.1, 0.0], [0.1, 0.9, 0.7]]])
cov = chol @ chol.mT
mean3 = T([0.3, -0.7, 1.1])
Tr = D.transforms


def student(df, loc, scale):
    return D.StudentT(df, loc, scale)


MAKE = {
    "normal": D.Normal,
    "laplace": D.Laplace,
    "uniform": lambda low, high: D.Uniform(low, high),
    "exponential": D.Exponential,
    "gamma": D.Gamma,
    "beta": D.Beta,
    "dirichlet": D.Dirichlet,
    "bernoulli": lambda p: D.Bernoulli(probs=p),
    "bernoulli_logits": lambda l: D.Bernoulli(logits=l),
    "categorical": lambda p: D.Categorical(probs=p),
    "categorical_logits": lambda l: D.Categorical(logits=l),
    "log_normal": D.LogNormal,
    "student_t": D.StudentT,
    "mvn_tril": lambda m, l: D.MultivariateNormal(m, scale_tril=l),
    "mvn_covariance": lambda m, c: D.MultivariateNormal(m, covariance_matrix=c),
    "mvn_precision": lambda m, p: D.MultivariateNormal(m, precision_matrix=p),
    "independent": lambda m, s: D.Independent(D.Normal(m, s), 1),
    "mixture": lambda l, m, s: D.MixtureSameFamily(D.Categorical(logits=l), D.Normal(m, s)),
    "mixture_independent": lambda l, m, s: D.MixtureSameFamily(
        D.Categorical(logits=l), D.Independent(D.Normal(m, s), 1)),
    "tanh_normal": lambda m, s: D.TransformedDistribution(D.Normal(m, s), [Tr.TanhTransform()]),
    "affine_tanh": lambda m, s: D.TransformedDistribution(
        D.Normal(m, s), [Tr.TanhTransform(), Tr.AffineTransform(1.5, -2.0)]),
    "sigmoid_normal": lambda m, s: D.TransformedDistribution(D.Normal(m, s), [Tr.SigmoidTransform()]),
    "affine_vector": lambda m, s: D.TransformedDistribution(
        D.Normal(m, s), [Tr.AffineTransform(T([0.1, 0.2, 0.3]), T([2.0, -1.0, 0.5]), event_dim=1)]),
}
CASES = [
    ("normal", [loc, scale], T([[0.1, -3.0, 2.0], [4.0, 0.0, -30.0]])),
    ("laplace", [loc, scale], T([[0.1, -3.0, 2.5], [4.0, 0.0, -30.0]])),
    ("uniform", [T([0.0, -1.0]), T([2.0, 5.0])], T([[0.5, -1.0], [1.9, 4.0]])),
    ("exponential", [T([0.5, 2.0, 7.0])], T([0.1, 1.0, 3.0])),
    ("gamma", [T([0.3, 1.0, 20.0]), T([[2.0], [0.5]])], T([[0.01, 0.4, 12.0], [3.0, 1.0, 30.0]])),
    ("beta", [T([0.3, 1.0, 4.0]), T([[2.0], [0.5]])], T([[0.01, 0.4, 0.9], [0.3, 0.999, 0.5]])),
    ("dirichlet", [T([[0.4, 2.0, 5.0], [1.0, 1.0, 1.0]])], simplex),
    ("bernoulli", [T([0.0, 0.2, 0.5, 0.99, 1.0])], T([0.0, 1.0, 0.0, 1.0, 1.0])),
    ("bernoulli_logits", [T([-40.0, -1.0, 0.0, 3.0, 60.0])], T([0.0, 1.0, 0.0, 1.0, 1.0])),
    ("categorical", [T([[1.0, 2.0, 5.0, 0.0], [0.1, 0.2, 0.3, 0.4]])], T([[2.0, 3.0], [1.0, 0.0], [0.0, 2.0]])),
    ("categorical_logits", [T([[1.0, -2.0, 0.5], [0.0, -math.inf, 3.0]])], T([2.0, 0.0])),
    ("log_normal", [loc, scale], T([[0.1, 3.0, 2.0], [4.0, 1e-3, 30.0]])),
    ("student_t", [T([0.5, 1.5, 5.0]), T([0.1, 0.2, -0.3]), T([[1.5], [0.2]])], T([[0.1, -3.0, 2.0], [4.0, 0.0, -30.0]])),
    ("mvn_tril", [mean3, chol], T([[0.1, 0.2, 0.3], [1.0, -1.0, 2.0]])),
    ("mvn_covariance", [mean3, cov], T([[0.1, 0.2, 0.3], [1.0, -1.0, 2.0]])),
    ("mvn_precision", [mean3, torch.linalg.inv(cov)], T([[0.1, 0.2, 0.3], [1.0, -1.0, 2.0]])),
    ("independent", [loc.expand(2, 3), scale.expand(2, 3)], T([[0.1, -3.0, 2.0], [4.0, 0.0, -30.0]])),
    ("mixture", [T([0.1, 1.0, -0.5]), T([0.5, -1.0, 2.0]), T([0.7, 2.5, 1.0])], T([0.1, -30.0, 3.0])),
    ("mixture_independent", [T([0.1, 1.0]), T([[0.5, -1.0], [2.0, 1.0]]), T([[0.7, 2.5], [1.0, 0.3]])],
     T([[0.1, 3.0], [1.0, 1.0]])),
    ("tanh_normal", [loc, scale], T([[0.1, -0.999, 0.5], [0.99999, 0.0, -0.3]])),
    ("affine_tanh", [loc, scale], T([[1.1, 0.1, 2.5], [3.4, 1.5, -0.3]])),
    ("sigmoid_normal", [loc, scale], T([[0.1, 0.999, 0.5], [0.99999, 0.01, 0.3]])),
    ("affine_vector", [loc, scale], T([[0.1, -3.0, 2.0], [4.0, 0.0, -3.0]])),
]


def attempt(f):
    try:
        return pack(f())
    except NotImplementedError:
        return None


cases = []
probabilities = T([0.02, 0.3, 0.97])
for name, params, value in CASES:
    d = MAKE[name](*params)
    entry = {"name": name, "params": [pack(p) for p in params], "value": pack(value),
             "batch": list(d.batch_shape), "event": list(d.event_shape), "log_prob": pack(d.log_prob(value))}
    for key in ("entropy", "mean", "variance"):
        entry[key] = attempt(getattr(d, key) if key == "entropy" else lambda: getattr(d, key))
    entry["cdf"] = attempt(lambda: d.cdf(value)) if not d.event_shape and name != "gamma" else None
    if name == "gamma":
        entry["cdf"] = pack(torch.special.gammainc(*torch.broadcast_tensors(d.concentration, d.rate * value)))
    quantiles = probabilities if len(d.batch_shape) == 0 or d.batch_shape[-1] == 3 else probabilities[:2]
    entry["icdf"] = attempt(lambda: d.icdf(quantiles)) if not d.event_shape and name != "mixture" else None
    entry["p"] = pack(quantiles)
    cases.append({k: v for k, v in entry.items() if v is not None})

PAIRS = [
    ("normal", [loc, scale], [loc * 0.5, scale + 1]),
    ("log_normal", [loc, scale], [loc * 0.5, scale + 1]),
    ("laplace", [loc, scale], [loc * 0.5, scale + 1]),
    ("uniform", [T([0.0, -1.0]), T([2.0, 5.0])], [T([-1.0, 0.0]), T([2.0, 6.0])]),
    ("exponential", [T([0.5, 2.0])], [T([1.5, 0.2])]),
    ("gamma", [T([0.3, 7.0]), T([2.0, 0.4])], [T([1.3, 2.0]), T([0.5, 3.0])]),
    ("beta", [T([0.3, 7.0]), T([2.0, 0.4])], [T([1.3, 2.0]), T([0.5, 3.0])]),
    ("dirichlet", [T([0.4, 2.0, 5.0])], [T([1.0, 0.5, 3.0])]),
    ("bernoulli", [T([0.2, 0.9, 0.5])], [T([0.3, 0.1, 0.5])]),
    ("categorical", [T([[0.2, 0.5, 0.3], [0.0, 0.5, 0.5]])], [T([[0.1, 0.2, 0.7], [0.3, 0.7, 0.0]])]),
    ("mvn_tril", [mean3, chol[0]], [mean3 * 2, chol[1]]),
    ("independent", [loc.expand(2, 3), scale.expand(2, 3)], [loc.expand(2, 3) * 0.5, scale.expand(2, 3) + 1]),
]
kl = [{"p": n, "q": n, "first": [pack(x) for x in a], "second": [pack(x) for x in b],
       "value": pack(D.kl_divergence(MAKE[n](*a), MAKE[n](*b)))} for n, a, b in PAIRS]
for p, q in (("uniform", "normal"), ("normal", "laplace")):
    a, b = ([T([0.0, -1.0]), T([2.0, 5.0])], [T([0.3, 1.0]), T([2.0, 0.4])])
    a = a if p == "uniform" else [T([0.5, -1.0]), T([2.0, 0.5])]
    kl.append({"p": p, "q": q, "first": [pack(x) for x in a], "second": [pack(x) for x in b],
               "value": pack(D.kl_divergence(MAKE[p](*a), MAKE[q](*b)))})

# Special functions and the derivative of a gamma draw's logarithm, to 40 digits, rounded.
POINTS = [1e-8, 1e-3, 0.1, 0.5, 0.75, 0.9999, 1.0, 1.0001, 1.4616321449683622, 1.9999, 2.0, 2.2, 2.5, 3.3, 7.5, 9.99, 10.0,
          33.0, 1e3, 1e6, -0.5, -0.01, -1.5, -7.3]
special = {
    "x": POINTS,
    "lgamma": [number(mpmath.log(abs(mpmath.gamma(mpmath.mpf(x))))) for x in POINTS],
    "digamma": [number(mpmath.digamma(mpmath.mpf(x))) for x in POINTS],
    "polygamma1": [number(mpmath.psi(1, mpmath.mpf(x))) for x in POINTS],
    "polygamma2": [number(mpmath.psi(2, mpmath.mpf(x))) for x in POINTS],
    "polygamma5": [number(mpmath.psi(5, mpmath.mpf(x))) for x in POINTS],
}
U = [1e-12, 1e-5, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.99999, 1 - 1e-9, 1 - 1e-14, -0.25, -0.999]
special["u"] = U
special["erfinv"] = [number(mpmath.erfinv(mpmath.mpf(u))) for u in U]


def log_quantile_slope(a, x):
    a, x = mpmath.mpf(a), mpmath.mpf(x)
    h = mpmath.mpf(10) ** -15  # the smaller tail, which keeps its digits
    slope = (mpmath.diff(lambda s: mpmath.gammainc(s, 0, x, regularized=True), a, h=h) if x <= a
             else -mpmath.diff(lambda s: mpmath.gammainc(s, x, mpmath.inf, regularized=True), a, h=h))
    density = mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a))  # x f(x)
    return number(-slope / density)


special["gamma_slope"] = [[a, x, log_quantile_slope(a, x)] for a in (0.01, 0.3, 1.0, 2.5, 9.0, 60.0, 700.0)
                          for x in (a * 1e-3, a * 0.2, a * 0.8, a, a + 0.9, a + 1.1, a * 1.3 + 0.5, a * 2 + 3, a * 3 + 12)]

out = {"command": "OMP_NUM_THREADS=1 /usr/bin/python3 make_distributions_golden.py", "torch": torch.__version__,
       "cases": cases, "kl": kl, "special": special}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "distributions.json")
with open(path, "w") as file:
    file.write(json.dumps(out, separators=(",", ":")).replace('}},{', '}},\n{') + "\n")
