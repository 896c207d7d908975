namespace FinML.Torch;

/// <summary>A layer whose weight is divided by its largest singular value, which power iteration follows while training
/// (Miyato et al., ICLR 2018): the layer's Lipschitz constant is about 1.</summary>
public sealed class SpectralNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Func<torch.Tensor, torch.Tensor, torch.Tensor> layer;
    private readonly int iterations;
    private readonly double eps;

    /// <param name="weight">The initial weight; later axes are one with the second.</param>
    /// <param name="apply">The layer: its output from the input and the weight.</param>
    /// <param name="n_power_iterations">Of each forward pass while training, at least 1.</param>
    /// <param name="eps">Least norm of the iteration's vectors.</param>
    /// <param name="generator">Source of the first vectors.</param>
    public SpectralNorm(
        torch.Tensor weight, Func<torch.Tensor, torch.Tensor, torch.Tensor> apply, int n_power_iterations = 1,
        double eps = 1e-12, torch.Generator? generator = null)
        : base(nameof(SpectralNorm))
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(apply);
        ArgumentOutOfRangeException.ThrowIfLessThan(n_power_iterations, 1);
        if (weight.dim() < 2)
            throw new ArgumentException($"SpectralNorm: at least two axes are expected, got {weight.dim()}.");
        layer = apply;
        this.eps = eps;
        iterations = n_power_iterations;
        weight_orig = torch.nn.Parameter(weight.detach().clone());
        register_parameter(nameof(weight_orig), weight_orig);
        using IDisposable off = torch.no_grad();
        torch.Tensor matrix = weight.detach().reshape(weight.shape[0], -1);
        torch.Tensor u = Unit(torch.randn(matrix.shape[0], dtype: weight.dtype, generator: generator));
        torch.Tensor v = Unit(torch.randn(matrix.shape[1], dtype: weight.dtype, generator: generator));
        register_buffer("weight_u", u);
        register_buffer("weight_v", v);
        Iterate(matrix, 15);
    }

    /// <summary>A linear layer with its bias.</summary>
    public SpectralNorm(Linear layer, int n_power_iterations = 1, torch.Generator? generator = null)
        : this(
            layer.weight!, (input, weight) => torch.nn.functional.linear(input, weight, layer.bias),
            n_power_iterations, generator: generator)
    {
        if (layer.bias is not null)
            register_parameter("bias", layer.bias);
    }

    /// <summary>The weight before the division.</summary>
    public Parameter weight_orig { get; }

    /// <summary>The weight the layer has now: W / (u W v).</summary>
    public torch.Tensor weight
    {
        get
        {
            torch.Tensor matrix = weight_orig.reshape(weight_orig.shape[0], -1);
            torch.Tensor u = get_buffer("weight_u")!.clone(), v = get_buffer("weight_v")!.clone();
            return weight_orig / u.matmul(matrix.matmul(v));
        }
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        if (training)
        {
            using IDisposable off = torch.no_grad();
            Iterate(weight_orig.detach().reshape(weight_orig.shape[0], -1), iterations);
        }

        return layer(input, weight);
    }

    private void Iterate(torch.Tensor matrix, int times)
    {
        torch.Tensor u = get_buffer("weight_u")!, v = get_buffer("weight_v")!;
        for (int i = 0; i < times; i++)
        {
            v.copy_(Unit(matrix.t().matmul(u)));
            u.copy_(Unit(matrix.matmul(v)));
        }
    }

    private torch.Tensor Unit(torch.Tensor vector) => vector / vector.norm().clamp_min(eps);
}
