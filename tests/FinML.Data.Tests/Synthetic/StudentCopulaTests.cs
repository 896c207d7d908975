namespace FinML.Data.Tests.Synthetic;

public sealed class StudentCopulaTests
{
    private const int Rows = 40_000;

    private static readonly StudentCopula s_model = new()
    {
        Assets = 2,
        Correlation = 0.5,
        DegreesOfFreedom = 3,
        Mean = 0.001,
        Deviation = 0.02,
    };

    /// <summary>
    /// Back in t space, (T1^2 - 2 rho T1 T2 + T2^2) / (1 - rho^2) / 2 has the F distribution with 2 and nu degrees, of
    /// which P(F > x) = (1 + 2x / nu)^(-nu / 2): correlation and degrees of freedom at once.
    /// </summary>
    [Fact]
    public void The_copula_has_its_correlation_and_degrees_of_freedom()
    {
        double[][] r = s_model.Returns(Rows, new RandomStream(41));
        double[] f = [.. Enumerable.Range(0, Rows).Select(t =>
        {
            double a = Latent(r[0][t]), b = Latent(r[1][t]);
            return (a * a - a * b + b * b) / 0.75 / 2;
        })];
        foreach (double x in new[] { 0.2, 1, 5, 30, 100 })
        {
            Estimate.ShareIs(Math.Pow(1 + 2 * x / 3, -1.5), f.Count(value => value > x), f.Length, $"P(F > {x})");
        }
    }

    [Fact]
    public void The_margins_are_normal()
    {
        double[] r = s_model.Returns(Rows, new RandomStream(42))[1];
        Estimate.CharacteristicIs(u => System.Numerics.Complex.Exp(new System.Numerics.Complex(
            -u * u * 0.0002, u * 0.001)), r, 20, 60, 120);
    }

    /// <summary>Kendall's tau is 2 / pi arcsin(rho) for every elliptical copula (H.-B. Fang, K.-T. Fang, S. Kotz,
    /// 2002); pairs of consecutive rows are independent signs.</summary>
    [Fact]
    public void Kendall_s_tau_is_that_of_the_correlation()
    {
        double[][] r = s_model.Returns(Rows, new RandomStream(43));
        double[] signs = [.. Enumerable.Range(0, Rows / 2).Select(k =>
            (double)Math.Sign((r[0][2 * k] - r[0][2 * k + 1]) * (r[1][2 * k] - r[1][2 * k + 1])))];
        Estimate.MeanIs(2 / Math.PI * Math.Asin(0.5), signs, "tau");
    }

    /// <summary>The coefficients of tail dependence of the table of Embrechts, McNeil and Straumann (2002) for rho 0
    /// and .5; joint crashes come far more often than under the normal copula.</summary>
    [Fact]
    public void Crashes_come_together()
    {
        Assert.Equal(0.25, (s_model with { DegreesOfFreedom = 4 }).TailDependence, 0.005);
        Assert.Equal(0.08, (s_model with { DegreesOfFreedom = 4, Correlation = 0 }).TailDependence, 0.005);
        Assert.Equal(0.39, (s_model with { DegreesOfFreedom = 2 }).TailDependence, 0.005);
        double Joint(StudentCopula model)
        {
            double[][] r = model.Returns(Rows, new RandomStream(44));
            double crash = model.Mean - 2.5758 * model.Deviation; // .5% of the days
            return Enumerable.Range(0, Rows).Count(t => r[0][t] < crash && r[1][t] < crash) / (0.005 * Rows);
        }

        Assert.InRange(Joint(s_model), 0.26, 0.48); // the limit is .31 at nu 3; 200 crashes, error .035
        Assert.InRange(Joint(s_model with { DegreesOfFreedom = 1e6 }), 0, 0.2); // normal copula: about .13
    }

    [Fact]
    public void A_panel_follows_from_the_stream_and_bad_options_are_refused()
    {
        Panel panel = new StudentCopula().Create(60, new RandomStream(1));
        Assert.Equal((60, 10, 100.0), (panel.Length, panel.Assets.Count, panel[0, 3, 0]));
        Assert.Equal(panel.Column(4, 0).ToArray(), new StudentCopula().Create(60, new RandomStream(1)).Column(4, 0)
            .ToArray());
        foreach (StudentCopula bad in new[]
        {
            new StudentCopula { Assets = 1 }, new StudentCopula { Correlation = 1 },
            new StudentCopula { Correlation = -0.1 }, new StudentCopula { DegreesOfFreedom = 0 },
            new StudentCopula { Deviation = 0 },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(bad.Validate);
        }
    }

    /// <summary>The t value with 3 degrees of freedom of the same rank, by bisection of the closed form
    /// P(T > x) = 1/2 - (arctan(x / sqrt 3) + sqrt 3 x / (3 + x^2)) / pi.</summary>
    private static double Latent(double r)
    {
        double rank = NormalDistribution.Cdf(-Math.Abs((r - s_model.Mean) / s_model.Deviation)), low = 0, high = 1e4;
        for (int i = 0; i < 50; i++)
        {
            double middle = (low + high) / 2;
            double tail = 0.5 - (Math.Atan(middle / Math.Sqrt(3)) + Math.Sqrt(3) * middle / (3 + middle * middle))
                / Math.PI;
            (low, high) = tail > rank ? (middle, high) : (low, middle);
        }

        return r > s_model.Mean ? low : -low;
    }
}
