namespace FinML.Torch;

public static partial class torch
{
    /// <summary>Probability distributions with tensors as parameters.</summary>
    public static partial class distributions
    {
        /// <summary>
        /// A batch of distributions over events: a sample has shape (sample_shape, batch_shape, event_shape), a
        /// log-probability has the value's shape without the event's axes. Parameters are checked when a distribution
        /// is made; values are not, and outside the support a log-probability is what its formula gives. Gradients flow
        /// to the parameters through everything but <see cref="sample(long[])"/>.
        /// </summary>
        public abstract class Distribution : IDisposable
        {
            /// <summary>Source of the draws; null for the default one.</summary>
            protected Generator? generator;

            /// <param name="generator">Source of the draws; null for torch.manual_seed's.</param>
            /// <param name="batch_shape">One distribution each.</param>
            /// <param name="event_shape">Of one event; empty for numbers.</param>
            protected Distribution(Generator? generator, long[]? batch_shape = null, long[]? event_shape = null)
            {
                this.generator = generator;
                this.batch_shape = new Size(batch_shape ?? []);
                this.event_shape = new Size(event_shape ?? []);
            }

            /// <summary>One distribution each.</summary>
            public Size batch_shape { get; protected set; }

            /// <summary>Of one event; empty for numbers.</summary>
            public Size event_shape { get; protected set; }

            public abstract Tensor mean { get; }

            /// <summary>The likeliest value.</summary>
            /// <exception cref="NotSupportedException">There is no formula.</exception>
            public virtual Tensor mode => throw Missing("mode");

            public abstract Tensor variance { get; }

            public virtual Tensor stddev => variance.sqrt();

            /// <summary>A draw without gradient, (sample_shape, batch_shape, event_shape).</summary>
            public virtual Tensor sample(params long[] sample_shape)
            {
                using (no_grad())
                    return rsample(sample_shape);
            }

            /// <inheritdoc cref="sample(long[])"/>
            public Tensor sample(Size sample_shape) => sample(sample_shape.Shape);

            /// <summary>A draw whose gradient flows to the parameters.</summary>
            /// <exception cref="NotSupportedException">The distribution is discrete.</exception>
            public abstract Tensor rsample(params long[] sample_shape);

            /// <inheritdoc cref="rsample(long[])"/>
            public Tensor rsample(Size sample_shape) => rsample(sample_shape.Shape);

            /// <summary>The log of the density, or of the probability.</summary>
            public abstract Tensor log_prob(Tensor value);

            /// <summary>In nats, of batch_shape.</summary>
            /// <exception cref="NotSupportedException">There is no formula.</exception>
            public abstract Tensor entropy();

            /// <summary>The same distribution with its parameters expanded to a larger batch, without copies.</summary>
            /// <param name="batch_shape">The batch wanted.</param>
            /// <param name="instance">Here for source compatibility.</param>
            public abstract Distribution expand(Size batch_shape, Distribution? instance = null);

            /// <summary>The probability of at most <paramref name="value"/>.</summary>
            /// <exception cref="NotSupportedException">There is no formula.</exception>
            public virtual Tensor cdf(Tensor value) => throw Missing("cdf");

            /// <summary>The quantile of a probability.</summary>
            /// <exception cref="NotSupportedException">There is no formula.</exception>
            public virtual Tensor icdf(Tensor value) => throw Missing("icdf");

            /// <summary>All values of a discrete distribution along a new first axis.</summary>
            /// <exception cref="NotSupportedException">They are infinitely many.</exception>
            public virtual Tensor enumerate_support(bool expand = true) => throw Missing("enumerate_support");

            /// <summary>exp of the entropy.</summary>
            public virtual Tensor perplexity() => entropy().exp();

            /// <summary>Nothing native is held; the parameters stay the caller's.</summary>
            public void Dispose() => GC.SuppressFinalize(this);

            /// <summary>(sample_shape, batch_shape, event_shape).</summary>
            protected long[] ExtendedShape(params long[] sample_shape) =>
                [.. sample_shape, .. batch_shape.Shape, .. event_shape.Shape];

            private protected NotSupportedException Missing(string member) =>
                new($"{GetType().Name} has no {member}.");

            /// <summary>Both in their common shape.</summary>
            private protected static (Tensor First, Tensor Second) Broadcast(string name, Tensor first, Tensor second)
            {
                ArgumentNullException.ThrowIfNull(first);
                ArgumentNullException.ThrowIfNull(second);
                if (!first.dtype.IsFloating() || first.dtype != second.dtype)
                {
                    throw new ArgumentException(
                        $"{name}: parameters of one floating dtype are expected, got {first.dtype} and "
                        + $"{second.dtype}.");
                }

                long[] shape = Shapes.Broadcast(name, first.Sizes, second.Sizes);
                return (Expanded(first, shape), Expanded(second, shape));
            }

            private protected static Tensor Expanded(Tensor tensor, long[] shape) =>
                Shapes.Equal(tensor.Sizes, shape) ? tensor : tensor.expand(shape);

            /// <summary>Draws of the standard normal in the shape of a sample.</summary>
            private protected Tensor Normals(long[] sample_shape, Tensor like) =>
                randn(ExtendedShape(sample_shape), like.dtype, generator: generator);

            /// <summary>Draws uniform on [0, 1) in the shape of a sample.</summary>
            private protected Tensor Uniforms(long[] sample_shape, Tensor like) =>
                rand(ExtendedShape(sample_shape), like.dtype, generator: generator);

            private protected static void CheckPositive(string name, string parameter, Tensor value) =>
                Check(name, parameter, "above 0", value, v => v.gt(0).logical_and(v.isfinite()));

            /// <exception cref="ArgumentException">An element does not satisfy the condition.</exception>
            private protected static void Check(
                string name, string parameter, string condition, Tensor value, Func<Tensor, Tensor> holds)
            {
                using IDisposable off = no_grad();
                Tensor bad = holds(value.detach()).logical_not();
                if (!bad.any().ToBoolean())
                    return;
                throw new ArgumentException(
                    $"{name}: {parameter} must be {condition}, got {value.detach().masked_select(bad)[0].ToDouble()}.");
            }
        }
    }
}
