using System.Text.Json;
using static FinML.Torch.Tests.nn.NnGolden;
using F = FinML.Torch.torch.nn.functional;

namespace FinML.Torch.Tests.nn;

/// <summary>Activations, losses, normalisations and lookups beside PyTorch's.</summary>
public sealed class LayersGoldenTests
{
    private static readonly GoldenFile Golden = new("layers.json");

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Activations = new()
    {
        ["celu"] = x => torch.nn.CELU(0.7).call(x),
        ["selu"] = x => torch.nn.SELU().call(x),
        ["glu"] = x => torch.nn.GLU().call(x),
        ["hardshrink"] = x => torch.nn.Hardshrink(0.4).call(x),
        ["softshrink"] = x => torch.nn.Softshrink(0.4).call(x),
        ["hardsigmoid"] = x => torch.nn.Hardsigmoid().call(x),
        ["hardswish"] = x => torch.nn.Hardswish().call(x),
        ["hardtanh"] = x => torch.nn.Hardtanh(-0.8, 1.3).call(x),
        ["relu6"] = x => torch.nn.ReLU6().call(x),
        ["logsigmoid"] = x => torch.nn.LogSigmoid().call(x),
        ["mish"] = x => torch.nn.Mish().call(x),
        ["softmin"] = x => torch.nn.Softmin(1).call(x),
        ["softsign"] = x => torch.nn.Softsign().call(x),
        ["tanhshrink"] = x => torch.nn.Tanhshrink().call(x),
        ["threshold"] = x => torch.nn.Threshold(0.1, 20).call(x),
        ["gelu_tanh"] = x => torch.nn.GELU(Modules.GELU.Approximate.tanh).call(x),
        ["rrelu"] = x =>
        {
            Modules.RReLU layer = torch.nn.RReLU();
            layer.eval();
            return layer.call(x);
        },
        ["prelu"] = x => torch.nn.PReLU(1, dtype: float64).call(x),
        ["prelu_channels"] = x => F.prelu(x, Wave([6], 0.4)),
        ["normalize"] = x => F.normalize(x),
        ["normalize1"] = x => F.normalize(x, p: 1, dim: 0),
    };

    private static readonly Tensor A = Wave([3, 4], 0.1, 2), B = Wave([3, 4], 1.1, 2), C = Wave([3, 4], 2.3, 2);

    private static readonly Tensor Counts = tensor(
        new double[,] { { 0, 1, 2, 5 }, { 3, 0, 1, 7 }, { 2, 2, 0, 1 } });

    private static readonly Dictionary<string, (Func<Tensor[], torch.nn.Reduction, Tensor> Loss, Tensor[] Inputs)>
        Losses = new()
        {
            ["kl_div"] = ((x, r) => torch.nn.KLDivLoss(false, r).call(x[0].log_softmax(1), B.softmax(1)), [A]),
            ["kl_div_zero"] = ((x, r) => F.kl_div(x[0].log_softmax(1), Zeroed(), false, r), [A]),
            ["kl_div_log"] = (
                (x, r) => F.kl_div(x[0].log_softmax(1), x[1].log_softmax(1), log_target: true, r), [A, B]),
            ["poisson"] = ((x, r) => torch.nn.PoissonNLLLoss(reduction: r).call(x[0], Counts), [A]),
            ["poisson_full"] = (
                (x, r) => F.poisson_nll_loss(x[0].exp(), Counts, log_input: false, full: true, reduction: r), [A]),
            ["cosine_embedding"] = (
                (x, r) => torch.nn.CosineEmbeddingLoss(0.2, r).call(x[0], x[1], tensor(new[] { 1.0, -1.0, 1.0 })),
                [A, B]),
            ["hinge_embedding"] = ((x, r) => torch.nn.HingeEmbeddingLoss(0.7, r).call(x[0], Signs()), [A]),
            ["margin_ranking"] = (
                (x, r) => torch.nn.MarginRankingLoss(0.3, r).call(x[0], x[1], Signs()), [A, B]),
            ["multi_margin"] = (
                (x, r) => torch.nn.MultiMarginLoss(margin: 0.6, reduction: r).call(x[0], Classes()), [A]),
            ["multi_margin_squares"] = (
                (x, r) => torch.nn.MultiMarginLoss(2, weight: tensor(new[] { 0.5, 2, 1, 1.5 }), reduction: r)
                    .call(x[0], Classes()),
                [A]),
            ["soft_margin"] = ((x, r) => torch.nn.SoftMarginLoss(r).call(x[0], Signs()), [A]),
            ["triplet"] = (
                (x, r) => torch.nn.TripletMarginLoss(1.5, reduction: r).call(x[0], x[1], x[2]), [A, B, C]),
            ["triplet_swap"] = (
                (x, r) => F.triplet_margin_loss(x[0], x[1], x[2], p: 1, swap: true, reduction: r), [A, B, C]),
            ["cosine_similarity"] = ((x, _) => torch.nn.CosineSimilarity().call(x[0], x[1]), [A, B]),
            ["pairwise_distance"] = (
                (x, _) => torch.nn.PairwiseDistance(3, keepdim: true).call(x[0], x[1]), [A, B]),
            ["bilinear"] = (
                (x, _) => F.bilinear(x[0], x[1], x[2], x[3]), [A, C, Wave([2, 4, 4], 0.3), Wave([2], 0.5)]),
        };

