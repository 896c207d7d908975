namespace FinML.Torch.Tests.Autograd;

public class EngineTests
{
    [Fact]
    public void BackwardAccumulates()
    {
        Tensor x = torch.tensor([1f, 2f], requires_grad: true);
        (x * x).sum().backward();
        (x * 3).sum().backward();
        Assert.Equal([5f, 7f], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void OneGradientForTwoLeavesIsNotShared()
    {
        Tensor a = torch.ones(3, requires_grad: true), b = torch.ones(3, requires_grad: true);
        (a + b).sum().backward();
        a.grad!.mul_(5);
        Assert.Equal([1f, 1f, 1f], b.grad!.data<float>().ToArray());
    }

    [Fact]
    public void SecondBackwardNamesTheCure()
    {
        Tensor x = torch.tensor([1f, 2f], requires_grad: true), y = (x * x).sum();
        y.backward();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => y.backward());
        Assert.Contains("retain_graph: true", error.Message);
    }

    [Fact]
    public void RetainedGraphRunsTwice()
    {
        Tensor x = torch.tensor([1f, 2f], requires_grad: true), y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Assert.Equal([4f, 8f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void OverwrittenSavedTensorNamesTheOperation()
    {
        Tensor x = torch.tensor([1f, 2f], requires_grad: true), y = x.exp(), z = y.sum();
        using (torch.no_grad())
        {
            y.add_(1);
        }

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => z.backward());
        Assert.Contains("modified by an in-place operation (add_)", error.Message);
        Assert.Contains("'exp'", error.Message);
    }

    [Fact]
    public void LeafRefusesRecordedInPlaceWrites()
    {
        Tensor x = torch.tensor([1f, 2f], requires_grad: true);
        Assert.Throws<InvalidOperationException>(() => x.add_(1));
        Assert.Throws<InvalidOperationException>(() => x[0] = torch.tensor(1f));
        using (torch.no_grad())
        {
            x.add_(1);
        }

        Assert.Equal([2f, 3f], x.data<float>().ToArray());
    }

    [Fact]
    public void DisposingWhatTheGraphSavedIsSafe()
    {
        Tensor x = torch.tensor([1.0, 2.0], requires_grad: true), y;
        using (DisposeScope scope = torch.NewDisposeScope())
        {
            y = x.exp().square().sum().MoveToOuterDisposeScope();
        }

        y.backward();
        Assert.Equal(2 * Math.Exp(2), x.grad!.data<double>().ToArray()[0], 12);
    }

    [Fact]
    public void GradOfAnUnusedInput()
    {
        Tensor x = torch.ones(2, requires_grad: true), y = torch.ones(2, requires_grad: true), z = (x * 2).sum();
        Assert.Throws<InvalidOperationException>(() => autograd.grad([z], [y], retain_graph: true));
        IList<Tensor> gradients = autograd.grad([z], [x, y], allow_unused: true);
        Assert.Equal([2f, 2f], gradients[0].data<float>().ToArray());
        Assert.Null(gradients[1]);
        Assert.Null(x.grad);
    }

    [Fact]
    public void GradOfAnIntermediate()
    {
        Tensor x = torch.tensor([3.0], requires_grad: true), y = x * 2, z = y * y;
        IList<Tensor> gradients = autograd.grad([z.sum()], [y, x]);
        Assert.Equal(12, gradients[0].ToDouble());
        Assert.Equal(24, gradients[1].ToDouble());
    }

    [Fact]
    public void NonScalarNeedsAGradientOfItsShape()
    {
        Tensor y = torch.ones(2, requires_grad: true) * 2;
        Assert.Throws<InvalidOperationException>(() => y.backward());
        Assert.Throws<ArgumentException>(() => y.backward([torch.ones(3)]));
        Assert.Throws<InvalidOperationException>(() => torch.ones(1).backward());
    }

    [Fact]
    public void HooksSeeAndReplaceGradients()
    {
        Tensor x = torch.ones(2, requires_grad: true), y = x * 3;
        List<float[]> seen = [];
        y.register_hook(g =>
        {
            seen.Add(g.data<float>().ToArray());
            return g * 10;
        });
        IDisposable handle = x.register_hook(g => g + 1);
        y.retain_grad();
        (y * 2).sum().backward(retain_graph: true);
        Assert.Equal([2f, 2f], seen.Single());
        Assert.Equal([61f, 61f], x.grad!.data<float>().ToArray());
        Assert.Equal([20f, 20f], y.grad!.data<float>().ToArray());
        handle.Dispose();
        x.grad = null;
        (y * 2).sum().backward();
        Assert.Equal([60f, 60f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void AHookOfAnotherShapeIsRefused()
    {
        Tensor x = torch.ones(2, requires_grad: true);
        x.register_hook(_ => torch.ones(3));
        string message = Assert.Throws<InvalidOperationException>(() => (x * 2).sum().backward()).Message;
        Assert.Contains("register_hook: the hook made Float32[3] of a gradient that is Float32[2]", message);
    }

    [Fact]
    public void ATensorKeptByAHookOutlivesThePass()
    {
        Tensor x = torch.ones(2, requires_grad: true), y = x * 3;
        Tensor? kept = null;
        y.register_hook(g => kept = g);
        (y * 2).sum().backward();
        Assert.Equal([2f, 2f], kept!.data<float>().ToArray());
    }

    [Fact]
    public void AnIntermediateUsedTwiceGetsTheSum()
    {
        Tensor x = torch.tensor([2.0], requires_grad: true);
        Tensor y = x * x, z = y.exp() + y.sin() + y;
        z.sum().backward();
        Assert.Equal((Math.Exp(4) + Math.Cos(4) + 1) * 4, x.grad!.ToDouble(), 10);
    }

    [Fact]
    public void AChainOf50000NodesFitsTheStack()
    {
        Tensor x = torch.ones(1, requires_grad: true), y = x;
        for (int i = 0; i < 50_000; i++)
        {
            y = y + 1;
        }

        y.sum().backward();
        Assert.Equal(1f, x.grad!.ToSingle());
    }

    [Fact]
    public void NoGradRecordsNothing()
    {
        Tensor x = torch.ones(2, requires_grad: true);
        using (torch.no_grad())
        {
            Assert.False(torch.is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (torch.enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }
        }

        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).detach().requires_grad);
        Assert.Equal("mul", (x * 2).grad_fn());
    }

    [Fact]
    public void GradModeBelongsToTheThread()
    {
        using (torch.no_grad())
        {
            bool other = false;
            Thread thread = new(() => other = torch.is_grad_enabled());
            thread.Start();
            thread.Join();
            Assert.True(other);
        }
    }

    [Fact]
    public void MixedDtypesGetGradientsOfTheirOwn()
    {
        Tensor x = torch.ones([2], float32, requires_grad: true), w = torch.ones([2], float64, requires_grad: true);
        (x * w).sum().backward();
        Assert.Equal(float32, x.grad!.dtype);
        Assert.Equal(float64, w.grad!.dtype);
    }
}
