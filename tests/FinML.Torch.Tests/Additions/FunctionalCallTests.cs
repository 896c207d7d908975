namespace FinML.Torch.Tests.Additions;

public class FunctionalCallTests
{
    [Fact]
    public void OtherTensorsStandForTheParameters()
    {
        Linear net = torch.nn.Linear(2, 1, generator: new Generator(1));
        Tensor x = torch.tensor([1f, 2f], [1, 2]), before = net.call(x);
        Tensor weight = torch.tensor([3f, 4f], [1, 2], requires_grad: true);
        Tensor y = FunctionalCall.functional_call(net, With(("weight", weight * 2)), x);
        Assert.Equal(22 + net.bias!.ToSingle(), y.ToSingle(), 1e-5f);
        y.sum().backward();
        Assert.Equal([2f, 4f], weight.grad!.data<float>().ToArray());
        Assert.Null(net.weight.grad);
        Assert.NotNull(net.bias.grad); // not replaced: the module's own
        Assert.Equal(before.ToSingle(), net.call(x).ToSingle());
    }

    [Fact]
    public void MamlOnAQuadraticHasItsClosedForm()
    {
        // Inner loss (w - t)^2 / 2 with step a: w' = w - a (w - t). Outer loss (w' - s)^2 / 2:
        // d/dw = (1 - a) (w' - s), d/da = -(w - t) (w' - s); k steps give (1 - a)^k.
        const double a = 0.3, t = 2, s = -1;
        Scale net = new(0.5);
        Tensor rate = torch.tensor(a, requires_grad: true);
        Dictionary<string, Tensor> fast = net.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        double w = 0.5;
        for (int step = 0; step < 2; step++)
        {
            Tensor inner = (FunctionalCall.functional_call(net, fast, torch.ones(1, dtype: float64)) - t)
                .square().sum() / 2;
            Tensor gradient = autograd.grad([inner], [fast["w"]], create_graph: true)[0];
            fast = With(("w", fast["w"] - (rate * gradient)));
            w -= a * (w - t);
        }

        Tensor outer = (FunctionalCall.functional_call(net, fast, torch.ones(1, dtype: float64)) - s)
            .square().sum() / 2;
        IList<Tensor> meta = autograd.grad([outer], [net.w, rate]);
        Assert.Equal((1 - a) * (1 - a) * (w - s), meta[0].ToDouble(), 12);
        Assert.Equal(-2 * (1 - a) * (0.5 - t) * (w - s), meta[1].ToDouble(), 12);
    }

    [Fact]
    public void ALstmIsDifferentiableThroughComputedParameters()
    {
        LSTM net = torch.nn.LSTM(2, 3, dtype: float64, generator: new Generator(1));
        Tensor x = torch.randn([4, 1, 2], float64, generator: new Generator(2));
        (string name, Parameter parameter)[] named = [.. net.named_parameters()];
        GradCheck.Check(
            all =>
            {
                Dictionary<string, Tensor> given = [];
                for (int i = 0; i < named.Length; i++)
                {
                    given[named[i].name] = all[i] * 1;
                }

                return FunctionalCall.functional_call(net, given, () => net.call(x).Item1);
            },
            [.. named.Select(p => p.parameter.detach().clone())]);
    }

    [Fact]
    public void CallsNestAndEndAlsoByAnException()
    {
        Scale net = new(1);
        Tensor one = torch.ones(1, dtype: float64);
        double Call(Tensor x) => net.call(x).ToDouble();
        Assert.Throws<FormatException>(() => FunctionalCall.functional_call<double>(
            net, With(("w", one * 5)), () =>
            {
                Assert.Equal(5, Call(one));
                Assert.Equal(7, FunctionalCall.functional_call(net, With(("w", one * 7)), () => Call(one)));
                Assert.Equal(5, Call(one));
                throw new FormatException();
            }));
        Assert.Equal(1, Call(one));
        Assert.True(net.w.is_leaf);
    }

    [Fact]
    public void ThreadsTakeTurns()
    {
        Scale net = new(1);
        Tensor one = torch.ones(1, dtype: float64);
        double[] results = new double[4];
        Parallel.For(0, 4, i =>
        {
            Tensor w = torch.full([1], i + 2.0).requires_grad_();
            for (int k = 0; k < 50; k++)
            {
                Tensor y = FunctionalCall.functional_call(net, With(("w", w * 1)), one * 3);
                y.square().sum().backward(); // 9 w^2: the saved w is the thread's own
            }

            results[i] = w.grad!.ToDouble();
        });
        Assert.Equal(Enumerable.Range(0, 4).Select(i => 50 * 18.0 * (i + 2)), results);
        Assert.Equal(1, net.call(one).ToDouble());
    }

    [Fact]
    public void BuffersAndCheckpointsTakePart()
    {
        Scale net = new(2);
        Tensor one = torch.ones(1, dtype: float64), w = (one * 3).requires_grad_();
        Tensor y = FunctionalCall.functional_call(
            net, With(("w", w * 1), ("offset", one * 10)), () => Checkpointing.checkpoint(net.call, one * 2).exp());
        Assert.Equal(Math.Exp(16), y.ToDouble(), 1e-6);
        y.sum().backward(); // runs the checkpoint again, after the functional call
        Assert.Equal(2 * Math.Exp(16), w.grad!.ToDouble(), 1e-6);
        using (torch.no_grad())
        {
            net.w.fill_(100);
        }

        w.grad = null;
        y = FunctionalCall.functional_call(
            net, With(("w", w * 1)), () => Checkpointing.checkpoint(v => net.call(v).tanh().exp(), one * 0.1));
        y.sum().backward();
        double tanh = Math.Tanh(0.3);
        Assert.Equal(Math.Exp(tanh) * (1 - (tanh * tanh)) * 0.1, w.grad!.ToDouble(), 1e-12);
        Assert.Contains(
            "unknown", Assert.Throws<ArgumentException>(
                () => FunctionalCall.functional_call(net, With(("unknown", one)), one)).Message);
        Assert.Contains(
            "'w' has shape [1], the tensor given for it [2]", Assert.Throws<ArgumentException>(
                () => FunctionalCall.functional_call(net, With(("w", torch.ones(2))), one)).Message);
    }

    private static Dictionary<string, Tensor> With(params (string Name, Tensor Value)[] values) =>
        values.ToDictionary(v => v.Name, v => v.Value);

    /// <summary>w x + offset.</summary>
    private sealed class Scale : torch.nn.Module<Tensor, Tensor>
    {
        internal readonly Parameter w;
        private readonly Tensor offset;

        internal Scale(double value)
            : base("scale")
        {
            w = torch.nn.Parameter(torch.full([1], value, float64));
            offset = torch.zeros(1, dtype: float64);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => (w * input) + offset;
    }
}
