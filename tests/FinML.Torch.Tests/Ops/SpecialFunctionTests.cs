using FinML.Torch.Tests.Distributions;

namespace FinML.Torch.Tests.Ops;

/// <summary>log Gamma and its derivatives, and the inverse of erf, beside mpmath.</summary>
public sealed class SpecialFunctionTests
{
    // Near a zero of the function the error is that of the argument: absolute below 1, relative above.
    [Theory]
    [InlineData("lgamma", "x", 2e-14)]
    [InlineData("digamma", "x", 1e-13)]
    [InlineData("polygamma1", "x", 1e-12)]
    [InlineData("polygamma2", "x", 1e-12)]
    [InlineData("polygamma5", "x", 1e-12)]
    [InlineData("erfinv", "u", 1e-13)]
    public void ValuesEqualMpmath(string name, string argument, double tolerance)
    {
        Tensor x = tensor(DistributionGoldenTests.Golden.Numbers("special", argument));
        Tensor y = name switch
        {
            "lgamma" => torch.lgamma(x),
            "digamma" => torch.digamma(x),
            "erfinv" => torch.erfinv(x),
            _ => torch.polygamma(x, name[^1] - '0'),
        };
        GoldenFile.AssertClose(DistributionGoldenTests.Golden.Numbers("special", name), y, tolerance, name);
    }

    [Fact]
    public void PolesAndEnds()
    {
        double[] poles = [0, -1, -2];
        Assert.All(nn.NnGolden.Values(tensor(poles).lgamma()), v => Assert.Equal(double.PositiveInfinity, v));
        Assert.Equal(
            [double.NegativeInfinity, double.NaN, double.NaN], nn.NnGolden.Values(tensor(poles).digamma()));
        double[] ends = [1, -1, 1.5, double.NaN];
        Assert.Equal(
            [double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.NaN],
            nn.NnGolden.Values(tensor(ends).erfinv()));
        Assert.Equal(double.PositiveInfinity, tensor(double.PositiveInfinity).lgamma().ToDouble());
        Assert.True(double.IsNaN(tensor(double.NaN).lgamma().ToDouble()));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor(1.0).polygamma(-1));
    }

    [Fact]
    public void DerivativesEqualDifferences()
    {
        Tensor x = tensor(new[] { 0.3, 1.7, 4.2, -1.3, 12.0 });
        GradCheck.Check(v => v[0].lgamma(), [x]);
        GradCheck.Check(v => v[0].digamma(), [x]);
        GradCheck.Check(v => v[0].polygamma(2), [x[1..3]]);
        GradCheck.Check(v => v[0].erfinv(), [tensor(new[] { 0.3, -0.6, 0.0 })]);
    }
}
