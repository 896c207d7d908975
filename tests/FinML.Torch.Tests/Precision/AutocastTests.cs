using FinML.Torch.Modules;

namespace FinML.Torch.Tests.Precision;

public class AutocastTests
{
    [Fact]
    public void ProductsGiveBFloat16AndReductionsFloat32()
    {
        Linear net = torch.nn.Linear(4, 3, generator: new Generator(1));
        Tensor x = torch.randn(2, 4, generator: new Generator(2));
        using (AutocastMode mode = new())
        {
            Assert.True(AutocastMode.IsEnabled);
            Tensor y = net.call(x);
            Assert.Equal(bfloat16, y.dtype);
            Assert.Equal(bfloat16, y.tanh().dtype);
            Assert.Equal(bfloat16, x.mm(net.weight.t()).dtype);
            Assert.Equal(bfloat16, x.unsqueeze(0).matmul(net.weight.t().unsqueeze(0)).dtype);
            Assert.Equal(float32, y.sum().dtype);
            Assert.Equal(float32, y.mean().dtype);
            Assert.Equal(float32, y.softmax(1).dtype);
            Assert.Equal(float32, y.log_softmax(1).dtype);
            Assert.Equal(float32, y.norm().dtype);
            Assert.Equal(float32, torch.nn.functional.layer_norm(y, [3]).dtype);
            Assert.Equal(float32, torch.nn.functional.mse_loss(y, torch.zeros(2, 3)).dtype);
            Assert.Equal(float32, torch.nn.functional.cross_entropy(y, torch.tensor([0L, 2])).dtype);
            Assert.Equal(float64, torch.nn.Linear(4, 3, dtype: float64).call(x.@double()).dtype);
            using (AutocastMode off = new(false))
            {
                Assert.Equal(float32, net.call(x).dtype);
            }

            bool other = true;
            Thread thread = new(() => other = AutocastMode.IsEnabled);
            thread.Start();
            thread.Join();
            Assert.False(other);
        }

        Assert.False(AutocastMode.IsEnabled);
        Assert.Equal(float32, net.call(x).dtype);
    }

    [Fact]
    public void ALinearLayerIsTheFloat32OneOfRoundedOperands()
    {
        Linear net = torch.nn.Linear(40, 3, generator: new Generator(1));
        Tensor x = torch.randn(5, 40, generator: new Generator(2)).requires_grad_();
        Tensor g = torch.randn(5, 3, generator: new Generator(3)).bfloat16();
        Tensor y;
        using (AutocastMode mode = new())
        {
            y = net.call(x);
        }

        y.backward([g]);
        Tensor R(Tensor t) => t.detach().bfloat16().@float();
        Tensor expected = torch.nn.functional.linear(R(x), R(net.weight), R(net.bias!)).bfloat16();
        Assert.Equal(Floats(expected), Floats(y));
        Assert.Equal(Floats(R(g).t().mm(R(x))), Floats(net.weight.grad!)); // float32: not rounded
        Assert.Equal(Floats(R(g).mm(R(net.weight))), Floats(x.grad!));
        Assert.Equal(Floats(R(g).sum(0)), Floats(net.bias!.grad!));
        Assert.NotEqual(Floats(R(net.weight.grad!)), Floats(net.weight.grad!));
    }

