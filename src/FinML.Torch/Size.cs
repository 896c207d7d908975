using System.Collections;

namespace FinML.Torch;

public static partial class torch
{
    /// <summary>The sizes of the axes of a tensor.</summary>
    public readonly struct Size : IEnumerable<long>, IEquatable<Size>
    {
        private readonly long[]? sizes;

        public Size(long[] shape)
        {
            ArgumentNullException.ThrowIfNull(shape);
            sizes = (long[])shape.Clone();
        }

        public Size(IEnumerable<long> shape) => sizes = shape.ToArray();

        public Size(int[] shape) => sizes = Array.ConvertAll(shape, i => (long)i);

        public Size(long size) => sizes = [size];

        /// <summary>The sizes as an array; do not write to it.</summary>
        public long[] Shape => sizes ?? [];

        /// <summary>The number of axes.</summary>
        public int Length => Shape.Length;

        public bool IsEmpty => Length == 0;

        /// <summary>The size of axis <paramref name="idx"/>.</summary>
        public long this[int idx] => Shape[idx];

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);

        public static bool operator ==(Size left, Size right) => left.Equals(right);

        public static bool operator !=(Size left, Size right) => !left.Equals(right);

        public static Size operator +(Size left, Size right) => new([.. left.Shape, .. right.Shape]);

        public static Size operator +(Size left, IEnumerable<long> right) => new([.. left.Shape, .. right]);

        /// <summary>The number of elements.</summary>
        public long numel() => Shapes.Count(Shape);

        public Size Slice(int first, int next) => new(Shape[first..next]);

        public bool Equals(Size other) => Shape.AsSpan().SequenceEqual(other.Shape);

        public override bool Equals(object? obj) => obj is Size other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = default;
            foreach (long size in Shape)
                hash.Add(size);
            return hash.ToHashCode();
        }

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        public override string ToString() => Shapes.Text(Shape);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
