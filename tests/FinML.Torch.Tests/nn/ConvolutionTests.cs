using System.Text.Json;
using static FinML.Torch.Tests.nn.NnGolden;
using F = FinML.Torch.torch.nn.functional;

namespace FinML.Torch.Tests.nn;

/// <summary>Convolutions and poolings against PyTorch (Golden/make_convolution_golden.py): outputs and gradients, and
/// their gradients against differences.</summary>
public sealed class ConvolutionTests
{
    private static readonly Lazy<JsonElement> Golden = new(() => Read("convolution.json"));

    private static readonly Dictionary<string, (Func<torch.nn.Module<Tensor, Tensor>> Make, Tensor X)> Modules = new()
    {
        ["conv1d same"] = (() => torch.nn.Conv1d(2, 3, 4, Padding.Same, dilation: 3), Wave([2, 2, 17], 0.1)),
        ["conv1d wide"] = (() => torch.nn.Conv1d(3, 5, 3, padding: 8, dilation: 8), Wave([3, 3, 40], 0.2)),
        ["conv1d strided groups"] = (
            () => torch.nn.Conv1d(4, 6, 3, stride: 3, padding: 2, groups: 2, bias: false), Wave([2, 4, 20], 0.3)),
        ["conv1d depthwise"] = (() => torch.nn.Conv1d(4, 4, 5, padding: 4, groups: 4), Wave([2, 4, 33], 0.3)),
        ["conv1d pointwise"] = (() => torch.nn.Conv1d(4, 3, 1), Wave([2, 4, 19], 0.4)),
        ["conv1d unbatched"] = (() => torch.nn.Conv1d(4, 3, 2), Wave([4, 9], 0.4)),
        ["conv1d long"] = (() => torch.nn.Conv1d(12, 4, 3, padding: 1), Wave([1, 12, 2500], 0.5)),
        ["conv1d reflect"] = (
            () => torch.nn.Conv1d(2, 3, 3, padding: 2, padding_mode: PaddingModes.Reflect), Wave([2, 2, 7], 0.1)),
        ["conv1d replicate"] = (
            () => torch.nn.Conv1d(2, 3, 3, padding: 2, padding_mode: PaddingModes.Replicate), Wave([2, 2, 7], 0.1)),
        ["conv1d circular"] = (
            () => torch.nn.Conv1d(2, 3, 3, padding: 2, padding_mode: PaddingModes.Circular), Wave([2, 2, 7], 0.1)),
        ["conv1d reflect same"] = (
            () => torch.nn.Conv1d(2, 3, 4, Padding.Same, padding_mode: PaddingModes.Reflect), Wave([2, 2, 7], 0.1)),
        ["conv2d"] = (() => torch.nn.Conv2d(2, 3, 3), Wave([2, 2, 6, 5], 0.1)),
        ["conv2d everything"] = (
            () => torch.nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 2), (1, 2), groups: 2), Wave([2, 4, 7, 8], 0.2)),
        ["conv2d same"] = (
            () => torch.nn.Conv2d(2, 3, (2, 3), Padding.Same, dilation: (2, 2)), Wave([2, 2, 6, 5], 0.1)),
        ["conv2d circular"] = (
            () => torch.nn.Conv2d(2, 2, (3, 3), padding: (1, 2), padding_mode: PaddingModes.Circular),
            Wave([1, 2, 4, 5], 0.1)),
        ["conv2d blocks"] = (() => torch.nn.Conv2d(16, 8, 3, padding: 1), Wave([2, 16, 30, 20], 0.1)),
        ["conv2d unbatched"] = (() => torch.nn.Conv2d(2, 2, (1, 2), (1, 2)), Wave([2, 3, 6], 0.1)),
        ["conv_transpose1d"] = (() => torch.nn.ConvTranspose1d(3, 4, 3), Wave([2, 3, 7], 0.1)),
        ["conv_transpose1d everything"] = (
            () => torch.nn.ConvTranspose1d(4, 6, 3, 3, 2, 1, 2, groups: 2), Wave([2, 4, 7], 0.2)),
        ["conv_transpose1d unbatched"] = (
            () => torch.nn.ConvTranspose1d(3, 2, 2, stride: 2, bias: false), Wave([3, 5], 0.1)),
        ["max_pool1d"] = (() => torch.nn.MaxPool1d(3), Wave([2, 3, 11], 0.1)),
        ["max_pool1d everything"] = (() => torch.nn.MaxPool1d(3, 2, 1, 2, true), Wave([2, 3, 11], 0.1)),
        ["avg_pool1d"] = (() => torch.nn.AvgPool1d(3), Wave([2, 3, 11], 0.1)),
        ["avg_pool1d everything"] = (() => torch.nn.AvgPool1d(4, 3, 2, true, false), Wave([2, 3, 11], 0.1)),
        ["avg_pool1d padding counts"] = (() => torch.nn.AvgPool1d(4, 3, 2, true), Wave([2, 3, 11], 0.1)),
        ["adaptive_avg_pool1d"] = (() => torch.nn.AdaptiveAvgPool1d(4), Wave([2, 3, 11], 0.1)),
        ["adaptive_max_pool1d"] = (() => torch.nn.AdaptiveMaxPool1d(4), Wave([2, 3, 11], 0.1)),
        ["max_pool2d"] = (() => torch.nn.MaxPool2d(2), Wave([2, 3, 9, 8], 0.1)),
        ["max_pool2d everything"] = (
            () => torch.nn.MaxPool2d((3, 2), (2, 3), (1, 1), (2, 1), true), Wave([2, 3, 9, 8], 0.1)),
        ["avg_pool2d"] = (() => torch.nn.AvgPool2d(2), Wave([2, 3, 9, 8], 0.1)),
        ["avg_pool2d everything"] = (
            () => torch.nn.AvgPool2d((3, 4), (2, 3), (1, 2), true, false), Wave([2, 3, 9, 8], 0.1)),
        ["avg_pool2d divisor"] = (() => torch.nn.AvgPool2d(3, 2, 1, true, true, 5), Wave([2, 3, 9, 8], 0.1)),
    };

    public static TheoryData<string> Names() => new(Modules.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualsPyTorch(string name)
    {
        Check(name, ScalarType.Float64, 1e-11);

        // float32: sums of up to 2500 terms of order one, 1e-3 for the weight's gradient over a long sequence.
        Check(name, ScalarType.Float32, name.EndsWith("long", StringComparison.Ordinal) ? 1e-2 : 5e-4);
    }

    [Theory]
    [InlineData("conv1d same", 5)]
    [InlineData("conv1d strided groups", 5)]
    [InlineData("conv1d circular", 4)]
    [InlineData("conv2d everything", 4)]
    [InlineData("conv_transpose1d everything", 3)]
    [InlineData("max_pool1d everything", 5)]
    [InlineData("max_pool2d everything", 4)]
    [InlineData("avg_pool1d everything", 5)]
    [InlineData("avg_pool2d everything", 4)]
    [InlineData("adaptive_avg_pool1d", 5)]
    [InlineData("adaptive_max_pool1d", 5)]
    public void GradientAndItsGradientAgreeWithDifferences(string name, long length)
    {
        (Func<torch.nn.Module<Tensor, Tensor>> make, Tensor x) = Modules[name];
        torch.nn.Module<Tensor, Tensor> module = Fill(make().to(float64));
        long[] shape = [.. x.shape.Select((n, i) => i == 0 && x.dim() > 2 ? 1 : n)];
        for (int axis = x.dim() > 3 ? 2 : shape.Length - 1; axis < shape.Length; axis++)
            shape[axis] = length;

        Tensor[] parameters = [.. module.parameters()];
        GradCheck.Check(all => module.call(all[0]).tanh(), [Wave(shape, 0.15)]);
        if (parameters.Length > 0)
            GradCheck.Check(_ => module.call(Wave(shape, 0.15)).tanh(), parameters);
    }

    [Fact]
    public void PositionsOfTheLargestEqualPyTorch()
    {
        Tensor x = Wave([2, 3, 11], 0.1), y = Wave([2, 3, 9, 8], 0.1);
        JsonElement golden = Golden.Value.GetProperty("indices");
        AssertEqual(golden.GetProperty("1d"), torch.nn.MaxPool1d(3, 2, 1, 2, true).forward_with_indices(x).Indices);
        AssertEqual(
            golden.GetProperty("2d"),
            torch.nn.MaxPool2d((3, 2), (2, 3), (1, 1), (2, 1), true).forward_with_indices(y).Indices);
        AssertEqual(
            golden.GetProperty("adaptive"), torch.nn.AdaptiveMaxPool1d(4).forward_with_indices(x).Indices);
    }

    [Fact]
    public void OfEqualsTheFirstIsLargestAndNaNWins()
    {
        Tensor x = tensor(new[] { 1.0, 2, 2, double.NaN, 0, -1, double.NegativeInfinity, double.NegativeInfinity })
            .reshape(1, 8);
        (Tensor y, Tensor indices) = F.max_pool1d_with_indices(x, 2);
        Assert.Equal([2.0, double.NaN, 0, double.NegativeInfinity], Values(y));
        Assert.Equal([1L, 3, 4, 6], indices.data<long>().ToArray());
        Tensor ties = ones([1, 4], float64).requires_grad_();
        F.max_pool1d(ties, 4).sum().backward();
        Assert.Equal([1.0, 0, 0, 0], Values(ties.grad!));
    }

    [Fact]
    public void TheTransposeIsTheConvolutionsGradient()
    {
        Tensor x = Wave([2, 3, 20], 0.1).requires_grad_(), w = Wave([4, 3, 3], 0.2);
        Tensor y = F.conv1d(x, w, stride: 2, padding: 1, dilation: 2);
        Tensor g = Wave(y.shape, 0.3);
        Tensor expected = autograd.grad([(y * g).sum()], [x])[0];
        Tensor actual = F.conv_transpose1d(g, w, stride: 2, padding: 1, output_padding: 1, dilation: 2);
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(Values(expected), Values(actual));
    }

    [Fact]
    public void AnOutputSizeChoosesAmongTheLengths()
    {
        var module = torch.nn.ConvTranspose1d(3, 2, 3, stride: 3);
        Tensor x = Wave([2, 3, 4], 0.1).to(float32);
        Assert.Equal([2L, 2, 14], module.forward(x, [14]).shape);
        Assert.Equal([2L, 2, 12], module.forward(x, [2, 2, 12]).shape);
        Assert.Contains("12 to 14", Error(() => module.forward(x, [15])));
    }

    [Fact]
    public void NoImagesGiveNoOutputAndNoGradient()
    {
        Tensor w = Wave([4, 3, 3], 0.2).requires_grad_();
        Tensor y = F.conv1d(zeros([0, 3, 20], float64), w);
        Assert.Equal([0L, 4, 18], y.shape);
        y.sum().backward();
        Assert.All(Values(w.grad!), value => Assert.Equal(0, value));
    }

    [Fact]
    public void WrongOptionsAndShapesAreRefusedWithWhatWasExpected()
    {
        Tensor x = ones([2, 3, 8]), image = ones([2, 3, 8, 8]);
        Assert.Contains("[2, 3, 8]", Error(() => F.conv1d(x, ones([4, 2, 3]))));
        Assert.Contains("need 9 steps", Error(() => F.conv1d(x, ones([4, 3, 3]), dilation: 4)));
        Assert.Contains("stride 1", Error(() =>
            F.conv1d_padding(x, ones([4, 3, 3]), stride: 2, padding: Padding.Same)));
        Assert.Contains("[4]", Error(() => F.conv2d(image, ones([4, 3, 3, 3]), ones([3]))));
        Assert.Contains("1 or 2", Error(() => F.conv2d(image, ones([4, 3, 3, 3]), strides: [1, 1, 1])));
        Assert.Contains("at least 1", Error(() => torch.nn.Conv2d(3, 4, 3, stride: 0)));
        Assert.Contains("divide", Error(() => torch.nn.Conv1d(3, 4, 3, groups: 2)));
        Assert.Contains("3 channels", Error(() => torch.nn.Conv2d(3, 4, 3).call(x.unsqueeze(0).transpose(1, 3))));
        Assert.Contains("Zeros", Error(() => torch.nn.ConvTranspose1d(3, 4, 3, padding_mode: PaddingModes.Reflect)));
        Assert.Contains("Reflect padding of 8", Error(() =>
            torch.nn.Conv1d(3, 4, 3, padding: 8, padding_mode: PaddingModes.Reflect).call(x)));
        Assert.Contains("output_padding", Error(() => F.conv_transpose1d(x, ones([3, 4, 3]), output_padding: 1)));
        Assert.Contains("half the kernel", Error(() => F.max_pool1d(x, 3, padding: 2)));
        Assert.Contains("do not fit", Error(() => F.avg_pool2d(image, 9)));
        Assert.Contains("divisor", Error(() => F.avg_pool2d(image, [2], divisor_override: 0)));
        Assert.Contains("at least 1", Error(() => F.adaptive_avg_pool1d(x, 0)));
    }

    private static string Error(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private static void Check(string name, ScalarType type, double tolerance)
    {
        (Func<torch.nn.Module<Tensor, Tensor>> make, Tensor x) = Modules[name];
        torch.nn.Module<Tensor, Tensor> module = Fill(make().to(type));
        Tensor leaf = x.to(type).detach().requires_grad_();
        Tensor y = module.call(leaf);
        JsonElement golden = Golden.Value.GetProperty(name);
        Assert.Equal(golden.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()), y.shape);
        AssertSample(golden.GetProperty("output"), y, tolerance, $"{name} output");
        (y * Wave(y.shape, 0.9).to(type)).sum().backward();
        AssertSample(golden.GetProperty("dx"), leaf.grad!, tolerance, $"{name} dx");
        foreach ((string key, var parameter) in module.named_parameters())
            AssertSample(golden.GetProperty("grads").GetProperty(key), parameter.grad!, tolerance, $"{name} {key}");
    }

    // The sum of all elements, then every k-th.
    private static void AssertSample(JsonElement expected, Tensor actual, double tolerance, string what)
    {
        double[] all = Values(actual);
        int step = (all.Length + 59) / 60;
        double[] sample = [all.Sum(), .. all.Where((_, i) => i % step == 0)];
        AssertEqual(expected, tensor(sample), tolerance, what);
    }
}
