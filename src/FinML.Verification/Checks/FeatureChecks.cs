using FinML.Data;
using FinML.Data.Features;

namespace FinML.Verification;

/// <summary>Indicators, volatilities and fitted features, held to R, to published digits and to themselves.</summary>
internal static class FeatureChecks
{
    private const string Benchmark =
        "Bollerslev and Ghysels (1996), as in Fiorentini, Calzolari and Panattoni, J. Appl. Econometrics 11 (1996)";

    private const string Ttr = "R's package TTR 0.24.3 on the S&P 500's bars, 2020-04-17";

    private const string Optim = "R's optim on Hamilton's likelihood of the S&P 500's daily returns, 2000-2020";

    // TTR's averages begin with the data; begun this far back ours weigh their start by less than 1e-24.
    private const int History = 900;

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("data.garch.mean", "GARCH(1,1) on DEM/GBP: mean", Benchmark, -0.00619041, 1e-8,
            context => GarchOf(context).Model.Mean),
        new("data.garch.omega", "GARCH(1,1) on DEM/GBP: omega", Benchmark, 0.0107613, 2e-7,
            context => GarchOf(context).Model.Omega),
        new("data.garch.alpha", "GARCH(1,1) on DEM/GBP: alpha", Benchmark, 0.153134, 1e-6,
            context => GarchOf(context).Model.Alpha),
        new("data.garch.beta", "GARCH(1,1) on DEM/GBP: beta", Benchmark, 0.805974, 1e-6,
            context => GarchOf(context).Model.Beta),
        new("data.garch.likelihood", "GARCH(1,1) on DEM/GBP: log-likelihood", "R, Newton's method: -1106.60788",
            -1106.60788, 1e-5, context => GarchOf(context).LogLikelihood),
        new("data.regimes.likelihood", "Two regimes of the S&P 500: log-likelihood", Optim, 16289.947058, 1e-4,
            context => RegimesOf(context).LogLikelihood),
        new("data.regimes.calm", "Two regimes of the S&P 500: volatility of the calm days", Optim, 0.00700394, 1e-6,
            context => RegimesOf(context).Model.CalmVolatility),
        new("data.regimes.turbulent", "Two regimes of the S&P 500: volatility of the turbulent days", Optim,
            0.02050229, 5e-6, context => RegimesOf(context).Model.TurbulentVolatility),
        new("data.regimes.stays", "Two regimes of the S&P 500: a calm day follows a calm day", Optim, 0.9897747, 1e-5,
            context => RegimesOf(context).Model.CalmStays),
        Indicator("rsi", "RSI, 14 days", new Rsi(history: History), 57.362695991425745),
        Indicator("macd", "MACD histogram over the close, 12, 26, 9", new Macd(history: History),
            0.018050394136521888),
        Indicator("atr", "average true range over the close, 14 days", new AverageTrueRange(history: History),
            0.038120271169441229),
        Indicator("bollinger", "position in the Bollinger bands, 20 days", new BollingerPosition(),
            0.75772778097130589),
        Indicator("vwap", "close against the volume-weighted price, 21 days", new VwapRatio(), 0.10719873292900862),
        Indicator("obv", "on-balance volume over 21 days", new OnBalanceVolume(), 0.15549168253512019),
        Indicator("garman-klass", "Garman-Klass volatility, 21 days", new GarmanKlassVolatility(),
            0.022883600378949265),
        Indicator("yang-zhang", "Yang-Zhang volatility, 21 days", new YangZhangVolatility(), 0.029394638930301063),
        new("data.features.running", "Features row by row: values that differ from the column's in any bit",
            "one recurrence", 0, 0, RunningDifferences),
    ];

    private static GarchFit GarchOf(VerificationContext context) =>
        Garch.Fit(context.Catalog.Load("dem-gbp").Column(0, 0));

    private static RegimeFit RegimesOf(VerificationContext context)
    {
        Panel index = context.Catalog.Load("sp500");
        double[] column = new double[index.Length];
        new LogReturn().Compute(index, 0, column);
        double[] returns = [.. column, 0]; // the row that a split wants for its test
        var options = new WalkForwardOptions { InitialTrain = column.Length, Test = 1 };
        return Regimes.Fit(WalkForwardSplit.Create(returns.Length, options)[0].Train, returns);
    }

    private static ReferenceCheck Indicator(string id, string description, StreamingFeature feature, double expected) =>
        new($"data.ttr.{id}", description, Ttr, expected, 1e-9 * Math.Abs(expected), context =>
        {
            Panel index = context.Catalog.Load("sp500");
            return feature.Compute(new PointInTimeView(index, index.Length - 1), 0);
        });

    private static double RunningDifferences(VerificationContext context)
    {
        Panel index = context.Catalog.Load("sp500");
        var set = new FeatureSet(StandardFeatures.OfBars);
        FeatureMatrix columns = set.Compute(index, index.Assets[0]);
        FeatureSetStream stream = set.Start(index.Fields);
        var row = new double[index.Fields.Count];
        var results = new double[columns.Columns];
        int different = 0;
        for (int t = 0; t < index.Length; t++)
        {
            for (int i = 0; i < row.Length; i++)
                row[i] = index[t, 0, i];
            stream.Next(index.Times[t], row, results);
            for (int j = 0; j < results.Length; j++)
            {
                double expected = columns[t, j];
                bool same = double.IsNaN(expected) ? double.IsNaN(results[j]) : expected == results[j];
                different += same ? 0 : 1;
            }
        }

        return different;
    }
}