    private static readonly Dictionary<string, (Func<torch.nn.Module<Tensor, Tensor>> Make, long[] Shape)> Norms = new()
    {
        ["batch_norm1d"] = (() => torch.nn.BatchNorm1d(3, dtype: float64), [4, 3]),
        ["batch_norm1d_places"] = (() => torch.nn.BatchNorm1d(3, 1e-3, 0.3, dtype: float64), [2, 3, 5]),
        ["batch_norm2d"] = (() => torch.nn.BatchNorm2d(2, affine: false, dtype: float64), [2, 2, 3, 2]),
        ["batch_norm_untracked"] = (
            () => torch.nn.BatchNorm1d(3, track_running_stats: false, dtype: float64), [4, 3]),
        ["group_norm"] = (() => torch.nn.GroupNorm(2, 4, dtype: float64), [2, 4, 3]),
        ["instance_norm1d"] = (() => torch.nn.InstanceNorm1d(3, dtype: float64), [2, 3, 5]),
        ["instance_norm2d"] = (
            () => torch.nn.InstanceNorm2d(2, affine: true, track_running_stats: true, dtype: float64), [2, 2, 3, 2]),
    };

    public static TheoryData<string> ActivationNames() => new(Activations.Keys);

    public static TheoryData<string> LossNames() => new(Losses.Keys);

    public static TheoryData<string> NormNames() => new(Norms.Keys);

    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void ActivationsEqualPyTorch(string name)
    {
        Tensor x = Wave([4, 6], 0.1, 4).requires_grad_();
        Tensor y = Activations[name](x);
        (y * Wave(y.shape, 0.9)).sum().backward();
        GoldenFile.AssertClose(Golden.Numbers("activations", name, "y"), y, 1e-13, name);

        // PyTorch's backward passes hold 1 / alpha and 1 / 6 in float32.
        double exact = name is "celu" or "hardsigmoid" ? 1e-7 : 1e-12;
        GoldenFile.AssertClose(Golden.Numbers("activations", name, "dx"), x.grad!, exact, name + " gradient");
        GradCheck.Check(v => Activations[name](v[0]), [Wave([4, 6], 0.1, 4)]);
        if (!Golden.At("activations", name).TryGetProperty("corner", out JsonElement corner))
            return;
        double[] points =
        [
            0.0, -0.0, 3, -3, 1, -1, 0.5, -0.5, 6, 50, -50, double.PositiveInfinity, double.NegativeInfinity,
            double.NaN,
        ];
        Tensor c = tensor(points).requires_grad_();
        y = Activations[name](c);
        y.sum().backward();
        double[] expected = GoldenFile.Numbers(corner);
        if (name == "softshrink")
            expected[13] = double.NaN; // 1.13 gives 0 there, PyTorch 2 keeps NaN
        GoldenFile.AssertClose(expected, y, 1e-13, name + " at corners");
        GoldenFile.AssertClose(
            Golden.Numbers("activations", name, "slope"), c.grad![..11], exact, name + " slope at corners");
    }

    [Theory]
    [MemberData(nameof(LossNames))]
    public void LossesEqualPyTorch(string name)
    {
        (Func<Tensor[], torch.nn.Reduction, Tensor> loss, Tensor[] inputs) = Losses[name];
        foreach (torch.nn.Reduction reduction in Enum.GetValues<torch.nn.Reduction>())
        {
            string key = $"{name}_{reduction.ToString().ToLowerInvariant()}";
            Tensor[] x = [.. inputs.Select(t => t.detach().clone().requires_grad_())];
            Tensor y = loss(x, reduction);
            (y * Wave(y.shape, 0.9)).sum().backward();
            GoldenFile.AssertClose(Golden.Numbers("losses", key, "y"), y, 1e-12, key);
            for (int i = 0; i < x.Length; i++)
            {
                double[] expected = GoldenFile.Numbers(Golden.At("losses", key, "grads")[i]);
                GoldenFile.AssertClose(expected, x[i].grad!, 1e-12, $"{key} gradient {i}");
            }
        }

        GradCheck.Check(v => loss(v, torch.nn.Reduction.None), [.. inputs.Select(t => t.clone())]);
    }

