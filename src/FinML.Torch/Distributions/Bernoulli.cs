using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>1 with a probability, else 0.</summary>
    public sealed class Bernoulli : torch.distributions.Distribution
    {
        private torch.Tensor? givenProbs, givenLogits;

        /// <summary>Give one of the two.</summary>
        /// <param name="p">Probability of 1, in [0, 1].</param>
        /// <param name="l">Its log-odds.</param>
        /// <param name="generator">Source of the draws.</param>
        public Bernoulli(torch.Tensor? p = null, torch.Tensor? l = null, torch.Generator? generator = null)
            : base(generator)
        {
            if (p is null == l is null)
                throw new ArgumentException("Bernoulli: give either probs or logits.");
            if (p is not null)
                Check("Bernoulli", "probs", "in [0, 1]", p, v => v.ge(0).logical_and(v.le(1)));
            else
                Check("Bernoulli", "logits", "a number", l!, v => v.isnan().logical_not());
            (givenProbs, givenLogits) = (p, l);
            batch_shape = (p ?? l)!.Sizes;
        }

        public override torch.Tensor mean => probs;

        public override torch.Tensor mode => probs.ge(0.5).to(probs.dtype);

        public override torch.Tensor variance => probs * (1 - probs);

        /// <summary>Probability of 1.</summary>
        public torch.Tensor probs => givenProbs ??= givenLogits!.sigmoid();

        /// <summary>log p - log(1 - p), p kept one rounding away from 0 and 1.</summary>
        public torch.Tensor logits
        {
            get
            {
                if (givenLogits is null)
                {
                    torch.Tensor inside = Probabilities.Clamp(givenProbs!);
                    givenLogits = inside.log() - inside.neg().log1p();
                }

                return givenLogits;
            }
        }

        /// <inheritdoc/>
        public override torch.Tensor sample(params long[] sample_shape)
        {
            using (torch.no_grad())
                return Expanded(probs, ExtendedShape(sample_shape)).bernoulli(generator);
        }

        /// <exception cref="NotSupportedException">Always: a discrete draw has no gradient.</exception>
        public override torch.Tensor rsample(params long[] sample_shape) => throw Missing("rsample");

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value)
        {
            // -(1 - v) l - log(1 + e^-l)
            torch.Tensor l = logits;
            return ((value - 1) * l) - l.neg().softplus(threshold: 40);
        }

        /// <inheritdoc/>
        public override torch.Tensor entropy()
        {
            torch.Tensor l = logits;
            return ((1 - probs) * l) + l.neg().softplus(threshold: 40);
        }

        /// <inheritdoc/>
        public override torch.Tensor enumerate_support(bool expand = true)
        {
            long[] ones = [2, .. batch_shape.Select(_ => 1L)];
            torch.Tensor values = torch.arange(2, dtype: probs.dtype).reshape(ones);
            return expand ? values.expand([2, .. batch_shape.Shape]) : values;
        }

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
            new Bernoulli(
                givenLogits is null ? givenProbs!.expand(batch_shape.Shape) : null,
                givenLogits?.expand(batch_shape.Shape), generator);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>1 with a probability, else 0; give one of the two.</summary>
            /// <param name="probs">Probability of 1, in [0, 1].</param>
            /// <param name="logits">Its log-odds.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Bernoulli Bernoulli(
                Tensor? probs = null, Tensor? logits = null, Generator? generator = null) =>
                new(probs, logits, generator);

            public static Bernoulli Bernoulli(float? probs, float? logits, Generator? generator = null) =>
                new(probs is { } p ? tensor(p) : null, logits is { } l ? tensor(l) : null, generator);

            public static Bernoulli Bernoulli(double? probs, double? logits, Generator? generator = null) =>
                new(probs is { } p ? tensor(p) : null, logits is { } l ? tensor(l) : null, generator);
        }
    }
}
