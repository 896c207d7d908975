using FinML.Statistics;

namespace FinML.Verification;

/// <summary>The stylised facts of returns: the numbers of Ding, Granger and Engle (1993), and R on the same
/// series.</summary>
internal static class StylizedFactsChecks
{
    private const string Published =
        "Ding, Granger and Engle 1993, on their series as R's fGarch has it (sp500dge)";
    private const string R = "R 4.2, make_stylized_facts.R";

    private static readonly BootstrapOptions Few = new() { Replicates = 99 };
    private static readonly CircularBlockBootstrap Year = new(250);

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.stylized.acf-1", "autocorrelation of |r| at lag 1, S&P 500, 1928-1991", Published, .318, 5e-4,
            context => Autocorrelation.At(Sizes(context), 1)),
        new("statistics.stylized.acf-100", "autocorrelation of |r| at lag 100", Published, .163, 5e-4,
            context => Autocorrelation.At(Sizes(context), 100)),
        new("statistics.stylized.lagged", "the same with its bootstrap", R, 0.162843093079136, 1e-12,
            context => LaggedCorrelation.Auto(Sizes(context), [100], Year, Few).Values[0]),
        new("statistics.stylized.skewness", "skewness of r", R, -0.487267064387045812, 1e-12,
            context => Moments.Of(Returns(context)).Skewness),
        new("statistics.stylized.kurtosis", "kurtosis of r", R, 25.420759389936840, 1e-9,
            context => Moments.Of(Returns(context)).Kurtosis.Value),
        new("statistics.stylized.jarque-bera", "Jarque-Bera statistic of r", R, 357878.309654834, 1e-5,
            context => JarqueBera.Test(Returns(context)).Statistic),
        new("statistics.stylized.taylor", "autocorrelation of |r|^2 at lag 10", R, 0.1074330469698362, 1e-12,
            context => TaylorEffect.Of(Returns(context), [0.5, 1, 2], 10, Year, Few).Correlations[2]),
        new("statistics.stylized.leverage", "correlation of r with its square a day later, DAX",
            R, -0.058108650690486104, 1e-12, context => LaggedCorrelation.Of(
                Dax(context), Array.ConvertAll(Dax(context), r => r * r), [1], Year, Few).Values[0]),
        new("statistics.stylized.power-law", "exponent of the decay of the autocorrelation of |r|, DEM/GBP", "R, nls",
            0.2979348228699266, 1e-7, context => Decay(context, DecayKind.PowerLaw).Rate),
        new("statistics.stylized.exponential", "rate of an exponential decay", "R, nls", 0.0193987670300590, 1e-8,
            context => Decay(context, DecayKind.Exponential).Rate),
        new("statistics.stylized.aggregation", "excess kurtosis over 20 days, DAX", R, 0.53795094085682, 1e-10,
            context => AggregatedMoments.Of(Dax(context), [1, 20], Year, Few).ExcessKurtosis()[1].Estimate),
        new("statistics.stylized.scaling", "scaling exponent of the second moment, DAX", R, 0.957005347145027, 1e-10,
            context => ScalingExponents.Of(Centred(Dax(context)), [1, 2], [1, 2, 5, 10], Year, Few).Zeta()[1].Estimate),
        new("statistics.stylized.robust-error", "robust standard error of an autocorrelation, DAX", R,
            0.0297898838275472, 1e-13, context => RobustBoxPierce.Test(Dax(context), 10).StandardErrors[0]),
        new("statistics.stylized.robust-q", "robust portmanteau over ten lags, DAX", R, 4.182812806283596, 1e-10,
            context => RobustBoxPierce.Test(Dax(context), 10).Statistic),
        new("statistics.stylized.gaussian-tail", "Hill's tail index of normal values beyond their 5 % quantile",
            "R, integrate", 5.99845672025766, 1e-9, _ => StylizedFacts.GaussianTailIndex(0.05)),
    ];

    /// <summary>The first row of the series is not a return.</summary>
    private static double[] Returns(VerificationContext context) =>
        context.Catalog.Load("sp500-dge").Column("SP500", "log_return").ToArray()[1..];

    private static double[] Sizes(VerificationContext context) => Array.ConvertAll(Returns(context), Math.Abs);

    private static double[] Dax(VerificationContext context) => IndexReturns.Log(context, "DAX");

    private static double[] Centred(double[] returns)
    {
        double mean = Moments.Of(returns).Mean;
        return Array.ConvertAll(returns, r => r - mean);
    }

    private static DecayFit Decay(VerificationContext context, DecayKind kind)
    {
        double[] returns = context.Catalog.Load("dem-gbp").Column("DEMGBP", "log_return_pct").ToArray();
        double[] rho = Autocorrelation.Compute(Array.ConvertAll(returns, Math.Abs), 60)[1..];
        return DecayFit.Of([.. Enumerable.Range(1, 60)], rho, kind);
    }
}
