namespace FinML.Statistics.Tests;

public class MarkovSwitchingTests
{
    private static double[] Gnp => Fixture.Column("hamilton_gnp.csv", "growth");

    // Hamilton (1989), table I, as statsmodels' tests print it from EViews and Stata: growth of US real GNP, 1951-1984.
    [Fact]
    public void HamiltonsGnp_IsReproduced()
    {
        MarkovSwitchingFit fit = MarkovSwitchingModel.Fit(
            Gnp, new MarkovSwitchingOptions { Lags = 4, SwitchingVariance = false });
        Assert.Equal(-181.26339, fit.LogLikelihood, 1e-5);
        double[] expected =
        [
            .754673, .095915, -.358811, 1.163516, Math.Exp(-.262658), .013486, -.057521, -.246983, -.212923,
        ];
        double[] errors = [.0965189, .0377362, .2645396, .0745187, double.NaN, .1199942, .137663, .1069103, .1105311];
        double[] got = fit.StandardErrors();
        for (int j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], fit.Parameters[j], 1e-5);
            if (!double.IsNaN(errors[j]))
                Assert.Equal(errors[j], got[j], 2e-5);
        }

        // The probability of expansion.
        (int At, double Filtered, double Smoothed)[] printed =
        [
            (0, .776712, .968096), (20, .472729, .03527), (50, .927635, .993053), (100, .9873, .998873),
            (130, .927714, .927714),
        ];
        foreach ((int at, double filtered, double smoothed) in printed)
        {
            Assert.Equal(filtered, fit.Probabilities.Filtered[at][1], 2e-5);
            Assert.Equal(smoothed, fit.Probabilities.Smoothed[at][1], 2e-5);
        }

        Assert.True(fit.Converged);
        Assert.Equal(131, fit.Count);
        Assert.Equal(1 / (1 - .754673), fit.Model.MeanDurations[0], 1e-3); // a recession lasts 4 quarters
    }

    // Stata, [TS] mswitch: both the mean and the autoregression switch.
    [Fact]
    public void SwitchingAutoregression_HasStatasLikelihood()
    {
        var model = new MarkovSwitchingModel
        {
            Transitions = [[.3812383, 1 - .3812383], [.3564492, 1 - .3564492]],
            Means = [-.0055216, 1.195482],
            Deviations = [.6677098, .6677098],
            Autoregression = [[.3710719, .7002937], [.4621503, -.3206652]],
        };
        Assert.Equal(-179.32354, model.Probabilities(Gnp).LogLikelihood, 1e-5);
        MarkovSwitchingFit fit = MarkovSwitchingModel.Fit(Gnp, new MarkovSwitchingOptions
        {
            Lags = 2,
            SwitchingVariance = false,
            SwitchingAutoregression = true,
        });
        Assert.True(fit.LogLikelihood > -179.32355, $"{fit.LogLikelihood}");
    }

    // Golden/make_regimes.py: statsmodels' MarkovRegression, which estimates variances.
    [Theory]
    [InlineData(true, -2518.601963273,
        new[] { 0.98762405, 0.034053158, 0.10748278, -0.054409034, 0.55157368, 2.4809788 },
        new[] { 0.00389843, 0.0109159, 0.0214989, 0.0772783, 0.0289646, 0.211617 })]
    [InlineData(false, -191.288110833, new[] { 0.68693953, 0.089890391, -0.48684845, 1.1042775, 0.69475086 },
        new[] { 0.128125, 0.0448456, 0.337587, 0.128391, 0.102518 })]
    public void RegimesOfMeans_MatchStatsmodels(bool dax, double likelihood, double[] parameters, double[] errors)
    {
        double[] y = dax ? Array.ConvertAll(Fixture.Dax, r => 100 * r) : Gnp;
        MarkovSwitchingFit fit =
            MarkovSwitchingModel.Fit(y, new MarkovSwitchingOptions { SwitchingVariance = dax });
        double[] got = fit.StandardErrors();
        Assert.Equal(likelihood, fit.LogLikelihood, 1e-6);
        for (int j = 0; j < parameters.Length; j++)
        {
            double value = fit.Parameters[j], error = got[j];
            if (j >= 4)
                (value, error) = (value * value, 2 * value * error);
            Assert.Equal(parameters[j], value, 2e-5);
            Fixture.Near(errors[j], error, 1e-4);
        }
    }

    // All paths of regimes, summed.
    [Theory]
    [InlineData(2, 0)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void Filter_IsTheSumOverAllPaths(int regimes, int lags)
    {
        double[] y = Fixture.Normals(7, 3);
        MarkovSwitchingModel model = Example(regimes, lags);
        double all = 0;
        double[][] smoothed = [.. y.Select(_ => new double[regimes])];
        double[] filtered = new double[regimes];
        int[] path = new int[y.Length];
        for (int code = 0; code < (int)Math.Pow(regimes, y.Length); code++)
        {
            for (int t = 0, rest = code; t < y.Length; t++, rest /= regimes)
                path[t] = rest % regimes;
            double weight = model.LongRunShares[path[0]];
            for (int t = 1; t < y.Length; t++)
                weight *= model.Transitions[path[t - 1]][path[t]];
            for (int t = lags; t < y.Length; t++)
            {
                double error = y[t] - model.Means[path[t]];
                for (int j = 1; j <= lags; j++)
                    error -= model.Autoregression[path[t]][j - 1] * (y[t - j] - model.Means[path[t - j]]);
                weight *= StandardNormal.Density(error / model.Deviations[path[t]]) / model.Deviations[path[t]];
            }

            all += weight;
            for (int t = 0; t < y.Length; t++)
                smoothed[t][path[t]] += weight;
        }

        RegimeProbabilities got = model.Probabilities(y);
        Assert.Equal(Math.Log(all), got.LogLikelihood, 1e-11);
        for (int t = lags; t < y.Length; t++)
        {
            for (int k = 0; k < regimes; k++)
                Assert.Equal(smoothed[t][k] / all, got.Smoothed[t - lags][k], 1e-12);
        }

        Assert.Equal(got.Filtered[^1], got.Smoothed[^1]);
    }

    [Theory]
    [InlineData(2, 0, false, InitialRegime.Stationary)]
    [InlineData(3, 1, true, InitialRegime.Stationary)]
    [InlineData(2, 2, false, InitialRegime.Estimated)]
    public void Gradient_IsThatOfTheLikelihood(
        int regimes, int lags, bool switchingAutoregression, InitialRegime initial)
    {
        double[] y = Fixture.Normals(40, 8);
        var options = new MarkovSwitchingOptions
        {
            Regimes = regimes,
            Lags = lags,
            SwitchingAutoregression = switchingAutoregression,
            Initial = initial,
        };
        var search = new RegimeSearch(new RegimeFilter(y, regimes, lags), options);
        RegimeParameters parameters = Example(regimes, lags).Parameters();
        double[] theta = RegimeSearch.Pack(options, parameters), gradient = new double[theta.Length];
        double[] first = parameters.Initial, scratch = new double[theta.Length];
        search.NaturalGradient(theta, first, gradient);
        for (int j = 0; j < theta.Length; j++)
        {
            double[] up = [.. theta], down = [.. theta];
            up[j] += 1e-6;
            down[j] -= 1e-6;
            double numeric =
                (search.NaturalGradient(up, first, scratch) - search.NaturalGradient(down, first, scratch)) / 2e-6;
            Assert.Equal(numeric, gradient[j], 1e-6 * Math.Max(1, Math.Abs(numeric)));
        }
    }

    [Fact]
    public void ExpectationAndMaximisation_NearsTheMaximum()
    {
        double[] dax = Array.ConvertAll(Fixture.Dax, r => 100 * r);
        var options = new MarkovSwitchingOptions { Initial = InitialRegime.Estimated };
        MarkovSwitchingFit climbed = MarkovSwitchingModel.Fit(dax, options with { Polish = false });
        MarkovSwitchingFit polished = MarkovSwitchingModel.Fit(dax, options);
        Assert.True(climbed.Converged && polished.Converged);
        Assert.Equal(polished.LogLikelihood, climbed.LogLikelihood, 1e-4);
        Assert.Equal(polished.Model.Deviations[1], climbed.Model.Deviations[1], 1e-4);
        Assert.True(polished.LogLikelihood >= climbed.LogLikelihood - 1e-9);
    }

    [Fact]
    public void Simulated_ThreeRegimesAreRecovered()
    {
        MarkovSwitchingModel truth = Example(3, 0) with
        {
            Transitions = [[.97, .02, .01], [.02, .95, .03], [.02, .04, .94]],
            Means = [0.1, 0, -0.2],
            Deviations = [0.5, 1.2, 3],
        };
        double[] z = Fixture.Normals(12_000, 21), y = new double[6_000];
        int regime = 0;
        for (int t = 0; t < y.Length; t++)
        {
            y[t] = truth.Means[regime] + truth.Deviations[regime] * z[2 * t];
            double u = StandardNormal.Cdf(z[2 * t + 1]);
            IReadOnlyList<double> row = truth.Transitions[regime];
            regime = u < row[0] ? 0 : u < row[0] + row[1] ? 1 : 2;
        }

        MarkovSwitchingFit fit = MarkovSwitchingModel.Fit(y, new MarkovSwitchingOptions { Regimes = 3 });
        double[] errors = fit.StandardErrors();
        double[] expected = [.97, .02, .02, .95, .02, .04, 0.1, 0, -0.2, 0.5, 1.2, 3];
        for (int j = 0; j < expected.Length; j++)
            Assert.InRange(Math.Abs(fit.Parameters[j] - expected[j]) / errors[j], 0, 3.5);
        Assert.Equal(expected.Length, fit.Options.ParameterNames.Count);
        Assert.Equal("p(0 to 0)", fit.Options.ParameterNames[0]);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => MarkovSwitchingModel.Fit(new double[20]), "20 values", "at least 50");
        Fixture.Says<ArgumentException>(() => MarkovSwitchingModel.Fit(new double[60]), "constant at 0");
        Fixture.Says<ArgumentException>(
            () => MarkovSwitchingModel.Fit(Gnp, new MarkovSwitchingOptions { Regimes = 1 }), "Regimes is 1", "from 2");
        Fixture.Says<ArgumentException>(
            () => MarkovSwitchingModel.Fit(Gnp, new MarkovSwitchingOptions { Regimes = 8, Lags = 4 }), "4096 or less");
        Fixture.Says<ArgumentException>(
            () => (Example(2, 0) with { Means = [1] }).Validate(), "1 means", "needs one of each");
        Fixture.Says<ArgumentException>(
            () => (Example(2, 0) with { Transitions = [[.5, .6], [.5, .5]] }).Validate(), "0.5, 0.6", "sum to 1");
        Fixture.Says<ArgumentException>(() => Example(2, 0).Probabilities([1, double.NaN]), "NaN at index 1");
        Fixture.Says<ArgumentException>(() => MarkovSwitchingModel.Fit(
            Gnp, new MarkovSwitchingOptions { Lags = 1, Initial = InitialRegime.Estimated }), "must be Stationary");
        double[] frozen = Fixture.Normals(200, 5);
        Array.Fill(frozen, 0.25, 60, 80);
        Assert.Contains("at its floor", MarkovSwitchingModel.Fit(frozen).Remark, StringComparison.Ordinal);
        MarkovSwitchingFit cut = MarkovSwitchingModel.Fit(
            Fixture.Dax, new MarkovSwitchingOptions
            {
                Initial = InitialRegime.Estimated,
                Polish = false,
                MaximumRounds = 2,
            });
        Assert.False(cut.Converged);
        Assert.Contains("Not converged", cut.Remark, StringComparison.Ordinal);
    }

    private static MarkovSwitchingModel Example(int regimes, int lags) => new()
    {
        Transitions = regimes == 2 ? [[.8, .2], [.35, .65]] : [[.8, .15, .05], [.3, .5, .2], [.1, .2, .7]],
        Means = regimes == 2 ? [-.5, .6] : [-.5, .2, .6],
        Deviations = regimes == 2 ? [.7, 1.2] : [.7, .9, 1.2],
        Autoregression = [.. Enumerable.Range(0, regimes)
            .Select(k => Enumerable.Range(1, lags).Select(j => .3 / j).ToArray())],
    };
}
