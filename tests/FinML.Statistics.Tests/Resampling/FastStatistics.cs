namespace FinML.Statistics.Tests;

/// <summary>Statistics that do not go through the resampled series, each beside one that does.</summary>
internal static class FastStatistics
{
    internal static (SampleStatistic Fast, SeriesFunction Slow)[] Pairs =>
    [
        (SampleStatistic.Mean, x => Moments.Of(x).Mean),
        (SampleStatistic.Variance(), x => Moments.Of(x).Variance()),
        (SampleStatistic.StandardDeviation(0), x => Moments.Of(x).StandardDeviation(0)),
        (SampleStatistic.SharpeRatio(.0002), x => (Moments.Of(x).Mean - .0002) / Moments.Of(x).StandardDeviation()),
        (SampleStatistic.Skewness, x => Moments.Of(x).Skewness),
        (SampleStatistic.RawKurtosis, x => Moments.Of(x).Kurtosis.Value),
        (SampleStatistic.DownsideDeviation(.001), x => DownsideRisk.Deviation(ReturnSeries.Simple(x, 1), .001)),
        (SampleStatistic.SortinoRatio(.0002), x => DownsideRisk.SortinoRatio(ReturnSeries.Simple(x, 1), .0002)),
        (SampleStatistic.OmegaRatio(.0001), x => DownsideRisk.OmegaRatio(ReturnSeries.Simple(x, 1), .0001)),
        (SampleStatistic.AnnualisedReturn(ReturnKind.Simple, 252), x => Annualised.Return(ReturnSeries.Simple(x, 252))),
        (SampleStatistic.AnnualisedReturn(ReturnKind.Log, 252), x => Annualised.Return(ReturnSeries.Log(x, 252))),
        (SampleStatistic.MaximumDrawdown(ReturnKind.Simple), x => Drawdown.Maximum(ReturnSeries.Simple(x, 252)).Depth),
        (SampleStatistic.MaximumDrawdown(ReturnKind.Log), x => Drawdown.Maximum(ReturnSeries.Log(x, 252)).Depth),
        (SampleStatistic.CalmarRatio(ReturnKind.Simple, 252), x => Drawdown.CalmarRatio(ReturnSeries.Simple(x, 252))),
        (SampleStatistic.QuantileAt(.05), x => Quantile.Type7(x, .05)),
        (SampleStatistic.QuantileAt(.5), x => Quantile.Type7(x, .5)),
        (SampleStatistic.QuantileAt(1), x => Quantile.Type7(x, 1)),
        (SampleStatistic.ExpectedShortfall(.025),
            x => TailRisk.ConditionalValueAtRisk(ReturnSeries.Simple(x, 252), .025)),
    ];

    internal static (PairStatistic Fast, PairFunction Slow)[] PairsOfTwo =>
    [
        (PairStatistic.Beta, (x, y) => Fit(x, y).Beta),
        (PairStatistic.Alpha, (x, y) => Fit(x, y).AlphaPerPeriod),
        (PairStatistic.InformationRatio, (x, y) => Fit(x, y).InformationRatio!.Value),
        (PairStatistic.SharpeDifference, (x, y) => Sharpe(x) - Sharpe(y)),
        (PairStatistic.RatioOfMeans, (x, y) => Moments.Of(x).Mean / Moments.Of(y).Mean),
    ];

    private static BenchmarkRegression Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y) =>
        BenchmarkRegression.Fit(ReturnSeries.Simple(x, 1), ReturnSeries.Simple(y, 1));

    private static double Sharpe(ReadOnlySpan<double> x) => Moments.Of(x).Mean / Moments.Of(x).StandardDeviation();
}
