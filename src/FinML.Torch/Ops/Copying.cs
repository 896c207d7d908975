using System.Numerics;
using System.Runtime.CompilerServices;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Moves elements between tensors of one shape, whatever their strides and dtypes.</summary>
internal static class Copying
{
    /// <summary>target[i] = source[i]; the source broadcasts to the target's shape.</summary>
    internal static void Copy(Tensor source, Tensor target)
    {
        if (source.dtype == target.dtype)
        {
            switch (source.dtype)
            {
                case ScalarType.Float32: Same<float>(source, target); break;
                case ScalarType.Float64: Same<double>(source, target); break;
                case ScalarType.Int64: Same<long>(source, target); break;
                case ScalarType.Int32: Same<int>(source, target); break;
                case ScalarType.BFloat16: Same<BFloat16>(source, target); break;
                default: Same<bool>(source, target); break;
            }

            return;
        }

        if (source.dtype == ScalarType.BFloat16)
        {
            FromNarrow(source, target);
            return;
        }

        if (target.dtype == ScalarType.BFloat16)
        {
            ToNarrow(source, target);
            return;
        }

        if (target.dtype == ScalarType.Bool)
        {
            switch (source.dtype)
            {
                case ScalarType.Float32: ToBool<float>(source, target); break;
                case ScalarType.Float64: ToBool<double>(source, target); break;
                case ScalarType.Int64: ToBool<long>(source, target); break;
                default: ToBool<int>(source, target); break;
            }

            return;
        }

        switch (source.dtype)
        {
            case ScalarType.Float32: From<float>(source, target); break;
            case ScalarType.Float64: From<double>(source, target); break;
            case ScalarType.Int64: From<long>(source, target); break;
            case ScalarType.Int32: From<int>(source, target); break;
            default:
                {
                    // bool is one byte, 0 or 1.
                    switch (target.dtype)
                    {
                        case ScalarType.Float32: FromBool<float>(source, target); break;
                        case ScalarType.Float64: FromBool<double>(source, target); break;
                        case ScalarType.Int64: FromBool<long>(source, target); break;
                        default: FromBool<int>(source, target); break;
                    }

                    break;
                }
        }
    }

    /// <summary>Strides of a tensor shown in a larger shape: zero along the axes it repeats.</summary>
    internal static void BroadcastStrides(Tensor tensor, ReadOnlySpan<long> shape, Span<long> strides)
    {
        int added = shape.Length - tensor.Sizes.Length;
        long[] own = tensor.Strides;
        for (int i = 0; i < shape.Length; i++)
        {
            strides[i] = i < added || (tensor.Sizes[i - added] == 1 && shape[i] != 1) ? 0 : own[i - added];
        }
    }

    private static Rows Walk(Tensor source, Tensor target)
    {
        Span<long> strides = stackalloc long[Shapes.MaxDimensions];
        BroadcastStrides(source, target.Sizes, strides);
        return new Rows(target.Sizes, strides[..target.Sizes.Length], source.Offset, target.Strides, target.Offset);
    }

    private static void Same<T>(Tensor source, Tensor target) where T : unmanaged
    {
        if (source.IsContiguous && target.IsContiguous && source.Count == target.Count)
        {
            source.Span<T>().CopyTo(target.Span<T>());
            return;
        }

        T[] from = source.Items<T>(), to = target.Items<T>();
        Rows rows = Walk(source, target);
        while (rows.Next())
        {
            if (rows.StrideA == 1 && rows.StrideB == 1)
            {
                from.AsSpan(rows.OffsetA, rows.Length).CopyTo(to.AsSpan(rows.OffsetB));
            }
            else if (rows.StrideA == 0 && rows.StrideB == 1)
            {
                to.AsSpan(rows.OffsetB, rows.Length).Fill(from[rows.OffsetA]);
            }
            else
            {
                for (int i = 0, a = rows.OffsetA, b = rows.OffsetB;
                    i < rows.Length;
                    i++, a += rows.StrideA, b += rows.StrideB)
                {
                    to[b] = from[a];
                }
            }
        }
    }

