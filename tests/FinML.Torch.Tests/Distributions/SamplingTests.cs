using System.Text.Json;
using static FinML.Torch.torch.distributions;
using static FinML.Torch.torch.distributions.transforms;

namespace FinML.Torch.Tests.Distributions;

/// <summary>Draws: their law, their gradients, their shapes, and what refuses to be made.</summary>
public sealed class SamplingTests
{
    private const int Draws = 20_000;

    private static readonly Dictionary<string, Func<Generator, Distribution>> Continuous = new()
    {
        ["normal"] = g => Normal(tensor(1.5), tensor(2.0), g),
        ["laplace"] = g => Laplace(tensor(-0.5), tensor(0.7), g),
        ["uniform"] = g => Uniform(tensor(-1.0), tensor(3.0), g),
        ["exponential"] = g => Exponential(tensor(2.5), g),
        ["log_normal"] = g => LogNormal(tensor(0.1), tensor(0.5), g),
        ["falling affine of a sigmoid"] = g => new Modules.TransformedDistribution(
            Normal(tensor(0.3), tensor(1.2), g), [new SigmoidTransform(), new AffineTransform(1.0, -3.0)]),
    };

    private static readonly Dictionary<string, Func<Generator, Distribution>> WithMoments = new()
    {
        ["gamma small"] = g => Gamma(tensor(0.3), tensor(2.0), g),
        ["gamma large"] = g => Gamma(tensor(40.0), tensor(0.5), g),
        ["beta"] = g => Beta(tensor(0.4), tensor(2.5), g),
        ["dirichlet"] = g => Dirichlet(tensor(new[] { 0.2, 1.0, 4.0 }), g),
        ["student_t"] = g => new StudentT(tensor(12.0), tensor(0.5), tensor(2.0), g),
        ["bernoulli"] = g => Bernoulli(probs: tensor(0.3), generator: g),
        ["mixture"] = g => new MixtureSameFamily(
            Categorical(probs: tensor(new[] { 0.3, 0.7 }), generator: g),
            Normal(tensor(new[] { -2.0, 1.0 }), tensor(new[] { 0.5, 1.0 }), g)),
        ["multivariate"] = g => MultivariateNormal(
            tensor(new[] { 1.0, -1.0 }), tensor(new double[,] { { 2.0, 0.7 }, { 0.7, 1.0 } }), generator: g),
        ["independent"] = g => Independent(Normal(tensor(new[] { 1.0, 2.0 }), tensor(new[] { 0.5, 3.0 }), g), 1),
    };

    public static TheoryData<string> ContinuousNames() => new(Continuous.Keys);

    public static TheoryData<string> MomentNames() => new(WithMoments.Keys);

    // Kolmogorov and Smirnov: sqrt(n) D is above 1.95 once in a thousand; the seed is fixed.
    [Theory]
    [MemberData(nameof(ContinuousNames))]
    public void DrawsFollowTheDistributionFunction(string name)
    {
        Distribution d = Continuous[name](new Generator(11));
        Tensor draws = d.sample(Draws);
        double[] p = d.cdf(draws).data<double>().ToArray();
        Array.Sort(p);
        double largest = p.Select((x, i) => Math.Max(x - ((double)i / Draws), ((i + 1.0) / Draws) - x)).Max();
        Assert.True(Math.Sqrt(Draws) * largest < 1.95, $"{name}: sqrt(n) D = {Math.Sqrt(Draws) * largest}");
        GoldenFile.AssertClose(
            draws[..50].data<double>().ToArray(), d.icdf(d.cdf(draws[..50])), 1e-9, $"{name}, there and back");
    }

