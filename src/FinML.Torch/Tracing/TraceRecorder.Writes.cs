namespace FinML.Torch;

// In-place writes. A trace has pure operations only, so a write makes a new value of the whole storage: what is written
// where that is all of it, else the old value with a part replaced ("write"). A handle keeps the value it had; where
// its storage was written since then, it is the same view of the new value, view by view, when it is next read.
internal sealed partial class TraceRecorder
{
    /// <summary>The value of each storage that was written.</summary>
    private readonly Dictionary<Storage, TraceValue> latest = new(ReferenceEqualityComparer.Instance);

    internal void Written(Storage storage, string operation)
    {
        CheckOwn(storage, operation);
        latest[storage] = new TraceValue([storage.Length], [1], 0, storage.Type)
        {
            Error = $"trace: '{operation}' in {ModulePath()} wrote in place what a trace does not see; use an "
                + "operation of tensors, or eval() on a module that draws random numbers.",
        };
    }

    internal void Replace(string operation, Tensor target, Tensor result)
    {
        Storage storage = target.Storage;
        CheckOwn(storage, operation);
        TraceValue before = ValueOf(target);
        bool known = before.Error is null;
        TraceValue whole = !known ? before : latest.GetValueOrDefault(storage) ?? before.Root;
        bool all = known ? whole.LiesAs(before)
            : target.IsContiguous && target.Offset == 0 && target.Count == storage.Length;
        if (!Shapes.Equal(result.Sizes, target.Sizes) && (all || result.Count != 1))
            result = result.expand(target.Sizes);
        TraceValue value = ValueOf(result);
        using Tensor elements = Over(storage, whole);
        string? error = value.Error ?? (all ? null : before.Error);
        if (!all && known && TraceValue.FingerprintOf(elements) != whole.Fingerprint)
            error ??= Changed(whole);

        // The result may be a view of the target.
        Copying.Copy(ReferenceEquals(result.Storage, storage) ? Snapshot(result) : result, target);
        storage.MarkWritten(operation);
        latest[storage] = After(elements, all, whole, value, before, error);
    }

    private static TraceValue After(
        Tensor elements, bool all, TraceValue whole, TraceValue value, TraceValue place, string? error)
    {
        TraceValue after = new(elements);
        if (error is not null)
            return Unknown(after, error);
        if (value.Constant is not null && (all || whole.Constant is not null))
            return new TraceValue(elements) { Constant = Snapshot(elements) };
        if (all && value.ViewOf is null && value.LiesAs(after))
            return value;
        after.Producer = all
            ? new TraceOperation("copy", [value], [after], null, ModulePath())
            : new TraceOperation("write", [whole, value], [after], new WrittenPlace(place), ModulePath());
        return after;
    }

    /// <summary>The value of a tensor that is complete; where its storage was written, the views of it change too.
    /// </summary>
    private void Settle(Tensor tensor, TraceValue value)
    {
        values[tensor] = value;
        if (latest.ContainsKey(tensor.Storage) && tensor.Count == tensor.Storage.Length)
            latest[tensor.Storage] = value;
    }

    private static bool Shows(TraceValue? value, TraceValue whole)
    {
        while (value is not null && !ReferenceEquals(value, whole))
            value = value.ViewOf;
        return value is not null;
    }

    /// <summary>What a handle shows after a write to its storage.</summary>
    private static TraceValue Renewed(Tensor tensor, TraceValue? known, TraceValue whole)
    {
        TraceValue now = new(tensor);
        if (whole.Error is not null)
            return Unknown(now, whole.Error);
        using Tensor elements = Over(tensor.Storage, whole);
        if (TraceValue.FingerprintOf(elements) != whole.Fingerprint)
            return Unknown(now, Changed(whole));
        if (whole.LiesAs(now))
            return whole;
        return known is { Error: null, ViewOf: not null }
            ? Again(known, whole, tensor.Storage)
            : View(now, whole, new ViewKind("as_strided"), tensor.Storage);
    }

    private static TraceValue Again(TraceValue old, TraceValue whole, Storage storage) =>
        old.ViewOf is null || old.LiesAs(whole)
            ? whole
            : View(old, Again(old.ViewOf, whole, storage), old.View!, storage);

    private static TraceValue View(TraceValue place, TraceValue from, ViewKind kind, Storage storage)
    {
        using Tensor part = Over(storage, place);
        TraceValue result = new(part)
        {
            ViewOf = from,
            View = kind,
            Constant = from.Constant is null ? null : Snapshot(part),
        };
        if (result.Constant is null)
            result.Producer = new TraceOperation("view", [from], [result], kind, ModulePath());
        return result;
    }

    /// <summary>A handle on part of a storage that no hook sees.</summary>
    private static Tensor Over(Storage storage, TraceValue place)
    {
        storage.AddReference();
        return new Tensor(storage, place.Sizes, place.Strides, place.Offset).DetachFromDisposeScope();
    }

    private void CheckOwn(Storage storage, string operation)
    {
        if (makers.ContainsKey(storage))
            return;
        bool Is(Tensor tensor) => !tensor.IsInvalid && ReferenceEquals(tensor.Storage, storage);
        int input = Array.FindIndex(examples, Is);
        Tensor? state = names.Keys.FirstOrDefault(Is);
        string what = input >= 0 ? $"input {input}, which is the caller's; write to its clone()"
            : state is not null
                ? $"'{names[state]}', which outlives the call; call eval() on the module, or write to its clone()"
                : "a tensor from before the trace, which outlives the call; write to its clone()";
        throw new InvalidOperationException($"trace: '{operation}' in {ModulePath()} writes in place to {what}.");
    }
}