    private static void FromNarrow(Tensor source, Tensor target)
    {
        if (target.dtype != ScalarType.Float32 || !source.IsContiguous || !target.IsContiguous
            || source.Count != target.Count)
        {
            using Tensor flat = Tensor.Uninitialized(source.Sizes, ScalarType.BFloat16);
            using Tensor wide = Tensor.Uninitialized(source.Sizes, ScalarType.Float32);
            Same<BFloat16>(source, flat);
            BFloat16Kernel.Widen(flat.Span<BFloat16>(), wide.Span<float>());
            Copy(wide, target);
            return;
        }

        BFloat16Kernel.Widen(source.Span<BFloat16>(), target.Span<float>());
    }

    /// <summary>By way of float32: of a float64 that lies within half a float32 unit of a tie this may be the other
    /// neighbour.</summary>
    private static void ToNarrow(Tensor source, Tensor target)
    {
        if (source.dtype != ScalarType.Float32 || !source.IsContiguous || !target.IsContiguous
            || source.Count != target.Count)
        {
            using Tensor wide = Tensor.Uninitialized(source.Sizes, ScalarType.Float32);
            using Tensor flat = Tensor.Uninitialized(source.Sizes, ScalarType.BFloat16);
            Copy(source, wide);
            BFloat16Kernel.Narrow(wide.Span<float>(), flat.Span<BFloat16>());
            Same<BFloat16>(flat, target);
            return;
        }

        BFloat16Kernel.Narrow(source.Span<float>(), target.Span<BFloat16>());
    }

    private static void From<TFrom>(Tensor source, Tensor target) where TFrom : unmanaged, INumber<TFrom>
    {
        switch (target.dtype)
        {
            case ScalarType.Float32: Convert<TFrom, float>(source, target); break;
            case ScalarType.Float64: Convert<TFrom, double>(source, target); break;
            case ScalarType.Int64: Convert<TFrom, long>(source, target); break;
            default: Convert<TFrom, int>(source, target); break;
        }
    }

