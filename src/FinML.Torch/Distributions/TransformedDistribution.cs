using Transform = FinML.Torch.torch.distributions.transforms.Transform;

namespace FinML.Torch.Modules;

/// <summary>
/// What becomes of a variable under invertible maps y = f(x): log p(y) = log p(x) - log |dy/dx|. The
/// log-probability of a draw of its own uses the x it was made from, so that it stays right where the map
/// saturates.
/// </summary>
public class TransformedDistribution : torch.distributions.Distribution
{
    /// <summary>Of x.</summary>
    protected readonly torch.distributions.Distribution base_distribution;

    private readonly Transform[] transforms;

    /// <param name="base_distribution">Of x.</param>
    /// <param name="transform">The map.</param>
    /// <param name="generator">Here for source compatibility; the base distribution draws.</param>
    public TransformedDistribution(
        torch.distributions.Distribution base_distribution, Transform transform, torch.Generator? generator = null)
        : this(base_distribution, [transform], generator)
    {
    }

    /// <param name="base_distribution">Of x.</param>
    /// <param name="transforms">The maps, the first one first.</param>
    /// <param name="generator">Here for source compatibility; the base distribution draws.</param>
    public TransformedDistribution(
        torch.distributions.Distribution base_distribution, IEnumerable<Transform> transforms,
        torch.Generator? generator = null)
        : base(
            generator,
            (base_distribution ?? throw new ArgumentNullException(nameof(base_distribution))).batch_shape.Shape,
            base_distribution.event_shape.Shape)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        this.base_distribution = base_distribution;
        this.transforms = transforms.ToArray();

        // Maps of more axes than the events have turn batch axes into part of the event.
        int axes = this.transforms.Select(t => t.event_dim).Append(event_shape.Length).Max();
        int more = axes - event_shape.Length;
        if (more > 0)
        {
            if (more > batch_shape.Length)
            {
                throw new ArgumentException(
                    $"TransformedDistribution: a map of {axes} axes needs events of as many, got batch "
                    + $"{batch_shape} and event {event_shape}.");
            }

            this.base_distribution = new Independent(base_distribution, more);
            batch_shape = this.base_distribution.batch_shape;
            event_shape = this.base_distribution.event_shape;
        }
    }

    /// <exception cref="NotSupportedException">There is no formula.</exception>
    public override torch.Tensor mean => throw Missing("mean");

    /// <exception cref="NotSupportedException">There is no formula.</exception>
    public override torch.Tensor variance => throw Missing("variance");

    /// <inheritdoc/>
    public override torch.Tensor sample(params long[] sample_shape)
    {
        using (torch.no_grad())
            return Forward(base_distribution.sample(sample_shape));
    }

    /// <inheritdoc/>
    public override torch.Tensor rsample(params long[] sample_shape) =>
        Forward(base_distribution.rsample(sample_shape));

    /// <inheritdoc/>
    public override torch.Tensor log_prob(torch.Tensor value)
    {
        torch.Tensor? correction = null;
        torch.Tensor y = value;
        foreach (Transform transform in transforms.Reverse())
        {
            torch.Tensor x = transform.Inverse(y);
            torch.Tensor part = Probabilities.SumRightmost(
                transform.log_abs_det_jacobian(x, y), event_shape.Length - transform.event_dim);
            correction = correction is null ? part : correction + part;
            y = x;
        }

        torch.Tensor inner = base_distribution.log_prob(y);
        return correction is null ? inner : inner - correction;
    }

    /// <exception cref="NotSupportedException">There is no formula.</exception>
    public override torch.Tensor entropy() => throw Missing("entropy");

    /// <inheritdoc/>
    public override torch.Tensor cdf(torch.Tensor value)
    {
        torch.Tensor y = value, sign = torch.ones([], value.dtype);
        foreach (Transform transform in transforms.Reverse())
        {
            y = transform.Inverse(y);
            sign *= transform.sign;
        }

        return Turned(base_distribution.cdf(y), sign);
    }

    /// <inheritdoc/>
    public override torch.Tensor icdf(torch.Tensor value)
    {
        torch.Tensor sign = torch.ones([], value.dtype);
        foreach (Transform transform in transforms)
            sign *= transform.sign;
        return Forward(base_distribution.icdf(Turned(value, sign)));
    }

    /// <inheritdoc/>
    public override torch.distributions.Distribution expand(
        torch.Size batch_shape, torch.distributions.Distribution? instance = null) =>
        new TransformedDistribution(base_distribution.expand(batch_shape), transforms, generator);

    /// <summary>A probability where the map rises, its complement where it falls.</summary>
    private static torch.Tensor Turned(torch.Tensor probability, torch.Tensor sign) =>
        (sign * (probability - 0.5)) + 0.5;

    private torch.Tensor Forward(torch.Tensor x) => transforms.Aggregate(x, (value, t) => t.Forward(value));
}
