using FinML.Torch.Tests.Additions;

namespace FinML.Torch.Tests.Autograd;

/// <summary>What carries a tangent and what does not: views, in-place writes, detached tensors, functions with a
/// backward of their own, graphs inside and around. Each operation's own rule is held to differences wherever its
/// gradient is.</summary>
public sealed class ForwardModeTests
{
    private static readonly Tensor X = torch.tensor([0.3, -0.7, 1.1, 0.4, 0.9, -0.2]).reshape(2, 3);
    private static readonly Tensor T = torch.tensor([1.0, -2.0, 0.5, 0.3, -0.4, 0.7]).reshape(2, 3);

    /// <summary>sign(x), whose derivative is taken for that of x (a straight-through estimator), times 2.</summary>
    private sealed class StraightThrough : torch.autograd.SingleTensorFunction<StraightThrough>
    {
        public override string Name => "straight_through";

        public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) =>
            ((Tensor)vars[0]).sign();

        public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * 2];
    }

    /// <summary>x^3 from saved tensors.</summary>
    private sealed class Cube : torch.autograd.SingleTensorFunction<Cube>
    {
        public override string Name => "cube";

        public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0]]);
            return ((Tensor)vars[0]).pow(3);
        }

        public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0].square() * 3];
    }

    public static TheoryData<string> InPlacePrograms => [.. Programs.Keys];

    // Each takes x (2, 3), of which it may overwrite its own copy y.
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Programs = new()
    {
        ["a view is scaled by another"] = (x, y) => Then(y, y[0].mul_(x[1])),
        ["a view of a view"] = (x, y) => Then(y, y.t()[1].view(2).narrow(0, 1, 1).add_(x[0, 0].square())),
        ["a number over a part"] = (x, y) => Then(y * x, y[1].fill_(2)),
        ["zero over all"] = (x, y) => Then(y, y.zero_()) + x,
        ["a tensor over a constant"] = (x, y) =>
        {
            Tensor fresh = torch.zeros(4, 3, dtype: float64), part = fresh[TensorIndex.Slice(1, 3)];
            part.copy_(x.exp());
            return fresh * part[0];
        },
        ["by a mask"] = (x, y) => Then(y, y.masked_fill_(x.detach().gt(0.35), 5)) * y,
        ["by index"] = (x, y) => Then(y, y.index_put_(x[0], torch.tensor([1L]))),
        ["a function in place"] = (x, y) => Then(y, y.exp_(), y[0].tanh_()),
        ["scatter_add_"] = (x, y) => Then(
            y, y.scatter_add_(1, torch.tensor([0L, 0, 2, 1, 1, 1]).reshape(2, 3), x.sin())),
        ["sums of an expanded view"] = (x, y) => y[0].expand(4, 3).mul(x[1, 2]).sum(0),
        ["a strided view"] = (x, y) => y.as_strided([2, 2], [1, 2], 1) * x[0, 0],
        ["out of a view into its base"] = (x, y) => Then(y, y[1].copy_(y[0] * x[1])),
    };

    private static Tensor Then(Tensor result, params Tensor[] done) => result;

    [Theory]
    [MemberData(nameof(InPlacePrograms))]
    public void AWriteInPlaceIsSeenByEveryView(string program)
    {
        Tensor Function(Tensor[] x) => Programs[program](x[0], x[0].clone());
        foreach (bool recorded in (bool[])[false, true])
        {
            using IDisposable mode = enable_grad(recorded);
            Tensor jvp = FunctionTransforms.jvp(Function, [X], [T], create_graph: recorded).jvp;
            Assert.True((jvp - Difference(Function, 1e-6)).abs().max().ToDouble() < 1e-8); // rounding 1e-10
        }
    }

    [Fact]
    public void ADetachedTensorIsAConstantAndItsViewsToo()
    {
        Tensor jvp = FunctionTransforms.jvp(
            x => (x[0].detach()[0] * x[0][1]) + x[0].clone().detach_()[0], [X], [T]).jvp;
        FunctionTransformsTests.Close((X[0] * T[1]).data<double>().ToArray(), jvp);
    }

    [Fact]
    public void AFunctionWithABackwardOfItsOwnIsTransposed()
    {
        FunctionTransformsTests.Close(
            (T * 2).data<double>().ToArray(),
            FunctionTransforms.jvp(x => StraightThrough.apply(x[0]), [X], [T]).jvp);
        Tensor cubes = T * 3 * X.square();
        foreach (bool recorded in (bool[])[false, true])
        {
            using IDisposable mode = enable_grad(recorded);
            FunctionTransformsTests.Close(
                cubes.data<double>().ToArray(), FunctionTransforms.jvp(x => Cube.apply(x[0]), [X], [T]).jvp);
            FunctionTransformsTests.Close(
                cubes.data<double>().ToArray(),
                FunctionTransforms.jvp(x => Cube.apply(x[0].requires_grad_(recorded)), [X], [T]).jvp);
        }
    }

    [Fact]
    public void AnOperationWithoutARuleIsRefusedByItsName()
    {
        // The derivative of a gamma draw by its shape has no derivative.
        Tensor shape = torch.tensor([0.7, 2.0]);
        Tensor Slope(Tensor[] x)
        {
            Tensor a = x[0].requires_grad_();
            var draws = torch.distributions.Gamma(a, torch.ones_like(a), new Generator(1));
            return torch.autograd.grad([draws.rsample().sum()], [a])[0];
        }

        var refusal = Assert.Throws<InvalidOperationException>(
            () => FunctionTransforms.jvp(Slope, [shape], [torch.ones_like(shape)]));
        Assert.Equal(
            "standard_gamma_grad: has no forward mode: no rule gives the tangent of its result of shape [2].",
            refusal.Message);

        // The level that failed is closed.
        FunctionTransformsTests.Close(
            [1, 1], FunctionTransforms.jvp(x => x[0] + 1, [shape], [torch.ones_like(shape)]).jvp);
    }

    [Fact]
    public void WithoutGradientsNothingIsRecorded()
    {
        var net = torch.nn.Sequential(
            torch.nn.Linear(3, 4, dtype: float64), torch.nn.Tanh(), torch.nn.Linear(4, 2, dtype: float64));
        Tensor inside = X;
        Tensor Output(Tensor[] x) => inside = net.call(x[0]);
        using (no_grad())
        {
            (Tensor y, Tensor jvp) = FunctionTransforms.jvp(Output, [X], [T]);
            Assert.False(y.requires_grad || jvp.requires_grad || inside.requires_grad);
        }

        FunctionTransforms.jvp(Output, [X], [T]);
        Assert.True(inside.requires_grad); // as everywhere: the parameters do
    }

    [Fact]
    public void ForwardOverReverseIsTheHessianVectorProduct()
    {
        var net = torch.nn.LSTM(3, 4, dtype: float64, generator: new Generator(1));
        Tensor x = torch.randn([5, 2, 3], float64, generator: new Generator(2));
        Tensor t = torch.randn([5, 2, 3], float64, generator: new Generator(3));
        Tensor Loss(Tensor[] v) => net.call(v[0]).Item1.square().sum();
        Tensor Gradient(Tensor[] v)
        {
            Tensor point = v[0].requires_grad_();
            return torch.autograd.grad([Loss([point])], [point])[0];
        }

        Tensor product = FunctionTransforms.jvp(Gradient, [x], [t]).jvp;
        Tensor expected = FunctionTransforms.hvp(Loss, [x], [t]).hvp[0];
        Assert.True((product - expected).abs().max().ToDouble() < 1e-12); // roundings of a few hundred terms
        Tensor byVjp = FunctionTransforms.jvp(v => FunctionTransforms.vjp(Loss, v).vjp[0], [x], [t]).jvp;
        Assert.True((byVjp - expected).abs().max().ToDouble() < 1e-12);
    }

    [Fact]
    public void GradientsOfAPassInsideCarryTangents()
    {
        // (d/dx of sum(x^3)) accumulated in a leaf's grad: 3 x^2, along t: 6 x t
        Tensor jvp = FunctionTransforms.jvp(
            x =>
            {
                Tensor leaf = x[0].requires_grad_();
                leaf.pow(3).sum().backward();
                return leaf.grad!;
            },
            [X], [T]).jvp;
        FunctionTransformsTests.Close((X * T * 6).data<double>().ToArray(), jvp);
    }

    [Fact]
    public void OneInsideAnotherGivesTheSecondDerivative()
    {
        // f = exp(x) x^2: t f'' t = t^2 (x^2 + 4 x + 2) exp(x)
        Tensor Along(Tensor[] x) => FunctionTransforms.jvp(v => v[0].exp() * v[0].square(), x, [T]).jvp;
        Tensor expected = T.square() * (X.square() + (X * 4) + 2) * X.exp();
        FunctionTransformsTests.Close(
            expected.data<double>().ToArray(), FunctionTransforms.jvp(Along, [X], [T]).jvp);
    }

    [Fact]
    public void ParametersTakeTangentsByAFunctionalCall()
    {
        var net = torch.nn.Linear(3, 2, dtype: float64);
        Tensor weight = net.weight!.detach().clone(), bias = net.bias!.detach();
        Tensor turn = torch.ones_like(weight);
        Tensor jvp = FunctionTransforms.jvp(
            w => FunctionalCall.functional_call(
                net, new Dictionary<string, Tensor> { ["weight"] = w[0], ["bias"] = bias }, X),
            [weight], [turn]).jvp;
        FunctionTransformsTests.Close(X.matmul(turn.t()).data<double>().ToArray(), jvp);
    }

    [Fact]
    public void ATangentEndsWithItsLevelAndStaysInItsThread()
    {
        Tensor kept = X, elsewhere = X;
        FunctionTransforms.jvp(x => kept = x[0] * 2, [X], [T]);
        Assert.Equal(0, FunctionTransforms.jvp(x => kept * 3, [X], [T]).jvp.abs().sum().ToDouble());
        FunctionTransforms.jvp(
            x =>
            {
                var other = new Thread(() => elsewhere = x[0] * 2);
                other.Start();
                other.Join();
                return elsewhere;
            },
            [X], [T]);
        Assert.Equal(0, FunctionTransforms.jvp(x => elsewhere * 3, [X], [T]).jvp.abs().sum().ToDouble());
    }

    [Fact]
    public void ACheckpointCarriesTangents()
    {
        static Tensor Inner(Tensor[] x) => x[0].sin() * x[0].exp();
        Tensor jvp = FunctionTransforms.jvp(
            x => Checkpointing.checkpoint(t => Inner([t]), x[0].requires_grad_()), [X], [T]).jvp;
        Assert.True((jvp - Difference(Inner, 1e-6)).abs().max().ToDouble() < 1e-8);
    }

    private static Tensor Difference(Func<Tensor[], Tensor> function, double step)
    {
        using IDisposable off = no_grad();
        return (function([X + (T * step)]) - function([X - (T * step)])) / (2 * step);
    }
}
