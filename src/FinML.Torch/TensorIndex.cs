namespace FinML.Torch;

public static partial class torch
{
    /// <summary>One position of an indexer: a number, a slice, the ellipsis, a new axis, a mask or a tensor of
    /// indices.</summary>
    public readonly struct TensorIndex
    {
        internal enum Kind
        {
            Slice,
            Single,
            Ellipsis,
            NewAxis,
            Tensor,
        }

        private TensorIndex(
            Kind kind, long? start = null, long? stop = null, long? step = null, torch.Tensor? indices = null)
        {
            Form = kind;
            Start = start;
            Stop = stop;
            Step = step ?? 1;
            Indices = indices;
        }

        internal Kind Form { get; }

        internal long? Start { get; }

        internal long? Stop { get; }

        internal long Step { get; }

        internal torch.Tensor? Indices { get; }

        /// <summary>All leading positions that no other index names: Python's <c>...</c>.</summary>
        public static TensorIndex Ellipsis => new(Kind.Ellipsis);

        /// <summary>A new axis of size one: Python's <c>None</c>.</summary>
        public static TensorIndex Null => new(Kind.NewAxis);

        /// <summary>A new axis of size one: Python's <c>None</c>.</summary>
        public static TensorIndex None => new(Kind.NewAxis);

        /// <summary>The whole axis: Python's <c>:</c>.</summary>
        public static TensorIndex Colon => new(Kind.Slice);

        /// <summary>Python's <c>start:stop:step</c>; negative positions count from the end, step is at least
        /// 1.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            step is < 1
                ? throw new ArgumentOutOfRangeException(nameof(step), step, "a slice's step must be at least 1.")
                : new(Kind.Slice, start, stop, step);

        public static TensorIndex Slice(Range range) => range;

        /// <summary>One position; the axis disappears.</summary>
        public static TensorIndex Single(long? index) =>
            new(Kind.Single, index ?? throw new ArgumentNullException(nameof(index)));

        /// <summary>Positions (int64) along the axis, or a bool mask over as many axes as it has.</summary>
        public static TensorIndex Tensor(torch.Tensor tensor) => new(Kind.Tensor, indices: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(int value) => Single(value);

        public static implicit operator TensorIndex(torch.Tensor tensor) => Tensor(tensor);

        public static implicit operator TensorIndex(Range range)
        {
            long start = range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value;
            if (range.Start.IsFromEnd && range.Start.Value == 0)
            {
                start = long.MaxValue; // ^0..: past the end, an empty slice
            }

            long? stop = !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value;
            return new TensorIndex(Kind.Slice, start, stop);
        }
    }
}
