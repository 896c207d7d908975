"""Makes bayes_posteriors.csv here and, given baycomp's accuracies.txt, baycomp_accuracies.csv in
src/FinML.Verification/Samples: python3 make_bayes.py [accuracies.txt] (mpmath 1.2). Posterior quantiles in 30 digits, the
noncentral t likelihood by confluent hypergeometric functions, that of a correlation by Gauss's (Ly et al. 2016)."""
import sys
from mpmath import mp, mpf, hyp1f1, hyp2f1, gamma, quad, exp, findroot, sqrt, beta

mp.dps = 30
rows = []


def quantiles(name, density, edges, lower, upper, start):
    total = quad(density, [e for e in edges if lower <= e <= upper])
    for p, near in zip(("0.5", "0.025", "0.975"), start):
        def excess(x):
            below = [e for e in edges if lower <= e < x] + [x]
            return quad(density, below) / total - mpf(p)
        rows.append((f"{name} {p}", findroot(excess, (near, near + mpf("0.01")), solver="secant", tol=1e-24)))
    return total


def effect(t, n, nu, r):
    t, n, nu, r = mpf(t), mpf(n), mpf(nu), mpf(r)
    x = t * t / (t * t + nu)

    def density(d):
        mu = sqrt(n) * d
        even = hyp1f1((nu + 1) / 2, mpf(1) / 2, x * mu**2 / 2)
        odd = mu * t / sqrt(t * t + nu) * sqrt(2) * gamma(nu / 2 + 1) / gamma((nu + 1) / 2)
        odd *= hyp1f1(nu / 2 + 1, mpf(3) / 2, x * mu**2 / 2)
        return exp(-mu**2 / 2) * (even + odd) / (1 + (d / r)**2)
    return density


def correlation(r, n, kappa):
    r, n, kappa = mpf(r), mpf(n), mpf(kappa)

    def density(rho):
        a = hyp2f1((n - 1) / 2, (n - 1) / 2, mpf(1) / 2, (r * rho)**2)
        b = hyp2f1(n / 2, n / 2, mpf(3) / 2, (r * rho)**2) * 2 * r * rho * (gamma(n / 2) / gamma((n - 1) / 2))**2
        return (1 - rho**2)**((n - 1) / 2 + 1 / kappa - 1) * (a + b)
    return density


fine = [mpf(k) / 4 for k in range(-16, 17)]
half = sqrt(mpf(1) / 2)
quantiles("delta t=2.03 n=80 r=1", effect("2.03", 80, 79, 1), fine, -2, 2, (.22, 0, .44))
quantiles("delta t=-3 n=10 r=.7071 less", effect(-3, 10, 9, half), fine, -4, 0, (-.8, -1.5, -.1))
quantiles("delta t=3.5 n=20,20 r=.7071", effect("3.5", 10, 38, half), fine, -4, 4, (1, .3, 1.6))
d = [mpf(a) - mpf(b) for a, b in zip(
    "0.7 -1.6 -0.2 -1.2 -0.1 3.4 3.7 0.8 0.0 2.0".split(), "1.9 0.8 1.1 0.1 -0.1 4.4 5.5 1.6 4.6 3.4".split())]
mean = sum(d) / 10
sleep = effect(mean / sqrt(sum((x - mean)**2 for x in d) / 90), 10, 9, half)
wide = [mpf(k) / 4 for k in range(-32, 33)]
rows.append(("BF-0 of sleep", 2 * quad(sleep, wide[:33]) / (mp.pi * half)))
rows.append(("BF+0 of sleep", 2 * quad(sleep, wide[32:]) / (mp.pi * half)))
ends = [mpf(k) / 10 for k in range(-10, 11)]
quantiles("rho r=.4 n=20 kappa=1", correlation("0.4", 20, 1), ends, -1, 1, (.35, -.05, .68))
quantiles("rho r=-.9 n=6 kappa=.5", correlation("-0.9", 6, "0.5"), ends, -1, 1, (-.7, -.95, 0))
quantiles("rho r=.1 n=83 kappa=1 greater", correlation("0.1", 83, 1), ends, 0, 1, (.12, .01, .3))
for r, n, kappa in (("0.1", 83, 1), ("0.6", 20, 1), ("-0.3", 50, mpf(1) / 3), ("0.95", 40, 2), ("0.999", 4, "0.5")):
    density, k = correlation(r, n, kappa), mpf(kappa)
    positive, negative = quad(density, ends[10:]), quad(density, ends[:11])
    # Ly's h is 1 at rho = 0.
    scale = 2**(1 - 2 / k) / beta(1 / k, 1 / k)
    rows.append((f"log BF10 r={r} n={n} kappa={mp.nstr(k, 4)}", mp.log((positive + negative) * scale)))
    rows.append((f"log BF+0 r={r} n={n} kappa={mp.nstr(k, 4)}", mp.log(2 * positive * scale)))

with open("bayes_posteriors.csv", "w") as f:
    f.write("name,value\n")
    for name, value in rows:
        f.write(f"{name.replace(',', '+')},{mp.nstr(value, 17)}\n")

if len(sys.argv) > 1:
    means, model = {}, None
    for line in open(sys.argv[1]):
        parts = line.split()
        if len(parts) == 1:
            model = parts[0]
        elif parts:
            means.setdefault(model, []).append((parts[0], sum(map(float, parts[1:])) / (len(parts) - 1)))
    with open("../../../src/FinML.Verification/Samples/baycomp_accuracies.csv", "w") as f:
        f.write("dataset,nbc,j48\n")
        for (name, nbc), (_, j48) in zip(means["nbc"], means["j48"]):
            f.write(f"{name},{nbc:.5f},{j48:.5f}\n")
