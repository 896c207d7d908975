namespace FinML.Torch;

/// <summary>A layer whose weight is g v / |v|, length and direction being trained apart (Salimans and Kingma, NIPS
/// 2016). The norm is taken over all axes but one.</summary>
public sealed class WeightNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Func<torch.Tensor, torch.Tensor, torch.Tensor> layer;
    private readonly long[] axes;

    /// <param name="weight">The initial weight.</param>
    /// <param name="apply">The layer: its output from the input and the weight. Parameters of its own it uses are
    /// registered by who owns them.</param>
    /// <param name="dim">The axis that keeps a length each.</param>
    public WeightNorm(
        torch.Tensor weight, Func<torch.Tensor, torch.Tensor, torch.Tensor> apply, int dim = 0)
        : base(nameof(WeightNorm))
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(apply);
        if (weight.dim() < 2 || dim < 0 || dim >= weight.dim())
        {
            throw new ArgumentException(
                $"WeightNorm: a weight of at least two axes and one of them are expected, got {weight.dim()} axes and "
                + $"{dim}.");
        }

        layer = apply;
        axes = Enumerable.Range(0, (int)weight.dim()).Where(i => i != dim).Select(i => (long)i).ToArray();
        weight_v = torch.nn.Parameter(weight.detach().clone());
        using (torch.no_grad())
            weight_g = torch.nn.Parameter(Norm(weight_v).clone());
        register_parameter(nameof(weight_g), weight_g);
        register_parameter(nameof(weight_v), weight_v);
    }

    /// <summary>A linear layer with its bias.</summary>
    public WeightNorm(Linear layer)
        : this(layer.weight!, (input, weight) => torch.nn.functional.linear(input, weight, layer.bias))
    {
        if (layer.bias is not null)
            register_parameter("bias", layer.bias);
    }

    /// <summary>Lengths.</summary>
    public Parameter weight_g { get; }

    /// <summary>Directions, of any length.</summary>
    public Parameter weight_v { get; }

    /// <summary>The weight the layer has now.</summary>
    public torch.Tensor weight => weight_v * (weight_g / Norm(weight_v));

    public override torch.Tensor forward(torch.Tensor input) => layer(input, weight);

    private torch.Tensor Norm(torch.Tensor v) => v.square().sum(axes, keepdim: true).sqrt();
}
