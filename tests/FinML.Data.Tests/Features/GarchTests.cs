using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>The GARCH fit against published digits, its own derivative, and series of known parameters.</summary>
public sealed class GarchTests
{
    private static double[] DemGbp => DataCatalog.Open().Load("dem-gbp").Column(0, 0).ToArray();

    /// <summary>
    /// T. Bollerslev and E. Ghysels, "Periodic autoregressive conditional heteroscedasticity", JBES 14 (1996), the
    /// series; the digits are those of the benchmark of G. Fiorentini, G. Calzolari and L. Panattoni (1996):
    /// -.00619041, .0107613, .153134, .805974. The further ones come from Newton's method in R on the same likelihood.
    /// </summary>
    [Fact]
    public void It_gives_the_benchmark_of_the_DEM_GBP_returns()
    {
        GarchFit fit = Garch.Fit(DemGbp);
        Assert.Equal(-0.00619040838, fit.Model.Mean, 1e-7);
        Assert.Equal(0.0107613979, fit.Model.Omega, 1e-7);
        Assert.Equal(0.153134, fit.Model.Alpha, 1e-6);
        Assert.Equal(0.805974, fit.Model.Beta, 1e-6);
        Assert.Equal(-1106.60788, fit.LogLikelihood, 1e-5);
        Assert.True(fit.LargestGradient < 1e-7);
    }

    [Fact]
    public void It_does_not_depend_on_the_unit_of_the_returns()
    {
        GarchFit percent = Garch.Fit(DemGbp);
        GarchFit fraction = Garch.Fit([.. DemGbp.Select(r => r / 100)]);
        Assert.Equal(percent.Model.Mean / 100, fraction.Model.Mean, 1e-9);
        Assert.Equal(percent.Model.Omega / 1e4, fraction.Model.Omega, 1e-9);
        Assert.Equal(percent.Model.Beta, fraction.Model.Beta, 1e-6);
        Assert.Equal(percent.LogLikelihood + DemGbp.Length * Math.Log(100), fraction.LogLikelihood, 1e-6);
    }

    [Fact]
    public void No_neighbour_is_likelier()
    {
        GarchModel best = Garch.Fit(DemGbp).Model;
        double likelihood = Garch.LogLikelihood(best, DemGbp);
        foreach (double step in new[] { 0.99, 1.01 })
        {
            Assert.True(Garch.LogLikelihood(best with { Mean = best.Mean * step }, DemGbp) < likelihood);
            Assert.True(Garch.LogLikelihood(best with { Omega = best.Omega * step }, DemGbp) < likelihood);
            Assert.True(Garch.LogLikelihood(best with { Alpha = best.Alpha * step }, DemGbp) < likelihood);
            Assert.True(Garch.LogLikelihood(best with { Beta = best.Beta * step }, DemGbp) < likelihood);
        }
    }

    [Fact]
    public void It_recovers_the_parameters_of_a_simulated_series()
    {
        GarchModel truth = new(0.0004, 2e-6, 0.08, 0.9);
        GarchModel found = Garch.Fit(Simulated(truth, 20_000, seed: 11)).Model;
        // Four standard errors of 20,000 rows: by the DEM/GBP ones, .0265 and .0336 at 1,974 rows, over sqrt(10).
        Assert.Equal(truth.Alpha, found.Alpha, 4 * 0.0265 / Math.Sqrt(10));
        Assert.Equal(truth.Beta, found.Beta, 4 * 0.0336 / Math.Sqrt(10));
        Assert.Equal(1, found.LongRunVariance / truth.LongRunVariance, 0.2);
        Assert.Equal(truth.Mean, found.Mean, 4 * Math.Sqrt(truth.LongRunVariance / 20_000));
    }

    [Fact]
    public void Returns_of_constant_variance_are_fitted_by_it()
    {
        RandomStream random = new(3);
        double[] returns = [.. Enumerable.Range(0, 5000).Select(_ => 0.01 * random.NextNormal())];
        GarchModel model = Garch.Fit(returns).Model;
        Assert.Equal(0.01, Math.Sqrt(model.LongRunVariance), 0.0005);
        Assert.Equal(0.01, Math.Sqrt(model.NextVariance(returns)), 0.001);
    }

    [Fact]
    public void The_walk_forward_forecasts_are_those_of_fits_on_the_windows()
    {
        Panel index = DataCatalog.Open().Load("sp500");
        GarchOptions options = new() { Window = 500, RefitEvery = 250, RowsPerYear = 252 };
        GarchVolatility feature = new(options);
        double[] column = new double[index.Length];
        feature.Compute(index, 0, column);
        ReadOnlySpan<double> close = index.Column(0, index.FieldIndex("close"));
        double[] returns = new double[index.Length];
        for (int t = 1; t < returns.Length; t++)
        {
            returns[t] = Math.Log(close[t] / close[t - 1]);
        }

        int fitted = feature.Lookback + 2 * options.RefitEvery; // a row with a fit, and one long after it
        GarchModel model = Garch.Fit(returns.AsSpan(fitted - 499, 500)).Model;
        double[] seen = returns[(fitted - 499)..(fitted + 1)];
        Assert.Equal(Math.Sqrt(252 * model.NextVariance(seen)), column[fitted], 1e-15);
        double variance = model.NextVariance(seen);
        for (int t = fitted + 1; t <= fitted + 200; t++)
        {
            variance = model.NextVariance(variance, returns[t]);
        }

        Assert.Equal(Math.Sqrt(252 * variance), column[fitted + 200], 1e-15);
    }

    [Fact]
    public void What_cannot_be_fitted_is_refused_or_missing()
    {
        Assert.Contains("50 or more", Assert.Throws<ArgumentException>(() => Garch.Fit(new double[49])).Message,
            StringComparison.Ordinal);
        Assert.Null(Garch.TryFit(new double[500])); // do not vary
        double[] holed = Simulated(new GarchModel(0, 1e-6, 0.1, 0.8), 500, 1);
        holed[17] = double.NaN;
        Assert.Null(Garch.TryFit(holed));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GarchModel(0, 0, 0.1, 0.8).NextVariance([1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Garch.LogLikelihood(new GarchModel(0, 1, 0.3, 0.7), [1]));
        Assert.Contains("Window", Assert.Throws<ArgumentOutOfRangeException>(
            () => new GarchVolatility(new GarchOptions { Window = 10 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GarchVolatility(new GarchOptions { RefitEvery = 0 }));
    }

    private static double[] Simulated(GarchModel model, int length, ulong seed)
    {
        RandomStream random = new(seed);
        double h = model.LongRunVariance;
        double[] returns = new double[length];
        for (int t = 0; t < length; t++)
        {
            returns[t] = model.Mean + Math.Sqrt(h) * random.NextNormal();
            h = model.NextVariance(h, returns[t]);
        }

        return returns;
    }
}
