using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation.Tests;

public sealed class TrialClustersTests
{
    [Fact]
    public void Copies_AreOneTrial_AndIndependentOnesAreMany()
    {
        TrialReturns[] independent = [.. Enumerable.Range(0, 40).Select(i => Series(Noise(i, 500)))];
        Assert.Equal(40, TrialClusters.Of(independent).Count);
        TrialReturns[] copies = [.. Enumerable.Range(1, 40).Select(scale => Series(Noise(0, 500, scale)))];
        TrialClusters clusters = TrialClusters.Of(copies, threshold: 1);
        Assert.Equal(1, clusters.Count);
        Assert.Equal(Enumerable.Range(0, 40), clusters.Members[0]);
        Assert.True(double.IsNaN(clusters.Silhouette));
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(8, 4)]
    [InlineData(1, 20)]
    public void PlantedBlocks_AreFound(int blocks, int size)
    {
        // Members share .9 of their variance with their block: correlation .9 within, 0 between.
        var returns = new TrialReturns[blocks * size];
        for (int i = 0; i < returns.Length; i++)
        {
            double[] common = Noise(i % blocks, 1_000), own = Noise(1_000 + i, 1_000);
            returns[i] = Series([.. common.Zip(own, (a, b) => Math.Sqrt(.9) * a + Math.Sqrt(.1) * b)]);
        }

        TrialClusters clusters = TrialClusters.Of(returns);
        Assert.Equal(blocks, clusters.Count);
        Assert.All(clusters.Members, (members, b) => Assert.All(members, i => Assert.Equal(b, i % blocks)));
        Assert.Equal(.9, clusters.Correlation(0, blocks), .03);
        if (blocks > 1)
            Assert.True(clusters.Silhouette > .6, $"silhouette {clusters.Silhouette}");
    }

    [Fact]
    public void TheRule_IsTheMeanCorrelationOfMembers()
    {
        // Correlations .8 (1, 2), .75 (1, 3), .65 (2, 3), exactly: the third joins at mean .7, not at .75.
        double[][] basis = Orthonormal(3, 60);
        double y = Math.Sqrt(1 - .64), z = (.65 - .75 * .8) / y;
        double w = Math.Sqrt(1 - .75 * .75 - z * z);
        TrialReturns[] returns =
        [
            Series(basis[0]), Series(Mix(basis, .8, y, 0)), Series(Mix(basis, .75, z, w)),
        ];
        Assert.Equal(.65, TrialClusters.Of(returns).Correlation(1, 2), 1e-12);
        Assert.Equal(1, TrialClusters.Of(returns, .6999).Count);
        Assert.Equal(2, TrialClusters.Of(returns, .7001).Count);
        Assert.Equal([0, 1], TrialClusters.Of(returns, .7001).Members[0]);
        Assert.Equal(3, TrialClusters.Of(returns, .81).Count);
    }

    [Fact]
    public void TheSilhouette_IsThatOfTheDefinition()
    {
        // Two pairs: correlation .8 within, 0 between: a = sqrt(.1), b = sqrt(.5), s = 1 - a / b for all four.
        double[][] basis = Orthonormal(4, 80);
        TrialReturns[] returns =
        [
            Series(basis[0]), Series(Mix(basis, .8, .6, 0, 0)), Series(basis[2]), Series(Mix(basis, 0, 0, .8, .6)),
        ];
        Assert.Equal(1 - Math.Sqrt(.1 / .5), TrialClusters.Of(returns).Silhouette, 1e-12);
    }

