namespace FinML.Torch;

/// <summary>The autograd side of a tensor, shared by its handles: who made it, its gradient, its hooks.</summary>
internal sealed class AutogradMeta
{
    private readonly Node? producer;
    private readonly int index;
    private Node? accumulator;
    private bool shared;

    /// <summary>A leaf that requires grad.</summary>
    internal AutogradMeta(long[] sizes, ScalarType type)
    {
        Sizes = sizes;
        Type = type;
    }

    /// <summary>Output <paramref name="index"/> of <paramref name="producer"/>.</summary>
    internal AutogradMeta(Node producer, int index)
    {
        this.producer = producer;
        this.index = index;
    }

    internal Node? Producer => producer;

    internal bool IsLeaf => producer is null;

    internal long[]? Sizes { get; }

    internal ScalarType Type { get; }

    /// <summary>The accumulated gradient, for code that does not keep it.</summary>
    internal Tensor? Gradient { get; private set; }

    internal bool RetainsGradient { get; set; }

    internal List<Func<Tensor, Tensor?>>? Hooks { get; set; }

    internal Edge GradientEdge => producer is not null
        ? new Edge(producer, index)
        : new Edge(accumulator ?? MakeAccumulator(), 0);

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
        Interlocked.CompareExchange(ref accumulator, Node.ForLeaf(this), null) ?? accumulator;
}
