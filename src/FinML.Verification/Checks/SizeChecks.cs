using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: size and power of tests of autocorrelation.</summary>
internal static class SizeChecks
{
    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Simulation.Size("statistics.size.ljung-box", "Ljung-Box, 5 lags, 500 independent normals", 4_000,
            random => LjungBox.Test(Draws.Normals(random, 500), 5).PValue),
        Simulation.Power("statistics.power.ljung-box", "Ljung-Box, 5 lags, 500 values of an AR(.2)", 2_000,
            random => LjungBox.Test(Draws.Autoregression(random, 500, 0.2), 5).PValue, atLeast: 0.9),
    ];
}
