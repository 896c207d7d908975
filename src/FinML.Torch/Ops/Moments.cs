namespace FinML.Torch;

public static partial class torch
{
    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);

    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);

    public partial class Tensor
    {
        /// <summary>The variance of all elements, over n - 1 where unbiased, else over n.</summary>
        public Tensor var(bool unbiased = true) => Variance(default, unbiased, false);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false) => Variance([dim], unbiased, keepdim);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            Variance(dimensions, unbiased, keepdim);

        /// <summary>The square root of the variance.</summary>
        public Tensor std(bool unbiased = true) => var(unbiased).sqrt();

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false) => var(dim, unbiased, keepdim).sqrt();

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false) =>
            var(dimensions, unbiased, keepdim).sqrt();

        private Tensor Variance(ReadOnlySpan<long> dims, bool unbiased, bool keepdim)
        {
            Tensor centred = sub(Mean(dims, keepdim: true, null));
            Tensor total = centred.square().Sum(dims, keepdim, null);
            double n = (double)count / Math.Max(total.count, 1);
            double divisor = n - (unbiased ? 1 : 0);
            return total.div(divisor > 0 ? divisor : 0.0);
        }
    }
}
