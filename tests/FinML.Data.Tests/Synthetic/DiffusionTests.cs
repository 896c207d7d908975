using System.Numerics;

namespace FinML.Data.Tests.Synthetic;

public sealed class DiffusionTests
{
    [Fact]
    public void Geometric_brownian_motion_has_its_drift_and_volatility()
    {
        GeometricBrownianMotion model = new() { Drift = 0.09, Volatility = 0.4, StepYears = 0.05 };
        double[] r = Estimate.LogReturns(model.Prices(100_000, new RandomStream(1)));
        double mean = (0.09 - 0.08) * 0.05;
        Estimate.MeanIs(mean, r);
        Estimate.MeanIs(0.16 * 0.05, Array.ConvertAll(r, x => (x - mean) * (x - mean)), "variance");
        Estimate.CharacteristicIs(u => Complex.Exp(new Complex(-u * u * 0.004, u * mean)), r, 5, 15);
        Assert.Contains("step", Assert.Throws<ArgumentException>(
            () => (model with { Drift = 100 }).Prices(1000, new RandomStream(1))).Message, StringComparison.Ordinal);
    }

    /// <summary>E[exp(iu r)] = exp(iu m' - u^2 s^2 / 2 + lambda dt (exp(iu m - u^2 d^2 / 2) - 1)).</summary>
    [Fact]
    public void Merton_s_jumps_have_their_whole_distribution_and_another_intensity_is_told_from_it()
    {
        MertonJumps model = new() { Intensity = 3, JumpMean = -0.1, JumpVolatility = 0.2, StepYears = 0.1 };
        double[] r = Estimate.LogReturns(model.Prices(100_000, new RandomStream(2)));
        Func<double, Complex> Phi(double lambda) => u =>
        {
            double drift = (0.05 - 3 * model.ExpectedJump - 0.15 * 0.15 / 2) * 0.1;
            Complex jump = Complex.Exp(new Complex(-u * u * 0.02, u * -0.1)) - 1;
            return Complex.Exp(new Complex(-u * u * 0.15 * 0.15 * 0.05, u * drift) + lambda * 0.1 * jump);
        };
        Estimate.CharacteristicIs(Phi(3), r, 1, 3, 10, 30);
        Assert.ThrowsAny<Exception>(() => Estimate.CharacteristicIs(Phi(3.3), r, 1, 3, 10, 30));
        // The compensated drift: prices grow at mu, E[S(t+1) / S(t)] = exp(mu dt).
        Estimate.MeanIs(Math.Exp(0.05 * 0.1), Array.ConvertAll(r, Math.Exp), "growth");
    }

    [Fact]
    public void Options_outside_their_range_are_refused_with_the_value()
    {
        foreach ((Action bad, string say) in new (Action, string)[]
        {
            (() => new GeometricBrownianMotion { Volatility = -0.2 }.Validate(), "-0.2"),
            (() => new GeometricBrownianMotion { Spot = 0 }.Validate(), "Spot must be above 0"),
            (() => new GeometricBrownianMotion { Drift = double.NaN }.Validate(), "Drift"),
            (() => new GeometricBrownianMotion { StepYears = 0 }.Validate(), "StepYears"),
            (() => new MertonJumps { Intensity = 1e9 }.Validate(), "Intensity"),
            (() => new MertonJumps { JumpVolatility = -1 }.Validate(), "JumpVolatility"),
            (() => new HestonModel { Correlation = 1.1 }.Validate(), "[-1, 1]"),
            (() => new HestonModel { MeanReversion = 0 }.Validate(), "MeanReversion"),
            (() => new HestonModel { InitialVariance = -1 }.Validate(), "InitialVariance"),
            (() => EuropeanCall.BlackScholes(100, -1, 0, 0.2, 1), "strike"),
            (() => EuropeanCall.Merton(new MertonJumps { Intensity = 1000 }, 100, 0, 1), "years"),
        })
        {
            Assert.Contains(say, Assert.Throws<ArgumentOutOfRangeException>(bad).Message, StringComparison.Ordinal);
        }
    }
}
