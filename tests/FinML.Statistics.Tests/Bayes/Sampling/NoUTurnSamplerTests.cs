using MathNet.Numerics;

namespace FinML.Statistics.Tests;

public sealed class NoUTurnSamplerTests
{
    private static readonly NutsOptions Options = new() { Seed = 7 };

    [Fact]
    public void Moments_of_a_correlated_normal()
    {
        const double Rho = 0.95;
        var model = new BayesianModel([ModelParameter.Real("x"), ModelParameter.Real("y")], (at, gradient) =>
        {
            double x = at[0] - 3, y = (at[1] + 2) / 10, scale = 1 / (1 - Rho * Rho);
            gradient[0] = -scale * (x - Rho * y);
            gradient[1] = -scale * (y - Rho * x) / 10;
            return -0.5 * scale * (x * x - 2 * Rho * x * y + y * y);
        });

        PosteriorDraws draws = NoUTurnSampler.Sample(model, Options);

        Assert.Empty(draws.Warnings);
        Agrees(draws, "x", mean: 3, deviation: 1);
        Agrees(draws, "y", mean: -2, deviation: 10);
        double[] first = draws.Values("x"), second = draws.Values("y");
        double covariance = first.Zip(second, (a, b) => (a - 3) * (b + 2) / 10).Average();
        Assert.InRange(covariance, Rho - 0.1, Rho + 0.1);
    }

    [Fact]
    public void Bounded_parameters_keep_their_bounds_and_their_law()
    {
        // Gamma(3, rate 2), Beta(2, 5) stretched to (10, 20): means 1.5 and 10 + 10 * 2 / 7.
        ModelParameter[] parameters = [ModelParameter.Positive("g"), ModelParameter.Between("b", 10, 20)];
        var model = new BayesianModel(parameters, (at, gradient) =>
        {
            double share = (at[1] - 10) / 10;
            gradient[0] = 2 / at[0] - 2;
            gradient[1] = (1 / share - 4 / (1 - share)) / 10;
            return 2 * Math.Log(at[0]) - 2 * at[0] + Math.Log(share) + 4 * Math.Log(1 - share);
        });

        PosteriorDraws draws = NoUTurnSampler.Sample(model, Options);

        Agrees(draws, "g", mean: 1.5, deviation: Math.Sqrt(3) / 2);
        Agrees(draws, "b", mean: 10 + 20 / 7.0, deviation: 10 * Math.Sqrt(10.0 / (49 * 8)));
        Assert.All(draws.Values("g"), g => Assert.True(g > 0));
        Assert.All(draws.Values("b"), b => Assert.InRange(b, 10, 20));
    }

    [Fact]
    public void Same_seed_same_bits_for_any_number_of_threads_and_a_numerical_gradient_is_close()
    {
        PosteriorDraws one = NoUTurnSampler.Sample(Normal(), Options with { Draws = 50, Warmup = 50, MaxThreads = 1 });
        PosteriorDraws three = NoUTurnSampler.Sample(Normal(), Options with
        {
            Draws = 50,
            Warmup = 50,
            MaxThreads =
            3
        });
        PosteriorDraws other = NoUTurnSampler.Sample(Normal(), Options with { Draws = 50, Warmup = 50, Seed = 8 });
        PosteriorDraws numerical = NoUTurnSampler.Sample(
            BayesianModel.WithNumericalGradient([ModelParameter.Real("x")], x => -x[0] * x[0] / 2),
            Options with { Draws = 50, Warmup = 50 });

        Assert.Equal(one.Values("x"), three.Values("x"));
        Assert.NotEqual(one.Values("x"), other.Values("x"));
        Assert.Equal(one.Values("x")[0], numerical.Values("x")[0], 1e-4);
    }

