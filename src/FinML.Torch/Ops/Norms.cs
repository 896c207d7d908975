namespace FinML.Torch;

public static partial class torch
{
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);

    public partial class Tensor
    {
        /// <summary>log(sum(exp(x))) along an axis, shifted by the largest element.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false)
        {
            int axis = Shapes.Axis("logsumexp", dim, Sizes.Length);
            Tensor top = Elementwise.Floating(detach()).amax([axis], keepdim: true);
            Tensor shift = torch.where(top.isfinite(), top, 0); // infinities would give inf - inf
            Tensor result = sub(shift).exp().sum(axis, keepdim: true).log().add(shift);
            return keepdim || Sizes.Length == 0 ? result : result.squeeze(axis);
        }

        /// <summary>(sum |x|^p)^(1/p) of all elements; the largest |x| for infinity. The gradient at zero is
        /// zero.</summary>
        public Tensor norm(float p = 2.0f) => Norm(default, false, p);

        public Tensor norm(int dimension, bool keepdim = false, float p = 2.0f) => Norm([dimension], keepdim, p);

        private Tensor Norm(ReadOnlySpan<long> dims, bool keepdim, float p)
        {
            if (p == 2)
            {
                Tensor squares = square().Sum(dims, keepdim, null);
                // sqrt has no slope at zero: there the norm's subgradient zero is taken.
                Tensor zero = squares.detach().eq(0);
                return GradMode.Enabled && requires_grad
                    ? torch.where(zero, 0, torch.where(zero, 1, squares).sqrt())
                    : squares.sqrt();
            }

            if (float.IsPositiveInfinity(p))
            {
                return abs().Extremum("norm", dims, keepdim, largest: true);
            }

            if (p == 1)
            {
                return abs().Sum(dims, keepdim, null);
            }

            return p > 0
                ? abs().pow(p).Sum(dims, keepdim, null).pow(1.0 / p)
                : throw new ArgumentOutOfRangeException(nameof(p), p, "norm: p must be above 0.");
        }
    }
}
