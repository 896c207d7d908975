namespace FinML.Torch;

/// <summary>The autograd side of a tensor, shared by its handles: who made it, its gradient, its hooks.</summary>
internal sealed class AutogradMeta
{
    private readonly Node? producer;
    private readonly int index;
    private Rest? rest;
    private bool shared;

    /// <summary>A leaf that requires grad.</summary>
    internal AutogradMeta(long[] sizes, ScalarType type)
    {
        rest = new Rest { Sizes = sizes, Type = type };
    }

    /// <summary>Output <paramref name="index"/> of <paramref name="producer"/>.</summary>
    internal AutogradMeta(Node producer, int index)
    {
        this.producer = producer;
        this.index = index;
    }

    internal Node? Producer => producer;

    internal bool IsLeaf => producer is null;

    internal long[]? Sizes => rest?.Sizes;

    internal ScalarType Type => rest?.Type ?? default;

    /// <summary>The accumulated gradient, for code that does not keep it.</summary>
    internal Tensor? Gradient { get; private set; }

    internal bool RetainsGradient
    {
        get => rest is { RetainsGradient: true };
        set => (rest ??= new Rest()).RetainsGradient = value;
    }

    internal List<Func<Tensor, Tensor?>>? Hooks
    {
        get => rest?.Hooks;
        set => (rest ??= new Rest()).Hooks = value;
    }

    internal Edge GradientEdge => producer is not null
        ? new Edge(producer, index)
        : new Edge(rest!.Accumulator ?? MakeAccumulator(), 0);

    /// <summary>Takes a gradient; <paramref name="shared"/> where others may hold it too.</summary>
    internal void SetGradient(Tensor? value, bool shared)
    {
        Gradient = value;
        this.shared = shared;
    }

    /// <summary>The gradient for someone who may keep it.</summary>
    internal Tensor? ShowGradient()
    {
        shared = true;
        return Gradient;
    }

    /// <summary>Lets go of the gradient; a buffer that nobody else has seen returns to the pool.</summary>
    internal void DropGradient()
    {
        if (!shared)
        {
            Gradient?.Dispose();
        }

        Gradient = null;
    }

    private Node MakeAccumulator() =>
        Interlocked.CompareExchange(ref rest!.Accumulator, Node.ForLeaf(this), null) ?? rest.Accumulator;

    /// <summary>What a leaf has, and few others: most results of operations carry none of it.</summary>
    private sealed class Rest
    {
        internal Node? Accumulator;

        internal long[]? Sizes { get; init; }

        internal ScalarType Type { get; init; }

        internal bool RetainsGradient { get; set; }

        internal List<Func<Tensor, Tensor?>>? Hooks { get; set; }
    }
}
