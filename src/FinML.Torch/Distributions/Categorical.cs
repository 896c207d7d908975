using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>One of k numbers, 0 to k - 1, each with its probability.</summary>
    public sealed class Categorical : torch.distributions.Distribution
    {
        private torch.Tensor? givenProbs, givenLogits;

        /// <summary>Give one of the two; they are normalised along the last axis.</summary>
        /// <param name="probs">(..., k), at least 0 with a positive sum.</param>
        /// <param name="logits">(..., k), log-probabilities up to a constant.</param>
        /// <param name="generator">Source of the draws.</param>
        public Categorical(
            torch.Tensor? probs = null, torch.Tensor? logits = null, torch.Generator? generator = null)
            : base(generator)
        {
            if (probs is null == logits is null)
                throw new ArgumentException("Categorical: give either probs or logits.");
            torch.Tensor given = (probs ?? logits)!;
            if (given.dim() == 0 || !given.dtype.IsFloating())
            {
                throw new ArgumentException(
                    "Categorical: a floating parameter with at least one axis is expected, got "
                    + $"{given.dtype}{Shapes.Text(given.Sizes)}.");
            }

            if (probs is not null)
            {
                Check("Categorical", "probs", "at least 0 and finite", probs, v => v.ge(0).logical_and(v.isfinite()));
                torch.Tensor total = probs.sum(-1, keepdim: true);
                CheckPositive("Categorical", "the sum of probs", total);
                givenProbs = probs / total;
            }
            else
            {
                Check("Categorical", "logits", "a number", logits!, v => v.isnan().logical_not());
                givenLogits = logits!.log_softmax(-1);
            }

            batch_shape = given.Sizes[..^1];
        }

        /// <summary>NaN: the numbers are names.</summary>
        public override torch.Tensor mean => torch.full(ExtendedShape(), double.NaN, param_type);

        public override torch.Tensor mode => probs.argmax(-1);

        /// <summary>NaN: the numbers are names.</summary>
        public override torch.Tensor variance => torch.full(ExtendedShape(), double.NaN, param_type);

        /// <summary>Probabilities, normalised.</summary>
        public torch.Tensor probs => givenProbs ??= givenLogits!.exp();

        /// <summary>Log-probabilities, normalised; from probabilities these are kept one rounding above 0.</summary>
        public torch.Tensor logits => givenLogits ??= Probabilities.Clamp(givenProbs!).log();

        public long[] param_shape => (givenLogits ?? givenProbs!).shape;

        private torch.ScalarType param_type => (givenLogits ?? givenProbs!).dtype;

        /// <summary>Numbers (int64), (sample_shape, batch_shape).</summary>
        public override torch.Tensor sample(params long[] sample_shape)
        {
            using IDisposable off = torch.no_grad();
            long draws = Shapes.Count(sample_shape);
            if (draws * Shapes.Count(batch_shape.Shape) == 0)
                return torch.zeros(ExtendedShape(sample_shape), torch.ScalarType.Int64);
            torch.Tensor rows = probs.detach().reshape(-1, param_shape[^1]);
            return rows.multinomial(draws, replacement: true, generator: generator).t()
                .reshape(ExtendedShape(sample_shape));
        }

        /// <exception cref="NotSupportedException">Always: a discrete draw has no gradient.</exception>
        public override torch.Tensor rsample(params long[] sample_shape) => throw Missing("rsample");

        /// <param name="value">Numbers in [0, k).</param>
        public override torch.Tensor log_prob(torch.Tensor value)
        {
            torch.Tensor number = value.to(torch.ScalarType.Int64);
            long[] shape = Shapes.Broadcast("Categorical.log_prob", number.Sizes, batch_shape.Shape);
            torch.Tensor index = Expanded(number, shape).unsqueeze(-1);
            return Expanded(logits, [.. shape, param_shape[^1]]).gather(-1, index).squeeze(-1);
        }

        /// <summary>-sum p log p, a probability of 0 giving 0.</summary>
        public override torch.Tensor entropy()
        {
            double lowest = param_type == torch.ScalarType.Float32 ? float.MinValue : double.MinValue;
            return (logits.clamp_min(lowest) * probs).sum(-1).neg();
        }

        /// <inheritdoc/>
        public override torch.Tensor enumerate_support(bool expand = true)
        {
            torch.Tensor values = torch.arange(param_shape[^1]).reshape([-1, .. batch_shape.Select(_ => 1L)]);
            return expand ? values.expand([param_shape[^1], .. batch_shape.Shape]) : values;
        }

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null)
        {
            long[] shape = [.. batch_shape.Shape, param_shape[^1]];
            return givenLogits is null
                ? new Categorical(probs: givenProbs!.expand(shape), generator: generator)
                : new Categorical(logits: givenLogits.expand(shape), generator: generator);
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>One of k numbers; give one of the two, of shape (..., k).</summary>
            /// <param name="probs">At least 0; normalised.</param>
            /// <param name="logits">Log-probabilities up to a constant.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Categorical Categorical(
                Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(probs, logits, generator);

            /// <summary>All of <paramref name="categories"/> numbers equally likely.</summary>
            public static Categorical Categorical(int categories, Generator? generator = null) =>
                new(probs: ones(categories), generator: generator);
        }
    }
}
