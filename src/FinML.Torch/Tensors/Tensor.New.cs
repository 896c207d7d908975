namespace FinML.Torch;

public static partial class torch
{
    /// <summary>New tensors of this one's dtype, or of its shape too.</summary>
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

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.zeros_like(this, dtype, device, requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.ones_like(this, dtype, device, requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.empty_like(this, dtype, device, requires_grad);

        public Tensor full_like(
            Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.full_like(this, value, dtype, device, requires_grad);

        public Tensor rand_like(
            ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
            Generator? generator = null) => torch.rand_like(this, dtype, device, requires_grad, generator);

        public Tensor randn_like(
            ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
            Generator? generator = null) => torch.randn_like(this, dtype, device, requires_grad, generator);

        public Tensor randint_like(
            long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
            Generator? generator = null) =>
            torch.randint_like(this, low, high, dtype, device, requires_grad, generator);
    }
}