    /// <summary>Neal's funnel: its neck is too narrow for any one step size.</summary>
    [Fact]
    public void Divergences_are_counted_and_said()
    {
        var funnel = new BayesianModel([ModelParameter.Real("v"), ModelParameter.Real("x"), ModelParameter.Real("y")],
            (at, g) =>
        {
            double v = at[0], precision = Math.Exp(-v), squares = at[1] * at[1] + at[2] * at[2];
            g[0] = -v / 9 - 1 + precision * squares / 2;
            g[1] = -precision * at[1];
            g[2] = -precision * at[2];
            return -v * v / 18 - v - precision * squares / 2;
        });

        PosteriorDraws draws = NoUTurnSampler.Sample(funnel, Options);

        Assert.True(draws.Divergences > 0);
        Assert.Contains(draws.Warnings, w => w.Contains("diverged") && w.Contains("TargetAcceptance"));
    }

    [Fact]
    public void Two_modes_far_apart_are_said_not_hidden()
    {
        var model = BayesianModel.WithNumericalGradient([ModelParameter.Real("x")], x =>
            Math.Log(Math.Exp(-0.5 * Math.Pow((x[0] - 12) / 1, 2)) + Math.Exp(-0.5 * Math.Pow(x[0] + 12, 2)) + 1e-290));

        PosteriorDraws draws = NoUTurnSampler.Sample(model, Options with { InitialRadius = 14 });

        Assert.Contains(draws.Warnings, w => w.Contains("R-hat of x"));
    }

    [Fact]
    public void Bad_models_and_options_are_refused_in_a_sentence()
    {
        Fixture.Says<ArgumentException>(() => new BayesianModel([], Zero), "no parameter");
        Fixture.Says<ArgumentException>(
            () => new BayesianModel([ModelParameter.Real("a"), ModelParameter.Positive("a")], Zero), "'a'", "distinct");
        Fixture.Says<ArgumentException>(() => ModelParameter.Between("a", 2, 1), "a is to lie between 2 and 1");
        Fixture.Says<ArgumentException>(() => new NutsOptions { Chains = 0 }.Validate(), "Chains is 0");
        Fixture.Says<ArgumentException>(() => new NutsOptions { TargetAcceptance = 1 }.Validate(),
            "TargetAcceptance is 1");
        var nowhere = new BayesianModel([ModelParameter.Real("x")], (_, g) => g[0] = double.NaN);
        Fixture.Says<InvalidOperationException>(() => NoUTurnSampler.Sample(nowhere), "Chain 0 found no start", "NaN");
        var flat = new BayesianModel([ModelParameter.Real("x")], Zero);
        Fixture.Says<InvalidOperationException>(() => NoUTurnSampler.Sample(flat), "flat", "proper");
        PosteriorDraws draws = NoUTurnSampler.Sample(Normal(), Options with { Draws = 20, Warmup = 50 });
        Fixture.Says<ArgumentException>(() => draws.Values("z"), "'z'", "there are x");
    }

    [Fact]
    public void Stopping_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => NoUTurnSampler.Sample(Normal(), Options, stop: stop.Token));
    }

    internal static BayesianModel Normal() => new([ModelParameter.Real("x")], (at, gradient) =>
    {
        gradient[0] = -at[0];
        return -at[0] * at[0] / 2;
    });

    private static double Zero(ReadOnlySpan<double> at, Span<double> gradient)
    {
        gradient.Clear();
        return 0;
    }

    /// <summary>Mean within five Monte Carlo errors, deviation within a tenth.</summary>
    private static void Agrees(PosteriorDraws draws, string parameter, double mean, double deviation)
    {
        ParameterSummary row = draws.Summary().Single(r => r.Name == parameter);
        Assert.InRange(row.Mean, mean - 5 * row.Diagnostics.MeanError, mean + 5 * row.Diagnostics.MeanError);
        Assert.InRange(row.StandardDeviation, 0.9 * deviation, 1.1 * deviation);
        Assert.True(row.Lower < row.Median && row.Median < row.Upper);
    }
}
