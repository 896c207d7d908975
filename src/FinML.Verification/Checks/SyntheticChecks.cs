using FinML.Data;

namespace FinML.Verification;

/// <summary>Generators of prices: what calls cost in closed form, as published, and on simulated paths.</summary>
internal static class SyntheticChecks
{
    private const int Paths = 50_000;
    private const string AndersenScheme =
        "quadratic-exponential scheme (Andersen 2008), 50,000 paths: 3 standard errors";

    private static readonly HestonModel FangOosterlee = new()
    {
        Drift = 0,
        InitialVariance = 0.0175,
        LongRunVariance = 0.0398,
        MeanReversion = 1.5768,
        VolatilityOfVariance = 0.5751,
        Correlation = -0.5711,
        StepYears = 1.0 / 16,
    };

    private static readonly HestonModel BroadieKaya = new()
    {
        Drift = 0.0319,
        InitialVariance = 0.010201,
        LongRunVariance = 0.019,
        MeanReversion = 6.21,
        VolatilityOfVariance = 0.61,
        Correlation = -0.7,
        StepYears = 1.0 / 16,
    };

    private static readonly MertonJumps Jumps = new()
    {
        Drift = 0.05,
        Volatility = 0.2,
        Intensity = 1,
        JumpMean = -0.1,
        JumpVolatility = 0.2,
        StepYears = 1,
    };

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("data.heston.1-year", "Heston call at the money, 1 year, from the characteristic function",
            "Fang, Oosterlee 2008 (their digits beyond the 7th differ from an independent quadrature)",
            5.785155450, 2e-8, _ => EuropeanCall.Heston(FangOosterlee, 100, 0, 1)),
        new("data.heston.10-years", "Heston call at the money, 10 years, from the characteristic function",
            "Fang, Oosterlee 2008", 22.318945791, 5e-10, _ => EuropeanCall.Heston(FangOosterlee, 100, 0, 10)),
        new("data.heston.broadie-kaya", "Heston call at the money, from the characteristic function",
            "Broadie, Kaya 2006: 6.8061", 6.8061, 5e-5, _ => EuropeanCall.Heston(BroadieKaya, 100, 0.0319, 1)),
        new("data.heston.simulated", "the same call on simulated paths: deviation in standard errors", AndersenScheme,
            0, 3, _ => Deviation(BroadieKaya, 16, 0.0319, 100, EuropeanCall.Heston(BroadieKaya, 100, 0.0319, 1))),
        new("data.heston.simulated-1-year", "Fang and Oosterlee's call on simulated paths: in standard errors",
            AndersenScheme, 0, 3,
            _ => Deviation(FangOosterlee, 16, 0, 100, EuropeanCall.Heston(FangOosterlee, 100, 0, 1))),
        new("data.merton.simulated", "Merton's call on simulated paths less his series, in standard errors",
            "Merton 1976, equation 16; 50,000 paths: 3 standard errors",
            0, 3, _ => Deviation(Jumps, 1, 0.05, 110, EuropeanCall.Merton(Jumps, 110, 0.05, 1))),
    ];

    /// <summary>(Mean discounted payoff less the price) / standard error, for a call that ends after a year.</summary>
    private static double Deviation(IPriceGenerator model, int steps, double rate, double strike, double price)
    {
        double sum = 0, squares = 0;
        for (int i = 0; i < Paths; i++)
        {
            double end = model.Prices(steps, new RandomStream(1, (ulong)i))[^1];
            double pay = Math.Exp(-rate) * Math.Max(0, end - strike);
            sum += pay;
            squares += pay * pay;
        }

        double mean = sum / Paths;
        return (mean - price) / Math.Sqrt((squares / Paths - mean * mean) / Paths);
    }
}