    [Theory]
    [InlineData("conv1d")]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("rnn")]
    [InlineData("attention")]
    [InlineData("transformer")]
    [InlineData("layer_norm")]
    public void FusedLayersHaveGradientsCloseToFloat32(string name)
    {
        Generator generator = new(4);
        torch.nn.Module net = name switch
        {
            "conv1d" => torch.nn.Conv1d(3, 4, 3, generator: generator),
            "lstm" => torch.nn.LSTM(3, 4, generator: generator),
            "gru" => torch.nn.GRU(3, 4, generator: generator),
            "rnn" => torch.nn.RNN(3, 4, generator: generator),
            "attention" => torch.nn.MultiheadAttention(8, 2, generator: generator),
            "transformer" => torch.nn.TransformerEncoderLayer(8, 2, 16, 0, generator: generator),
            _ => torch.nn.LayerNorm(8),
        };
        Tensor x = torch.randn([6, 3, 8], generator: generator);
        x = name is "lstm" or "gru" or "rnn" ? x.transpose(1, 2).contiguous() : x;
        x.requires_grad_();
        (Tensor[] Gradients, Tensor Output) Run(bool autocast)
        {
            net.zero_grad();
            x.grad = null;
            Tensor y;
            using (AutocastMode mode = new(autocast))
            {
                Tensor input = name == "layer_norm" && autocast ? x.bfloat16() : x;
                y = net switch
                {
                    Conv1d conv => conv.call(input),
                    LSTM lstm => lstm.call(input).Item1,
                    GRU gru => gru.call(input).Item1,
                    RNN rnn => rnn.call(input).Item1,
                    MultiheadAttention attention => attention.call(input, input, input, null, false, null).Item1,
                    TransformerEncoderLayer layer => layer.call(input, null, null),
                    LayerNorm norm => norm.call(input),
                    _ => throw new ArgumentException(name),
                };
                y.@float().sin().sum().backward();
            }

            return ([x.grad!.clone(), .. net.parameters().Select(p => p.grad!.clone())], y);
        }

        (Tensor[] plain, Tensor output) = Run(false);
        (Tensor[] mixed, Tensor rounded) = Run(true);
        Assert.Equal(name is "layer_norm" or "transformer" ? float32 : bfloat16, rounded.dtype); // both end in a norm
        Close(output, rounded);
        for (int i = 0; i < plain.Length; i++)
        {
            Assert.Equal(float32, mixed[i].dtype);
            Close(plain[i], mixed[i]);
        }

        // Every factor carries 2^-9; a few of them add up to 2 % of the largest element.
        static void Close(Tensor expected, Tensor actual)
        {
            double error = (expected - actual.@float()).abs().max().ToDouble();
            Assert.InRange(error, 1e-7, 0.02 * expected.abs().max().ToDouble());
        }
    }

    [Fact]
    public void TheGraphHoldsHalfTheActivations()
    {
        Sequential net = Mlp(6, 64);
        Tensor x = torch.randn(256, 64, generator: new Generator(2));
        long Held(bool autocast)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using AutocastMode mode = new(autocast);
            return GraphMemory.saved_bytes(torch.nn.functional.mse_loss(net.call(x), torch.zeros(256, 64)));
        }

        long full = Held(false), half = Held(true);
        Assert.True(full >= 6 * 256 * 64 * 4);
        Assert.True(half <= 0.6 * full, $"float32 keeps {full} bytes, autocast {half}");

        LSTM lstm = torch.nn.LSTM(16, 32, generator: new Generator(3));
        Tensor steps = torch.randn([20, 8, 16], generator: new Generator(4));
        long Recurrent(bool autocast)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using AutocastMode mode = new(autocast);
            return GraphMemory.saved_bytes(lstm.call(steps).Item1);
        }

        Assert.True(Recurrent(true) <= 0.6 * Recurrent(false));
    }

    [Fact]
    public void TrainedLossesAgreeWithin5Percent()
    {
        double Train(bool autocast)
        {
            Generator generator = new(7);
            Sequential net = torch.nn.Sequential(
                torch.nn.Linear(8, 32, generator: generator), torch.nn.Tanh(),
                torch.nn.Linear(32, 32, generator: generator), torch.nn.Tanh(),
                torch.nn.Linear(32, 1, generator: generator));
            torch.optim.Optimizer optimizer = torch.optim.Adam(net.parameters(), 3e-3);
            Tensor x = torch.randn(512, 8, generator: generator);
            Tensor noise = torch.randn(512, 1, generator: generator) * 0.3;
            Tensor y = (x.narrow(1, 0, 1) * x.narrow(1, 1, 1)).sin() + x.narrow(1, 2, 1) + noise;
            double loss = 0;
            for (int step = 0; step < 300; step++)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                optimizer.zero_grad();
                Tensor cost;
                using (AutocastMode mode = new(autocast))
                {
                    cost = torch.nn.functional.mse_loss(net.call(x), y);
                }

                cost.backward();
                optimizer.step();
                loss = cost.ToDouble();
            }

            return loss;
        }

        double full = Train(false), mixed = Train(true);
        Assert.InRange(full, 0.01, 0.2); // it has learnt: the targets' variance is above 1
        Assert.InRange(mixed / full, 0.95, 1.05);
        Assert.NotEqual(full, mixed);
    }

    [Fact]
    public void SecondDerivativesAndCheckpointsWorkUnderAutocast()
    {
        Sequential net = Mlp(2, 8);
        Tensor x = torch.randn(16, 8, generator: new Generator(2)).requires_grad_();
        double[] Penalty(bool autocast, bool checkpoint)
        {
            net.zero_grad();
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor y;
            using (AutocastMode mode = new(autocast))
            {
                y = (checkpoint ? Checkpointing.checkpoint(net.call, x) : net.call(x)).sum();
            }

            Tensor slope = torch.autograd.grad([y], [x], create_graph: true)[0];
            (slope.norm(1, p: 2) - 1).square().mean().backward();
            return [.. net.parameters().Where(p => p.grad is not null)
                .SelectMany(p => p.grad!.@double().data<double>().ToArray())];
        }

        double[] full = Penalty(false, false), mixed = Penalty(true, false);
        double scale = full.Max(Math.Abs);
        for (int i = 0; i < full.Length; i++)
        {
            Assert.InRange(mixed[i] - full[i], -0.05 * scale, 0.05 * scale);
        }

        Assert.Equal(mixed, Penalty(true, true));
    }

    private static float[] Floats(Tensor tensor) => tensor.detach().@float().data<float>().ToArray();

    private static Sequential Mlp(int layers, int width)
    {
        Generator generator = new(5);
        Sequential net = torch.nn.Sequential(Array.Empty<torch.nn.Module<Tensor, Tensor>>());
        for (int i = 0; i < layers; i++)
        {
            net.append(torch.nn.Linear(width, width, generator: generator));
            net.append(torch.nn.Tanh());
        }

        return net;
    }
}
