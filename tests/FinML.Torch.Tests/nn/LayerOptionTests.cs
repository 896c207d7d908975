using static FinML.Torch.Tests.nn.NnGolden;
using F = FinML.Torch.torch.nn.functional;

namespace FinML.Torch.Tests.nn;

/// <summary>What has no golden value: draws, containers, initial values, our own layers, and what is refused.</summary>
public sealed class LayerOptionTests
{
    [Fact]
    public void ChannelDropoutDropsWholeChannels()
    {
        Tensor x = torch.ones(8, 16, 5);
        Tensor y = F.dropout1d(x, 0.4, generator: new Generator(3));
        double[] sums = Values(y.sum(2));
        Assert.All(sums, s => Assert.True(s == 0 || Math.Abs(s - (5 / 0.6)) < 1e-5, $"{s}"));
        Assert.InRange(sums.Count(s => s == 0), 30, 75);
        Assert.Equal([4, 3, 2, 2], torch.nn.Dropout2d(0.5).call(torch.ones([4, 3, 2, 2])).shape);
        Assert.Contains("[8, 16]", Assert.Throws<ArgumentException>(() => F.dropout2d(x.sum(2))).Message);
        Modules.Dropout1d layer = torch.nn.Dropout1d(0.9);
        layer.eval();
        Assert.Same(x, layer.call(x));
        Assert.Equal(0, F.dropout1d(x, 1).abs().sum().ToDouble());
    }

