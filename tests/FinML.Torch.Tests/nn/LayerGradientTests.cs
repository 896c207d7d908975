using FinML.Torch.Kernels;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.nn;

/// <summary>Each layer with a kernel of its own: gradients and their gradients against differences, in float64, in
/// every option; and the fused backward pass against the one made of ops.</summary>
public sealed class LayerGradientTests
{
    // Length 7 with zeros around, two groups, every second step, taps two apart: five steps out.
    private static readonly ConvolutionShape StridedShape = new("conv1d", [2], [3], [3], [2], 2);

    private static readonly ConvolutionKernel Strided = StridedShape.Kernel([2, 4, 7], torch.zeros([4, 2, 3]));

    private static readonly Dictionary<string, (Func<Tensor[], Tensor> Function, Func<Tensor[]> Inputs)> Cases = new()
    {
        ["linear"] = (
            x => torch.nn.functional.linear(x[0], x[1], x[2]),
            () => [Wave([2, 3, 4], 0.1), Wave([2, 4], 0.2), Wave([2], 0.3)]),
        ["linear without bias"] = (
            x => torch.nn.functional.linear(x[0], x[1]), () => [Wave([3, 4], 0.1), Wave([2, 4], 0.2)]),
        ["linear of a vector"] = (
            x => torch.nn.functional.linear(x[0], x[1]), () => [Wave([4], 0.1), Wave([2, 4], 0.2)]),
        ["linear strided"] = (
            x => torch.nn.functional.linear(x[0].t(), x[1].t()), () => [Wave([4, 3], 0.1), Wave([4, 2], 0.2)]),
        ["linear of itself"] = (
            x => torch.nn.functional.linear(x[0].tanh(), x[0].exp()), () => [Wave([3, 3], 0.1)]),
        ["layer_norm"] = (
            x => torch.nn.functional.layer_norm(x[0], [5], x[1], x[2]),
            () => [Wave([3, 5], 0.1), Wave([5], 0.2), Wave([5], 0.3)]),
        ["layer_norm plain"] = (x => torch.nn.functional.layer_norm(x[0], [2, 5]), () => [Wave([2, 2, 5], 0.1)]),
        ["layer_norm wider than two registers"] = (
            x => torch.nn.functional.layer_norm(x[0], [19], x[1], x[2]),
            () => [Wave([3, 19], 0.1), Wave([19], 0.2), Wave([19], 0.3)]),
        ["layer_norm of a sum"] = (
            x => LayerNormOperation.Apply(x[0], [19], x[1], x[2], 1e-5, x[3]),
            () => [Wave([3, 19], 0.1), Wave([19], 0.2), Wave([19], 0.3), Wave([3, 19], 0.4)]),
        ["layer_norm of a sum with itself"] = (
            x => LayerNormOperation.Apply(x[0], [5], null, null, 1e-5, x[0].tanh()), () => [Wave([9, 5], 0.1)]),
        ["conv1d"] = (
            x => torch.nn.functional.conv1d(x[0], x[1], x[2]),
            () => [Wave([2, 2, 6], 0.1), Wave([3, 2, 3], 0.2), Wave([3], 0.3)]),
        ["conv1d with everything"] = (
            x => torch.nn.functional.conv1d(x[0], x[1], x[2], stride: 2, padding: 3, dilation: 2, groups: 2),
            () => [Wave([2, 4, 7], 0.1), Wave([4, 2, 3], 0.2), Wave([4], 0.3)]),
        ["gradient of conv1d's weight"] = (
            x => ConvolutionWeightOperation.Apply(Strided, x[0], x[1], [4, 2, 3]),
            () => [Wave([2, 4, 7], 0.1), Wave([2, 4, 5], 0.2)]),
        ["gradient of conv1d's input"] = (
            x => ConvolutionTransposeOperation.OfOutput(StridedShape, Strided, x[0], x[1]),
            () => [Wave([2, 4, 5], 0.1), Wave([4, 2, 3], 0.2)]),
        ["lstm"] = (
            x =>
            {
                (Tensor y, Tensor h, Tensor c) = LstmOperation.Apply(
                    Even(3, 2), false, x[0], x[1], x[2], x[3], x[4], x[5], x[6]);
                return torch.cat([y.flatten(), h.flatten(), c.flatten()]);
            },
            () =>
            [
                Wave([6, 2], 0.1), Wave([2, 3], 0.2), Wave([2, 3], 0.3), Wave([12, 2], 0.4), Wave([12, 3], 0.5),
                Wave([12], 0.6), Wave([12], 0.7),
            ]),
        ["lstm without bias, last h only"] = (
            x => LstmOperation.Apply(Even(2, 2), false, x[0], x[1], x[2], x[3], x[4], null, null).H,
            () =>
            [
                Wave([4, 2], 0.1), Wave([2, 2], 0.2), Wave([2, 2], 0.3), Wave([8, 2], 0.4), Wave([8, 2], 0.5),
            ]),
        ["lstm backwards over uneven lengths"] = (
            x =>
            {
                (Tensor y, Tensor h, Tensor c) = LstmOperation.Apply(
                    Uneven, true, x[0], x[1], x[2], x[3], x[4], x[5], x[6]);
                return torch.cat([y.flatten(), h.flatten(), c.flatten()]);
            },
            () =>
            [
                Wave([6, 2], 0.1), Wave([3, 2], 0.2), Wave([3, 2], 0.3), Wave([8, 2], 0.4), Wave([8, 2], 0.5),
                Wave([8], 0.6), Wave([8], 0.7),
            ]),
        ["gru"] = (
            x => Joined(GruOperation.Apply(Even(3, 2), false, x[0], x[1], x[2], x[3], x[4], x[5])),
            () => Recurrent(3, 2, 6)),
        ["gru over uneven lengths"] = (
            x => Joined(GruOperation.Apply(Uneven, false, x[0], x[1], x[2], x[3], x[4], x[5])),
            () => Recurrent(3, 3, 6)),
        ["gru backwards without bias, last h only"] = (
            x => GruOperation.Apply(Even(2, 2), true, x[0], x[1], x[2], x[3], null, null).H,
            () => Recurrent(3, 2, 4)[..4]),
        ["rnn tanh"] = (
            x => Joined(RnnOperation.Apply(
                torch.nn.NonLinearities.Tanh, Even(3, 2), true, x[0], x[1], x[2], x[3], x[4], x[5])),
            () => Recurrent(1, 2, 6)),
        ["rnn relu over uneven lengths"] = (
            x => Joined(RnnOperation.Apply(
                torch.nn.NonLinearities.ReLU, Uneven, false, x[0], x[1], x[2], x[3], x[4], x[5])),
            () => Recurrent(1, 3, 6)),
        ["feed_forward"] = (
            x => FeedForwardOperation.Apply(x[0], x[1], x[2], x[3], x[4], 0, null),
            () => [Wave([3, 2], 0.1), Wave([4, 2], 0.2), Wave([4], 0.3), Wave([2, 4], 0.4), Wave([2], 0.5)]),
        ["feed_forward without bias, with dropout"] = (
            x => FeedForwardOperation.Apply(x[0], x[1], null, x[2], null, 0.4, new Generator(2)),
            () => [Wave([2, 3, 2], 0.1), Wave([4, 2], 0.2), Wave([2, 4], 0.4)]),
        ["attention of heads side by side"] = (
            x => AttentionOperation.Heads(
                [x[0]], [new(0, 0), new(0, 4), new(0, 8)], 2, 2, null, null, false).Output,
            () => [Wave([3, 2, 12], 0.1)]),
        ["mse"] = (
            x => torch.nn.functional.mse_loss(x[0], x[1]), () => [Wave([3, 4], 0.1), Wave([3, 4], 0.8)]),
        ["mse sum"] = (
            x => torch.nn.functional.mse_loss(x[0], x[1], torch.nn.Reduction.Sum),
            () => [Wave([3, 4], 0.1), Wave([3, 4], 0.8)]),
        ["huber"] = (
            x => torch.nn.functional.huber_loss(x[0], x[1], 0.5), () => [Wave([3, 4], 0.1), Wave([3, 4], 0.8)]),
        ["bce logits"] = (
            x => torch.nn.functional.binary_cross_entropy_with_logits(x[0], x[1]),
            () => [Wave([3, 4], 0.1), Wave([3, 4], 0.8).sigmoid()]),
        ["embedding"] = (
            x => torch.nn.functional.embedding(tensor(new long[] { 2, 0, 2 }), x[0]), () => [Wave([3, 2], 0.1)]),
    };

