namespace FinML.Torch;

public static partial class torch
{
    /// <summary>New tensors of this one's dtype.</summary>
    public partial class Tensor
    {
        public Tensor new_zeros(
            long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            zeros(size, dtype ?? this.dtype, device, requires_grad);

        public Tensor new_ones(
            long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            ones(size, dtype ?? this.dtype, device, requires_grad);

        public Tensor new_empty(
            long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            empty(size, dtype ?? this.dtype, device, requires_grad);

        public Tensor new_full(
            long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full(size, value, dtype ?? this.dtype, device, requires_grad);
    }
}
