namespace FinML.Torch.Tests.Ops;

/// <summary>One use of an operation: a function of sample inputs that the conformance tests run. The first word of the
/// name is the public method's.</summary>
internal sealed class Operation(string name, Func<Tensor[], Tensor> function, Sample[] inputs)
{
    public string Name => name;

    /// <summary>The public method it uses.</summary>
    public string Method => name.Split(' ')[0];

    public Func<Tensor[], Tensor> Function => function;

    public IReadOnlyList<Sample> Inputs => inputs;

    /// <summary>Elementwise, or alike: works for inputs of any one shape.</summary>
    public bool AnyShape { get; private set; }

    /// <summary>Reads the storage itself: another layout of the input is another function, or refused.</summary>
    public bool OwnLayout { get; private set; }

    /// <summary>Needs rows that differ (a matrix to be inverted, say).</summary>
    public bool NeedsDistinct { get; private set; }

    /// <summary>Multiplies rounding errors: float32 is held to 1e-2 only.</summary>
    public bool IllConditioned { get; private set; }

    /// <summary>PyTorch's own value, or that of the gradient, has some ten digits only.</summary>
    public bool LooseReference { get; private set; }

    public Operation WithLooseReference()
    {
        LooseReference = true;
        return this;
    }

    public Operation WithAnyShape()
    {
        AnyShape = true;
        return this;
    }

    public Operation WithOwnLayout()
    {
        OwnLayout = true;
        return this;
    }

    public Operation WithDistinctRows()
    {
        NeedsDistinct = true;
        return this;
    }

    public Operation WithIllConditioning()
    {
        IllConditioned = true;
        return this;
    }

    /// <summary>New leaves, float64.</summary>
    public Tensor[] Leaves() => [.. inputs.Select((input, i) => input.Make(i + 1).requires_grad_())];
}
