namespace FinML.Data.Tests.Synthetic;

public sealed class HestonModelTests
{
    /// <summary>The variance process by conditional least squares: E[v' | v] is linear with slope exp(-kappa dt), and
    /// Var[v' | v] is xi^2 times a known function; both are exact in the scheme, for any step.</summary>
    [Theory]
    [InlineData(0.04, 2, 0.4, -0.7, 0.02)]
    [InlineData(0.04, 0.5, 1, -0.9, 0.1)] // far from Feller's condition: v is often near 0
    public void The_variance_has_its_level_speed_and_volatility(double theta, double kappa, double xi, double rho,
        double dt)
    {
        const int Steps = 100_000;
        HestonModel model = new()
        {
            LongRunVariance = theta,
            InitialVariance = theta,
            MeanReversion = kappa,
            VolatilityOfVariance = xi,
            Correlation = rho,
            StepYears = dt,
        };
        HestonPath path = model.Path(Steps, new RandomStream(3));
        double decay = Math.Exp(-kappa * dt), grown = 1 - decay;
        double[] surprise = new double[Steps], weighted = new double[Steps], squares = new double[Steps];
        for (int t = 0; t < Steps; t++)
        {
            double v = path.Variances[t];
            double unit = v * decay * grown / kappa + theta * grown * grown / (2 * kappa); // Var[v' | v] / xi^2
            surprise[t] = path.Variances[t + 1] - (theta + (v - theta) * decay);
            weighted[t] = surprise[t] * (v - theta);
            squares[t] = surprise[t] * surprise[t] / unit;
        }

        // The normal equations of the regression of v' on v hold at the true intercept and slope.
        Estimate.MeanIs(0, surprise, "level");
        Estimate.MeanIs(0, weighted, "speed");
        Estimate.MeanIs(xi * xi, squares, "volatility of variance");
        Assert.All(path.Variances, v => Assert.True(v >= 0));
        Estimate.MeanIs(Math.Exp(model.Drift * dt), [.. Enumerable.Range(0, Steps).Select(
            t => path.Prices[t + 1] / path.Prices[t])], "growth"); // the martingale correction
    }

    /// <summary>The correlation of a small step's return and change of variance is rho.</summary>
    [Fact]
    public void Returns_and_variance_have_their_correlation()
    {
        HestonModel model = new() { StepYears = 1e-4, Correlation = -0.6 };
        HestonPath path = model.Path(50_000, new RandomStream(4));
        double[] r = Estimate.LogReturns(path.Prices);
        double sxy = 0, sxx = 0, syy = 0;
        for (int t = 0; t < r.Length; t++)
        {
            double dv = path.Variances[t + 1] - path.Variances[t], scale = 1 / path.Variances[t];
            sxy += r[t] * dv * scale;
            sxx += r[t] * r[t] * scale;
            syy += dv * dv * scale;
        }

        Estimate.Is(-0.6, sxy / Math.Sqrt(sxx * syy), (1 - 0.36) / Math.Sqrt(r.Length), "correlation");
    }

    /// <summary>
    /// F. Fang, C. W. Oosterlee, SIAM J. Sci. Comput. 31 (2008): 5.785155450 at 1 year (an independent quadrature of
    /// Heston's two probabilities gives 5.785155434, as we do) and 22.318945791 at 10. M. Broadie, O. Kaya, Operations
    /// Research 54 (2006): 6.8061 and 34.9998. L. Andersen (2008), cases I and II: 13.085 and 16.649.
    /// </summary>
    [Theory]
    [InlineData(0.0175, 0.0398, 1.5768, 0.5751, -0.5711, 0, 1, 5.785155450, 2e-8)]
    [InlineData(0.0175, 0.0398, 1.5768, 0.5751, -0.5711, 0, 1, 5.785155434376222, 1e-11)]
    [InlineData(0.0175, 0.0398, 1.5768, 0.5751, -0.5711, 0, 10, 22.318945791, 5e-10)]
    [InlineData(0.010201, 0.019, 6.21, 0.61, -0.7, 0.0319, 1, 6.8061, 5e-5)]
    [InlineData(0.09, 0.09, 2, 1, -0.3, 0.05, 5, 34.9998, 5e-5)]
    [InlineData(0.04, 0.04, 0.5, 1, -0.9, 0, 10, 13.085, 5e-4)]
    [InlineData(0.04, 0.04, 0.3, 0.9, -0.5, 0, 15, 16.649, 5e-4)]
    public void Prices_from_the_characteristic_function_are_the_published_ones(double v0, double theta, double kappa,
        double xi, double rho, double rate, double years, double price, double tolerance)
    {
        HestonModel model = new()
        {
            InitialVariance = v0,
            LongRunVariance = theta,
            MeanReversion = kappa,
            VolatilityOfVariance = xi,
            Correlation = rho,
        };
        Assert.Equal(price, EuropeanCall.Heston(model, 100, rate, years), tolerance);
    }

    [Fact]
    public void Almost_without_volatility_of_variance_it_is_black_scholes()
    {
        HestonModel model = new() { VolatilityOfVariance = 1e-4, Correlation = 0 };
        Assert.Equal(EuropeanCall.BlackScholes(100, 110, 0.03, 0.2, 2), EuropeanCall.Heston(model, 110, 0.03, 2), 1e-6);
        HestonModel limit = model with { VolatilityOfVariance = 1e-6 };
        double[] r = Estimate.LogReturns(limit.Prices(5000, new RandomStream(9)));
        Estimate.MeanIs(0.04 / 252, Array.ConvertAll(r, x => x * x), "variance"); // the scheme stands at its limit too
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public void Simulated_calls_cost_what_the_characteristic_function_says(double strike)
    {
        HestonModel model = new()
        {
            Drift = 0.03,
            InitialVariance = 0.0175,
            LongRunVariance = 0.0398,
            MeanReversion = 1.5768,
            VolatilityOfVariance = 0.5751,
            Correlation = -0.5711,
            StepYears = 1.0 / 16,
        };
        double[] pay = new double[20_000];
        for (int i = 0; i < pay.Length; i++)
        {
            double end = model.Prices(16, new RandomStream(6, (ulong)i))[^1];
            pay[i] = Math.Exp(-0.03) * Math.Max(0, end - strike);
        }

        Estimate.MeanIs(EuropeanCall.Heston(model, strike, 0.03, 1), pay, $"call at {strike}");
    }
}
