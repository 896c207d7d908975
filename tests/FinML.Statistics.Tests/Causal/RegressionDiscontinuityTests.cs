namespace FinML.Statistics.Tests;

public sealed class RegressionDiscontinuityTests
{
    /// <summary>Polynomials of the fit's own order are met exactly, jump and all, whatever the bandwidth.</summary>
    [Theory]
    [InlineData(LocalKernel.Triangular, 1)]
    [InlineData(LocalKernel.Epanechnikov, 2)]
    [InlineData(LocalKernel.Uniform, 0)]
    public void A_polynomial_with_a_jump(LocalKernel kernel, int order)
    {
        double[] x = [.. Enumerable.Range(0, 400).Select(i => (i - 199.5) / 100)];
        double[] y = Array.ConvertAll(x, v => (v >= 0 ? 3 : 0) + (order > 0 ? v : 0) - (order > 1 ? 0.5 * v * v : 0));

        var result = RegressionDiscontinuity.Of(y, x, new RegressionDiscontinuityOptions
        {
            Kernel = kernel,
            Order = order,
            Bandwidth = 1,
            Variance = DiscontinuityVariance.HC1,
        });

        Assert.Equal(3, result.Estimate, 1e-9);
        Assert.Equal(3, result.BiasCorrected, 1e-8);
    }

    /// <summary>With one bandwidth for both, the corrected estimate is that of the next order.</summary>
    [Fact]
    public void Bias_correction_at_one_bandwidth_is_a_fit_of_the_next_order()
    {
        (double[] y, double[] x, _) = Sample(500, 1);
        var options = new RegressionDiscontinuityOptions { Bandwidth = 0.7 };

        RegressionDiscontinuity linear = RegressionDiscontinuity.Of(y, x, options);
        RegressionDiscontinuity quadratic = RegressionDiscontinuity.Of(y, x, options with { Order = 2 });

        Assert.Equal(quadratic.Estimate, linear.BiasCorrected, 1e-9);
        Assert.Equal(quadratic.StandardError, linear.RobustStandardError, 1e-9);
    }

    [Fact]
    public void A_shift_of_the_running_variable_and_a_change_of_units_change_nothing()
    {
        (double[] y, double[] x, _) = Sample(500, 2);

        RegressionDiscontinuity plain = RegressionDiscontinuity.Of(y, x);
        RegressionDiscontinuity moved = RegressionDiscontinuity.Of(
            Array.ConvertAll(y, v => 100 * v), Array.ConvertAll(x, v => 50 + 10 * v),
            new RegressionDiscontinuityOptions { Cutoff = 50 });

        Fixture.Near(100 * plain.Estimate, moved.Estimate, 1e-7);
        Fixture.Near(10 * plain.Bandwidth, moved.Bandwidth, 1e-7);
        Fixture.Near(100 * plain.RobustStandardError, moved.RobustStandardError, 1e-7);
    }

    [Fact]
    public void A_fuzzy_design_divides_by_the_jump_of_the_treatment()
    {
        (double[] y, double[] x, double[] noise) = Sample(4000, 3);
        double[] treatment = [.. x.Zip(noise, (v, e) => e < (v >= 0 ? 0.5 : -0.5) ? 1.0 : 0)];
        double[] outcome = [.. treatment.Zip(y, (t, v) => 2 * t + 0.2 * v)];
        var options = new RegressionDiscontinuityOptions { Bandwidth = 0.6 };

        RegressionDiscontinuity fuzzy = RegressionDiscontinuity.Of(outcome, x, options, treatment);
        RegressionDiscontinuity reduced = RegressionDiscontinuity.Of(outcome, x, options);
        RegressionDiscontinuity first = RegressionDiscontinuity.Of(treatment, x, options);

        Fixture.Near(reduced.Estimate / first.Estimate, fuzzy.Estimate, 1e-10);
        Fixture.Near(first.StandardError, fuzzy.FirstStage!.Value.StandardError, 1e-10);
        Assert.Contains(fuzzy.Assumptions, a => a.Name == "relevance" && !a.IsContradicted);
    }

    [Fact]
    public void Sorting_at_the_cutoff_and_a_covariate_that_jumps_are_found()
    {
        double[] noise = Fixture.Normals(4000, 5);
        // Half of those just below move just above.
        double[] x = [.. noise.Select((v, i) => v is > -0.2 and < 0 && i % 2 == 0 ? -v : v)];
        double[] y = Fixture.Normals(4000, 6), age = [.. Fixture.Normals(4000, 7).Zip(x, (e, v) => e + (v >= 0 ? 1
            : 0))];

        RegressionDiscontinuity result = RegressionDiscontinuity.Of(y, x, covariates: [("age", age)]);

        Assert.Contains("no manipulation", ((ICausalResult)result).Contradicted);
        Assert.Contains("continuity", ((ICausalResult)result).Contradicted);
        Assert.True(DensityDiscontinuity.Test(x).LogDifference > 0.5);
        Assert.True(DensityDiscontinuity.Test(noise).PValue > 0.01);
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        (double[] y, double[] x, _) = Sample(100, 4);
        Fixture.Says<ArgumentException>(() => RegressionDiscontinuity.Of(y[..50], x), "50", "100");
        Fixture.Says<ArgumentException>(
            () => RegressionDiscontinuity.Of(y, x, new RegressionDiscontinuityOptions { Cutoff = 9 }),
                "100 observations",
            "cutoff 9", "10 are needed");
        Fixture.Says<ArgumentException>(
            () => RegressionDiscontinuity.Of(y, x, new RegressionDiscontinuityOptions { Bandwidth = 1e-6 }),
            "distinct values", "order 1");
        Fixture.Says<ArgumentException>(
            () => RegressionDiscontinuity.Of(y, x, new RegressionDiscontinuityOptions { Order = 4 }), "Order is 4",
                "0 to 3");
        Fixture.Says<ArgumentException>(
            () => RegressionDiscontinuity.Of(y, x, treatment: new double[100]), "treatment", "constant");
        y[3] = double.NaN;
        Fixture.Says<ArgumentException>(() => RegressionDiscontinuity.Of(y, x), "outcome is NaN at index 3");
        Fixture.Says<ArgumentException>(() => DensityDiscontinuity.Test(x[..20]), "20 values", "50");
    }

    private static (double[] Y, double[] X, double[] Noise) Sample(int count, ulong seed)
    {
        double[] x = Fixture.Normals(count, seed), noise = Fixture.Normals(count, seed + 100);
        return ([.. x.Zip(noise, (v, e) => Math.Sin(2 * v) + (v >= 0 ? 1 : 0) + 0.3 * e)], x, noise);
    }
}