    // Four standard errors of the mean; of the variance with room for heavy tails.
    [Theory]
    [MemberData(nameof(MomentNames))]
    public void DrawsHaveTheMeanAndVariance(string name)
    {
        Distribution d = WithMoments[name](new Generator(5));
        Tensor draws = d.sample(Draws);
        double[] mean = nn.NnGolden.Values(d.mean), variance = nn.NnGolden.Values(d.variance);
        double[] gotMean = nn.NnGolden.Values(draws.mean(0)), gotVariance = nn.NnGolden.Values(draws.var(0));
        for (int i = 0; i < mean.Length; i++)
        {
            double error = Math.Sqrt(variance[i] / Draws);
            Assert.InRange(gotMean[i], mean[i] - (4 * error), mean[i] + (4 * error));
            Assert.InRange(gotVariance[i], variance[i] * 0.9, variance[i] * 1.1);
        }
    }

    [Fact]
    public void CategoricalDrawsHaveTheirFrequencies()
    {
        double[] p = [0.1, 0.0, 0.6, 0.3];
        Distribution d = Categorical(probs: torch.stack([tensor(p), tensor(p).flip(0)]), generator: new Generator(3));
        Tensor draws = d.sample(Draws);
        Assert.Equal([Draws, 2], draws.shape);
        for (int k = 0; k < 4; k++)
        {
            double first = draws[.., 0].eq(k).to(float64).mean().ToDouble();
            double second = draws[.., 1].eq(3 - k).to(float64).mean().ToDouble();
            Assert.InRange(first, p[k] - 0.015, p[k] + 0.015);
            Assert.InRange(second, p[k] - 0.015, p[k] + 0.015);
        }
    }

    // The draw with its uniform numbers fixed is the quantile: its derivative is -(dF/da) / f, here from mpmath.
    [Fact]
    public void TheDerivativeOfAGammaDrawIsThatOfItsQuantile()
    {
        foreach (JsonElement row in DistributionGoldenTests.Golden.At("special", "gamma_slope").EnumerateArray())
        {
            double a = row[0].GetDouble(), x = row[1].GetDouble(), expected = row[2].GetDouble();
            double actual = StandardGamma.Derivative(a, Math.Log(x));
            Assert.True(
                Math.Abs(actual - expected) <= 1e-10 * Math.Abs(expected),
                $"a {a}, x {x}: {expected:R}, got {actual:R}");
        }
    }

    [Fact]
    public void TheGammasDistributionFunctionHasDerivatives()
    {
        Tensor x = tensor(new[] { 0.2, 1.5, 30.0 }), rate = tensor(new[] { 2.0, 1.0, 0.5 });
        Tensor a = tensor(new[] { 0.4, 3.0, 9.0 });
        GradCheck.Check(v => Gamma(v[0], v[1]).cdf(v[2]), [a, rate, x], twice: false);
        GradCheck.Check(v => Gamma(a, v[0]).cdf(v[1]), [rate, x]);
        Tensor ends = Gamma(tensor(2.0), tensor(1.0)).cdf(tensor(new[] { -1.0, double.PositiveInfinity }));
        Assert.Equal([0, 1], nn.NnGolden.Values(ends));

        // Draws through it are uniform.
        Distribution d = Gamma(tensor(0.3), tensor(2.0), new Generator(6));
        double[] p = nn.NnGolden.Values(d.cdf(d.sample(Draws)));
        Array.Sort(p);
        double largest = p.Select((u, i) => Math.Max(u - ((double)i / Draws), ((i + 1.0) / Draws) - u)).Max();
        Assert.True(Math.Sqrt(Draws) * largest < 1.95, $"sqrt(n) D = {Math.Sqrt(Draws) * largest}");
    }

    // Beyond 1e6 the normal approximation takes over: both forms agree there.
    [Theory]
    [InlineData(-3.0)]
    [InlineData(0.0)]
    [InlineData(2.5)]
    public void TheDerivativeOfAHugeGammaDrawIsContinuous(double z)
    {
        double below = StandardGamma.Derivative(999_999, Math.Log(999_999 + (z * 1000)));
        double above = StandardGamma.Derivative(1_000_001, Math.Log(1_000_001 + (z * 1000)));
        Assert.Equal(1, above / below, 1e-5);
    }

