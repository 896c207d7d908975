using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Granger tests and lag orders, held to R, JMulTi and Luetkepohl's book: prediction, not effects.</summary>
internal static class PredictionChecks
{
    private const string ChickEgg = "R lmtest::grangertest, ChickEgg, order 3 (Thurman and Fisher 1988)";
    private const string JMulTi = "JMulTi, logs in statsmodels/tsa/vector_ar/tests/JMulTi_results";
    private const string Luetkepohl = "Luetkepohl 2005, table 4.5: West Germany 1960-1978";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.causal.granger.chicken-egg", "F that chickens do not predict eggs", ChickEgg,
            0.59162, 5e-6, _ => Eggs("chicken", "egg").F),
        new("statistics.causal.granger.chicken-egg-p", "its p-value", ChickEgg, 0.62379, 5e-6,
            _ => Eggs("chicken", "egg").PValue),
        new("statistics.causal.granger.egg-chicken", "F that eggs do not predict chickens", ChickEgg,
            5.40498, 5e-6, _ => Eggs("egg", "chicken").F),
        new("statistics.causal.granger.egg-chicken-p", "its p-value", ChickEgg, 0.0029664, 5e-8,
            _ => Eggs("egg", "chicken").PValue),
        System("consumption", "realcons", "realgdp,realinv", 11.1446),
        System("consumption-gdp", "realcons,realgdp", "realinv", 16.6303),
        System("consumption-investment", "realcons,realinv", "realgdp", 10.6974),
        System("gdp", "realgdp", "realcons,realinv", 3.7090),
        System("gdp-investment", "realgdp,realinv", "realcons", 3.4756),
        System("investment", "realinv", "realcons,realgdp", 3.6508),
        new("statistics.causal.var.order-aic", "order of a vector autoregression by Akaike", Luetkepohl, 2, 0,
            _ => WestGermany().Aic),
        new("statistics.causal.var.order-bic", "the same by Schwarz", Luetkepohl, 0, 0, _ => WestGermany().Bic),
        new("statistics.causal.var.aic", "Akaike's criterion of order 2", "R, from the residuals; the book has -24.59",
            -24.594169645326204, 1e-10, _ => WestGermany().Models[2].Aic),
    ];

    private static GrangerTest Eggs(string predictor, string predicted) => GrangerTest.Of(
        (predictor, Samples.Column("chick_egg.csv", predictor)),
        (predicted, Samples.Column("chick_egg.csv", predicted)), lags: 3);

    private static ReferenceCheck System(string id, string predictors, string predicted, double f) => new(
        $"statistics.causal.granger.system-{id}", $"F that {predictors} do not predict {predicted}, order 4", JMulTi,
        f, 5e-5, _ => GrangerTest.Of(
            VectorAutoregression.Fit([.. new[] { "realgdp", "realcons", "realinv" }
                .Select(name => (name, Samples.Column("us_macro.csv", name)))], 4),
            predictors.Split(','), predicted.Split(',')).F);

    private static LagOrder WestGermany() => LagOrder.Select(
        [.. new[] { "invest", "income", "cons" }.Select(name =>
        {
            double[] level = Samples.Column("lutkepohl_e1.csv", name)[..76];
            return (name, level.Skip(1).Select((value, t) => Math.Log(value / level[t])).ToArray());
        })],
        4);
}
