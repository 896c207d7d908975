namespace FinML.Torch;

/// <summary>
/// A model for inference under TorchSharp, with the surface of the managed engine's plan: shapes are checked, gradients
/// are off. It runs the module itself, so that later training shows, and each run allocates native tensors.
/// </summary>
/// <remarks>An instance is used by one thread at a time: a second call while one runs is refused.</remarks>
public sealed class InferencePlan
{
    private readonly Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward;
    private readonly (long[] Shape, ScalarType Type, Device Device)[] inputs;
    private readonly long[][] outputs;
    private int running;

    private InferencePlan(
        Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward,
        (long[] Shape, ScalarType Type, Device Device)[] inputs, long[][] outputs)
    {
        this.forward = forward;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    internal static InferencePlan Compile(
        nn.Module module, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward, IReadOnlyList<Tensor> examples)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(examples);
        using IDisposable gradients = no_grad();
        using IDisposable scope = NewDisposeScope();
        long[][] results = [.. forward(examples).Select(y => y.shape)];
        return new InferencePlan(forward, [.. examples.Select(x => (x.shape, x.dtype, x.device))], results);
    }

    /// <summary>Shapes of the inputs: those of the examples.</summary>
    public IReadOnlyList<long[]> InputShapes => Array.ConvertAll(inputs, x => (long[])x.Shape.Clone());

    /// <summary>Shapes of the outputs.</summary>
    public IReadOnlyList<long[]> OutputShapes => Array.ConvertAll(outputs, y => (long[])y.Clone());

    /// <summary>The model on one input.</summary>
    /// <exception cref="ArgumentException">A length differs, or the model has several inputs or outputs.</exception>
    /// <exception cref="InvalidOperationException">The instance is running already.</exception>
    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        float[] result = new float[output.Length];
        Run([input.ToArray()], [result]);
        result.CopyTo(output);
    }

    /// <summary>The model on several inputs.</summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{float}, Span{float})"/>
    public void Run(ReadOnlySpan<float[]> inputs, ReadOnlySpan<float[]> outputs)
    {
        Check(inputs, outputs);
        if (Interlocked.Exchange(ref running, 1) != 0)
        {
            throw new InvalidOperationException(
                "InferencePlan: this instance is running already; give each thread its own by Clone().");
        }

        try
        {
            using IDisposable gradients = no_grad();
            using IDisposable scope = NewDisposeScope();
            List<Tensor> given = [];
            for (int i = 0; i < inputs.Length; i++)
                given.Add(tensor(inputs[i], this.inputs[i].Shape).to(this.inputs[i].Type).to(this.inputs[i].Device));
            IReadOnlyList<Tensor> results = forward(given);
            for (int i = 0; i < outputs.Length; i++)
                results[i].to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray().CopyTo(outputs[i], 0);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>Another instance of the same module.</summary>
    public InferencePlan Clone() => new(forward, inputs, outputs);

    private void Check(ReadOnlySpan<float[]> given, ReadOnlySpan<float[]> wanted)
    {
        if (given.Length != inputs.Length || wanted.Length != outputs.Length)
        {
            throw new ArgumentException(
                $"InferencePlan: the model has {inputs.Length} inputs and {outputs.Length} outputs, got {given.Length} "
                + $"and {wanted.Length}.");
        }

        for (int i = 0; i < given.Length; i++)
            Check("input", i, inputs[i].Shape, given[i].Length);
        for (int i = 0; i < wanted.Length; i++)
            Check("output", i, outputs[i], wanted[i].Length);
    }

    private static void Check(string what, int i, long[] shape, int length)
    {
        long needed = shape.Aggregate(1L, (a, b) => a * b);
        if (length != needed)
        {
            throw new ArgumentException(
                $"InferencePlan: {what} {i} of shape [{string.Join(", ", shape)}] needs {needed} elements, got "
                + $"{length}.");
        }
    }
}