    // d E[x] / d parameter of draws with gradient, within five standard errors of the formula.
    [Fact]
    public void GradientsOfDrawsAreThoseOfTheirMeans()
    {
        Tensor a = tensor(0.7).requires_grad_(), b = tensor(1.9).requires_grad_();
        Distribution beta = Beta(a, b, new Generator(8));
        IList<Tensor> g = autograd.grad([beta.rsample(Draws).mean()], [a, b]);
        double sum = 2.6 * 2.6;
        Assert.InRange(g[0].ToDouble(), (1.9 / sum) - 0.01, (1.9 / sum) + 0.01);
        Assert.InRange(g[1].ToDouble(), (-0.7 / sum) - 0.01, (-0.7 / sum) + 0.01);

        Distribution gamma = Gamma(a, b, new Generator(9));
        g = autograd.grad([gamma.rsample(Draws).square().mean()], [a, b]);
        Assert.InRange(g[0].ToDouble(), (2.4 / 3.61) - 0.05, (2.4 / 3.61) + 0.05);
        Assert.InRange(g[1].ToDouble(), (-2 * 0.7 * 1.7 / 6.859) - 0.05, (-2 * 0.7 * 1.7 / 6.859) + 0.05);

        Tensor df = tensor(9.0).requires_grad_(), scale = tensor(1.5).requires_grad_();
        var student = new StudentT(df, tensor(0.0), scale, new Generator(4));
        g = autograd.grad([student.rsample(Draws * 4).square().mean()], [df, scale]);
        Assert.InRange(g[0].ToDouble(), (-2 * 2.25 / 49) - 0.02, (-2 * 2.25 / 49) + 0.02);
        Assert.InRange(g[1].ToDouble(), (2 * 1.5 * 9 / 7) - 0.2, (2 * 1.5 * 9 / 7) + 0.2);
    }

    [Fact]
    public void AGammaDrawsGradientHasNone()
    {
        Tensor a = tensor(0.7).requires_grad_();
        Tensor draws = Gamma(a, tensor(1.0)).rsample(3);
        Tensor g = autograd.grad([draws.sum()], [a], create_graph: true, retain_graph: true)[0];
        Assert.Contains(
            "gamma draw", Assert.Throws<InvalidOperationException>(() => g.backward()).Message);
    }

    [Fact]
    public void SmallConcentrationsStaySharesInFloat32()
    {
        Tensor draws = Dirichlet(torch.full([4], 1e-3f), new Generator(1)).sample(500);
        Assert.True(draws.isfinite().all().ToBoolean());
        Assert.True(draws.sum(-1).allclose(torch.ones(500), 1e-5, 1e-5));
    }

    [Fact]
    public void ATanhDrawKeepsItsLogProbabilityWhereItSaturates()
    {
        Tensor loc = tensor(new[] { 12f, -30f, 0.5f }).requires_grad_();
        Distribution d = new Modules.TransformedDistribution(
            Normal(loc, tensor(1f), new Generator(2)), new TanhTransform());
        Tensor draw = d.rsample();
        Assert.Equal(1f, draw[0].item<float>());
        Tensor own = d.log_prob(draw);
        Assert.True(own.isfinite().all().ToBoolean());

        // N(x; 12, 1) - log(4 e^-2x): about 2 * 12 - log 4 - 0.92 with the draw within four deviations.
        Assert.InRange(own[0].item<float>(), 5f, 35f);
        own.sum().backward();
        Assert.True(loc.grad!.isfinite().all().ToBoolean());

        // A copy has lost the x; the formula gives that of the nearest number inside.
        Assert.True(d.log_prob(draw.detach().clone()).isfinite().all().ToBoolean());
    }

