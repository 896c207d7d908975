using FinML.Data;

namespace FinML.Verification;

/// <summary>Generators, whose parameters are estimated again from what they draw: deviations in standard
/// errors.</summary>
internal static class GeneratorChecks
{
    private const string Closed = "closed form; by chance beyond 4 standard errors once in 16,000 seeds";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Check("data.gbm.variance", "geometric Brownian motion: variance of the returns", () =>
        {
            var model = new GeometricBrownianMotion { Drift = 0.02, Volatility = 0.2 };
            double mean = (0.02 - 0.02) / 252;
            return Deviation(0.04 / 252, Returns(model, 100_000).Select(r => (r - mean) * (r - mean)));
        }),
        Check("data.merton.variance", "jumps: variance sigma^2 dt + lambda dt (m^2 + d^2)", () =>
        {
            var model = new MertonJumps { Drift = 0, Intensity = 5 };
            double dt = model.StepYears;
            double mean = (-5 * model.ExpectedJump - 0.01125 + 5 * model.JumpMean) * dt;
            double variance = (0.0225 + 5 * (0.01 + 0.0225)) * dt;
            return Deviation(variance, Returns(model, 100_000).Select(r => (r - mean) * (r - mean)));
        }),
        Check("data.heston.volatility-of-variance", "Heston: xi^2 from the conditional variance of v",
            () => Deviation(0.16, HestonSquares())),
        Check("data.garch.variance", "GARCH(1,1): unconditional variance omega / (1 - alpha - beta)",
            () => Deviation(0.1 / 0.15, GarchPaths().Select(r => r.Average(x => x * x)))),
        Check("data.garch.fourth-moment", "GARCH(1,1): fourth moment 3 v^2 (1 - p^2) / (1 - p^2 - 2 alpha^2)", () =>
        {
            double variance = 0.1 / 0.15, left = 1 - 0.85 * 0.85;
            return Deviation(3 * variance * variance * left / (left - 2 * 0.15 * 0.15),
                GarchPaths().Select(r => r.Average(x => x * x * x * x)));
        }),
        Check("data.regimes.transition", "regime switching: probability of leaving the calm regime", () =>
        {
            int[] regimes = new RegimeSwitching().Path(100_000, new RandomStream(1)).Regimes;
            return Deviation(0.01, regimes.Zip(regimes.Skip(1)).Where(pair => pair.First == 0)
                .Select(pair => (double)pair.Second));
        }),
        Check("data.factor-panel.sharpe", "factor panel: annual Sharpe ratio 2 of the planted portfolio", () =>
        {
            double[] r = new FactorPanel { Sharpe = 2 }.Create(3000, new RandomStream(1)).PlantedReturns[2..];
            double mean = r.Average(), perRow = 2 / Math.Sqrt(252);
            double sharpe = mean / Math.Sqrt(r.Average(x => (x - mean) * (x - mean)));
            return (sharpe - perRow) / Math.Sqrt((1 + perRow * perRow / 2) / r.Length); // A. Lo 2002
        }),
        Check("data.copula.kendall", "Student copula: Kendall's tau 2 / pi arcsin(rho)", () =>
        {
            double[][] r = new StudentCopula { Assets = 2, Correlation = 0.5 }.Returns(40_000, new RandomStream(1));
            return Deviation(2 / Math.PI * Math.Asin(0.5), Enumerable.Range(0, 20_000).Select(k => (double)Math.Sign(
                (r[0][2 * k] - r[0][2 * k + 1]) * (r[1][2 * k] - r[1][2 * k + 1]))));
        }),
        Check("data.hawkes.rate", "Hawkes flow: events a second, mu / (1 - branching ratio)", () =>
        {
            // 1 event a second of its own, each with a half of another: 2 a second.
            var flow = new HawkesFlow { Baseline = [1], Excitation = [[1]], Decay = 2 };
            return Deviation(2, Enumerable.Range(0, 200).Select(i => flow.Simulate(250, new RandomStream(1, (ulong)i))
                .Times.Count(time => time > 50) / 200.0));
        }),
    ];

    private static ReferenceCheck Check(string id, string description, Func<double> deviation) =>
        new(id, description, Closed, 0, 4, _ => deviation());

    /// <summary>(Mean less the truth) / standard error of independent values.</summary>
    private static double Deviation(double truth, IEnumerable<double> sample)
    {
        double[] values = sample.ToArray();
        double mean = values.Average();
        return (mean - truth) / Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / values.Length / values.Length);
    }

    private static IEnumerable<double> Returns(IPriceGenerator model, int steps)
    {
        double[] prices = model.Prices(steps, new RandomStream(1));
        for (int t = 1; t < prices.Length; t++)
            yield return Math.Log(prices[t] / prices[t - 1]);
    }

    private static IEnumerable<double[]> GarchPaths()
    {
        var model = new GarchProcess { Constant = 0.1, Alpha = 0.15, Beta = 0.7 };
        return Enumerable.Range(0, 300).Select(i => model.Returns(1000, new RandomStream(1, (ulong)i))[200..]);
    }

    /// <summary>(v' - E[v' | v])^2 / (Var[v' | v] / xi^2): each has the mean xi^2, whatever v.</summary>
    private static IEnumerable<double> HestonSquares()
    {
        var model = new HestonModel { StepYears = 0.02 }; // kappa 2, theta .04, xi .4
        double[] v = model.Path(100_000, new RandomStream(1)).Variances;
        double decay = Math.Exp(-2 * 0.02), grown = 1 - decay;
        for (int t = 1; t < v.Length; t++)
        {
            double surprise = v[t] - (0.04 + (v[t - 1] - 0.04) * decay);
            yield return surprise * surprise / (v[t - 1] * decay * grown / 2 + 0.04 * grown * grown / 4);
        }
    }
}
