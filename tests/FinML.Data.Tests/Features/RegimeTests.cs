using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>The regimes against sums over all paths, and series of known regimes.</summary>
public sealed class RegimeTests
{
    private static readonly RegimeModel Truth = new()
    {
        CalmMean = 0.001,
        CalmVolatility = 0.006,
        CalmStays = 0.99,
        TurbulentMean = -0.002,
        TurbulentVolatility = 0.02,
        TurbulentStays = 0.96,
    };

    [Fact]
    public void The_filtered_probability_is_the_sum_over_all_paths()
    {
        (double[] returns, _) = Simulated(10, seed: 5);
        double turbulent = 0, all = 0;
        for (int path = 0; path < 1 << returns.Length; path++)
        {
            double weight = 1;
            bool before = false;
            for (int t = 0; t < returns.Length; t++)
            {
                bool now = (path >> t & 1) == 1;
                double share = Truth.TurbulentShare;
                weight *= t == 0 ? (now ? share : 1 - share)
                    : before ? (now ? Truth.TurbulentStays : 1 - Truth.TurbulentStays)
                    : now ? 1 - Truth.CalmStays : Truth.CalmStays;
                weight *= now
                    ? Density(returns[t], Truth.TurbulentMean, Truth.TurbulentVolatility)
                    : Density(returns[t], Truth.CalmMean, Truth.CalmVolatility);
                before = now;
            }

            all += weight;
            turbulent += before ? weight : 0;
        }

        double[] filtered = new double[returns.Length];
        double likelihood = Regimes.Filter(Truth, returns, Truth.TurbulentShare, filtered);
        Assert.Equal(Math.Log(all), likelihood, 1e-11);
        Assert.Equal(turbulent / all, filtered[^1], 1e-13);
        Assert.Equal(filtered[^1], Feature(returns, history: returns.Length)[^1], 1e-13);
    }

    [Fact]
    public void The_feature_is_the_filter_of_its_window()
    {
        (double[] returns, _) = Simulated(2000, seed: 6);
        double[] feature = Feature(returns, history: 252), filtered = new double[252];
        for (int t = 252; t <= returns.Length; t += 173)
        {
            Regimes.Filter(Truth, returns.AsSpan(t - 252, 252), Truth.TurbulentShare, filtered);
            Assert.Equal(filtered[^1], feature[t], 1e-11);
        }
    }

    [Fact]
    public void It_recovers_the_regimes_of_a_simulated_series()
    {
        (double[] returns, bool[] turbulent) = Simulated(20_000, seed: 7);
        RegimeFit fit = Regimes.Fit(Train(returns.Length, 19_000), returns);
        Assert.True(fit.Converged);
        Assert.Equal(Truth.CalmMean, fit.Model.CalmMean, 0.0003);
        Assert.Equal(Truth.TurbulentMean, fit.Model.TurbulentMean, 0.0015);
        Assert.Equal(1, fit.Model.CalmVolatility / Truth.CalmVolatility, 0.04);
        Assert.Equal(1, fit.Model.TurbulentVolatility / Truth.TurbulentVolatility, 0.06);
        Assert.Equal(Truth.CalmStays, fit.Model.CalmStays, 0.004);
        Assert.Equal(Truth.TurbulentStays, fit.Model.TurbulentStays, 0.015);
        double[] filtered = new double[returns.Length];
        double likelihood = Regimes.Filter(Truth, returns.AsSpan(0, 19_000), Truth.TurbulentShare, filtered);
        Assert.True(fit.LogLikelihood > likelihood, "the maximum is below the truth");
        Regimes.Filter(fit.Model, returns, fit.Model.TurbulentShare, filtered);
        int right = Enumerable.Range(0, returns.Length).Count(t => filtered[t] > 0.5 == turbulent[t]);
        Assert.True(right > 0.95 * returns.Length, $"{right} of {returns.Length} rows are told right");
    }

