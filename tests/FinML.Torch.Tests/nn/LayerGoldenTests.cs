using System.Text.Json;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.nn;

/// <summary>Outputs and gradients of the layers against PyTorch 1.13 in float64, and in float32.</summary>
public sealed class LayerGoldenTests
{
    public static TheoryData<string, ScalarType> Layers()
    {
        var data = new TheoryData<string, ScalarType>();
        foreach (string name in new[] { "linear", "layer_norm", "conv1d", "conv1d_plain", "mlp" })
        {
            data.Add(name, ScalarType.Float64);
            data.Add(name, ScalarType.Float32);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void EqualsPyTorch(string name, ScalarType type)
    {
        (torch.nn.Module<Tensor, Tensor> module, Tensor x) = name switch
        {
            "linear" => ((torch.nn.Module<Tensor, Tensor>)torch.nn.Linear(4, 3), Wave([2, 5, 4], 0.1)),
            "layer_norm" => (torch.nn.LayerNorm([3, 5]), Wave([2, 3, 5], 0.2)),
            "conv1d" => (
                torch.nn.Conv1d(4, 6, 3, stride: 2, padding: 2, dilation: 2, groups: 2), Wave([2, 4, 11], 0.4)),
            "conv1d_plain" => (torch.nn.Conv1d(3, 2, 4), Wave([2, 3, 9], 0.5)),
            _ => (
                torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.GELU(), torch.nn.Linear(4, 2)), Wave([5, 3], 0.6)),
        };

        // float32: a dozen operations of order one, 1e-5 leaves room for their rounding.
        double tolerance = type == ScalarType.Float64 ? 1e-12 : 1e-5;
        Fill(module.to(type));
        x = x.to(type).requires_grad_();
        Tensor y = module.call(x);
        JsonElement golden = At(name);
        Assert.Equal(golden.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()), y.shape);
        AssertEqual(golden.GetProperty("output"), y, tolerance, "output");
        (y * Wave(y.shape, 0.9).to(type)).sum().backward();
        AssertEqual(golden.GetProperty("dx"), x.grad!, tolerance, "dx");
        foreach ((string key, Modules.Parameter parameter) in module.named_parameters())
            AssertEqual(golden.GetProperty("grads").GetProperty(key), parameter.grad!, tolerance, key);
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void TwoLayersOfBidirectionalLstmEqualPyTorch(ScalarType type, double tolerance)
    {
        Modules.LSTM lstm = Fill(
            torch.nn.LSTM(3, 4, numLayers: 2, batchFirst: true, bidirectional: true).to(type));
        Tensor x = Wave([2, 5, 3], 0.1).to(type).requires_grad_();
        Tensor h0 = Wave([4, 2, 4], 0.2).to(type).requires_grad_();
        Tensor c0 = Wave([4, 2, 4], 0.3).to(type).requires_grad_();
        (Tensor y, Tensor h, Tensor c) = lstm.call(x, (h0, c0));
        JsonElement golden = At("lstm");
        AssertEqual(golden.GetProperty("output"), y, tolerance, "output");
        AssertEqual(golden.GetProperty("h"), h, tolerance, "h");
        AssertEqual(golden.GetProperty("c"), c, tolerance, "c");
        Tensor loss = (y * Wave(y.shape, 0.9).to(type)).sum() + (h * Wave(h.shape, 0.8).to(type)).sum()
            + (c * Wave(c.shape, 0.7).to(type)).sum();
        loss.backward();
        AssertEqual(golden.GetProperty("dx"), x.grad!, tolerance, "dx");
        AssertEqual(golden.GetProperty("dh0"), h0.grad!, tolerance, "dh0");
        AssertEqual(golden.GetProperty("dc0"), c0.grad!, tolerance, "dc0");
        foreach ((string key, Modules.Parameter parameter) in lstm.named_parameters())
            AssertEqual(golden.GetProperty("grads").GetProperty(key), parameter.grad!, tolerance, key);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("sum")]
    [InlineData("none")]
    public void LossesEqualPyTorch(string reduction)
    {
        torch.nn.Reduction r = Enum.Parse<torch.nn.Reduction>(reduction, ignoreCase: true);
        Tensor a = Wave([3, 4], 0.1, 2), b = Wave([3, 4], 1.1, 2), p = a.sigmoid(), t = b.sigmoid();
        Tensor labels = tensor(new long[] { 2, 0, 3 }), weight = tensor(new[] { 0.5, 1.0, 2.0, 1.5 });
        Check("mse", a, x => torch.nn.functional.mse_loss(x, b, r));
        Check("l1", a, x => torch.nn.functional.l1_loss(x, b, r));
        Check("huber", a, x => torch.nn.functional.huber_loss(x, b, 0.7, r));
        Check("smooth_l1", a, x => torch.nn.functional.smooth_l1_loss(x, b, r, 0.7));
        Check("cross_entropy", a, x => torch.nn.functional.cross_entropy(x, labels, reduction: r));
        Check("cross_entropy_weighted", a, x => torch.nn.functional.cross_entropy(x, labels, weight, reduction: r));
        Check("cross_entropy_ignored", a, x => torch.nn.functional.cross_entropy(
            x, labels, ignore_index: 0, reduction: r));
        Check("cross_entropy_smoothed", a, x => torch.nn.functional.cross_entropy(x, labels, weight, 0, r, 0.1));
        Check("cross_entropy_soft", a, x => torch.nn.functional.cross_entropy(
            x, t, weight, reduction: r, label_smoothing: 0.2));
        Check("bce", p, x => torch.nn.functional.binary_cross_entropy(x, t, reduction: r));
        Check("bce_logits", a, x => torch.nn.functional.binary_cross_entropy_with_logits(x, t, p, r, weight));
        Check("gaussian_nll", a, x => torch.nn.functional.gaussian_nll_loss(x, b, p, full: true, reduction: r));
        void Check(string name, Tensor at, Func<Tensor, Tensor> f) => CheckLoss($"{name}_{reduction}", at, f);
    }

    [Fact]
    public void TheVariancesGradientIsPyTorchsAlsoBelowEps()
    {
        Tensor a = Wave([3, 4], 0.1, 2), b = Wave([3, 4], 1.1, 2);
        CheckLoss("gaussian_nll_variance", a.sigmoid(), x => torch.nn.functional.gaussian_nll_loss(a, b, x, eps: 0.5f));
    }

    [Fact]
    public void ModulesOfLossesAreTheFunctions()
    {
        Tensor a = Wave([3, 4], 0.1), b = Wave([3, 4], 1.1).sigmoid(), labels = tensor(new long[] { 2, 0, 3 });
        Same(torch.nn.MSELoss().call(a, b), torch.nn.functional.mse_loss(a, b));
        Same(torch.nn.L1Loss().call(a, b), torch.nn.functional.l1_loss(a, b));
        Same(torch.nn.HuberLoss(0.3).call(a, b), torch.nn.functional.huber_loss(a, b, 0.3));
        Same(torch.nn.SmoothL1Loss(beta: 0.3).call(a, b), torch.nn.functional.smooth_l1_loss(a, b, beta: 0.3));
        Same(torch.nn.CrossEntropyLoss().call(a, labels), torch.nn.functional.cross_entropy(a, labels));
        Same(torch.nn.NLLLoss().call(a, labels), torch.nn.functional.nll_loss(a, labels));
        Same(torch.nn.BCELoss().call(b, b), torch.nn.functional.binary_cross_entropy(b, b));
        Same(torch.nn.BCEWithLogitsLoss().call(a, b), torch.nn.functional.binary_cross_entropy_with_logits(a, b));
        Same(torch.nn.GaussianNLLLoss().call(a, b, b), torch.nn.functional.gaussian_nll_loss(a, b, b));
    }

    private static void Same(Tensor a, Tensor b) => Assert.Equal(Values(b), Values(a));

    private static void CheckLoss(string name, Tensor at, Func<Tensor, Tensor> f)
    {
        Tensor x = at.detach().clone().requires_grad_();
        Tensor value = f(x);
        value.sum().backward();
        AssertEqual(At("losses", name, "value"), value, 1e-12, name);
        AssertEqual(At("losses", name, "dx"), x.grad!, 1e-12, $"{name} dx");
    }
}
