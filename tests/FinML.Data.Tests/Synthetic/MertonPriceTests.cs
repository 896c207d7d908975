using System.Numerics;

namespace FinML.Data.Tests.Synthetic;

public sealed class MertonPriceTests
{
    private static readonly MertonJumps s_model = new()
    {
        Drift = 0.04,
        Volatility = 0.2,
        Intensity = 1.5,
        JumpMean = -0.15,
        JumpVolatility = 0.25,
        StepYears = 0.75,
    };

    [Theory]
    [InlineData(70)]
    [InlineData(100)]
    [InlineData(140)]
    public void The_series_the_characteristic_function_and_the_simulation_agree(double strike)
    {
        double series = EuropeanCall.Merton(s_model, strike, 0.04, 0.75);
        double transform = EuropeanCall.Lewis(100, strike, 0.04, 0.75, z =>
        {
            Complex jump = Complex.Exp(Complex.ImaginaryOne * z * -0.15 - z * z * 0.03125) - 1;
            return Complex.Exp(0.75 * (-0.02 * (z * z + Complex.ImaginaryOne * z)
                + 1.5 * (jump - Complex.ImaginaryOne * z * s_model.ExpectedJump)));
        });
        Assert.Equal(series, transform, 1e-10);
        double[] pay = [.. Enumerable.Range(0, 40_000).Select(i =>
            Math.Exp(-0.03) * Math.Max(0, s_model.Prices(1, new RandomStream(7, (ulong)i))[1] - strike))];
        Estimate.MeanIs(series, pay, $"call at {strike}");
    }

    /// <summary>Hull, Options, Futures, and Other Derivatives, example 15.6: S 42, K 40, r .1, sigma .2, half a year:
    /// 4.76.</summary>
    [Fact]
    public void Black_and_scholes_is_the_limit_without_jumps()
    {
        Assert.Equal(4.76, EuropeanCall.BlackScholes(42, 40, 0.1, 0.2, 0.5), 0.005);
        Assert.Equal(EuropeanCall.BlackScholes(100, 95, 0.02, 0.2, 1),
            EuropeanCall.Merton(s_model with { Intensity = 0 }, 95, 0.02, 1), 1e-12);
        // Jumps of one size and no other noise would be a sum of calls; many small ones are a diffusion.
        MertonJumps many = s_model with { Intensity = 150, JumpMean = 0, JumpVolatility = 0.01 };
        Assert.Equal(EuropeanCall.BlackScholes(100, 95, 0.02, Math.Sqrt(0.04 + 150 * 1e-4), 1),
            EuropeanCall.Merton(many, 95, 0.02, 1), 1e-3);
    }
}
