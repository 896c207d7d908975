using System.Runtime.InteropServices;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>A tensor in a trace: an input, a constant, or the result of an operation.</summary>
/// <param name="sizes">Shape under the example inputs.</param>
/// <param name="strides">Strides that eager execution gave it.</param>
/// <param name="offset">Position of its first element in its storage.</param>
/// <param name="type">Element type.</param>
internal sealed class TraceValue(long[] sizes, long[] strides, int offset, ScalarType type)
{
    internal TraceValue(Tensor tensor)
        : this(tensor.Sizes, tensor.Strides, tensor.Offset, tensor.dtype) => Fingerprint = FingerprintOf(tensor);

    internal long[] Sizes { get; } = sizes;

    internal long[] Strides { get; } = strides;

    internal int Offset { get; } = offset;

    internal ScalarType Type { get; } = type;

    internal long Count => Shapes.Count(Sizes);

    /// <summary>The elements, where they do not depend on the inputs.</summary>
    internal Tensor? Constant { get; init; }

    /// <summary>Name in the module's state, of a parameter or buffer.</summary>
    internal string? Name { get; init; }

    /// <summary>The operation it is a result of.</summary>
    internal TraceOperation? Producer { get; set; }

    /// <summary>The value whose storage it shares; null for one of its own.</summary>
    internal TraceValue? ViewOf { get; init; }

    /// <summary>How it shares it.</summary>
    internal ViewKind? View { get; init; }

    /// <summary>Why it is unknown; null where it is known.</summary>
    internal string? Error { get; init; }

    /// <summary>Of the elements when it was recorded.</summary>
    internal int Fingerprint { get; }

    /// <summary>The value that owns the storage.</summary>
    internal TraceValue Root => ViewOf?.Root ?? this;

    /// <summary>True where both show the same places of a storage.</summary>
    internal bool LiesAs(TraceValue other) => Offset == other.Offset && Shapes.Equal(Sizes, other.Sizes)
        && Strides.AsSpan().SequenceEqual(other.Strides);

    /// <summary>A hash of the elements.</summary>
    internal static int FingerprintOf(Tensor tensor)
    {
        Tensor elements = tensor.IsContiguous ? tensor : TraceRecorder.Snapshot(tensor);
        HashCode hash = default;
        switch (elements.dtype)
        {
            case ScalarType.Float32: hash.AddBytes(MemoryMarshal.AsBytes(elements.Span<float>())); break;
            case ScalarType.Float64: hash.AddBytes(MemoryMarshal.AsBytes(elements.Span<double>())); break;
            case ScalarType.Int64: hash.AddBytes(MemoryMarshal.AsBytes(elements.Span<long>())); break;
            case ScalarType.Int32: hash.AddBytes(MemoryMarshal.AsBytes(elements.Span<int>())); break;
            case ScalarType.Bool: hash.AddBytes(MemoryMarshal.AsBytes(elements.Span<bool>())); break;
            case var type: hash.Add(type); break;
        }

        return hash.ToHashCode();
    }
}

/// <summary>One step of a trace.</summary>
/// <param name="Name">As in the error messages of eager execution.</param>
/// <param name="Inputs">Null for an optional one that was left out.</param>
/// <param name="Outputs">Results; those that nothing reads are there too.</param>
/// <param name="Attributes">Whatever the operation recorded besides.</param>
/// <param name="Path">The modules it ran in, outermost first.</param>
internal sealed record TraceOperation(
    string Name, TraceValue?[] Inputs, TraceValue[] Outputs, object? Attributes, string Path)
{
    internal TraceValue Input => Inputs[0]!;

    internal TraceValue Output => Outputs[0];

    public override string ToString() => Path.Length == 0 ? $"'{Name}'" : $"'{Name}' in {Path}";
}

/// <summary>Attribute of a view: the operation that made it; its geometry stands in the values.</summary>
internal sealed record ViewKind(string Operation);

/// <summary>Attribute of a write, whose inputs are a whole storage before it and what is written, which broadcasts;
/// its output is the whole storage after it.</summary>
/// <param name="Place">The geometry of what is written in that of the whole.</param>
internal sealed record WrittenPlace(TraceValue Place);

/// <summary>Attribute of a reduction: the reduced axes, and whether they stay with size one.</summary>
internal sealed record ReducedAxes(long[] Axes, bool KeepDim);

/// <summary>A function as it ran: operations in order, without those that no output needs.</summary>
internal sealed record Trace(TraceValue[] Inputs, TraceValue[] Outputs, TraceOperation[] Operations);

/// <summary>Attribute of a pad: pairs (before, after) from the last axis backwards, at least zero.</summary>
internal sealed record PaddedPairs(long[] Pairs, Scalar Value);

/// <summary>Attribute of a recurrent layer (lstm, gru, rnn_tanh, rnn_relu) over sequences of one length. Its inputs
/// are x (rows time-major, features), h and c (batch, hidden) - c null without one -, W_ih, W_hh, b_ih and b_hh or
/// both null; its outputs the states of all steps, the last h and the last c, where it has one.</summary>
internal sealed record RecurrentShape(int Steps, int Batch, bool Reverse);

/// <summary>Attribute of a convolution over one axis or two (conv1d, conv2d): its options and its sizes. Inputs are x,
/// the weight and the bias or null.</summary>
internal sealed record TracedConvolution(ConvolutionShape Shape, ConvolutionKernel Kernel);

/// <summary>Attribute of an argsort: the axis, and how many positions of its order stay.</summary>
internal sealed record OrderedAxis(int Axis, bool Descending, long Count);

/// <summary>Attribute of a clamp.</summary>
internal sealed record Limits(Scalar? Min, Scalar? Max);

/// <summary>Attribute of a layer normalisation over the last <paramref name="Axes"/> axes.</summary>
internal sealed record LayerNormShape(int Axes, double Epsilon);

/// <summary>Attribute of a triangular solution.</summary>
internal sealed record TriangleKind(bool Upper, bool Unit);

/// <summary>Attribute of a unique, in a trace for a file: along which axis slices are compared, or null for elements.
/// Its outputs are what differs, where each went, and how many went there; the first and the last have as many as the
/// input decides.</summary>
internal sealed record UniqueKind(int? Axis);