    [Theory]
    [MemberData(nameof(NormNames))]
    public void NormalisationsEqualPyTorchWhileTrainingAndAfter(string name)
    {
        (Func<torch.nn.Module<Tensor, Tensor>> make, long[] shape) = Norms[name];
        torch.nn.Module<Tensor, Tensor> module = Fill(make());
        int i = 0;
        foreach (JsonElement pass in Golden.At("norms", name).EnumerateArray())
        {
            if (i == 2)
                module.eval();
            module.zero_grad();
            Tensor x = Wave(shape, 0.2 + i, 1.5).requires_grad_();
            Tensor y = module.call(x);
            (y * Wave(y.shape, 0.9)).sum().backward();
            AssertEqual(pass.GetProperty("y"), y, 1e-11, $"{name} pass {i}");
            AssertEqual(pass.GetProperty("dx"), x.grad!, 1e-10, $"{name} pass {i} dx");
            foreach ((JsonElement expected, Modules.Parameter p) in pass.GetProperty("grads").EnumerateArray()
                .Zip(module.parameters()))
            {
                AssertEqual(expected, p.grad!, 1e-10, $"{name} pass {i} parameter");
            }

            Assert.Equal(pass.GetProperty("buffers").GetArrayLength(), module.buffers().Count());
            foreach ((JsonElement expected, Tensor buffer) in pass.GetProperty("buffers").EnumerateArray()
                .Zip(module.buffers()))
            {
                AssertEqual(expected, buffer, 1e-12, $"{name} pass {i} buffer");
            }

            i++;
        }

        torch.nn.Module<Tensor, Tensor> fresh = Fill(make());
        GradCheck.Check(v => fresh.call(v[0]), [Wave(shape, 0.2, 1.5)]);
    }

    [Theory]
    [InlineData("plain", null, null, 2.0, false)]
    [InlineData("padding", 1L, null, 2.0, false)]
    [InlineData("padding", -4L, null, 2.0, false)]
    [InlineData("max_norm", null, 1.5, 2.0, false)]
    [InlineData("max_norm1", null, 2.0, 1.0, false)]
    [InlineData("frequency", null, null, 2.0, true)]
    public void LookupsEqualPyTorch(string name, long? padding, double? maxNorm, double norm, bool frequency)
    {
        Modules.Embedding layer = torch.nn.Embedding(
            5, 3, padding, maxNorm, norm, scale_grad_by_freq: frequency, dtype: float64);
        if (padding is not null)
            Assert.Equal(0, layer.weight[1].abs().sum().ToDouble());
        using (no_grad())
            layer.weight.copy_(Wave([5, 3], 0.4, 2));
        Tensor y = layer.call(tensor(new long[,] { { 4, 1, 1 }, { 0, 2, 1 } }));
        (y * Wave(y.shape, 0.9)).sum().backward();
        GoldenFile.AssertClose(Golden.Numbers("embedding", name, "y"), y, 1e-12, name);
        GoldenFile.AssertClose(Golden.Numbers("embedding", name, "grad"), layer.weight.grad!, 1e-12, name);
        GoldenFile.AssertClose(Golden.Numbers("embedding", name, "weight"), layer.weight, 1e-12, name);
    }

    [Fact]
    public void WeightNormEqualsPyTorchAndSpectralNormDividesByTheLargestSingularValue()
    {
        Modules.Linear linear = torch.nn.Linear(4, 3, dtype: float64);
        var normed = new WeightNorm(linear);
        using (no_grad())
        {
            normed.weight_v.copy_(Wave([3, 4], 0.2));
            normed.weight_g.copy_(Wave([3, 1], 0.7, 2));
            linear.bias!.copy_(Wave([3], 0.1));
        }

        Tensor x = Wave([2, 4], 0.5).requires_grad_();
        Tensor y = normed.call(x);
        (y * Wave([2, 3], 0.9)).sum().backward();
        GoldenFile.AssertClose(Golden.Numbers("weight_norm", "y"), y, 1e-12);
        GoldenFile.AssertClose(Golden.Numbers("weight_norm", "dx"), x.grad!, 1e-12);
        GoldenFile.AssertClose(Golden.Numbers("weight_norm", "dg"), normed.weight_g.grad!, 1e-12);
        GoldenFile.AssertClose(Golden.Numbers("weight_norm", "dv"), normed.weight_v.grad!, 1e-12);
        Assert.Equal(["weight_g", "weight_v", "bias"], normed.named_parameters().Select(p => p.name));

        var spectral = new SpectralNorm(
            Wave([3, 4], 0.2), (input, weight) => F.linear(input, weight), 5, generator: new Generator(1));
        for (int i = 0; i < 20; i++)
            spectral.call(x.detach());
        double sigma = Golden.At("largest_singular_value").GetDouble();
        GoldenFile.AssertClose(Values(Wave([3, 4], 0.2) / sigma), spectral.weight, 1e-9);
        Dictionary<string, Tensor> state = spectral.state_dict();
        Assert.Equal(["weight_orig", "weight_u", "weight_v"], state.Keys.Order());
        spectral.eval();
        double[] before = Values(spectral.weight);
        spectral.call(x.detach()).sum().backward();
        Assert.Equal(before, Values(spectral.weight));
        Assert.True(spectral.weight_orig.grad!.isfinite().all().ToBoolean());
    }

    private static Tensor Classes() => tensor(new long[] { 1, 0, 3 });

    private static Tensor Signs() => Wave([3, 4], 0.4).sign();

    private static Tensor Zeroed()
    {
        Tensor p = B.softmax(1).clone();
        p[0, 1] = tensor(0.0);
        return p;
    }
}
