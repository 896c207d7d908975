using System.Diagnostics;
using System.Reflection;

namespace FinML.Torch;

/// <summary>What one trace has seen so far.</summary>
internal sealed partial class TraceRecorder
{
    private readonly Dictionary<Tensor, TraceValue> values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Storage, string> makers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, string> names = new(ReferenceEqualityComparer.Instance);
    private readonly Tensor[] examples;
    private readonly TraceValue[] inputs;

    /// <param name="module">Gives parameters and buffers their names.</param>
    /// <param name="inputs">The examples.</param>
    /// <param name="composing">See <see cref="Composing"/>.</param>
    internal TraceRecorder(torch.nn.Module? module, Tensor[] inputs, bool composing)
    {
        (examples, Composing) = (inputs, composing);
        foreach ((string name, Tensor tensor) in module?.state_dict() ?? [])
            names.TryAdd(tensor, name);
        foreach ((string name, Tensor buffer) in module?.named_buffers() ?? [])
            names.TryAdd(buffer, name);
        this.inputs = Array.ConvertAll(inputs, t => values[t] = new TraceValue(t));
    }

    /// <summary>True where what has no operator in a file is recorded as operations that have one.</summary>
    internal bool Composing { get; }

    internal void Constant(Tensor tensor) =>
        Settle(tensor, new TraceValue(tensor) { Constant = Snapshot(tensor) });

    internal bool IsConstant(Tensor tensor) => ValueOf(tensor).Constant is not null;

    internal void Born(Storage storage, string operation)
    {
        makers[storage] = operation;
        latest.Remove(storage); // of a storage that was used before
    }

    internal void Record(
        string name, ReadOnlySpan<Tensor?> from, ReadOnlySpan<Tensor> to, object? attributes)
    {
        var operands = new TraceValue?[from.Length];
        bool constant = true;
        string? error = null;
        for (int i = 0; i < from.Length; i++)
        {
            operands[i] = from[i] is null ? null : ValueOf(from[i]!);
            constant &= operands[i] is null or { Constant: not null };
            error ??= operands[i]?.Error;
        }

        var results = new TraceValue[to.Length];
        TraceOperation? operation = error is null && !constant
            ? new TraceOperation(name, operands, results, attributes, ModulePath())
            : null;
        for (int i = 0; i < to.Length; i++)
        {
            results[i] = Result(to[i], null, error, constant);
            results[i].Producer = operation;
            Settle(to[i], results[i]);
        }
    }

