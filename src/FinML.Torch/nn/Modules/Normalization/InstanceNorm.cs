namespace FinML.Torch.Modules;

/// <summary>Normalisation of each channel of each example over its places.</summary>
public abstract class InstanceNorm : NormBase
{
    private protected InstanceNorm(
        string name, long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
        torch.ScalarType? dtype)
        : base(name, num_features, eps, momentum, affine, track_running_stats, dtype)
    {
    }

    public sealed override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);
        return torch.nn.functional.instance_norm(
            input, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0, eps);
    }
}
