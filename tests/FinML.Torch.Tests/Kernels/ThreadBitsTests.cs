using System.Runtime.InteropServices;
using FinML.Torch.Modules;

namespace FinML.Torch.Tests.Kernels;

/// <summary>Large enough for several threads, each computation gives the same bits on 1, 2 and 3 of them.</summary>
[Collection(ThreadCount.Name)]
public sealed class ThreadBitsTests
{
    public static TheoryData<string> Works() => [.. Computations.Keys];

    private static readonly Dictionary<string, Func<Tensor[]>> Computations = new()
    {
        ["gemm 301x257x333"] = () => [Normal(301, 257).mm(Normal(257, 333))],
        ["gemm 40x700x1030, few rows"] = () => [Normal(40, 700).mm(Normal(700, 1030))],
        ["gemm A^T B^T"] = () => [Normal(300, 310).t().mm(Normal(290, 300).t())],
        ["add"] = () => [Normal(1 << 18).add(Normal(1 << 18))],
        ["multiply by a number"] = () => [Normal(300_001).mul(1.7)],
        ["tanh"] = () => [Normal(100_003).tanh()],
        ["exp of float64"] = () => [Normal(70_001).to(torch.float64).exp()],
        ["sum"] = () => [Normal(700_001).sum()],
        ["sum of float64"] = () => [Normal(600_001).to(torch.float64).sum()],
        ["sum of rows"] = () => [Normal(900, 301).sum(1)],
        ["sum of columns"] = () => [Normal(900, 301).sum(0)],
        ["mean"] = () => [Normal(1 << 19).mean()],
        ["softmax"] = () => [Normal(777, 65).softmax(1), Normal(777, 65).log_softmax(1)],
        ["layer norm"] = LayerNorm,
        ["training steps"] = Trained,
    };

    [Theory]
    [MemberData(nameof(Works))]
    public void The_bits_do_not_depend_on_the_number_of_threads(string work)
    {
        byte[][] one = ThreadCount.With(1, () => Bits(work));
        Assert.Equal(one, ThreadCount.With(2, () => Bits(work)));
        Assert.Equal(one, ThreadCount.With(3, () => Bits(work)));
    }

    [Fact]
    public void Two_threads_that_train_side_by_side_get_the_weights_of_one_alone() => ThreadCount.With(2, () =>
    {
        byte[][] alone = Bits("training steps");
        var results = new byte[2][][];
        Thread[] threads =
            [.. Enumerable.Range(0, 2).Select(i => new Thread(() => results[i] = Bits("training steps")))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(alone, results[0]);
        Assert.Equal(alone, results[1]);
        return true;
    });

    private static byte[][] Bits(string work)
    {
        seed = 0;
        using DisposeScope scope = torch.NewDisposeScope();
        return [.. Computations[work]().Select(t => t.dtype == ScalarType.Float64
            ? MemoryMarshal.AsBytes<double>(t.contiguous().data<double>().ToArray()).ToArray()
            : MemoryMarshal.AsBytes<float>(t.contiguous().data<float>().ToArray()).ToArray())];
    }

    [ThreadStatic]
    private static int seed;

    private static Tensor Normal(params long[] shape) =>
        torch.randn(shape, generator: new torch.Generator((ulong)++seed));

    private static Tensor[] LayerNorm()
    {
        Tensor x = Normal(2000, 64).requires_grad_(), weight = Normal(64).requires_grad_();
        Tensor bias = Normal(64).requires_grad_();
        Tensor y = torch.nn.functional.layer_norm(x, [64], weight, bias);
        y.mul(Normal(2000, 64)).sum().backward();
        return [y.detach(), x.grad!, weight.grad!, bias.grad!];
    }

    // Layers of 256: products, bias gradients and Adam are all divided.
    private static Tensor[] Trained()
    {
        var generator = new torch.Generator(7);
        Sequential net = torch.nn.Sequential(
            torch.nn.Linear(64, 256, generator: generator), torch.nn.Tanh(),
            torch.nn.Linear(256, 256, generator: generator), torch.nn.ReLU(),
            torch.nn.Linear(256, 5, generator: generator));
        torch.optim.Optimizer optimizer = torch.optim.Adam(net.parameters());
        Tensor x = Normal(512, 64), y = Normal(512, 5);
        for (int step = 0; step < 4; step++)
        {
            optimizer.zero_grad();
            torch.nn.functional.mse_loss(net.call(x), y).backward();
            optimizer.step();
        }

        return [.. net.parameters().Select(p => p.detach())];
    }
}