    internal void Define(ReadOnlySpan<Tensor> composed, ReadOnlySpan<Tensor> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            // The composed result, to the last bit, in the output's own layout.
            Copying.Copy(composed[i], outputs[i]);
            Record("copy", [composed[i]], [outputs[i]], null);
        }
    }

    internal void View(Tensor source, Tensor view, string operation)
    {
        TraceValue from = ValueOf(source);
        if (Shapes.Equal(view.Sizes, source.Sizes) && view.Strides.AsSpan().SequenceEqual(source.Strides)
            && view.Offset == source.Offset)
        {
            values[view] = from;
            return;
        }

        TraceValue result = Result(view, from, from.Error, from.Constant is not null, new ViewKind(operation));
        if (from.Error is null && from.Constant is null)
            result.Producer = new TraceOperation("view", [from], [result], result.View, ModulePath());
        values[view] = result;
    }

    internal void Read(Tensor tensor, string operation, string instead)
    {
        if (ValueOf(tensor).Constant is null)
        {
            throw new InvalidOperationException(
                $"trace: '{operation}' in {ModulePath()} reads elements that depend on the inputs; a trace would keep "
                + $"the example's. {instead}");
        }
    }

    internal Trace Finish(IReadOnlyList<Tensor> outputs)
    {
        TraceValue[] results = [.. outputs.Select(ValueOf)];
        List<TraceOperation> order = [];
        HashSet<TraceOperation> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(TraceOperation Operation, bool Ready)> open = new();
        foreach (TraceValue result in results)
        {
            if (result.Error is not null)
                throw new InvalidOperationException(result.Error);
            if (result.Producer is not null)
                open.Push((result.Producer, false));
            while (open.TryPop(out (TraceOperation Operation, bool Ready) top))
            {
                if (top.Ready)
                {
                    order.Add(top.Operation);
                    continue;
                }

                if (!seen.Add(top.Operation))
                    continue;
                open.Push((top.Operation, true));
                foreach (TraceValue? input in top.Operation.Inputs)
                {
                    if (input?.Producer is { } producer && !seen.Contains(producer))
                        open.Push((producer, false));
                }
            }
        }

        return new Trace(inputs, results, [.. order]);
    }

    private TraceValue ValueOf(Tensor tensor)
    {
        values.TryGetValue(tensor, out TraceValue? known);
        if (latest.TryGetValue(tensor.Storage, out TraceValue? whole) && !Shows(known, whole))
            return values[tensor] = Renewed(tensor, known, whole);
        if (known is not null)
        {
            return known.Error is not null || TraceValue.FingerprintOf(tensor) == known.Fingerprint
                ? known
                : values[tensor] = Unknown(known, Changed(known));
        }

        TraceValue value = new(tensor);
        if (makers.TryGetValue(tensor.Storage, out string? maker))
        {
            value = Unknown(
                value,
                $"trace: '{maker}' in {ModulePath()} does not record itself, so that a result that depends on it "
                + "cannot be traced; a random operation needs eval() on the module.");
        }
        else
        {
            // From before the trace, or on an array of the caller's.
            value = new TraceValue(tensor) { Constant = Handle(tensor), Name = names.GetValueOrDefault(tensor) };
        }

        return values[tensor] = value;
    }

    private TraceValue Result(
        Tensor tensor, TraceValue? viewOf, string? error, bool constant, ViewKind? view = null) => new(tensor)
        {
            Error = error,
            ViewOf = viewOf,
            View = view,
            Constant = error is not null || !constant ? null
            : makers.ContainsKey(tensor.Storage) ? Snapshot(tensor) : Handle(tensor),
        };

    private static TraceValue Unknown(TraceValue value, string error) =>
        new(value.Sizes, value.Strides, value.Offset, value.Type) { Error = error };

    private static string Changed(TraceValue known) =>
        $"trace: the result of {known.Producer?.ToString() ?? "a factory"} was changed in {ModulePath()} by an "
        + "operation that does not record itself, so that a result that depends on it cannot be traced; a random draw "
        + "needs eval() on the module.";

    /// <summary>A contiguous copy that no hook sees and no scope disposes.</summary>
    internal static Tensor Snapshot(Tensor tensor)
    {
        Tensor copy = new(Storage.Create(tensor.dtype, tensor.numel()), tensor.Sizes, null, 0);
        Copying.Copy(tensor, copy);
        return copy.DetachFromDisposeScope();
    }

    /// <summary>The same elements under a handle that no scope disposes.</summary>
    private static Tensor Handle(Tensor tensor)
    {
        Storage storage = tensor.Storage;
        storage.AddReference();
        return new Tensor(storage, tensor.Sizes, tensor.Strides, tensor.Offset).DetachFromDisposeScope();
    }

    /// <summary>The classes whose forward runs, outermost first.</summary>
    private static string ModulePath()
    {
        List<string> path = [];
        foreach (StackFrame frame in new StackTrace(2, fNeedFileInfo: false).GetFrames())
        {
            MethodBase? method = frame.GetMethod();
            if (method?.Name == "forward" && typeof(torch.nn.Module).IsAssignableFrom(method.DeclaringType))
                path.Add(method.DeclaringType.Name);
        }

        path.Reverse();
        return path.Count == 0 ? "the traced function" : string.Join(" > ", path);
    }
}