    [Fact]
    public void AlphaDropoutKeepsMeanAndVariance()
    {
        Tensor x = F.selu(torch.randn([40_000], float64, generator: new Generator(1)));
        Tensor y = F.alpha_dropout(x, 0.3, training: true, generator: new Generator(2));
        Assert.Equal(x.mean().ToDouble(), y.mean().ToDouble(), 0.02);
        Assert.Equal(1, y.var().ToDouble(), 0.03);
        Assert.Same(x, F.alpha_dropout(x, 0.3));
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.nn.AlphaDropout(1.5));
    }

    [Fact]
    public void RandomSlopesLieBetweenTheirBounds()
    {
        Modules.RReLU layer = torch.nn.RReLU(0.1, 0.3, generator: new Generator(2));
        double[] y = Values(layer.call(torch.full([1000], -1.0)));
        Assert.All(y, v => Assert.InRange(v, -0.3, -0.1));
        Assert.InRange(y.Average(), -0.21, -0.19);
        Assert.Equal(5, layer.call(tensor(5.0)).ToDouble());
    }

    [Fact]
    public void RmsNormAndQuantileLossAreTheirFormulas()
    {
        var norm = new RMSNorm(3, eps: 0.1, dtype: float64);
        using (no_grad())
            norm.weight!.copy_(tensor(new[] { 1.0, 2.0, -1.0 }));
        Tensor x = tensor(new[] { 1.0, -2.0, 3.0 });
        double root = Math.Sqrt((14.0 / 3) + 0.1);
        GoldenFile.AssertClose([1 / root, -4 / root, -3 / root], norm.call(x), 1e-14);
        GradCheck.Check(v => norm.call(v[0]), [Wave([2, 3], 0.3)]);
        Assert.Contains("[2, 4]", Assert.Throws<ArgumentException>(() => norm.call(torch.ones(2, 4))).Message);

        var loss = new QuantileLoss([0.1, 0.9], torch.nn.Reduction.None);
        Tensor prediction = tensor(new[,] { { 1.0, 3.0 }, { 2.0, 2.0 } }), target = tensor(new[] { 2.0, 2.0 });
        GoldenFile.AssertClose([0.1, 0.1, 0, 0], loss.call(prediction, target), 1e-14);
        GradCheck.Check(v => loss.call(v[0], v[1]), [Wave([3, 2], 0.3), Wave([3], 2)]);

        // The mean loss of a constant is least at the quantile.
        Tensor draws = torch.rand(2000, float64, generator: new Generator(3));
        var mean = new QuantileLoss([0.9]);
        double At(double q) => mean.call(torch.full([2000, 1], q, float64), draws).ToDouble();
        Assert.True(At(0.9) < At(0.85) && At(0.9) < At(0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileLoss([1.0]));
        Assert.Throws<ArgumentException>(() => loss.call(target, target));
    }

    [Fact]
    public void StructuredInitialValues()
    {
        Tensor eye = torch.nn.init.eye_(torch.empty([2, 3]));
        Assert.Equal([1, 0, 0, 0, 1, 0], Values(eye));
        Tensor dirac = torch.nn.init.dirac_(torch.empty([3, 2, 3]));
        Tensor x = Wave([1, 2, 6], 0.1).to(float32);
        Tensor y = F.conv1d(x, dirac, padding: 1);
        Assert.Equal(Values(x), Values(y[.., ..2]));
        Assert.Equal(0, y[.., 2].abs().sum().ToDouble());
        Tensor cut = torch.nn.init.trunc_normal_(
            torch.empty([5000], float64), 1, 2, -0.5, 2, new Generator(4));
        Assert.InRange(cut.min().ToDouble(), -0.5, -0.48);
        Assert.InRange(cut.max().ToDouble(), 1.98, 2);

        // Mean of N(1, 2) cut to [-0.5, 2]: 1 + 2 (phi(-3/4) - phi(1/2)) / (Phi(1/2) - Phi(-3/4)).
        Assert.Equal(0.78, cut.mean().ToDouble(), 0.03);
        Tensor sparse = torch.nn.init.sparse_(torch.empty([10, 4]), 0.25, generator: new Generator(5));
        Assert.All(Values(sparse.eq(0).to(float32).sum(0)), n => Assert.Equal(3, n));
        Assert.Equal((6, 9), torch.nn.init.CalculateFanInAndFanOut(torch.empty([3, 2, 3])));
        Assert.Contains("[2]", Assert.Throws<ArgumentException>(() => torch.nn.init.eye_(torch.empty([2]))).Message);
    }

    [Fact]
    public void ParametersInContainersTrain()
    {
        Modules.Parameter a = torch.nn.Parameter(torch.ones(2)), b = torch.nn.Parameter(torch.ones(3));
        Modules.ParameterList list = torch.nn.ParameterList(a);
        list.append(b);
        Assert.Equal(["0", "1"], list.named_parameters().Select(p => p.name));
        Assert.Same(b, list[1]);
        Modules.ParameterDict dict = torch.nn.ParameterDict(("scale", a), ("shift", b));
        Assert.Equal(["scale", "shift"], dict.state_dict().Keys);
        Assert.Same(a, dict["scale"]);
        Assert.False(dict.TryGetValue("other", out _));
        Assert.Contains("scale, shift", Assert.Throws<KeyNotFoundException>(() => dict["other"]).Message);
        Assert.Throws<ArgumentException>(() => dict.Add("scale", b));
        var owner = new Owner(list, dict);
        Assert.Equal(["list.0", "list.1"], owner.named_parameters().Select(p => p.name));
        Modules.ModuleList<torch.nn.Module> modules = torch.nn.ModuleList<torch.nn.Module>(list);
        modules.extend([dict]);
        Assert.Equal(2, modules.Count);
    }

    [Fact]
    public void NormalisationLayersCountRefuseAndReset()
    {
        Modules.BatchNorm1d norm = torch.nn.BatchNorm1d(3);
        norm.call(Wave([4, 3], 0.1).to(float32));
        norm.call(Wave([4, 3], 0.1).to(float32));
        Assert.Equal(2, norm.num_batches_tracked!.item<long>());
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], norm.state_dict().Keys);
        norm.reset_running_stats();
        Assert.Equal([1, 1, 1], Values(norm.running_var!));
        Assert.Contains("more than one value", Error(() => norm.call(torch.ones(1, 3))));
        Assert.Contains("got [2, 4]", Error(() => norm.call(torch.ones(2, 4))));
        Assert.Contains("2 or 3 axes", Error(() => norm.call(torch.ones([2, 3, 1, 1]))));
        Assert.Contains("more than one place", Error(() => torch.nn.InstanceNorm1d(3).call(torch.ones(2, 3, 1))));
        Assert.Contains("divide", Error(() => torch.nn.GroupNorm(2, 5)));
        Assert.Contains("divide", Error(() => F.group_norm(torch.ones(2, 5), 2)));
        Assert.Null(torch.nn.BatchNorm1d(3, track_running_stats: false).running_mean);
        norm.to(float64);
        norm.call(Wave([4, 3], 0.1));
        Assert.Equal(ScalarType.Float64, norm.running_mean!.dtype);
    }

    [Fact]
    public void LayersRefuseWhatDoesNotFit()
    {
        Assert.Contains("even", Error(() => F.glu(torch.ones(3))));
        Assert.Contains(
            "[2] do not fit the 3 channels of [2, 3]", Error(() => F.prelu(torch.ones(2, 3), torch.ones(2))));
        Assert.Contains("(out, in1, in2)", Error(() => F.bilinear(torch.ones(2), torch.ones(3), torch.ones(1, 3, 2))));
        Assert.Contains("min_val", Error(() => F.hardtanh(torch.ones(2), 1, 1)));
        Assert.Contains("padding_idx", Error(() => torch.nn.Embedding(3, 2, padding_idx: 3)));
        Assert.Contains("(rows, size)", Error(() => torch.nn.Embedding_from_pretrained(torch.ones(3))));
        Assert.Contains("one shape", Error(() => F.kl_div(torch.ones(3), torch.ones(2))));
        Modules.Embedding frozen = torch.nn.Embedding_from_pretrained(Wave([3, 2], 0.1));
        Assert.False(frozen.weight.requires_grad);
        Modules.CrossEntropyLoss weighted = torch.nn.CrossEntropyLoss(torch.ones(3));
        Assert.Equal(["weight"], weighted.state_dict().Keys);
    }

    private static string Error(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;

    private sealed class Owner : torch.nn.Module
    {
        private readonly Modules.ParameterList list;
        private readonly Modules.ParameterDict dict;

        internal Owner(Modules.ParameterList list, Modules.ParameterDict dict)
            : base(nameof(Owner))
        {
            this.list = list;
            this.dict = dict;
            RegisterComponents();
        }

        internal int Count => list.Count + dict.Count;
    }
}
