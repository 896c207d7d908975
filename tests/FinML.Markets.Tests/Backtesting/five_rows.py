"""Golden values of BacktesterTests.FiveRowsByHand, in 50-digit arithmetic and without the closed form of the sizing:
the quantity is found by bisection on "value after costs = weight x equity after costs".  python3 five_rows.py"""
from decimal import Decimal as D, getcontext
getcontext().prec = 50
opens = list(map(D, "100 101 103 102 99".split()))
closes = list(map(D, "100.5 102 104 100 101".split()))
targets = list(map(D, "1 0.5 -1 -1".split()))

def run(k, s, b):
    cash, q, old, target, out = D(1), D(0), D(1), D(0), []
    for i, w in enumerate(targets):
        p = opens[i + 1]
        equity = cash + q * p
        trade = D(0)
        if w != target or abs(q * p / equity - w) > D("0.1"):
            def after(d):
                fill = p * (1 + (s if d > 0 else -s if d < 0 else 0))
                c = cash - d * fill - abs(d) * fill * k
                return c, (q + d) * p - w * (c + (q + d) * p)
            lo, hi = D(-5), D(5)
            for _ in range(170):
                mid = (lo + hi) / 2
                if after(mid)[1] < 0: lo = mid
                else: hi = mid
            trade = (lo + hi) / 2
            cash = after(trade)[0]
            q += trade
            target = w
        turnover = abs(trade) * p / equity
        p = closes[i + 1]
        if q < 0: cash -= -q * p * b / 252
        equity = cash + q * p
        out.append((equity / old - 1, equity, q * p / equity, turnover))
        old = equity
    return out

for name, rates in (("net", (D("0.001"), D("0.002"), D("0.0252"))), ("gross", (D(0), D(0), D(0)))):
    for row in run(*rates):
        print(name, *(f"{x:.17f}" for x in row))
