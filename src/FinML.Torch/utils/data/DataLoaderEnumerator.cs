using System.Collections;
using FinML.Torch.Modules;

namespace FinML.Torch.Data;

/// <summary>
/// One epoch of a loader, on the consumer's side: reads the sampler, keeps a bounded number of batches under way, and
/// takes them in the order in which they were asked for. So it does not matter which worker makes which.
/// </summary>
/// <remarks>
/// Buffers are pooled by thread. What a worker rented goes back to a worker, with the next batch that is asked for:
/// returned by the consumer, it would fill the consumer's pool, from which nobody takes.
/// </remarks>
internal sealed class DataLoaderEnumerator<T, S>(DataLoader<T, S> loader) : IEnumerator<S>
{
    /// <summary>One that a worker makes, and one that waits.</summary>
    private const int BatchesPerWorker = 2;

    private readonly Queue<Task<(S Batch, Tensor[] Made)>> underWay = new();
    private IEnumerator<long>? order;
    private DataLoaderWorkers? workers;
    private Tensor[] owned = [];
    private List<Storage> worn = [];
    private long items;
    private bool ended;

    public S Current { get; private set; } = default!;

    object? IEnumerator.Current => Current;

    public bool MoveNext()
    {
        Disown();
        if (ended)
            return false;
        try
        {
            Ask();
            if (!underWay.TryDequeue(out Task<(S Batch, Tensor[] Made)>? next))
            {
                Stop();
                return false;
            }

            if (workers is null)
                next.RunSynchronously();
            (Current, Tensor[] made) = next.GetAwaiter().GetResult();
            Own(made);
            return true;
        }
        catch
        {
            Stop();
            throw;
        }
    }

    /// <summary>Begins a new epoch.</summary>
    public void Reset()
    {
        Disown();
        Stop();
        ended = false;
    }

    public void Dispose()
    {
        Disown();
        Stop();
        loader.Ended(this);
    }

    private void Ask()
    {
        if (order is null)
        {
            order = loader.sampler.GetEnumerator();
            items = loader.dataset.Count;
            workers = loader.num_workers == 0 ? null : new DataLoaderWorkers(loader.num_workers);
        }

        int wanted = Math.Max(1, BatchesPerWorker * loader.num_workers);
        CancellationToken stopping = workers?.Stopping ?? default;
        bool recording = torch.is_grad_enabled();
        while (underWay.Count < wanted && Indices() is { } indices)
        {
            List<Storage> returned = worn;
            worn = [];
            var task = new Task<(S, Tensor[])>(() => Load(loader, indices, returned, recording, stopping));
            underWay.Enqueue(task);
            workers?.Post(task);
        }
    }

    // The next batch of the sampler's; null at its end.
    private long[]? Indices()
    {
        List<long> indices = [];
        while (indices.Count < loader.batch_size && order!.MoveNext())
        {
            long index = order.Current;
            if (index < 0 || index >= items)
            {
                throw new InvalidOperationException(
                    $"DataLoader: the sampler named item {index} of a dataset of {items} items.");
            }

            indices.Add(index);
        }

        return indices.Count == 0 || (loader.drop_last && indices.Count < loader.batch_size) ? null : [.. indices];
    }

    // Static: a worker that still runs must not keep the enumerator.
    private static (S Batch, Tensor[] Made) Load(
        DataLoader<T, S> loader, long[] indices, List<Storage> returned, bool recording, CancellationToken stopping)
    {
        foreach (Storage storage in returned)
            storage.Release();
        // Grad mode is a thread's; here it is the consumer's.
        using IDisposable mode = torch.set_grad_enabled(recording);
        using DisposeScope items = torch.NewDisposeScope();
        var fetched = new T[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                fetched[i] = loader.dataset.GetTensor(indices[i]);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"DataLoader: item {indices[i]} of the dataset failed: {error.Message}", error);
            }
        }

        using DisposeScope made = torch.NewDisposeScope();
        try
        {
            S batch = loader.collate_fn(fetched, loader.Device);
            return (batch, made.DetachAll());
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(
                $"DataLoader: the batch of items {string.Join(", ", indices.Take(8))}"
                + $"{(indices.Length > 8 ? ", ..." : "")} could not be collated: {error.Message}", error);
        }
    }

    private void Own(Tensor[] made)
    {
        if (loader.DisposeBatch)
        {
            owned = made;
            return;
        }

        foreach (Tensor tensor in made)
            DisposeScope.Current?.Attach(tensor);
    }

    private void Disown()
    {
        foreach (Tensor tensor in owned)
        {
            if (workers is null)
                tensor.Dispose();
            else if (tensor.Surrender() is { } storage)
                worn.Add(storage);
        }

        owned = [];
    }

    private void Stop()
    {
        ended = true;
        worn = [];
        workers?.Dispose(); // none of them touches the dataset after this
        workers = null;
        order?.Dispose();
        order = null;
        foreach (Task<(S Batch, Tensor[] Made)> task in underWay.Where(t => t.IsCompletedSuccessfully))
        {
            foreach (Tensor tensor in task.Result.Made)
                tensor.Surrender();
        }

        underWay.Clear();
    }
}
