using FinML.Torch.Modules;

namespace FinML.Torch.Tests.Autograd;

/// <summary>Tests that measure the heap of the process: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HeapCollection
{
    public const string Name = "heap";
}

[Collection(HeapCollection.Name)]
public class MemoryTests
{
    [Fact]
    public void TenThousandStepsInAScopeUseFlatMemory()
    {
        TrainingTests.Train(3, 500);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TrainingTests.Train(3, 10_000);
        long perStep = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 10_000;
        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < 1 << 20, $"the heap grew by {growth} bytes");

        // One activation of this network is 64 * 32 * 4 = 8 KiB and a step makes some forty tensors: were the buffers
        // not pooled, a step would allocate over 200 KiB. The handles and nodes themselves take some 20 KiB.
        Assert.True(perStep < 64 << 10, $"a step allocated {perStep} bytes");
    }

    [Fact]
    public void AStepOfANetworkWithAdamAllocatesHandlesOnly()
    {
        Generator generator = new(5);
        Sequential net = torch.nn.Sequential(
            torch.nn.Linear(32, 64, generator: generator), torch.nn.Tanh(),
            torch.nn.Linear(64, 64, generator: generator), torch.nn.Tanh(),
            torch.nn.Linear(64, 3, generator: generator));
        torch.optim.Optimizer optimizer = torch.optim.Adam(net.parameters());
        Tensor x = torch.randn(256, 32, generator: generator), y = torch.randn(256, 3, generator: generator);
        void Step()
        {
            using DisposeScope scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            torch.nn.functional.mse_loss(net.call(x), y).backward();
            optimizer.step();
        }

        const int steps = 200;
        for (int i = 0; i < steps; i++)
        {
            Step();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < steps; i++)
        {
            Step();
        }

        // The gradients alone are 26 KiB and the activations 260 KiB: both come back from the pool.
        long perStep = (GC.GetAllocatedBytesForCurrentThread() - before) / steps;
        Assert.True(perStep < 12 << 10, $"a step allocated {perStep} bytes");
    }

    [Fact]
    public void AGradientThatWasReadSurvivesZeroGrad()
    {
        Parameter w = torch.nn.Parameter(torch.ones(4));
        torch.optim.Optimizer optimizer = torch.optim.SGD([w], 0.1);
        (w * 2).sum().backward();
        Tensor kept = w.grad!;
        optimizer.zero_grad();
        (w * 3).sum().backward(); // would take the buffer, had it gone back to the pool
        Assert.Equal([2f, 2, 2, 2], kept.data<float>().ToArray());
        Assert.Equal([3f, 3, 3, 3], w.grad!.data<float>().ToArray());
    }

    [Fact]
    public void TheOnePassDerivativesHaveTheBitsOfTheRecordedOnes()
    {
        Tensor x = torch.randn(37, generator: new Generator(4)) * 3;
        foreach (Func<Tensor, Tensor> function in new Func<Tensor, Tensor>[] { v => v.tanh(), v => v.sigmoid() })
        {
            Tensor leaf = x.detach().requires_grad_();
            function(leaf).square().sum().backward();
            Tensor other = x.detach().requires_grad_();
            Tensor recorded = torch.autograd.grad(
                [function(other).square().sum()], [other], create_graph: true)[0];
            Assert.Equal(recorded.data<float>().ToArray(), leaf.grad!.data<float>().ToArray());
        }
    }
}
