namespace FinML.Torch;

/// <summary>One of k distributions of a family, drawn by a categorical: the last batch axis of the components.
/// </summary>
public sealed class MixtureSameFamily : torch.distributions.Distribution
{
    private readonly Categorical mixture;
    private readonly torch.distributions.Distribution components;

    /// <param name="mixture_distribution">Batch (...) over k numbers.</param>
    /// <param name="component_distribution">Batch (..., k).</param>
    /// <param name="generator">Here for symmetry; the two distributions draw.</param>
    /// <exception cref="ArgumentException">The batches do not fit.</exception>
    public MixtureSameFamily(
        Categorical mixture_distribution, torch.distributions.Distribution component_distribution,
        torch.Generator? generator = null)
        : base(
            generator!, OuterBatch(mixture_distribution, component_distribution),
            component_distribution.event_shape.Shape)
    {
        mixture = mixture_distribution.batch_shape.SequenceEqual(batch_shape)
            ? mixture_distribution
            : (Categorical)mixture_distribution.expand(batch_shape);
        components = component_distribution;
    }

    public override torch.Tensor mean => (Weights * components.mean).sum(Axis);

    /// <summary>The mean of the variances and the variance of the means.</summary>
    public override torch.Tensor variance
    {
        get
        {
            torch.Tensor centred = components.mean - mean.unsqueeze(Axis);
            return (Weights * (components.variance + centred.square())).sum(Axis);
        }
    }

    // The components' axis in a tensor of the batch's and the event's axes, from the end.
    private long Axis => -1 - event_shape.Length;

    private torch.Tensor Weights =>
        mixture.probs.reshape([.. mixture.probs.shape, .. event_shape.Select(_ => 1L)]);

    /// <inheritdoc/>
    public override torch.Tensor sample(params long[] sample_shape)
    {
        using IDisposable off = torch.no_grad();
        torch.Tensor number = mixture.sample(sample_shape);
        torch.Tensor all = components.sample(sample_shape);
        long[] shape = [.. number.shape, 1, .. event_shape];
        torch.Tensor index = number.reshape([.. number.shape, 1, .. event_shape.Select(_ => 1L)]).expand(shape);
        return all.gather(all.dim() + Axis, index).squeeze(all.dim() + Axis);
    }

    /// <exception cref="NotSupportedException">Always: the choice has no gradient.</exception>
    public override torch.Tensor rsample(params long[] sample_shape) =>
        throw new NotSupportedException("MixtureSameFamily has no rsample.");

    /// <inheritdoc/>
    public override torch.Tensor log_prob(torch.Tensor value) =>
        (components.log_prob(value.unsqueeze(value.dim() - event_shape.Length)) + mixture.logits).logsumexp(-1);

    /// <exception cref="NotSupportedException">There is no formula.</exception>
    public override torch.Tensor entropy() => throw new NotSupportedException("MixtureSameFamily has no entropy.");

    /// <inheritdoc/>
    public override torch.Tensor cdf(torch.Tensor value) =>
        (components.cdf(value.unsqueeze(-1)) * mixture.probs).sum(-1);

    /// <inheritdoc/>
    public override torch.distributions.Distribution expand(
        torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
        new MixtureSameFamily(
            (Categorical)mixture.expand(batch_shape),
            components.expand(batch_shape + new torch.Size(mixture.param_shape[^1])), generator);

    private static long[] OuterBatch(Categorical mixture, torch.distributions.Distribution components)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(components);
        long[] batch = components.batch_shape.Shape;
        if (batch.Length == 0 || batch[^1] != mixture.param_shape[^1])
        {
            throw new ArgumentException(
                $"MixtureSameFamily: the components' batch [{string.Join(", ", batch)}] must end in the mixture's "
                + $"{mixture.param_shape[^1]} numbers.");
        }

        return batch[..^1];
    }
}
