using FinML.Torch.Modules;

namespace FinML.Torch.Tests.Autograd;

/// <summary>Threads that share nothing but the library do not notice each other.</summary>
public class ThreadTests
{
    [Fact]
    public void ModelsTrainedSideBySideHaveTheBitsOfModelsTrainedInTurn()
    {
        Func<ulong, float[]>[] trainings = [TrainMlp, TrainRecurrent, TrainMixed];
        float[][] inTurn = [.. trainings.SelectMany(t => new[] { t(1), t(2) })];
        float[][] together = new float[inTurn.Length][];
        Thread[] threads = [.. Enumerable.Range(0, inTurn.Length).Select(
            i => new Thread(() => together[i] = trainings[i / 2]((ulong)(1 + (i % 2)))))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        for (int i = 0; i < inTurn.Length; i++)
        {
            Assert.Equal(inTurn[i], together[i]);
        }

        Assert.NotEqual(inTurn[0], inTurn[1]);
    }

    [Fact]
    public void TwoThreadsMayShareLeavesAndAConstantGraph()
    {
        Tensor shared = torch.tensor([1.0, 2.0], requires_grad: true), scale = shared.exp();
        double[][] results = new double[2][];
        Parallel.For(0, 2, i =>
        {
            for (int k = 0; k < 200; k++)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                results[i] = autograd.grad([(scale * (i + 1)).sum()], [shared], retain_graph: true)[0]
                    .data<double>().ToArray();
            }
        });
        Assert.Equal(Math.E, results[0][0], 1e-12);
        Assert.Equal(results[0].Select(v => 2 * v), results[1]);
    }

    [Fact]
    public void AScopeOfAnotherThreadIsRefused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor mine = torch.ones(2, 3);
        Exception[] errors = new Exception[2];
        Thread thread = new(() =>
        {
            errors[0] = Record.Exception(() => mine.MoveToOuterDisposeScope());
            errors[1] = Record.Exception(() => scope.Attach(torch.ones(4)));
        });
        thread.Start();
        thread.Join();
        foreach ((Exception error, string shape) in errors.Zip(["[2, 3]", "[4]"]))
        {
            Assert.IsType<InvalidOperationException>(error);
            Assert.Contains(shape, error.Message);
            Assert.Contains("of thread", error.Message);
        }
    }

    [Fact]
    public void ATensorDisposedByAnotherThreadIsAnErrorHere()
    {
        Tensor tensor = torch.ones(2, 3);
        Thread thread = new(tensor.Dispose);
        thread.Start();
        thread.Join();
        string message = Assert.Throws<ObjectDisposedException>(() => tensor + 1).Message;
        Assert.Contains("add", message);
        Assert.Contains("[2, 3]", message);
    }

    private static float[] TrainMlp(ulong seed)
    {
        Generator generator = new(seed);
        return Train(
            torch.nn.Sequential(
                torch.nn.Linear(4, 8, generator: generator), torch.nn.Tanh(),
                torch.nn.Linear(8, 1, generator: generator)),
            (net, x) => torch.nn.functional.dropout(net.call(x), 0.3, generator: generator), [16, 4], generator);
    }

    private static float[] TrainRecurrent(ulong seed)
    {
        Generator generator = new(seed);
        return Train(
            torch.nn.LSTM(4, 8, generator: generator), (net, x) => net.call(x).Item1, [5, 3, 4], generator);
    }

    private static float[] TrainMixed(ulong seed)
    {
        Generator generator = new(seed);
        return Train(
            torch.nn.Linear(4, 8, generator: generator),
            (net, x) =>
            {
                using AutocastMode mode = new();
                return Checkpointing.checkpoint(v => net.call(v).tanh(), x);
            },
            [16, 4], generator);
    }

    private static float[] Train<T>(T net, Func<T, Tensor, Tensor> forward, long[] shape, Generator generator)
        where T : torch.nn.Module
    {
        torch.optim.Optimizer optimizer = torch.optim.Adam(net.parameters(), 1e-2);
        Tensor x = torch.randn(shape, generator: generator);
        for (int step = 0; step < 60; step++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            forward(net, x).@float().sub(0.5).square().mean().backward();
            optimizer.step();
        }

        return [.. net.parameters().SelectMany(p => p.data<float>().ToArray())];
    }
}
