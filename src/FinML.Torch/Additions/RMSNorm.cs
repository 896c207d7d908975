namespace FinML.Torch;

/// <summary>x / sqrt(mean(x^2) + eps) * weight over the last axis (Zhang and Sennrich, NeurIPS 2019).</summary>
public sealed class RMSNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly long size;
    private readonly double eps;

    /// <param name="normalized_shape">Size of the last axis.</param>
    /// <param name="eps">Added to the mean square.</param>
    /// <param name="elementwise_affine">Scale each feature.</param>
    /// <param name="dtype">Of the weight.</param>
    public RMSNorm(
        long normalized_shape, double eps = 1e-6, bool elementwise_affine = true, torch.ScalarType? dtype = null)
        : base(nameof(RMSNorm))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(normalized_shape, 1);
        size = normalized_shape;
        this.eps = eps;
        weight = elementwise_affine ? torch.nn.Parameter(torch.ones(size, dtype)) : null;
        if (weight is not null)
            register_parameter(nameof(weight), weight);
    }

    /// <summary>(normalized_shape), or null.</summary>
    public Parameter? weight { get; }

    /// <exception cref="ArgumentException">The last axis has another size.</exception>
    public override torch.Tensor forward(torch.Tensor input)
    {
        if (input.dim() == 0 || input.shape[^1] != size)
        {
            throw new ArgumentException(
                $"RMSNorm: a last axis of {size} is expected, got [{string.Join(", ", input.shape)}].");
        }

        torch.Tensor normal = input * (input.square().mean([-1], keepdim: true) + eps).rsqrt();
        return weight is null ? normal : normal * weight;
    }
}
