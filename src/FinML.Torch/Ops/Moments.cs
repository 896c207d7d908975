namespace FinML.Torch;

public static partial class torch
{
    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);

    public static Tensor var(
        Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    public static Tensor var(
        Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);

    public static Tensor std(
        Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    public static Tensor std(
        Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, bool unbiased = true) => input.std_mean(unbiased);

    public static (Tensor std, Tensor mean) std_mean(
        Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(
        Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std_mean([dimensions], unbiased, keepdim, type);

    public static (Tensor var, Tensor mean) var_mean(Tensor input, bool unbiased = true) => input.var_mean(unbiased);

    public static (Tensor var, Tensor mean) var_mean(
        Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var_mean(dimensions, unbiased, keepdim, type);

    public static Tensor cov(
        Tensor input, long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
        input.cov(correction, fweights, aweights);

    public static Tensor corrcoef(Tensor input) => input.corrcoef();

    public partial class Tensor
    {
        /// <summary>The variance of all elements, over n - 1 where unbiased, else over n.</summary>
        public Tensor var(bool unbiased = true) => Variance(default, unbiased, false, null).Variance;

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Variance([dim], unbiased, keepdim, type).Variance;

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Variance(dimensions, unbiased, keepdim, type).Variance;

        /// <summary>The square root of the variance.</summary>
        public Tensor std(bool unbiased = true) => var(unbiased).sqrt();

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dim, unbiased, keepdim, type).sqrt();

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dimensions, unbiased, keepdim, type).sqrt();

        /// <summary>Standard deviation and mean.</summary>
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true)
        {
            (Tensor variance, Tensor mean) = Variance(default, unbiased, false, null);
            return (variance.sqrt(), mean);
        }

        public (Tensor std, Tensor mean) std_mean(
            long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            (Tensor variance, Tensor mean) = Variance(dimensions, unbiased, keepdim, type);
            return (variance.sqrt(), mean);
        }

        public (Tensor std, Tensor mean) std_mean(
            long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean([dim], unbiased, keepdim, type);

        /// <summary>Variance and mean.</summary>
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => Variance(default, unbiased, false, null);

        public (Tensor var, Tensor mean) var_mean(
            long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Variance(dimensions, unbiased, keepdim, type);

        /// <summary>The covariances of the rows (variables) over the columns (observations), over the observations less
        /// <paramref name="correction"/>; weighted by counts and by importances where given.</summary>
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null)
        {
            if (Sizes.Length > 2)
                throw new ArgumentException($"cov: needs at most 2 dimensions, got shape {Shapes.Text(Sizes)}.");
            Tensor x = Elementwise.Floating(Sizes.Length < 2 ? reshape(1, -1) : this);
            Tensor? weights = fweights?.to(x.dtype);
            if (aweights is not null)
                weights = weights is null ? aweights.to(x.dtype) : weights.mul(aweights);
            Tensor total = weights is null ? full([], x.Sizes[1], x.dtype) : weights.sum();
            Tensor weighted = weights is null ? x : x.mul(weights);
            Tensor centred = x.sub(weighted.sum(1, keepdim: true).div(total));
            Tensor divisor = aweights is null || correction == 0
                ? total.sub(correction)
                : total.sub(weights!.mul(aweights).sum().div(total).mul(correction));
            Tensor products = (weights is null ? centred : centred.mul(weights)).mm(centred.t());
            Tensor result = products.div(divisor.clamp(min: 0));
            return Sizes.Length < 2 ? result.reshape([]) : result;
        }

        /// <summary>The correlations of the rows, limited to [-1, 1].</summary>
        public Tensor corrcoef()
        {
            Tensor covariances = cov();
            if (covariances.Sizes.Length == 0)
                return covariances.div(covariances);
            Tensor deviations = covariances.diagonal().sqrt();
            return covariances.div(deviations.unsqueeze(1)).div(deviations).clamp(-1, 1);
        }

        private (Tensor Variance, Tensor Mean) Variance(
            ReadOnlySpan<long> dims, bool unbiased, bool keepdim, ScalarType? type)
        {
            Tensor source = type is null ? this : to(type.Value), mean = source.Mean(dims, keepdim: true, null);
            Tensor total = source.sub(mean).square().Sum(dims, keepdim, null);
            double n = (double)count / Math.Max(total.count, 1);
            double divisor = n - (unbiased ? 1 : 0);
            return (total.div(divisor > 0 ? divisor : 0.0), keepdim ? mean : mean.reshape(total.Sizes));
        }
    }
}