    private static SequenceLayout Uneven => SequenceLayout.Packed([3, 2, 1], 1);

    public static TheoryData<string> Names() => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientAndItsGradientAgreeWithDifferences(string name)
    {
        (Func<Tensor[], Tensor> function, Func<Tensor[]> inputs) = Cases[name];
        GradCheck.Check(function, inputs());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheKernelsBackwardIsTheOneMadeOfOps(string name)
    {
        (Func<Tensor[], Tensor> function, Func<Tensor[]> inputs) = Cases[name];
        Tensor[] x = inputs().Select(t => t.detach().requires_grad_()).ToArray();
        Tensor y = function(x);
        Tensor weights = Wave(y.shape, 0.4);
        IList<Tensor> fused = autograd.grad([(y * weights).sum()], x, retain_graph: true);
        IList<Tensor> composed = autograd.grad([(y * weights).sum()], x, retain_graph: true, create_graph: true);
        for (int i = 0; i < x.Length; i++)
        {
            double[] a = Values(fused[i]), b = Values(composed[i]);
            Assert.Equal(b.Length, a.Length);
            for (int j = 0; j < a.Length; j++)
                Assert.Equal(b[j], a[j], 1e-12);
        }
    }

    [Fact]
    public void TheFusedFormsSkipGradientsThatNobodyWants()
    {
        Tensor x = Wave([2, 3], 0.1), w = Wave([4, 3], 0.2).requires_grad_();
        torch.nn.functional.linear(x, w).sum().backward();
        Assert.Null(x.grad);
        Assert.NotNull(w.grad);
    }

    private static SequenceLayout Even(int steps, int batch) => SequenceLayout.Uniform(steps, batch, 1);

    private static Tensor Joined((Tensor Output, Tensor H) both) =>
        torch.cat([both.Output.flatten(), both.H.flatten()]);

    /// <summary>x (rows, 2), h (batch, 2), W_ih, W_hh and the biases of a cell with so many blocks.</summary>
    private static Tensor[] Recurrent(long blocks, long batch, long rows) =>
    [
        Wave([rows, 2], 0.1), Wave([batch, 2], 0.2), Wave([2 * blocks, 2], 0.4), Wave([2 * blocks, 2], 0.5),
        Wave([2 * blocks], 0.6), Wave([2 * blocks], 0.7),
    ];
}
