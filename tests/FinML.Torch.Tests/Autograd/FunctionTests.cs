namespace FinML.Torch.Tests.Autograd;

public class FunctionTests
{
    [Fact]
    public void ACustomFunctionHasItsOwnDerivativeTwice()
    {
        Tensor x = torch.tensor([0.3, -0.7, 1.1]), w = torch.tensor([0.5, 1.5, -2.0]);
        GradCheck.Check(t => CubeTimes.apply(t[0], 2.0, t[1]), [x, w]);
        Tensor leaf = x.detach().requires_grad_(), y = CubeTimes.apply(leaf, 2.0, w);
        Assert.Equal("cube_times", y.grad_fn());
        Assert.Equal((2 * x * x * x * w).data<double>().ToArray(), y.data<double>().ToArray());
        Assert.False(CubeTimes.apply(x, 2.0, w).requires_grad);
        using (torch.no_grad())
        {
            Assert.False(CubeTimes.apply(leaf, 2.0, w).requires_grad);
        }
    }

    [Fact]
    public void SeveralOutputsWithOneThatTakesNoGradient()
    {
        Tensor x = torch.tensor([3.0, 4.0], requires_grad: true);
        List<Tensor> y = Split.apply(x, true);
        Assert.True(y[0].requires_grad && y[1].requires_grad);
        Assert.False(y[2].requires_grad);
        y[1].sum().backward(); // output 0 has no gradient: zeros arrive
        Assert.Equal([3.0, 3.0], x.grad!.data<double>().ToArray());
        x.grad = null;
        Split.apply(x, false)[1].sum().backward(); // null arrives: the function says so by another factor
        Assert.Equal([30.0, 30.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void ADirtyInputIsTheOutput()
    {
        Tensor x = torch.tensor([1.0, 2.0], requires_grad: true), y = x * 3, view = y[0];
        Tensor z = DoubleInPlace.apply(y);
        Assert.Same(y, z);
        Assert.Equal([6.0, 12.0], y.data<double>().ToArray());
        y.sum().backward(retain_graph: true);
        Assert.Equal([6.0, 6.0], x.grad!.data<double>().ToArray());
        x.grad = null;
        view.backward(); // the view sees the write, and its gradient goes through it
        Assert.Equal([6.0, 0.0], x.grad!.data<double>().ToArray());

        Tensor e = x.exp(), s = e.sum();
        using (torch.no_grad())
        {
            DoubleInPlace.apply(e);
        }

        Assert.Contains(
            "in-place operation (double_)", Assert.Throws<InvalidOperationException>(() => s.backward()).Message);
        Assert.Contains(
            "double_: a leaf", Assert.Throws<InvalidOperationException>(() => DoubleInPlace.apply(x)).Message);
    }

    [Fact]
    public void AnOverwrittenSavedTensorIsSeen()
    {
        Tensor x = torch.tensor([1.0, 2.0], requires_grad: true) * 1;
        Tensor y = CubeTimes.apply(x, 1.0, torch.ones(2, dtype: float64));
        x.mul_(2);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => y.sum().backward());
        Assert.Contains("'cube_times'", error.Message);
        Assert.Contains("mul_", error.Message);
    }

    [Fact]
    public void WrongGradientsNameTheFunction()
    {
        Tensor x = torch.ones(2, requires_grad: true);
        Assert.Contains(
            "wrong: backward gave 1 gradients, expected 2",
            Assert.Throws<InvalidOperationException>(() => Wrong.apply(x, 1).sum().backward()).Message);
        Assert.Contains(
            "wrong: backward gave a gradient for argument 1, which is no tensor",
            Assert.Throws<InvalidOperationException>(() => Wrong.apply(x, 2).sum().backward()).Message);
        Assert.Contains(
            "wrong: the gradient of argument 0 has shape [3], expected [2]",
            Assert.Throws<InvalidOperationException>(() => Wrong.apply(x, 3).sum().backward()).Message);
        Assert.Throws<ArgumentException>(() => Wrong.apply(x, 4));
    }

    /// <summary>factor x^3 w.</summary>
    private sealed class CubeTimes : autograd.SingleTensorFunction<CubeTimes>
    {
        public override string Name => "cube_times";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            (Tensor x, double factor, Tensor w) = ((Tensor)vars[0], (double)vars[1], (Tensor)vars[2]);
            ctx.save_for_backward([x, null!, w]);
            ctx.save_data("factor", factor);
            return factor * x * x * x * w;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            Assert.Null(saved[1]);
            Assert.Null(ctx.get_data("other"));
            (Tensor x, Tensor w, double factor) = (saved[0], saved[2], (double)ctx.get_data("factor")!);
            return [grad_output * 3 * factor * x * x * w, null!, grad_output * factor * x * x * x];
        }
    }

    private sealed class Split : autograd.MultiTensorFunction<Split>
    {
        public override string Name => "split_";

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor x = (Tensor)vars[0], sign = x.sign();
            ctx.set_materialize_grads((bool)vars[1]);
            ctx.mark_non_differentiable([sign]);
            return [x * 2, x * 3, sign];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            Assert.Equal(3, grad_outputs.Count);
            return grad_outputs[0] is null
                ? [grad_outputs[1] * 30, null!]
                : [(grad_outputs[0] * 2) + (grad_outputs[1] * 3) + grad_outputs[2], null!];
        }
    }

    private sealed class DoubleInPlace : autograd.SingleTensorFunction<DoubleInPlace>
    {
        public override string Name => "double_";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor x = (Tensor)vars[0];
            if (!x.is_leaf || !x.requires_grad)
            {
                x.detach().mul_(2);
            }

            ctx.mark_dirty([x]);
            return x;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output * 2];
    }

    private sealed class Wrong : autograd.SingleTensorFunction<Wrong>
    {
        public override string Name => "wrong";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            if ((int)vars[1] == 4)
            {
                ctx.save_data("x", vars[0]);
            }

            ctx.save_data("mistake", vars[1]);
            return (Tensor)vars[0] * 1;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            (int)ctx.get_data("mistake")! switch
            {
                1 => [grad_output],
                2 => [grad_output, grad_output],
                _ => [torch.ones(3), null!],
            };
    }
}
