using System.Runtime.CompilerServices;

namespace FinML.Torch;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array: a strided view of a storage, with the autograd node that made it. Views share elements.
    /// Dispose (or a dispose scope) returns the buffer to the pool early; a tensor that is never disposed is collected.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private Storage? storage;
        private long[]? strides;
        private readonly long count;
        private AutogradMeta? meta;
        private Tensor? viewBase;
        private int generation;     // of a base: recorded in-place writes to it or to its views
        private int seenGeneration; // of a view: the base's generation that meta belongs to

        internal Tensor(Storage storage, long[] sizes, long[]? strides, int offset)
        {
            this.storage = storage;
            Sizes = sizes;
            this.strides = strides;
            Offset = offset;
            count = Shapes.Count(sizes);
            IsContiguous = strides is null || Shapes.AreContiguous(sizes, strides);
            DisposeScope.Register(this);
        }

        /// <summary>The shape; never written.</summary>
        internal long[] Sizes { get; }

        /// <summary>Elements, not bytes, from one position to the next along each axis.</summary>
        internal long[] Strides => strides ??= Shapes.ContiguousStrides(Sizes);

        /// <summary>Position of the first element in the storage.</summary>
        internal int Offset { get; }

        internal bool IsContiguous { get; }

        /// <summary>A constant to forward mode, though the storage may have a tangent: detached, or a view of such.
        /// </summary>
        internal bool IsConstant { get; private set; }

        internal int Count => (int)count;

        internal Storage Storage => storage ?? throw Disposed();

        /// <summary>The autograd side; null where the tensor does not require grad.</summary>
        internal AutogradMeta? Meta
        {
            get
            {
                if (viewBase is not null && seenGeneration != viewBase.generation)
                {
                    Refresh();
                }

                return meta;
            }
            set => meta = value;
        }

        /// <summary>The tensor that this one is a view of, or null.</summary>
        internal Tensor? ViewBase => viewBase;

        internal DisposeScope? Scope { get; set; }

        /// <summary>Gradient buffers of the running backward pass that hold this tensor.</summary>
        internal short PendingUses { get; set; }

        /// <summary>True where no other tensor can see the elements.</summary>
        internal bool OwnsWholeStorage =>
            IsContiguous && Offset == 0 && count == Storage.Length && Storage.HasOneReference;

        public bool IsInvalid => storage is null;

        public ScalarType dtype => Storage.Type;

        public Device device => CPU;

        public DeviceType device_type => DeviceType.CPU;

        /// <summary>A copy of the sizes, one per axis.</summary>
        public long[] shape => (long[])Sizes.Clone();

        public long ndim => Sizes.Length;

        public long Dimensions => Sizes.Length;

        public long NumberOfElements => count;

        public long dim() => Sizes.Length;

        public long numel() => count;

        public long[] size() => shape;

        public long size(int dim) => Sizes[Shapes.AxisOf("size", dim, Sizes)];

        public long[] stride() => (long[])Strides.Clone();

        public long stride(long dim) => Strides[Shapes.AxisOf("stride", dim, Sizes)];

        public long storage_offset() => Offset;

        public bool is_contiguous() => IsContiguous;

        public bool is_floating_point() => dtype.IsFloating();

        /// <summary>Releases the handle. The buffer returns to the pool when no view and no graph uses it.</summary>
        public void Dispose()
        {
            Storage? released = Interlocked.Exchange(ref storage, null);
            released?.Release();
        }

        /// <summary>Ends the handle as Dispose does, but leaves its reference to the caller, who may release it on
        /// another thread and so give the buffer to that thread's pool.</summary>
        internal Storage? Surrender() => Interlocked.Exchange(ref storage, null);

        /// <summary>Hands the tensor to the dispose scope around the current one.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.Move(this);
            return this;
        }

        /// <summary>Takes the tensor out of its dispose scope; it then lives until disposed or collected.</summary>
        public Tensor DetachFromDisposeScope()
        {
            Scope = null;
            return this;
        }

        /// <summary>A contiguous tensor whose elements are undefined.</summary>
        internal static Tensor Uninitialized(
            long[] sizes, ScalarType type, [CallerMemberName] string operation = "")
        {
            Tensor result = new(Storage.Create(type, Shapes.Count(sizes)), sizes, null, 0);
            if (Tracer.Active)
            {
                Tracer.Born(result, operation);
            }

            return result;
        }

        internal static Tensor Of<T>(T value) where T : unmanaged
        {
            Tensor result = Uninitialized([], ScalarTypes.Of<T>());
            result.Span<T>()[0] = value;
            return Tracer.Constant(result);
        }

        /// <summary>A view of the same storage.</summary>
        internal Tensor Alias(
            long[] sizes, long[]? strides, int offset, [CallerMemberName] string operation = "")
        {
            Tensor result = Share(sizes, strides, offset, operation);
            result.viewBase = viewBase ?? this;
            result.seenGeneration = result.viewBase.generation;
            return result;
        }

        /// <summary>The same elements, unknown to autograd.</summary>
        internal Tensor Share(
            long[] sizes, long[]? strides, int offset, [CallerMemberName] string operation = "")
        {
            Storage shared = Storage;
            shared.AddReference();
            Tensor result = new(shared, sizes, strides, offset) { IsConstant = IsConstant };
            if (Tracer.Active)
            {
                Tracer.View(this, result, operation);
            }

            return result;
        }

        /// <summary>
        /// After a recorded in-place write: this tensor's elements are now those of <paramref name="value"/>, a tensor
        /// of its shape. A view changes its base (the rest of the base keeps its history), and so every other view of
        /// it.
        /// </summary>
        internal void Rebase(Tensor value)
        {
            if (viewBase is null)
            {
                generation++;
                meta = value.Meta;
                return;
            }

            if (!viewBase.IsContiguous || viewBase.Offset != 0)
            {
                throw new InvalidOperationException(
                    $"a recorded in-place write to a view of a tensor of shape {Shapes.Text(viewBase.Sizes)} with "
                    + $"strides {Shapes.Text(viewBase.Strides)} is not supported; clone() that tensor first.");
            }

            Tensor after = StridedViews.Replaced(viewBase, value, new Region(viewBase.Sizes, Sizes, Strides, Offset));
            viewBase.generation++;
            viewBase.meta = after.meta;
        }

        private void Refresh()
        {
            seenGeneration = viewBase!.generation;
            meta = viewBase.meta is null
                ? null
                : StridedViews.View(viewBase, new Region(viewBase.Sizes, Sizes, Strides, Offset)).meta;
        }

        /// <summary>A new handle for a saved tensor whose own was disposed.</summary>
        internal static Tensor Revive(Tensor tensor, Storage storage)
        {
            storage.AddReference();
            return new Tensor(storage, tensor.Sizes, tensor.strides, tensor.Offset)
            {
                meta = tensor.meta,
                viewBase = tensor.viewBase,
                seenGeneration = tensor.seenGeneration,
                IsConstant = tensor.IsConstant,
            };
        }

        /// <summary>The elements of a contiguous tensor of dtype <typeparamref name="T"/>.</summary>
        internal Span<T> Span<T>() where T : unmanaged => Items<T>().AsSpan(Offset, (int)count);

        /// <summary>The array behind the tensor, to be indexed through Offset and Strides.</summary>
        internal T[] Items<T>() where T : unmanaged =>
            storage is Storage<T> typed ? typed.Items : throw WrongElements(typeof(T));

        private ObjectDisposedException Disposed(string? operation = null) => new(
            nameof(Tensor),
            $"{operation ?? Misuse.Operation()}: the tensor of shape {Shapes.Text(Sizes)} was disposed.");

        /// <summary>Of a kernel that has no form for this dtype, or of a disposed tensor.</summary>
        private Exception WrongElements(Type type) => new InvalidOperationException(
            $"{Misuse.Operation()}: not defined for {Storage.Type}; a tensor of shape {Shapes.Text(Sizes)} was read as "
            + $"{type.Name}. Convert it first.");

        /// <summary>Counts an in-place write and names it; kernels that write in place call it. A tangent is gone
        /// then, until the operation gives a new one.</summary>
        internal Tensor MarkWritten(string operation)
        {
            Storage.MarkWritten(operation);
            Tangents.Clear(this);
            if (Tracer.Active)
            {
                Tracer.Written(Storage, operation);
            }

            return this;
        }
    }
}