    private static void Convert<TFrom, TTo>(Tensor source, Tensor target)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        TFrom[] from = source.Items<TFrom>();
        TTo[] to = target.Items<TTo>();
        Rows rows = Walk(source, target);
        while (rows.Next())
        {
            for (int i = 0, a = rows.OffsetA, b = rows.OffsetB;
                i < rows.Length;
                i++, a += rows.StrideA, b += rows.StrideB)
            {
                to[b] = TTo.CreateTruncating(from[a]);
            }
        }
    }

    private static void FromBool<TTo>(Tensor source, Tensor target) where TTo : unmanaged, INumber<TTo>
    {
        bool[] from = source.Items<bool>();
        TTo[] to = target.Items<TTo>();
        Rows rows = Walk(source, target);
        while (rows.Next())
        {
            for (int i = 0, a = rows.OffsetA, b = rows.OffsetB;
                i < rows.Length;
                i++, a += rows.StrideA, b += rows.StrideB)
            {
                to[b] = from[a] ? TTo.One : TTo.Zero;
            }
        }
    }

    private static void ToBool<TFrom>(Tensor source, Tensor target) where TFrom : unmanaged, INumber<TFrom>
    {
        TFrom[] from = source.Items<TFrom>();
        bool[] to = target.Items<bool>();
        Rows rows = Walk(source, target);
        while (rows.Next())
        {
            for (int i = 0, a = rows.OffsetA, b = rows.OffsetB;
                i < rows.Length;
                i++, a += rows.StrideA, b += rows.StrideB)
            {
                to[b] = from[a] != TFrom.Zero;
            }
        }
    }
}

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements in row-major order: this tensor where it already is, else a copy.</summary>
        public Tensor contiguous() => IsContiguous ? this : Duplicate("contiguous");

        /// <summary>A contiguous copy that shares nothing; gradients flow through it.</summary>
        public Tensor clone() => Duplicate("clone");

        /// <summary>The tensor in another dtype; itself where it already has it, unless
        /// <paramref name="copy"/>.</summary>
        public Tensor to(ScalarType type, bool copy = false)
        {
            if (dtype == type)
            {
                return copy ? clone() : this;
            }

            Tensor result = Uninitialized(Sizes, type);
            Copying.Copy(this, result);
            if (Tracer.Active)
            {
                Tracer.Record("to", [this], result);
            }

            if (type.IsFloating() && Node.Needed(this))
            {
                Node.Record("to", this, static (node, g, d) => d[0] = g[0]!.to((ScalarType)node.State!), result)
                    .State = dtype;
                Tangents.Carry(result, this, static t => t);
            }

            return result;
        }

        public Tensor to(Device device, ScalarType? type = null) => to(type ?? dtype);

        public Tensor to(ScalarType type, Device device) => to(type);

        public Tensor to_type(ScalarType type, bool copy = false) => to(type, copy);

        public Tensor type_as(Tensor tensor) => to(tensor.dtype);

        public Tensor cpu() => this;

        public Tensor @float() => to(ScalarType.Float32);

        public Tensor @double() => to(ScalarType.Float64);

        public Tensor bfloat16() => to(ScalarType.BFloat16);

        public Tensor @long() => to(ScalarType.Int64);

        public Tensor @int() => to(ScalarType.Int32);

        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>Writes the elements of <paramref name="source"/>, which broadcasts, into this tensor.</summary>
        public Tensor copy_(Tensor source)
        {
            if (!Shapes.Equal(source.Sizes, Sizes)
                && !Shapes.Equal(Shapes.Broadcast("copy_", source.Sizes, Sizes), Sizes))
            {
                throw new ArgumentException(
                    $"copy_: shape {Shapes.Text(source.Sizes)} does not broadcast to {Shapes.Text(Sizes)}.");
            }

            if (Tracer.Recording)
            {
                Tracer.Replace("copy_", this, source.to(dtype));
                return this;
            }

            InPlace.Check("copy_", this);
            if (ReferenceEquals(source.Storage, Storage))
            {
                using Tensor apart = source.detach().Duplicate("clone"); // the two may overlap
                Copying.Copy(apart, this);
            }
            else
            {
                Copying.Copy(source, this);
            }

            InPlace.Finish("copy_", this, source);
            return this;
        }

        private Tensor Duplicate(string name)
        {
            Tensor result = Uninitialized(Sizes, dtype);
            Copying.Copy(this, result);
            if (Tracer.Active)
            {
                Tracer.Record("copy", [this], result);
            }

            if (Node.Needed(this))
            {
                Node.Record(name, this, static (_, g, d) => d[0] = g[0], result);
                Tangents.Carry(result, this, static t => t);
            }

            return result;
        }

        /// <summary>Sets a fresh tensor to zero: no version, no graph.</summary>
        internal Tensor ZeroFill()
        {
            switch (dtype)
            {
                case ScalarType.Float32: Span<float>().Clear(); break;
                case ScalarType.Float64: Span<double>().Clear(); break;
                case ScalarType.Int64: Span<long>().Clear(); break;
                case ScalarType.Int32: Span<int>().Clear(); break;
                case ScalarType.BFloat16: Span<BFloat16>().Clear(); break;
                default: Span<bool>().Clear(); break;
            }

            return this;
        }

        /// <summary>Sets all elements, whatever the strides: no version, no graph.</summary>
        internal Tensor FillWith(Scalar value)
        {
            switch (dtype)
            {
                case ScalarType.Float32: FillAll(value.To<float>()); break;
                case ScalarType.Float64: FillAll(value.To<double>()); break;
                case ScalarType.Int64: FillAll(value.To<long>()); break;
                case ScalarType.Int32: FillAll(value.To<int>()); break;
                case ScalarType.BFloat16: FillAll(value.To<BFloat16>()); break;
                default: FillAll(value.To<bool>()); break;
            }

            return this;
        }

        private void FillAll<T>(T value) where T : unmanaged
        {
            if (IsContiguous)
            {
                Span<T>().Fill(value);
                return;
            }

            T[] items = Items<T>();
            Rows rows = new(Sizes, Strides, Offset);
            while (rows.Next())
            {
                for (int i = 0, at = rows.OffsetA; i < rows.Length; i++, at += rows.StrideA)
                {
                    items[at] = value;
                }
            }
        }
    }
}
