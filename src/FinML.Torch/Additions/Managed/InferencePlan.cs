namespace FinML.Torch;

/// <summary>
/// A model compiled for inference: a fixed list of steps on preallocated buffers, with packed weights. A run allocates
/// nothing. The weights are those of the moment it was compiled; train and compile again to change them.
/// </summary>
/// <remarks>
/// In-place writes in the model are kept, but not those to a parameter, a buffer or an input, which outlive the call:
/// these are refused, and so are results whose shape the input decides (unique, masked_select, nonzero). Linear algebra
/// runs by the kernels of eager execution and refuses what they refuse.
/// An instance may be used from any thread, but by one at a time: a second call while one runs is refused.
/// <see cref="Clone"/> gives further instances, which share the weights, one for each thread. Inputs and outputs are
/// flat, row by row; elements of other dtypes (numbers for an embedding) are given and returned as floats.
/// </remarks>
public sealed class InferencePlan
{
    private readonly PlanProgram program;
    private readonly PlanStep[] steps;
    private readonly Tensor[] inputs, outputs;
    private readonly int[] inputLengths, outputLengths;
    private int running;

    private InferencePlan(PlanProgram program)
    {
        this.program = program;
        (steps, inputs, outputs) = program.Bind();
        inputLengths = Array.ConvertAll(inputs, t => t.Count);
        outputLengths = Array.ConvertAll(outputs, t => t.Count);
    }

    internal static InferencePlan Compile(
        nn.Module module, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward, IReadOnlyList<Tensor> examples) =>
        new(new PlanProgram(Tracer.Run(module, forward, examples)));

    /// <summary>Shapes of the inputs: those of the examples.</summary>
    public IReadOnlyList<long[]> InputShapes => Array.ConvertAll(program.Inputs, v => (long[])v.Sizes.Clone());

    /// <summary>Shapes of the outputs.</summary>
    public IReadOnlyList<long[]> OutputShapes => Array.ConvertAll(program.Outputs, v => (long[])v.Sizes.Clone());

    /// <summary>The model on one input.</summary>
    /// <param name="input">As many elements as the example has.</param>
    /// <param name="output">As many elements as the result has.</param>
    /// <exception cref="ArgumentException">A length differs, or the model has several inputs or outputs.</exception>
    /// <exception cref="InvalidOperationException">The instance is running already.</exception>
    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        CheckCounts(1, 1);
        CheckInput(0, input.Length);
        CheckOutput(0, output.Length);
        Enter();
        try
        {
            Write(input, inputs[0]);
            foreach (PlanStep step in steps)
                step.Execute();
            Read(outputs[0], output);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>The model on several inputs: <c>plan.Run([x, h, c], [y, h, c])</c>. An output may be an input's array.
    /// </summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{float}, Span{float})"/>
    public void Run(ReadOnlySpan<float[]> inputs, ReadOnlySpan<float[]> outputs)
    {
        CheckCounts(inputs.Length, outputs.Length);
        for (int i = 0; i < inputs.Length; i++)
            CheckInput(i, inputs[i].Length);
        for (int i = 0; i < outputs.Length; i++)
            CheckOutput(i, outputs[i].Length);
        Enter();
        try
        {
            for (int i = 0; i < inputs.Length; i++)
                Write(inputs[i], this.inputs[i]);
            foreach (PlanStep step in steps)
                step.Execute();
            for (int i = 0; i < outputs.Length; i++)
                Read(this.outputs[i], outputs[i]);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>Another instance with the same weights and buffers of its own.</summary>
    public InferencePlan Clone() => new(program);

    private void Enter()
    {
        if (Interlocked.Exchange(ref running, 1) != 0)
        {
            throw new InvalidOperationException(
                "InferencePlan: this instance is running already; give each thread its own by Clone().");
        }
    }

    private void CheckCounts(int given, int wanted)
    {
        if (given != inputs.Length || wanted != outputs.Length)
        {
            throw new ArgumentException(
                $"InferencePlan: the model has {inputs.Length} inputs and {outputs.Length} outputs, got {given} and "
                + $"{wanted}.");
        }
    }

    private void CheckInput(int i, int length)
    {
        if (length != inputLengths[i])
        {
            throw new ArgumentException(
                $"InferencePlan: input {i} of shape {Shapes.Text(inputs[i].Sizes)} needs {inputLengths[i]} elements, "
                + $"got {length}.");
        }
    }

    private void CheckOutput(int i, int length)
    {
        if (length != outputLengths[i])
        {
            throw new ArgumentException(
                $"InferencePlan: output {i} of shape {Shapes.Text(outputs[i].Sizes)} needs {outputLengths[i]} "
                + $"elements, got {length}.");
        }
    }

    private static void Write(ReadOnlySpan<float> from, Tensor to)
    {
        switch (to.dtype)
        {
            case ScalarType.Float32: from.CopyTo(to.Span<float>()); break;
            case ScalarType.Float64: Convert(from, to.Span<double>()); break;
            case ScalarType.Int64: Convert(from, to.Span<long>()); break;
            case ScalarType.Int32: Convert(from, to.Span<int>()); break;
            default:
                for (int i = 0; i < from.Length; i++)
                    to.Span<bool>()[i] = from[i] != 0;
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<float> from, Span<T> to)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = T.CreateTruncating(from[i]);
    }

    private static void Read(Tensor from, Span<float> to)
    {
        if (from.dtype == ScalarType.Float32 && from.IsContiguous)
        {
            from.Span<float>().CopyTo(to);
            return;
        }

        Rows rows = new(from.Sizes, from.Strides, from.Offset);
        for (int at = 0; rows.Next();)
        {
            for (int i = 0, k = rows.OffsetA; i < rows.Length; i++, k += rows.StrideA)
            {
                to[at++] = from.dtype switch
                {
                    ScalarType.Float32 => from.Items<float>()[k],
                    ScalarType.Float64 => (float)from.Items<double>()[k],
                    ScalarType.Int64 => from.Items<long>()[k],
                    ScalarType.Int32 => from.Items<int>()[k],
                    _ => from.Items<bool>()[k] ? 1 : 0,
                };
            }
        }
    }
}
