using System.Collections;
using System.Runtime.InteropServices;

namespace FinML.Torch;

/// <summary>Reads and writes the elements of a tensor in place, in row-major order of its shape.</summary>
public sealed class TensorAccessor<T> : IEnumerable<T> where T : unmanaged
{
    private readonly Tensor tensor;

    internal TensorAccessor(Tensor tensor) => this.tensor = tensor;

    public long Count => tensor.numel();

    /// <summary>The element at one position per axis; or, with one number, at that place in row-major order.</summary>
    public T this[params long[] indices]
    {
        get => tensor.Items<T>()[Position(indices)];
        set
        {
            tensor.Items<T>()[Position(indices)] = value;
            tensor.MarkWritten("data");
        }
    }

    public T[] ToArray()
    {
        if (tensor.IsContiguous)
        {
            return tensor.Span<T>().ToArray();
        }

        using Tensor copy = tensor.detach().contiguous();
        return copy.Span<T>().ToArray();
    }

    /// <summary>Copies all elements to the array, from <paramref name="arrayIndex"/> on.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0) => ToArray().CopyTo(array, arrayIndex);

    public void CopyTo(Span<T> span) => ToArray().CopyTo(span);

    public void CopyFrom(T[] array, int arrayIndex = 0) => CopyFrom(array.AsSpan(arrayIndex, tensor.Count));

    public void CopyFrom(ReadOnlySpan<T> array)
    {
        using Tensor source = torch.FromSpan(array, tensor.Sizes);
        Copying.Copy(source, tensor);
        tensor.MarkWritten("data");
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Position(long[] indices)
    {
        long[] sizes = tensor.Sizes, strides = tensor.Strides;
        long offset = tensor.Offset;
        if (indices.Length == 1 && sizes.Length != 1)
        {
            long rest = Checked(indices[0], tensor.numel());
            for (int i = sizes.Length - 1; i >= 0; i--)
            {
                offset += rest % sizes[i] * strides[i];
                rest /= sizes[i];
            }

            return (int)offset;
        }

        if (indices.Length != sizes.Length)
        {
            throw new ArgumentException($"data: {indices.Length} indices for a tensor of shape {Shapes.Text(sizes)}.");
        }

        for (int i = 0; i < sizes.Length; i++)
        {
            offset += Checked(indices[i], sizes[i]) * strides[i];
        }

        return (int)offset;
    }

    private static long Checked(long index, long size) => index >= 0 && index < size
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"data: an index must be in [0, {size - 1}].");
}

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements, to be read and written in place.</summary>
        /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the type of the dtype.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            if (Tracer.Active)
            {
                Tracer.Read(this, "data");
            }

            return typeof(T) == ElementType
                ? new TensorAccessor<T>(this)
                : throw new ArgumentException(
                    $"data: a tensor of {dtype} holds {ElementType.Name}, not {typeof(T).Name}.");
        }

        /// <summary>The only element.</summary>
        public T item<T>() where T : unmanaged
        {
            if (count != 1)
            {
                throw new ArgumentException($"item: needs one element, the shape is {Shapes.Text(Sizes)}.");
            }

            if (Tracer.Active)
            {
                Tracer.Read(this, "item");
            }

            return typeof(T) == ElementType
                ? Items<T>()[Offset]
                : throw new ArgumentException(
                    $"item: a tensor of {dtype} holds {ElementType.Name}, not {typeof(T).Name}.");
        }

        /// <summary>The only element, converted.</summary>
        public float ToSingle() => (float)ToDouble();

        public double ToDouble() => ToScalar().Double;

        public long ToInt64() => ToScalar().Long;

        public int ToInt32() => checked((int)ToInt64());

        public bool ToBoolean() => !ToScalar().IsZero;

        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Float32 => item<float>(),
            ScalarType.Float64 => item<double>(),
            ScalarType.Int64 => item<long>(),
            ScalarType.Int32 => item<int>(),
            ScalarType.BFloat16 => item<BFloat16>(),
            _ => item<bool>(),
        };

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => dtype.ElementSize();

        /// <summary>The elements as they lie in memory; writing to them writes to the tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor is not contiguous.</exception>
        public Span<byte> bytes
        {
            get
            {
                if (!IsContiguous)
                {
                    throw new InvalidOperationException(
                        $"bytes: the tensor of shape {Shapes.Text(Sizes)} is not contiguous; call contiguous() first.");
                }

                if (Tracer.Active)
                {
                    Tracer.Read(this, "bytes");
                }

                Storage.Packed = null; // the caller may write
                return dtype switch
                {
                    ScalarType.Float32 => MemoryMarshal.AsBytes(Span<float>()),
                    ScalarType.Float64 => MemoryMarshal.AsBytes(Span<double>()),
                    ScalarType.Int64 => MemoryMarshal.AsBytes(Span<long>()),
                    ScalarType.Int32 => MemoryMarshal.AsBytes(Span<int>()),
                    ScalarType.BFloat16 => MemoryMarshal.AsBytes(Span<BFloat16>()),
                    _ => MemoryMarshal.Cast<bool, byte>(Span<bool>()),
                };
            }

            set
            {
                Span<byte> target = bytes;
                if (value.Length != target.Length)
                {
                    throw new ArgumentException(
                        $"bytes: a tensor of shape {Shapes.Text(Sizes)} takes {target.Length} bytes, got "
                        + $"{value.Length}.");
                }

                value.CopyTo(target);
                MarkWritten("bytes");
            }
        }

        private Type ElementType => dtype switch
        {
            ScalarType.Float32 => typeof(float),
            ScalarType.Float64 => typeof(double),
            ScalarType.Int64 => typeof(long),
            ScalarType.Int32 => typeof(int),
            ScalarType.BFloat16 => typeof(BFloat16),
            _ => typeof(bool),
        };
    }
}
