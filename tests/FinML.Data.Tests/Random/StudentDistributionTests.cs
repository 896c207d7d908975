namespace FinML.Data.Tests.Random;

public sealed class StudentDistributionTests
{
    /// <summary>R 4: options(digits = 17); pt(-x, nu).</summary>
    [Theory]
    [InlineData(0.5, 1, 0.35241638234956679)]
    [InlineData(0.5, 2.5, 0.32884895993485741)]
    [InlineData(0.5, 4, 0.32166498159093165)]
    [InlineData(0.5, 30, 0.31036150244256366)]
    [InlineData(2, 1, 0.14758361765043321)]
    [InlineData(2, 2.5, 0.078695747878982966)]
    [InlineData(2, 4, 0.058058261758407753)]
    [InlineData(2, 30, 0.02731252248149155)]
    [InlineData(10, 1, 0.03172551743055356)]
    [InlineData(10, 2.5, 0.0022207478836537109)]
    [InlineData(10, 4, 0.00028100181135799556)]
    [InlineData(10, 30, 2.2876257041148048e-11)]
    public void Tails_agree_with_R(double x, double degrees, double p)
    {
        Assert.Equal(1, StudentDistribution.UpperTail(x, degrees) / p, 1e-13);
        Assert.Equal(p, StudentDistribution.Cdf(-x, degrees), 5e-15);
        Assert.Equal(1 - p, StudentDistribution.Cdf(x, degrees), 5e-15);
    }

    [Fact]
    public void Draws_have_the_mean_and_variance_of_their_distribution()
    {
        RandomStream random = new(61);
        double[] gamma = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextGamma(2.5))];
        Synthetic.Estimate.MeanIs(2.5, gamma, "gamma mean");
        Synthetic.Estimate.MeanIs(2.5, [.. gamma.Select(x => (x - 2.5) * (x - 2.5))], "gamma variance");
        double[] small = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextGamma(0.4))];
        Synthetic.Estimate.MeanIs(0.4, small, "gamma mean");
        Synthetic.Estimate.MeanIs(0.4, [.. small.Select(x => (x - 0.4) * (x - 0.4))], "gamma variance");
        double[] poisson = [.. Enumerable.Range(0, 50_000).Select(_ => (double)random.NextPoisson(37.5))];
        Synthetic.Estimate.MeanIs(37.5, poisson, "poisson mean");
        Synthetic.Estimate.MeanIs(37.5, [.. poisson.Select(x => (x - 37.5) * (x - 37.5))], "poisson variance");
        Assert.Equal(0, random.NextPoisson(0));
        Synthetic.Estimate.MeanIs(1, [.. Enumerable.Range(0, 50_000).Select(_ => random.NextExponential())]);
    }
}
