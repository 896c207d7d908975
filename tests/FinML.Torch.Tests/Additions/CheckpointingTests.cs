namespace FinML.Torch.Tests.Additions;

public class CheckpointingTests
{
    [Fact]
    public void ValuesAndGradientsAreThoseOfThePlainCall()
    {
        Generator draws = new(1);
        Sequential net = Deep(6, draws);
        Tensor x = torch.randn(8, 16, generator: new Generator(2)).requires_grad_();
        float[][] Run(bool checkpointed)
        {
            draws.manual_seed(5);
            net.zero_grad();
            x.grad = null;
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor y = checkpointed
                ? Checkpointing.checkpoint_sequential(net.children().Cast<torch.nn.Module<Tensor, Tensor>>(), 3, x)
                : net.call(x);
            Tensor draw = torch.rand(3, generator: draws); // the stream goes on as after a plain call
            y.square().sum().backward();
            return
            [
                y.data<float>().ToArray(), draw.data<float>().ToArray(), torch.rand(3, generator: draws).data<float>().ToArray(),
                x.grad!.data<float>().ToArray(), .. net.parameters().Select(p => p.grad!.data<float>().ToArray()),
            ];
        }

        Assert.Equal(Run(false), Run(true));
    }

    [Fact]
    public void TheGraphKeepsNothingOfTheInside()
    {
        Sequential net = Deep(8);
        Tensor x = torch.randn(64, 16, generator: new Generator(2));
        using DisposeScope scope = torch.NewDisposeScope();
        long plain = GraphMemory.saved_bytes(net.call(x));
        Tensor y = Checkpointing.checkpoint(net.call, x);
        Assert.Equal(8 * 64 * 16 * 4, plain);
        Assert.Equal(0, GraphMemory.saved_bytes(y));
        y.sum().backward();
    }

    [Fact]
    public void SecondDerivativesPassThrough()
    {
        Tensor x = torch.tensor([0.3, -0.8, 0.5]), w = torch.tensor([1.2, 0.4, -0.6]);
        GradCheck.Check(
            t => Checkpointing.checkpoint(v => [(v[0] * v[1]).tanh().exp() * v[0]], t[0], t[1])[0], [x, w]);
    }

    [Fact]
    public void CheckpointsNest()
    {
        Tensor x = torch.tensor([0.3, -0.8, 0.5], requires_grad: true);
        int inner = 0;
        Tensor Inside(Tensor v)
        {
            inner++;
            return v.sin().exp();
        }

        using DisposeScope scope = torch.NewDisposeScope();
        Tensor plain = (x * 2).sin().exp().tanh().sum();
        double[] expected = autograd.grad([plain], [x])[0].data<double>().ToArray();
        Tensor y = Checkpointing.checkpoint(
            v => Checkpointing.checkpoint(Inside, v * 2).tanh().sum(), x);
        Assert.Equal(expected, autograd.grad([y], [x])[0].data<double>().ToArray());
        Assert.Equal(3, inner); // forward, the outer run again, the inner run again
    }

    [Fact]
    public void ARetainedGraphRunsTwiceAndAFreedOneSaysSo()
    {
        Tensor x = torch.tensor([0.3, -0.8], requires_grad: true);
        Tensor y = Checkpointing.checkpoint(v => v.exp().sin().sum(), x);
        y.backward(retain_graph: true);
        double[] once = x.grad!.data<double>().ToArray();
        y.backward();
        Assert.Equal(once.Select(g => 2 * g), x.grad!.data<double>().ToArray());
        Assert.Contains("second time", Assert.Throws<InvalidOperationException>(() => y.backward()).Message);
    }

    [Fact]
    public void AStepReturnsWhatItComputedAgain()
    {
        Sequential net = Deep(8, new Generator(6));
        Tensor x = torch.randn(256, 16, generator: new Generator(2));
        void Step()
        {
            using DisposeScope scope = torch.NewDisposeScope();
            net.zero_grad();
            Checkpointing.checkpoint(net.call, x).square().mean().backward();
        }

        for (int i = 0; i < 20; i++)
        {
            Step();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            Step();
        }

        // Each of some fifty tensors a pass has 16 KiB; handles, nodes and place holders take some 60 KiB.
        long perStep = (GC.GetAllocatedBytesForCurrentThread() - before) / 50;
        Assert.True(perStep < 100 << 10, $"a step allocated {perStep} bytes");
    }

    [Fact]
    public void AFunctionThatChangesItsMindIsRefused()
    {
        Tensor x = torch.tensor([0.3, -0.8], requires_grad: true);
        int calls = 0;
        Tensor y = Checkpointing.checkpoint(v => calls++ == 0 ? v.exp().sin().exp().sum() : v.exp().sum(), x);
        Assert.Contains(
            "same work both times", Assert.Throws<InvalidOperationException>(() => y.backward()).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Checkpointing.checkpoint_sequential([], 1, x));
    }

    private static Sequential Deep(int layers, Generator? dropout = null)
    {
        Generator generator = new(3);
        Sequential net = torch.nn.Sequential(Array.Empty<torch.nn.Module<Tensor, Tensor>>());
        for (int i = 0; i < layers; i++)
        {
            net.append(torch.nn.Linear(16, 16, generator: generator));
            net.append(torch.nn.Tanh());
            if (dropout is not null)
            {
                net.append(torch.nn.Dropout(0.3, generator: dropout));
            }
        }

        return net;
    }
}
