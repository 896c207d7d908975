using System.Collections.Concurrent;

namespace FinML.Torch.Data;

/// <summary>Threads that run what is posted to them, first come first served, until they are stopped.</summary>
internal sealed class DataLoaderWorkers : IDisposable
{
    private readonly BlockingCollection<Task> posted = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Thread[] threads;

    internal DataLoaderWorkers(int count)
    {
        threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"DataLoader worker {i}" };
            threads[i].Start();
        }
    }

    /// <summary>What runs looks at it between items.</summary>
    internal CancellationToken Stopping => stop.Token;

    internal void Post(Task task) => posted.Add(task);

    /// <summary>Waits for the item that each worker is at, and ends them.</summary>
    public void Dispose()
    {
        stop.Cancel();
        posted.CompleteAdding();
        foreach (Thread thread in threads)
            thread.Join();
        posted.Dispose();
        stop.Dispose();
    }

    private void Work()
    {
        foreach (Task task in posted.GetConsumingEnumerable())
            task.RunSynchronously(); // what it throws stays in the task, for the consumer
    }
}
