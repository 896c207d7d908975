namespace FinML.Torch;

public static partial class torch
{
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);

    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2.0f) =>
        input.norm(dimension, keepdim, p);

    public static Tensor dist(Tensor input, Tensor other, float p = 2.0f) => input.dist(other, p);

    public static Tensor renorm(Tensor input, float p, long dim, float maxnorm) => input.renorm(p, dim, maxnorm);

    public partial class Tensor
    {
        /// <summary>log(sum(exp(x))) along an axis, shifted by the largest element.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false)
        {
            int axis = Shapes.Axis("logsumexp", dim, Sizes.Length);
            if (Sizes.Length > 0 && Sizes[axis] == 0)
                return Elementwise.Floating(this).exp().sum(axis, keepdim).log();
            Tensor top = Elementwise.Floating(detach()).amax([axis], keepdim: true);
            Tensor shift = torch.where(top.isfinite(), top, 0); // infinities would give inf - inf
            Tensor result = sub(shift).exp().sum(axis, keepdim: true).log().add(shift);
            return keepdim || Sizes.Length == 0 ? result : result.squeeze(axis);
        }

        /// <summary>
        /// (sum |x|^p)^(1/p) of all elements; the largest or smallest |x| for p of plus or minus infinity, the number
        /// of non-zero elements for 0. The gradient at zero is zero.
        /// </summary>
        public Tensor norm(float p = 2.0f) => Norm("norm", default, false, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Norm("norm", [dim], keepdim, p);

        /// <summary>norm of the difference.</summary>
        public Tensor dist(Tensor other, float p = 2.0f) => sub(other).norm(p);

        /// <summary>Slices of an axis whose norm is above <paramref name="maxnorm"/>, scaled down to it.</summary>
        public Tensor renorm(float p, long dim, float maxnorm)
        {
            int axis = Shapes.Axis("renorm", dim, Sizes.Length);
            long[] others = [.. Enumerable.Range(0, Sizes.Length).Where(i => i != axis).Select(i => (long)i)];
            if (others.Length == 0)
                throw new ArgumentException($"renorm: needs at least 2 dimensions, got shape {Shapes.Text(Sizes)}.");
            Tensor norms = Norm("renorm", others, true, p);
            Tensor scale = norms.add(1e-7).reciprocal().mul(maxnorm);
            return mul(torch.where(norms.detach().gt(maxnorm), scale, torch.ones_like(scale)));
        }

        internal Tensor Norm(string name, ReadOnlySpan<long> dims, bool keepdim, double p)
        {
            if (!dtype.IsFloating())
                throw new ArgumentException($"{name}: needs a floating tensor, got {dtype}{Shapes.Text(Sizes)}.");
            if (p == 2)
            {
                Tensor squares = square().Sum(dims, keepdim, null);
                // sqrt has no slope at zero: there the norm's subgradient zero is taken.
                Tensor zero = squares.detach().eq(0);
                return Node.Needed(this)
                    ? torch.where(zero, 0, torch.where(zero, 1, squares).sqrt())
                    : squares.sqrt();
            }

            if (double.IsNaN(p))
                throw new ArgumentOutOfRangeException(nameof(p), p, $"{name}: p must be a number.");
            if (double.IsInfinity(p))
                return abs().Extremum(name, dims, keepdim, largest: p > 0);
            if (p == 0)
                return detach().ne(0).to(dtype).Sum(dims, keepdim, null);
            if (p == 1)
                return abs().Sum(dims, keepdim, null);
            Tensor sizes = abs(), none = sizes.detach().eq(0);
            if (p < 1)
                return sizes.pow(p).Sum(dims, keepdim, null).pow(1 / p);
            // |x|^p has slope zero at zero; its second derivative there, infinite below p = 2, is taken as zero too.
            Tensor powers = torch.where(none, 0, torch.where(none, 1, sizes).pow(p));
            Tensor total = powers.Sum(dims, keepdim, null), empty = total.detach().eq(0);
            return torch.where(empty, 0, torch.where(empty, 1, total).pow(1 / p));
        }
    }
}