    /// <summary>R's optim on Hamilton's likelihood, by Golden/regimes.R: another optimiser on the same
    /// maximum.</summary>
    [Fact]
    public void It_finds_the_maximum_that_R_finds_on_the_index()
    {
        double[] close = DataCatalog.Open().Load("sp500").Column("SP500", "close").ToArray();
        double[] returns = [.. close.Skip(1).Select((p, t) => Math.Log(p / close[t])), 0]; // and one row of test
        RegimeFit fit = Regimes.Fit(Train(returns.Length, returns.Length - 1), returns);
        Assert.Equal(16289.947058, fit.LogLikelihood, 1e-4);
        Assert.Equal(0.00068814, fit.Model.CalmMean, 1e-6);
        Assert.Equal(0.00700394, fit.Model.CalmVolatility, 1e-6);
        Assert.Equal(0.9897747, fit.Model.CalmStays, 1e-5);
        Assert.Equal(-0.00122510, fit.Model.TurbulentMean, 1e-5);
        Assert.Equal(0.02050229, fit.Model.TurbulentVolatility, 5e-6);
        Assert.Equal(0.9749435, fit.Model.TurbulentStays, 2e-5);
    }

    [Fact]
    public void It_sees_the_training_rows_only()
    {
        (double[] returns, _) = Simulated(3000, seed: 8);
        RegimeModel model = Regimes.Fit(Train(3000, 2000), returns).Model;
        double[] changed = [.. returns.Select((r, t) => t < 2000 ? r : 5 * r)];
        Assert.Equal(model, Regimes.Fit(Train(3000, 2000), changed).Model);
        changed[100] *= 5;
        Assert.NotEqual(model, Regimes.Fit(Train(3000, 2000), changed).Model);
    }

    [Fact]
    public void A_first_row_without_a_return_is_left_out_and_a_later_one_refused()
    {
        (double[] returns, _) = Simulated(1000, seed: 9);
        returns[0] = double.NaN;
        Assert.True(double.IsFinite(Regimes.Fit(Train(1000, 900), returns).LogLikelihood));
        returns[500] = double.NaN;
        Assert.Contains("finite", Assert.Throws<ArgumentException>(
            () => Regimes.Fit(Train(1000, 900), returns)).Message, StringComparison.Ordinal);
        Assert.Contains("1000 rows", Assert.Throws<ArgumentException>(
            () => Regimes.Fit(Train(1000, 900), new double[10])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Regimes.Fit(Train(1000, 900), new double[1000])); // stood still
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegimeProbability(Truth with { CalmStays = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegimeProbability(Truth with { CalmVolatility = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Regimes.Fit(Train(1000, 900), returns, new RegimeOptions { Tolerance = 0 }));
    }

    private static TrainingSpan Train(int length, int rows) => WalkForwardSplit.Create(length, new WalkForwardOptions
    {
        Start = 0,
        InitialTrain = rows,
        Test = length,
        LabelHorizon = 0,
        Embargo = 0,
    })[0].Train;

    private static double[] Feature(double[] returns, int history)
    {
        double price = 100;
        double[] close = [price, .. returns.Select(r => price *= Math.Exp(r))];
        return new FeatureSet(new RegimeProbability(Truth, history)).Compute(TestPanels.Closes(close), "A")
            .Column($"turbulent_{history}");
    }

    private static double Density(double x, double mean, double deviation) =>
        Math.Exp(-(x - mean) * (x - mean) / (2 * deviation * deviation)) / (deviation * Math.Sqrt(2 * Math.PI));

    private static (double[] Returns, bool[] Turbulent) Simulated(int length, ulong seed)
    {
        RandomStream random = new(seed);
        double[] returns = new double[length];
        bool[] turbulent = new bool[length];
        bool now = random.NextDouble() < Truth.TurbulentShare;
        for (int t = 0; t < length; t++)
        {
            turbulent[t] = now;
            returns[t] = now
                ? Truth.TurbulentMean + Truth.TurbulentVolatility * random.NextNormal()
                : Truth.CalmMean + Truth.CalmVolatility * random.NextNormal();
            now = random.NextDouble() < (now ? Truth.TurbulentStays : 1 - Truth.CalmStays);
        }

        return (returns, turbulent);
    }
}
