using System.Text.Json;
using static FinML.Torch.torch.distributions;
using static FinML.Torch.torch.distributions.transforms;

namespace FinML.Torch.Tests.Distributions;

/// <summary>Every distribution beside PyTorch's, with derivatives by its parameters and by the value.</summary>
public sealed class DistributionGoldenTests
{
    internal static readonly GoldenFile Golden = new("distributions.json");

    internal static readonly Dictionary<string, Func<Tensor[], Distribution>> Makers = new()
    {
        ["normal"] = p => Normal(p[0], p[1]),
        ["laplace"] = p => Laplace(p[0], p[1]),
        ["uniform"] = p => Uniform(p[0], p[1]),
        ["exponential"] = p => Exponential(p[0]),
        ["gamma"] = p => Gamma(p[0], p[1]),
        ["beta"] = p => Beta(p[0], p[1]),
        ["dirichlet"] = p => Dirichlet(p[0]),
        ["bernoulli"] = p => Bernoulli(probs: p[0]),
        ["bernoulli_logits"] = p => Bernoulli(logits: p[0]),
        ["categorical"] = p => Categorical(probs: p[0]),
        ["categorical_logits"] = p => Categorical(logits: p[0]),
        ["log_normal"] = p => LogNormal(p[0], p[1]),
        ["student_t"] = p => new StudentT(p[0], p[1], p[2]),
        ["mvn_tril"] = p => MultivariateNormal(p[0], scale_tril: p[1]),
        ["mvn_covariance"] = p => MultivariateNormal(p[0], covariance_matrix: p[1]),
        ["mvn_precision"] = p => MultivariateNormal(p[0], precision_matrix: p[1]),
        ["independent"] = p => Independent(Normal(p[0], p[1]), 1),
        ["mixture"] = p => new MixtureSameFamily(Categorical(logits: p[0]), Normal(p[1], p[2])),
        ["mixture_independent"] = p => new MixtureSameFamily(
            Categorical(logits: p[0]), Independent(Normal(p[1], p[2]), 1)),
        ["tanh_normal"] = p => new Modules.TransformedDistribution(Normal(p[0], p[1]), new TanhTransform()),
        ["affine_tanh"] = p => new Modules.TransformedDistribution(
            Normal(p[0], p[1]), [new TanhTransform(), new AffineTransform(1.5, -2)]),
        ["sigmoid_normal"] = p => new Modules.TransformedDistribution(Normal(p[0], p[1]), new SigmoidTransform()),
        ["affine_vector"] = p => new Modules.TransformedDistribution(
            Normal(p[0], p[1]),
            new AffineTransform(tensor(new[] { 0.1, 0.2, 0.3 }), tensor(new[] { 2.0, -1.0, 0.5 }), event_dim: 1)),
    };

    // Parameters at the edge of their range, where a difference would leave it.
    private static readonly string[] AtTheEdge = ["bernoulli", "categorical", "categorical_logits"];

    public static TheoryData<int, string> Cases => Rows("cases", _ => true);

    public static TheoryData<int, string> SmoothCases => Rows("cases", name => !AtTheEdge.Contains(name));