    [Fact]
    public void ShapesExpandAndGeneratorsRepeat()
    {
        Distribution d = Normal(torch.zeros(3), torch.ones(2, 1), new Generator(7));
        Assert.Equal([5, 2, 3], d.sample(5).shape);
        Distribution wide = d.expand(new long[] { 4, 2, 3 });
        Assert.Equal([4, 2, 3], wide.batch_shape);
        Assert.Equal([6, 4, 2, 3], wide.rsample(6).shape);
        Assert.Equal([5, 2, 3], Independent(d, 1).sample(5).shape);
        Assert.Equal([2], Independent(d, 1).batch_shape);
        Assert.Equal([0, 2, 3], d.sample(0).shape);
        foreach (Func<Generator, Distribution> make in Continuous.Values.Concat(WithMoments.Values))
        {
            Distribution first = make(new Generator(1)), second = make(new Generator(1));
            Tensor draws = first.sample(2, 3);
            Assert.Equal(nn.NnGolden.Values(draws), nn.NnGolden.Values(second.sample(2, 3)));
            long[] batch = [3, .. first.batch_shape];
            Assert.Equal([2, .. batch, .. first.event_shape], first.expand(batch).sample(2).shape);
            Assert.Equal([2, 3, .. first.batch_shape], first.log_prob(draws).shape);
            Assert.False(draws.requires_grad);
        }

        Assert.Equal([3, 1, 1], Categorical(probs: torch.ones(2, 4, 3)).enumerate_support(expand: false).shape);
        Assert.Equal([2, 5], Bernoulli(probs: torch.ones(5)).enumerate_support().shape);
    }

    // (4, 5) samples of a batch of 2: solved at once, and one by one; to rounding, as the sums may differ in order.
    [Fact]
    public void VectorsOfABatchHaveTheLogProbabilitiesThatEachHasAlone()
    {
        Tensor covariance = torch.stack([torch.eye(3, dtype: float64), torch.eye(3, dtype: float64) + 0.5]);
        Distribution d = MultivariateNormal(torch.zeros(2, 3, dtype: float64), covariance, generator: new Generator(5));
        Tensor draws = d.sample(4, 5), together = d.log_prob(draws);
        Assert.Equal([4, 5, 2], together.shape);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                double[] alone = nn.NnGolden.Values(d.log_prob(draws[i, j]));
                GoldenFile.AssertClose(alone, together[i, j], 1e-14, $"sample {i}, {j}");
            }
        }
    }

    [Fact]
    public void RefusesBadParameters()
    {
        Tensor one = torch.ones(2), zero = torch.zeros(2);
        Assert.Contains("scale must be above 0, got 0", Error(() => Normal(one, zero)));
        Assert.Contains("got NaN", Error(() => Gamma(one * float.NaN, one)));
        Assert.Contains("high - low", Error(() => Uniform(one, one)));
        Assert.Contains("in [0, 1], got 2", Error(() => Bernoulli(probs: one * 2)));
        Assert.Contains("either", Error(() => Bernoulli(one, one)));
        Assert.Contains("either", Error(() => Categorical()));
        Assert.Contains("the sum of probs", Error(() => Categorical(probs: zero)));
        Assert.Contains("at least one axis", Error(() => Dirichlet(tensor(1.0))));
        Assert.Contains("one dtype", Error(() => Normal(one, torch.ones(2, float64))).Replace("floating ", ""));
        Assert.Contains("not positive definite", Error(() => MultivariateNormal(
            zero, tensor(new float[,] { { 1, 2 }, { 2, 1 } }))));
        Assert.Contains("transpose", Error(() => MultivariateNormal(
            zero, tensor(new float[,] { { 1, 0.5f }, { 0, 1 } }))));
        Assert.Contains("diagonal", Error(() => MultivariateNormal(
            zero, scale_tril: tensor(new float[,] { { 1, 0 }, { 0, -1 } }))));
        Assert.Contains("give one of", Error(() => MultivariateNormal(zero)));
        Assert.Contains("[2] and [3, 3]", Error(() => MultivariateNormal(zero, torch.eye(3))));
        Assert.Contains("[0, 1], got 2", Error(() => Independent(Normal(one, one), 2)));
        Assert.Contains("3 numbers", Error(() => new MixtureSameFamily(Categorical(3), Normal(one, one))));
        Assert.Contains("[2] and [3]", Error(() => Normal(one, torch.ones(3))));
        Assert.Throws<NotSupportedException>(() => Categorical(3).rsample());
        Assert.Throws<NotSupportedException>(() => Gamma(one, one).icdf(one));
        static string Error(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
    }
}