    [Fact]
    public void WhatCannotBeCompared_StandsAlone()
    {
        double[] noise = Noise(1, 30);
        TrialReturns whole = Series(noise), constant = Series(new double[30]);
        TrialReturns later = TrialReturns.Of(Days(30, 15), noise); // 15 days in common
        TrialClusters clusters = TrialClusters.Of([whole, null, later, constant, null, constant]);
        Assert.Equal(5, clusters.Count);
        Assert.Equal([3, 5], clusters.Members[3]); // the same series, if a constant one
        TrialReturns shifted = TrialReturns.Of(Days(25, 5), noise.AsSpan(5));
        Assert.Equal(1, TrialClusters.Of([whole, shifted]).Count); // 25 days in common, and the same on them
        Assert.Equal(25, TrialClusters.Of([whole, shifted]).Series(0)!.Length);
        Assert.Equal(0, TrialClusters.Of([]).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => TrialClusters.Of([whole], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TrialClusters.Of([whole], double.NaN));
    }

    [Fact]
    public void TheClustersSeries_IsWeightedByInverseVariance()
    {
        double[] noise = Noise(1, 40);
        TrialReturns[] returns = [Series(noise), Series([.. noise.Select(x => 2 * x)])];
        // Weights 1 and 1/4: (x + 2x / 4) / (5/4).
        double[] series = TrialClusters.Of(returns).Series(0)!;
        Assert.Equal(1.2 * noise[7], series[7], 1e-12);
    }

    [Fact]
    public void BothCounts_FeedTheCorrections()
    {
        using var file = new LedgerFile();
        using TrialLedger ledger = file.Open();
        TrialEntry best = null!;
        for (int i = 0; i < 12; i++)
        {
            // Three bets, each tried four times.
            double[] common = Noise(i % 3, 500, .01), own = Noise(100 + i, 500, .001);
            double[] values = [.. common.Zip(own, (a, b) => a + b)];
            best = ledger.Record(
                TrialRecord.Of(SharpeRatio.Of(ReturnSeries.Simple(values, 252)), "e", $"t{i}", "{}", "d", "c", 1),
                Series(values));
        }

        TrialMultiplicity multiplicity = ledger.Multiplicity("e");
        Assert.Equal((12, 3), (multiplicity.Raw, multiplicity.Effective));
        Assert.Equal(12, ledger.Deflate(best).Trials);
        Assert.Equal(3, ledger.Deflate(best, TrialCounting.Effective).Trials);
        double[] ratios = [.. Enumerable.Range(0, 3).Select(c => SharpeRatio.Of(
            ReturnSeries.Simple(multiplicity.Clusters.Series(c)!, 252)).PerPeriod)];
        Assert.Equal(Moments.Of(ratios).Variance(), multiplicity.SharpeVariance(TrialCounting.Effective), 1e-12);
        Assert.Equal(MinimumBacktestLength.Years(12), multiplicity.MinimumBacktestYears());
        Assert.Equal(MinimumBacktestLength.Years(3), multiplicity.MinimumBacktestYears(TrialCounting.Effective));
        Assert.Equal(70, multiplicity.Overfitting(segments: 8).Logits.Count);
        Assert.Equal(70, multiplicity.Overfitting(TrialCounting.Effective, 8).Logits.Count);
        ledger.Record(LedgerPlace.Record(1) with { Experiment = "e" });
        Assert.Equal(4, ledger.Multiplicity("e").Effective);
        Assert.Contains("was recorded without its returns", Assert.Throws<InvalidOperationException>(
            () => ledger.Multiplicity("e").Overfitting()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_ComeBackAsTheyWere()
    {
        using var file = new LedgerFile();
        double[] values = Noise(5, 2_000, .01);
        values[3] = -0.0;
        TrialReturns returns = Series(values);
        using (TrialLedger ledger = file.Open())
            ledger.Record(LedgerPlace.Record(1) with { Count = 2_000 }, returns);
        using TrialLedger again = TrialLedger.OpenExisting(file.Path);
        TrialReturns read = again.Returns(Assert.Single(again.Entries()))!;
        Assert.Equal(returns.Times, read.Times);
        Assert.True(read.Values.SequenceEqual(values));
        Assert.Equal(returns.Hash, read.Hash);
        NonDeterminismException error = Assert.Throws<NonDeterminismException>(() => again.Record(
            LedgerPlace.Record(1) with { Count = 2_000 }, Series(Noise(6, 2_000, .01))));
        Assert.Contains("has returns ", error.Message, StringComparison.Ordinal);
        Assert.Contains("has 5 returns and says Count 1000", Assert.Throws<ArgumentException>(
            () => again.Record(LedgerPlace.Record(2), Series(Noise(6, 5)))).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Series([1, double.NaN])).Message,
            StringComparison.Ordinal);
        Assert.Contains("at least 2", Assert.Throws<ArgumentException>(() => Series([1])).Message,
            StringComparison.Ordinal);
        Assert.Contains("does not follow", Assert.Throws<ArgumentException>(
            () => TrialReturns.Of([DateTime.UnixEpoch, DateTime.UnixEpoch], [1, 2])).Message,
            StringComparison.Ordinal);
        Assert.Contains("3 times for 2 returns", Assert.Throws<ArgumentException>(
            () => TrialReturns.Of(Days(3), [1, 2])).Message, StringComparison.Ordinal);
    }

    private static TrialReturns Series(double[] values) => TrialReturns.Of(Days(values.Length), values);

    private static DateTime[] Days(int count, int first = 0) =>
        [.. Enumerable.Range(first, count).Select(day => new DateTime(2010, 1, 1).AddDays(day))];

    private static double[] Noise(int stream, int count, double scale = 1)
    {
        var random = new RandomStream(20_190_101, (ulong)stream);
        return [.. Enumerable.Range(0, count).Select(_ => scale * random.NextNormal())];
    }

    /// <summary>Orthonormal series with mean 0: their mixtures have the correlations that are asked for.</summary>
    private static double[][] Orthonormal(int count, int length)
    {
        var basis = new double[count][];
        for (int k = 0; k < count; k++)
        {
            basis[k] = [.. Enumerable.Range(0, length).Select(t => Math.Cos(Math.PI * (k + 1) * (t + .5) / length))];
            double norm = Math.Sqrt(basis[k].Sum(x => x * x));
            basis[k] = [.. basis[k].Select(x => x / norm)];
        }

        return basis;
    }

    private static double[] Mix(double[][] basis, params double[] weights) =>
        [.. Enumerable.Range(0, basis[0].Length).Select(t => weights.Select((w, k) => w * basis[k][t]).Sum())];
}
