namespace FinML.Torch.Modules;

/// <summary>Normalisation of each channel over the batch: by the batch's moments while training, by the running ones
/// otherwise.</summary>
public abstract class BatchNorm : NormBase
{
    private protected BatchNorm(
        string name, long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
        torch.ScalarType? dtype)
        : base(name, num_features, eps, momentum, affine, track_running_stats, dtype)
    {
    }

    public sealed override torch.Tensor forward(torch.Tensor input)
    {
        ValidateInputDimensions(input);
        double share = NextShare();
        return torch.nn.functional.batch_norm(
            input, running_mean, running_var, weight, bias, training || !track_running_stats, share, eps);
    }
}
