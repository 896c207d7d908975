using System.Runtime.InteropServices;

namespace FinML.Torch;

/// <summary>The buffers of one instance of a plan: every value of the trace as a tensor in them, with the strides that
/// eager execution gave it.</summary>
internal sealed class PlanMemory
{
    private const int Alignment = 16; // floats: one cache line

    private readonly PlanLayout layout;
    private readonly Dictionary<TraceValue, Storage> storages = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TraceValue, Tensor> tensors = new(ReferenceEqualityComparer.Instance);
    private readonly Storage<float> arena;
    private readonly int arenaStart;

    internal PlanMemory(PlanLayout layout)
    {
        this.layout = layout;
        float[] items = GC.AllocateArray<float>(layout.ArenaLength + (2 * Alignment), pinned: true);
        long misaligned = Marshal.UnsafeAddrOfPinnedArrayElement(items, 0) / sizeof(float) % Alignment;
        arenaStart = (int)((Alignment - misaligned) % Alignment);
        arena = new Storage<float>(ScalarType.Float32, items);
    }

    /// <summary>Memory for the inside of a step, shared by all steps.</summary>
    internal Span<float> Scratch => arena.Items.AsSpan(arenaStart + layout.ScratchStart, layout.ScratchLength);

    /// <summary>The value's tensor.</summary>
    internal Tensor this[TraceValue value]
    {
        get
        {
            if (layout.Constants.TryGetValue(value, out Tensor? constant))
                return constant;
            if (!tensors.TryGetValue(value, out Tensor? tensor))
                tensors[value] = tensor = Make(value);
            return tensor;
        }
    }

    /// <summary>A contiguous tensor beside the values, which lives as long as the plan.</summary>
    internal static Tensor Own(long[] sizes, ScalarType type) =>
        new Tensor(NewStorage(type, Shapes.Count(sizes)), sizes, null, 0).DetachFromDisposeScope();

    /// <summary>Another geometry on the elements of a tensor.</summary>
    internal static Tensor View(Tensor tensor, long[] sizes, long[] strides, int offset)
    {
        Storage storage = tensor.Storage;
        storage.AddReference();
        return new Tensor(storage, sizes, strides, offset).DetachFromDisposeScope();
    }

    /// <summary>The tensor with its axes in another order.</summary>
    internal static Tensor Permuted(Tensor tensor, params ReadOnlySpan<int> order)
    {
        long[] sizes = new long[order.Length], strides = new long[order.Length];
        for (int i = 0; i < order.Length; i++)
            (sizes[i], strides[i]) = (tensor.Sizes[order[i]], tensor.Strides[order[i]]);
        return View(tensor, sizes, strides, tensor.Offset);
    }

    private Tensor Make(TraceValue value)
    {
        TraceValue root = value.Root;
        if (layout.Offsets.TryGetValue(root, out int start))
        {
            arena.AddReference();
            return new Tensor(arena, value.Sizes, value.Strides, arenaStart + start + value.Offset - root.Offset)
                .DetachFromDisposeScope();
        }

        if (!storages.TryGetValue(root, out Storage? storage))
            storages[root] = storage = NewStorage(root.Type, root.Count);
        storage.AddReference();
        return new Tensor(storage, value.Sizes, value.Strides, value.Offset - root.Offset).DetachFromDisposeScope();
    }

    /// <summary>A storage on an array of its own: the pool's arrays are the thread's that rents them.</summary>
    private static Storage NewStorage(ScalarType type, long count) => type switch
    {
        ScalarType.Float32 => new Storage<float>(type, new float[count]),
        ScalarType.Float64 => new Storage<double>(type, new double[count]),
        ScalarType.Int64 => new Storage<long>(type, new long[count]),
        ScalarType.Int32 => new Storage<int>(type, new int[count]),
        ScalarType.Bool => new Storage<bool>(type, new bool[count]),
        _ => throw new ArgumentException($"compile_inference: dtype {type} is not supported."),
    };
}
