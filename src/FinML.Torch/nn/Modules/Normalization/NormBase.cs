namespace FinML.Torch.Modules;

/// <summary>What batch and instance normalisation share: an affine map a channel and running moments.</summary>
public abstract class NormBase : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private protected NormBase(
        string name, long num_features, double eps, double? momentum, bool affine, bool track_running_stats,
        torch.ScalarType? dtype)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num_features, 1);
        this.num_features = num_features;
        this.eps = eps;
        this.momentum = momentum;
        this.affine = affine;
        this.track_running_stats = track_running_stats;
        weight = affine ? new Parameter(torch.ones(num_features, dtype)) : null;
        bias = affine ? new Parameter(torch.zeros(num_features, dtype)) : null;
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
        if (!track_running_stats)
            return;
        register_buffer(nameof(running_mean), torch.zeros(num_features, dtype));
        register_buffer(nameof(running_var), torch.ones(num_features, dtype));
        register_buffer(nameof(num_batches_tracked), torch.zeros([], torch.ScalarType.Int64));
    }

    public long num_features { get; }

    public double eps { get; }

    /// <summary>Share of a batch in the new running moments; null: the mean of all batches.</summary>
    public double? momentum { get; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    /// <summary>(channels), or null.</summary>
    public Parameter? weight { get; }

    /// <summary>(channels), or null.</summary>
    public Parameter? bias { get; }

    /// <summary>(channels), or null where none are kept.</summary>
    public torch.Tensor? running_mean => get_buffer(nameof(running_mean));

    /// <summary>(channels), or null where none are kept.</summary>
    public torch.Tensor? running_var => get_buffer(nameof(running_var));

    /// <summary>Batches seen while training, or null where none are kept.</summary>
    public torch.Tensor? num_batches_tracked => get_buffer(nameof(num_batches_tracked));

    /// <summary>Moments of 0 and 1 again.</summary>
    public void reset_running_stats()
    {
        if (!track_running_stats)
            return;
        using IDisposable off = torch.no_grad();
        running_mean!.zero_();
        running_var!.fill_(1);
        num_batches_tracked!.zero_();
    }

    /// <summary>Weights of 1, biases of 0 and the running moments as at start.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        if (weight is not null)
            torch.nn.init.ones_(weight);
        if (bias is not null)
            torch.nn.init.zeros_(bias);
    }

    /// <exception cref="ArgumentException">The input has the wrong number of axes.</exception>
    protected abstract void ValidateInputDimensions(torch.Tensor input);

    private protected void CheckAxes(torch.Tensor input, params int[] allowed)
    {
        if (!allowed.Contains(input.Sizes.Length))
        {
            throw new ArgumentException(
                $"{GetName()}: {string.Join(" or ", allowed)} axes are expected, got {Shapes.Text(input.Sizes)}.");
        }
    }

    /// <summary>Counts a batch where moments are kept, and says how much it counts.</summary>
    private protected double NextShare()
    {
        if (!training || !track_running_stats)
            return momentum ?? 0;
        num_batches_tracked!.add_(1);
        return momentum ?? 1.0 / num_batches_tracked!.item<long>();
    }
}
