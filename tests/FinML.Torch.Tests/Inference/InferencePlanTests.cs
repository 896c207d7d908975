using FinML.Torch.Modules;

namespace FinML.Torch.Tests.Inference;

using nn = FinML.Torch.torch.nn;

/// <summary>A plan gives what eager execution gives, allocates nothing and guards its inputs.</summary>
public class InferencePlanTests
{
    public static TheoryData<string> Models => TracedModels.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void EqualsEager(string name)
    {
        manual_seed(3);
        (nn.Module<Tensor, Tensor> module, Tensor example) = TracedModels.All[name]();
        InferencePlan plan = module.compile_inference(example);
        InferencePlan second = plan.Clone();
        for (int trial = 0; trial < 3; trial++)
        {
            Tensor input = trial == 0 || example.dtype != float32
                ? example
                : randn(example.shape, generator: new Generator((ulong)trial));
            Tensor expected;
            using (no_grad())
                expected = module.call(input).to(float32).contiguous();
            float[] result = new float[expected.numel()];
            plan.Run(input.to(float32).contiguous().data<float>().ToArray(), result);
            AssertClose(expected.data<float>().ToArray(), result);
            second.Run(input.to(float32).contiguous().data<float>().ToArray(), result);
            AssertClose(expected.data<float>().ToArray(), result);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AllocatesNothing(string name)
    {
        (nn.Module<Tensor, Tensor> module, Tensor example) = TracedModels.All[name]();
        TracedPair.AllocatesNothing(
            module.compile_inference(example), example.to(float32).contiguous().data<float>().ToArray());
    }

    [Fact]
    public void AnLstmStepCarriesItsState()
    {
        LSTM lstm = nn.LSTM(16, 64);
        Tensor x = TracedModels.Draw(1, 1, 16), h = zeros(1, 1, 64), c = zeros(1, 1, 64);
        InferencePlan plan = lstm.compile_inference(
            inputs =>
            {
                (Tensor y, Tensor nextH, Tensor nextC) = lstm.call(inputs[0], (inputs[1], inputs[2]));
                return [y, nextH, nextC];
            },
            x, h, c);
        float[] y = new float[64], stateH = new float[64], stateC = new float[64];
        for (int step = 0; step < 4; step++)
        {
            x = randn([1, 1, 16], generator: new Generator((ulong)step));
            using (no_grad())
                (_, h, c) = lstm.call(x, (h, c));
            plan.Run([x.data<float>().ToArray(), stateH, stateC], [y, stateH, stateC]);
            AssertClose(h.data<float>().ToArray(), y);
            AssertClose(h.data<float>().ToArray(), stateH);
            AssertClose(c.data<float>().ToArray(), stateC);
        }
    }

    [Fact]
    public void TakesTwoInputs()
    {
        nn.Module<Tensor, Tensor, Tensor> module = new Product();
        Tensor a = TracedModels.Draw(5, 3), b = TracedModels.Draw(5, 2);
        InferencePlan plan = module.compile_inference(a, b);
        float[] result = new float[30];
        plan.Run([a.data<float>().ToArray(), b.data<float>().ToArray()], [result]);
        using (no_grad())
            AssertClose(module.call(a, b).data<float>().ToArray(), result);
    }

    [Fact]
    public void KeepsTheWeightsItWasCompiledWith()
    {
        nn.Module<Tensor, Tensor> module = TracedModels.Mlp();
        Tensor example = TracedModels.Draw(1, 32);
        InferencePlan plan = module.compile_inference(example);
        float[] input = example.data<float>().ToArray(), first = new float[3], second = new float[3];
        plan.Run(input, first);
        using (no_grad())
        {
            foreach (Parameter parameter in module.parameters())
                parameter.mul_(2);
        }

        plan.Run(input, second);
        Assert.Equal(first, second);
        module.compile_inference(example).Run(input, second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void LivesOnOutsideItsDisposeScope()
    {
        nn.Module<Tensor, Tensor> module = TracedModels.Mlp();
        InferencePlan plan;
        using (NewDisposeScope())
            plan = module.compile_inference(TracedModels.Draw(1, 32));
        float[] result = new float[3];
        plan.Run(new float[32], result);
        using (no_grad())
            AssertClose(module.call(zeros(1, 32)).data<float>().ToArray(), result);
    }

    [Fact]
    public void RefusesAWrongLength()
    {
        InferencePlan plan = TracedModels.Mlp().compile_inference(TracedModels.Draw(1, 32));
        ArgumentException input = Assert.Throws<ArgumentException>(() => plan.Run(new float[31], new float[3]));
        Assert.Contains("input 0 of shape [1, 32] needs 32 elements, got 31", input.Message);
        ArgumentException output = Assert.Throws<ArgumentException>(() => plan.Run(new float[32], new float[4]));
        Assert.Contains("output 0 of shape [1, 3] needs 3 elements, got 4", output.Message);
        ArgumentException count = Assert.Throws<ArgumentException>(() => plan.Run([new float[32]], []));
        Assert.Contains("1 inputs and 1 outputs, got 1 and 0", count.Message);
        plan.Run(new float[32], new float[3]);
    }

    [Fact]
    public void InstancesRunOnTheirOwnThreads()
    {
        nn.Module<Tensor, Tensor> module = new CnnLstm(11);
        Tensor example = TracedModels.Draw(1, 64, 11);
        InferencePlan plan = module.compile_inference(example);
        float[] input = example.data<float>().ToArray(), expected = new float[1];
        plan.Run(input, expected);
        Parallel.For(0, 4, _ =>
        {
            InferencePlan own = plan.Clone();
            float[] result = new float[1];
            for (int i = 0; i < 50; i++)
            {
                own.Run(input, result);
                Assert.Equal(expected[0], result[0]);
            }
        });
    }

    [Fact]
    public void OneInstanceRefusesToRunTwiceAtOnce()
    {
        InferencePlan plan = new CnnLstm(11).compile_inference(TracedModels.Draw(1, 64, 11));
        using CancellationTokenSource enough = new(TimeSpan.FromSeconds(20));
        int refused = 0;
        void Hammer()
        {
            float[] input = new float[64 * 11], result = new float[1];
            while (Volatile.Read(ref refused) == 0 && !enough.IsCancellationRequested)
            {
                try
                {
                    plan.Run(input, result);
                }
                catch (InvalidOperationException error) when (error.Message.Contains("Clone()"))
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }

        Parallel.Invoke(Hammer, Hammer);
        Assert.True(refused > 0);
    }

    // 1e-6 of the largest magnitude: plan and eager sum in the same order but for the narrowest products.
    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < expected.Length; i++)
        {
            if (float.IsFinite(expected[i]))
                Assert.InRange(actual[i], expected[i] - (1e-6 * scale), expected[i] + (1e-6 * scale));
            else
                Assert.Equal(expected[i], actual[i]);
        }
    }

    private sealed class Product() : nn.Module<Tensor, Tensor, Tensor>("Product")
    {
        public override Tensor forward(Tensor input1, Tensor input2) => input1.unsqueeze(2) * input2.unsqueeze(1);
    }
}