    public static TheoryData<int, string> Pairs => Rows("kl", _ => true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValuesEqualPyTorch(int number, string name)
    {
        JsonElement c = Golden.At("cases")[number];
        Distribution d = Make(name, c.GetProperty("params"));
        Assert.Equal(c.GetProperty("batch").EnumerateArray().Select(n => n.GetInt64()), d.batch_shape);
        Assert.Equal(c.GetProperty("event").EnumerateArray().Select(n => n.GetInt64()), d.event_shape);
        Tensor value = Read(c.GetProperty("value"));
        AssertEqual("log_prob", () => d.log_prob(value));
        AssertEqual("entropy", () => d.entropy());
        AssertEqual("mean", () => d.mean);
        AssertEqual("variance", () => d.variance);
        AssertEqual("cdf", () => d.cdf(value));
        AssertEqual("icdf", () => d.icdf(Read(c.GetProperty("p"))));

        void AssertEqual(string key, Func<Tensor> compute)
        {
            if (!c.TryGetProperty(key, out JsonElement packed))
                return;
            Tensor expected = Read(packed), actual = compute();
            Assert.Equal(expected.shape, actual.shape);
            GoldenFile.AssertClose(expected.data<double>().ToArray(), actual, 2e-12, $"{name} {key}");
        }
    }

    [Theory]
    [MemberData(nameof(SmoothCases))]
    public void LogProbabilityHasTwoDerivatives(int number, string name)
    {
        JsonElement c = Golden.At("cases")[number];
        Tensor[] parameters = [.. c.GetProperty("params").EnumerateArray().Select(Read)];
        Tensor value = Read(c.GetProperty("value"));

        // Inside, where the third derivative does not swamp a difference.
        value = name switch
        {
            "tanh_normal" => value * 0.5,
            "sigmoid_normal" => (value * 0.5) + 0.1,
            "log_normal" => value + 0.2,
            _ => value,
        };
        int n = parameters.Length;
        if (name is "mvn_covariance" or "mvn_precision" or "mvn_tril")
        {
            // A difference in one element alone leaves the symmetric matrices, or the triangular ones.
            Func<Tensor, Tensor> keep = name is "mvn_tril" ? m => torch.tril(m) : m => (m + m.mT) / 2;
            GradCheck.Check(x => Makers[name]([x[0], keep(x[1])]).log_prob(x[2]), [.. parameters, value]);
            GradCheck.Check(x => Makers[name]([x[0], keep(x[1])]).entropy(), parameters);
            return;
        }

        if (name is "dirichlet" or "bernoulli_logits")
            GradCheck.Check(x => Makers[name](x).log_prob(value), parameters);
        else
            GradCheck.Check(x => Makers[name](x[..n]).log_prob(x[n]), [.. parameters, value]);
        if (c.TryGetProperty("entropy", out _))
            GradCheck.Check(x => Makers[name](x).entropy(), parameters);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void DivergencesEqualPyTorchAndHaveDerivatives(int number, string p)
    {
        JsonElement c = Golden.At("kl")[number];
        string q = c.GetProperty("q").GetString()!;
        Tensor[] first = [.. c.GetProperty("first").EnumerateArray().Select(Read)];
        Tensor[] second = [.. c.GetProperty("second").EnumerateArray().Select(Read)];
        Tensor value = KullbackLeibler.kl_divergence(Makers[p](first), Makers[q](second));
        Tensor expected = Read(c.GetProperty("value"));
        Assert.Equal(expected.shape, value.shape);
        GoldenFile.AssertClose(expected.data<double>().ToArray(), value, 2e-12, $"{p} {q}");
        if (p is "categorical" or "mvn_tril" || !value.isfinite().all().ToBoolean())
            return;
        GradCheck.Check(
            x => KullbackLeibler.kl_divergence(Makers[p](x[..first.Length]), Makers[q](x[first.Length..])),
            [.. first, .. second]);
    }

    [Fact]
    public void DivergencesWithoutFormulaOrCoverSaySo()
    {
        Tensor one = torch.ones(2);
        Assert.Contains(
            "Normal and Gamma",
            Assert.Throws<NotSupportedException>(
                () => KullbackLeibler.kl_divergence(Normal(one, one), Gamma(one, one))).Message);
        Tensor infinite = KullbackLeibler.kl_divergence(
            Uniform(tensor(0.0), tensor(2.0)), Uniform(tensor(0.5), tensor(3.0)));
        Assert.Equal(double.PositiveInfinity, infinite.ToDouble());
        Distribution vectors = Independent(Normal(one, one), 1);
        Assert.Equal(0, KullbackLeibler.kl_divergence(vectors, vectors).ToDouble());
    }

    private static TheoryData<int, string> Rows(string table, Func<string, bool> wanted)
    {
        TheoryData<int, string> rows = [];
        foreach ((int i, JsonElement row) in Golden.At(table).EnumerateArray().Index())
        {
            string name = row.GetProperty(table == "kl" ? "p" : "name").GetString()!;
            if (wanted(name))
                rows.Add(i, name);
        }

        return rows;
    }

    internal static Distribution Make(string name, JsonElement parameters) =>
        Makers[name]([.. parameters.EnumerateArray().Select(Read)]);

    internal static Tensor Read(JsonElement packed) => torch.tensor(
        GoldenFile.Numbers(packed.GetProperty("data")),
        [.. packed.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64())]);
}
