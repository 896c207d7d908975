using FinML.Markets.Execution;

namespace FinML.Verification;

/// <summary>Optimal execution in closed form.</summary>
internal static class ExecutionChecks
{
    private const string Paper = "Almgren & Chriss (2000), X = 1e6, S = 50, T = N = 5, σ = .95, γ = 2.5e-7, "
        + "ε = .0625, η = 2.5e-6, λ = 1e-6; double precision";

    private const string Linear = "ε X + γ X²/2 + η~ X²/(N τ) and 0.95² X² Σ (1 - j/N)², same parameters";

    private static readonly ImpactOptions Options = new();
    private static readonly AlmgrenChriss Schedule = new(Options);

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("markets.almgren-chriss.kappa", "rate at which the position is worked off", Paper, .607076, 5e-7,
            _ => Schedule.Kappa),
        .. new[] { 541_955.6, 289_854.2, 147_897.5, 62_141.8 }.Select((held, i) => new ReferenceCheck(
            $"markets.almgren-chriss.x{i + 1}", $"shares held after trade {i + 1}", Paper, held, 0.05,
            _ => Schedule.Holdings[i + 1])),
        new("markets.almgren-chriss.shortfall", "expected shortfall", Paper, 911_227, 0.5,
            _ => Schedule.ExpectedShortfall(Schedule.Holdings)),
        new("markets.almgren-chriss.deviation", "its standard deviation", Paper, 603_431, 0.5,
            _ => Math.Sqrt(Schedule.Variance(Schedule.Holdings))),
        new("markets.almgren-chriss.objective", "E + λ V", Paper, 1_275_355.56, 0.005,
            _ => Schedule.Objective(Schedule.Holdings)),
        new("markets.almgren-chriss.equal-shortfall", "expected shortfall of equal parts", Linear, 662_500, 1e-6,
            _ => Schedule.ExpectedShortfall(Schedule.EqualParts())),
        new("markets.almgren-chriss.equal-deviation", "its standard deviation", Linear, 1_040_673, 0.5,
            _ => Math.Sqrt(Schedule.Variance(Schedule.EqualParts()))),
        new("markets.almgren-chriss.once-shortfall", "expected shortfall of one trade", Linear, 2_562_500, 1e-6,
            _ => Schedule.ExpectedShortfall(Schedule.AllAtOnce())),
        new("markets.linear-impact.value", "proceeds of the best schedule for 100 shares in 5 trades",
            "P N - N²/2 (α + (2 β - α)/T): P = 100, α = .03, β = .05 (Rao & Jelvis, chapter 9)", 9_780, 1e-8,
            _ => LinearImpactProceeds()),
    ];

    private static double LinearImpactProceeds()
    {
        var market = new ImpactOptions
        {
            InitialPrice = 100,
            Shares = 100,
            Horizon = 5,
            Intervals = 5,
            PermanentImpact = 0.03,
            TemporaryImpact = 0.05,
            FixedCost = 0,
            RiskAversion = 0,
        };
        var schedule = new AlmgrenChriss(market);
        var environment = new OptimalExecutionEnvironment(market with { Volatility = 0 });
        float[] observation = new float[3];
        environment.Reset(1, observation);
        for (int j = 1; j <= market.Intervals; j++)
            environment.Step([environment.FractionTo(schedule.Holdings[j])], observation);
        return market.Shares * market.InitialPrice - environment.Shortfall;
    }
}
