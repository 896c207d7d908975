using System.Runtime.CompilerServices;

namespace FinML.Torch;

// How an operation joins a trace - one line after its result is computed:
//
//     if (Tracer.Active)
//         Tracer.Record("mm", [this, target], result);              // attributes, where it has any, as one more object
//
// Most operations need no line of their own, because the places they share have it:
// - Elementwise.Unary, Binary and Compare: the name is that of the operation's type (TanhOperation -> "tanh"), and a
//   plan runs it through that type. Tensor.Alias: every view, by its strides.
// - FusedOperation.Record: with TraceAttributes as one operation, else as what Compose makes of it. It is
//   reached through Node.Needed([x, weight]), which is true in a trace; Node.Needed(x) is not.
// - What only calls other operations is recorded as those.
//
// An operation without a record is never taken for a constant. Tensor.Uninitialized tells the tracer who made a
// storage (the calling method's name); where such a tensor is read later, the value is unknown, and a trace whose
// outputs depend on it ends in an error with that name. Factories say Tracer.Constant(result). In-place operations go
// through InPlace.Replace in a trace, with a result that records itself: the trace then has a new value of the whole
// storage, which every view of it shows (TraceRecorder.Writes). Other writes (MarkWritten: random draws, data) make
// unknown values, and so do kernels that write to a tensor without telling: each value has a fingerprint of its
// elements, which is compared when it is read. Reading elements (item, data) of a value that depends on an input is
// refused at once; an operation that makes a shape or positions from elements (unique) says so first:
// Tracer.Read(this, "unique"). Exporter and plan then learn the operation's name: OnnxOperators and PlanLowering. What
// a plan runs by its kernel and a file has no operator for says Tracer.Record for the one, and Tracer.Define with a
// composition of recorded operations for the other, as Tracer.Composing tells.

/// <summary>The hooks of operations into the trace that runs on this thread, if one does.</summary>
internal static class Tracer
{
    private static int running;

    [ThreadStatic]
    private static TraceRecorder? current;

    /// <summary>True while any thread traces: the only cost of a hook otherwise.</summary>
    internal static bool Active
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => running != 0;
    }

    /// <summary>True while this thread traces.</summary>
    internal static bool Recording => Active && current is not null;

    /// <summary>True while this thread traces for a file.</summary>
    internal static bool Composing => Active && current is { Composing: true };

    /// <summary>The operations of <paramref name="forward"/> on the examples, without gradients.</summary>
    /// <param name="module">Gives parameters and buffers their names; null: constants stay unnamed.</param>
    /// <param name="forward">The function to trace. It runs once.</param>
    /// <param name="examples">Its inputs; a trace is for their shapes and dtypes.</param>
    /// <param name="composing">Records what has no operator in a file as operations that have one.</param>
    /// <exception cref="InvalidOperationException">An output depends on an operation that is not recorded, or the
    /// function read elements, or wrote in place to what is from before it.</exception>
    internal static Trace Run(
        torch.nn.Module? module, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> forward,
        IReadOnlyList<Tensor> examples, bool composing = false)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(examples);
        if (current is not null)
            throw new InvalidOperationException("trace: a trace already runs on this thread.");
        using DisposeScope scope = new();
        using IDisposable gradients = torch.no_grad();
        Tensor[] inputs = [.. examples.Select(e => e.detach().clone())];
        TraceRecorder recorder = new(module, inputs, composing);
        Interlocked.Increment(ref running);
        current = recorder;
        try
        {
            return recorder.Finish(forward(inputs));
        }
        finally
        {
            current = null;
            Interlocked.Decrement(ref running);
        }
    }

    internal static void Record(string name, ReadOnlySpan<Tensor?> inputs, Tensor output, object? attributes = null) =>
        current?.Record(name, inputs, [output], attributes);

    internal static void Record(
        string name, ReadOnlySpan<Tensor?> inputs, ReadOnlySpan<Tensor> outputs, object? attributes) =>
        current?.Record(name, inputs, outputs, attributes);

    /// <summary>An elementwise operation, under the name of its type.</summary>
    internal static void Record(ElementwiseKernel kernel, ReadOnlySpan<Tensor?> inputs, Tensor output) =>
        current?.Record(kernel.Name, inputs, [output], kernel);

    /// <summary>Gives <paramref name="outputs"/> the elements and the record of <paramref name="composed"/>.</summary>
    internal static void Define(ReadOnlySpan<Tensor> composed, ReadOnlySpan<Tensor> outputs) =>
        current?.Define(composed, outputs);

    /// <summary>A tensor that is complete and depends on no other: what a factory returns.</summary>
    internal static Tensor Constant(Tensor tensor)
    {
        if (Active)
            current?.Constant(tensor);
        return tensor;
    }

    /// <summary>A new storage, and the method that makes it.</summary>
    internal static void Born(Tensor tensor, string operation) => current?.Born(tensor.Storage, operation);

    /// <summary>A tensor on the elements of another.</summary>
    internal static void View(Tensor source, Tensor view, string operation) => current?.View(source, view, operation);

    /// <summary>An in-place write of what the trace does not see.</summary>
    internal static void Written(Storage storage, string operation) => current?.Written(storage, operation);

    /// <summary>target = result, which broadcasts and has its dtype, in the tensor and in the trace.</summary>
    internal static void Replace(string operation, Tensor target, Tensor result) =>
        current!.Replace(operation, target, result);

    /// <summary>True where the elements do not depend on the inputs.</summary>
    internal static bool IsConstant(Tensor tensor) => current?.IsConstant(tensor) ?? true;

    /// <summary>Elements are about to leave the graph; <paramref name="instead"/> says what to write where they may
    /// not.</summary>
    internal static void Read(
        Tensor tensor, string operation, string instead = "Write the choice with torch.where.") =>
        current?.Read(tensor, operation, instead);
}
