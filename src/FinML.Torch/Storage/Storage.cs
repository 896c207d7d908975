namespace FinML.Torch;

/// <summary>
/// The elements behind one or more tensors. Its references are counted: each tensor handle and each tensor that the
/// autograd graph has saved is one. When the last is released (Dispose, a dispose scope, the end of a backward pass)
/// the buffer returns to the pool; what is never released is collected like any other object.
/// </summary>
internal abstract class Storage(ScalarType type, int length)
{
    private int references = 1;

    internal readonly ScalarType Type = type;

    /// <summary>Elements in use; the pooled array behind them may be longer.</summary>
    internal int Length { get; private protected set; } = length;

    /// <summary>Counts in-place writes, so that a saved tensor can tell that it was overwritten.</summary>
    internal int Version { get; private set; }

    /// <summary>The in-place operation that wrote last, for the error that names it.</summary>
    internal string? LastWriter { get; private set; }

    /// <summary>False for an array of the caller's, who may write to it unseen.</summary>
    internal bool IsOwn { get; private protected init; }

    /// <summary>The elements in the order of a product with few rows, of the version it was made at.</summary>
    internal PackedWeight? Packed { get; set; }

    /// <summary>In forward mode: how the elements move along the arguments' tangents.</summary>
    internal Tangent? Tangent { get; set; }

    internal bool HasOneReference => Volatile.Read(ref references) == 1;

    /// <summary>For a storage that is used again: one reference, that of the new owner.</summary>
    private protected void Reset(int length)
    {
        Length = length;
        Volatile.Write(ref references, 1);
    }

    internal void AddReference() => Interlocked.Increment(ref references);

    internal void Release()
    {
        if (Interlocked.Decrement(ref references) == 0)
        {
            ReturnBuffer();
        }
    }

    internal void MarkWritten(string operation)
    {
        Version++;
        LastWriter = operation;
    }

    private protected abstract void ReturnBuffer();

    internal static Storage Create(ScalarType type, long length)
    {
        if (length > Array.MaxLength / 2)
        {
            throw new ArgumentException(
                $"a tensor of {length} elements is too large: a storage holds at most {Array.MaxLength / 2}.");
        }

        int count = (int)length;
        return type switch
        {
            ScalarType.Float32 => Storage<float>.Pooled(type, count),
            ScalarType.Float64 => Storage<double>.Pooled(type, count),
            ScalarType.Int64 => Storage<long>.Pooled(type, count),
            ScalarType.Int32 => Storage<int>.Pooled(type, count),
            ScalarType.Bool => Storage<bool>.Pooled(type, count),
            ScalarType.BFloat16 => Storage<BFloat16>.Pooled(type, count),
            _ => throw new ArgumentException(
                $"dtype {type} is not supported: use Float32, Float64, Int64, Int32, Bool or BFloat16."),
        };
    }
}

/// <summary>A storage of <typeparamref name="T"/>: a pooled array, or an array of the caller's that it
/// aliases.</summary>
internal sealed class Storage<T> : Storage where T : unmanaged
{
    private const int MostSpare = 1024;

    // Released objects whose buffer is back in the pool. Nobody refers to them: every holder is counted.
    [ThreadStatic]
    private static Stack<Storage<T>>? spare;

    private Storage(ScalarType type, int length) : base(type, length)
    {
        Items = BufferPool<T>.Rent(length);
        IsOwn = true;
    }

    /// <summary>A pooled buffer whose contents are undefined.</summary>
    internal static Storage<T> Pooled(ScalarType type, int length)
    {
        if (spare is not { Count: > 0 } stack)
        {
            return new Storage<T>(type, length);
        }

        Storage<T> storage = stack.Pop();
        storage.Items = BufferPool<T>.Rent(length);
        storage.Reset(length);
        return storage;
    }

    /// <summary>An alias of an array that belongs to the caller.</summary>
    internal Storage(ScalarType type, T[] items) : base(type, items.Length) => Items = items;

    internal T[] Items { get; private set; }

    private protected override void ReturnBuffer()
    {
        T[] items = Items;
        Items = [];
        Packed = null;
        Tangent?.Elements.Dispose();
        Tangent = null;
        if (IsOwn)
        {
            BufferPool<T>.Return(items);
            spare ??= new();
            if (spare.Count < MostSpare)
            {
                spare.Push(this);
            }
        }
    }
}
