namespace FinML.Torch;

/// <summary>
/// A part of the forward pass whose saved tensors are not kept but computed again when the backward pass first asks
/// for one (T. Chen et al., "Training deep nets with sublinear memory cost", 2016). The graph stays the one that the
/// forward pass recorded - only values are recomputed - so every kind of backward pass works, create_graph included.
/// </summary>
internal sealed class CheckpointFrame
{
    [ThreadStatic]
    private static CheckpointFrame? current;

    private readonly Func<Tensor[], Tensor[]> function;
    private readonly SavedTensor[] inputs;
    private readonly (Tensor Target, SavedTensor Value)[] standIns; // of a functional call around the checkpoint
    private readonly Dictionary<Generator, (ulong Key, ulong Counter)> draws = [];
    private readonly bool autocast = AutocastMode.IsEnabled;
    private CheckpointFrame? around; // while the function runs
    private bool again;              // it runs for the second time
    private int saved, pending;      // tensors saved in the forward pass; those the graph still holds
    private List<Storage>? values;

    private CheckpointFrame(Func<Tensor[], Tensor[]> function, Tensor[] inputs)
    {
        this.function = function;
        this.inputs = Array.ConvertAll(inputs, t => new SavedTensor(t));
        standIns = Array.ConvertAll(Substitution.Present(), pair => (pair.Target, new SavedTensor(pair.Value)));
    }

    /// <summary>The frame that the thread is in, or null.</summary>
    internal static CheckpointFrame? Current => current;

    /// <summary>The outputs of the function, recorded without keeping what happened inside.</summary>
    internal static Tensor[] Run(Func<Tensor[], Tensor[]> function, Tensor[] inputs)
    {
        if (!GradMode.Enabled || Tangents.Active)
        {
            return function(inputs); // nothing is saved; or what the tangents save would not be there again
        }

        CheckpointFrame frame = new(function, inputs);
        using DisposeScope scope = new();
        Tensor[] outputs = frame.Call(inputs);
        foreach (Tensor output in outputs)
        {
            if (output.Scope == scope)
            {
                scope.MoveToOuter(output);
            }
        }

        return outputs;
    }

    /// <summary>A place holder for a tensor that is saved inside the function.</summary>
    internal RecomputedStorage Pack(Tensor tensor)
    {
        Storage storage = tensor.Storage;
        if (!again)
        {
            pending++;
            return new RecomputedStorage(this, saved++, storage, counted: true);
        }

        storage.AddReference();
        values!.Add(storage);
        return new RecomputedStorage(this, values.Count - 1, storage, counted: false);
    }

    /// <summary>Notes where a generator stands before its first draw inside the function.</summary>
    internal void Note(Generator generator, ulong key, ulong counter)
    {
        if (!again)
        {
            draws.TryAdd(generator, (key, counter));
        }

        around?.Note(generator, key, counter);
    }

    internal Storage Recomputed(int index)
    {
        lock (draws)
        {
            return (values ?? Recompute())[index];
        }
    }

    /// <summary>The graph let go of one saved tensor; with the last one everything goes.</summary>
    internal void Released()
    {
        if (Interlocked.Decrement(ref pending) > 0)
        {
            return;
        }

        foreach (Storage value in values ?? [])
        {
            value.Release();
        }

        values = null;
        foreach (SavedTensor kept in inputs.Concat(standIns.Select(pair => pair.Value)))
        {
            kept.Release();
        }
    }

    private List<Storage> Recompute()
    {
        values = [];
        again = true;
        using AutoGradMode recording = new(true);
        using AutocastMode precision = new(autocast);
        Dictionary<Generator, (ulong Key, ulong Counter)> now = [];
        foreach ((Generator generator, (ulong key, ulong counter)) in draws)
        {
            now[generator] = generator.Position;
            generator.Position = (key, counter);
        }

        try
        {
            using DisposeScope scope = new();
            using Substitution? substitution = standIns.Length == 0
                ? null
                : new Substitution(standIns.Select(pair => (pair.Target, pair.Value.Unpack("checkpoint"))));
            Call(Array.ConvertAll(inputs, t => t.Unpack("checkpoint")));
        }
        finally
        {
            again = false;
            foreach ((Generator generator, (ulong Key, ulong Counter) position) in now)
            {
                generator.Position = position;
            }
        }

        return values.Count == saved
            ? values
            : throw new InvalidOperationException(
                $"checkpoint: the function saved {saved} tensors for its backward pass, and {values.Count} when it ran "
                + "again; it must do the same work both times.");
    }

    private Tensor[] Call(Tensor[] arguments)
    {
        CheckpointFrame? before = current;
        around = before;
        current = this;
        SavedTensor.StartRedirection();
        try
        {
            return function(arguments);
        }
        finally
        {
            SavedTensor.EndRedirection();
            current = before;
            around = null;
        }
    }
}
