namespace FinML.Torch;

/// <summary>
/// Mixed precision for the thread until disposed. Linear layers, matrix products, convolutions, recurrent layers and
/// attention round their operands to bfloat16, add up in float32 and give bfloat16, so what the graph keeps of
/// activations is half as large; sums, means, softmax, layer norm and losses compute and give float32. Parameters stay
/// float32 - they are the master weights, and their gradients are float32. Float64 is left alone.
/// <para>
/// Run the forward pass and the loss inside; the backward pass may run inside or after it. bfloat16 has float32's
/// range, so losses need no <see cref="GradScaler"/>. Operands carry eight bits: a relative error of 2^-9 each, which
/// averages out - trained losses agree with float32 to a few percent (the tests hold them to 5 %).
/// </para>
/// </summary>
public sealed class AutocastMode : IDisposable
{
    // How many modes are on in all threads: while none is, an operation pays one read.
    private static int active;

    [ThreadStatic]
    private static bool current;

    private readonly bool before = current, counted;
    private bool ended;

    /// <param name="enabled">False ends an autocast around it: for a part that needs float32.</param>
    public AutocastMode(bool enabled = true)
    {
        current = enabled;
        counted = enabled;
        if (counted)
        {
            Interlocked.Increment(ref active);
        }
    }

    /// <summary>True where this engine can autocast; where not, the mode changes nothing.</summary>
    public static bool IsSupported => true;

    public static bool IsEnabled => active != 0 && current;

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        current = before;
        if (counted)
        {
            Interlocked.Decrement(ref active);
        }
    }

    /// <summary>Switches the mode without a scope, and gives what it was.</summary>
    internal static bool Exchange(bool enabled)
    {
        bool was = current;
        current = enabled;
        return was;
    }

    /// <summary>True where an operation on this first operand is one of bfloat16 operands.</summary>
    internal static bool Lowers(Tensor x) =>
        x.dtype == torch.ScalarType.BFloat16 || (IsEnabled && x.dtype == torch.ScalarType.Float32);

    /// <summary>As a node should keep it: an activation in bfloat16. A leaf stays, for it lives anyway.</summary>
    internal static Tensor Kept(Tensor x) =>
        x.dtype == torch.ScalarType.Float32 && !x.is_leaf ? x.to(torch.ScalarType.BFloat16) : x;

    /// <summary>The operand as the product sees it: float32 with the value of a bfloat16. Recorded.</summary>
    internal static Tensor Operand(Tensor x) =>
        (x.dtype == torch.ScalarType.BFloat16 ? x : x.to(torch.ScalarType.BFloat16)).to(torch.ScalarType.Float32);

    /// <summary>Of an operation that computes in float32: its result on the widened tensor, rounded again unless the
    /// mode wants float32.</summary>
    internal static Tensor Raised(Tensor x, Func<Tensor, Tensor> operation)
    {
        Tensor result = operation(x.to(torch.ScalarType.Float32));
        return IsEnabled ? result : result.to(torch.ScalarType.BFloat16);
    }
}
