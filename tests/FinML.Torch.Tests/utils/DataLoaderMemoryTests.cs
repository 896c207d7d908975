using FinML.Torch.Modules;
using FinML.Torch.Tests.Autograd;

namespace FinML.Torch.Tests.utils;

[Collection(HeapCollection.Name)]
public sealed class DataLoaderMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ManyEpochsUseFlatMemory(int workers)
    {
        Tensor x = ones([64, 1024]), y = ones([64]);
        using IterableDataLoader loader = torch.utils.data.DataLoader(
            torch.utils.data.TensorDataset(x, y), 16, shuffle: true, seed: 1, num_worker: workers);
        Run(10);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Run(100);
        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;

        // 100 epochs are 400 batches of 64 KiB: 25 MiB, were they kept.
        Assert.True(growth < 1 << 20, $"the heap grew by {growth} bytes");

        void Run(int epochs)
        {
            double sum = 0;
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                using DisposeScope scope = NewDisposeScope();
                foreach (IList<Tensor> batch in loader)
                    sum += batch[0].sum().item<float>();
            }

            Assert.Equal(epochs * 64.0 * 1024, sum);
        }
    }
}
