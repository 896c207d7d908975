namespace FinML.Torch.Modules;

/// <summary>What the convolutions share: options, and a weight and bias that start uniform on +-1 / sqrt(fan in), which
/// is Kaiming's with a = sqrt 5.</summary>
public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly torch.Generator? generator;

    private protected Convolution(
        string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding,
        Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias,
        PaddingModes padding_mode, torch.ScalarType? dtype, torch.Generator? generator)
        : base(name)
    {
        if (in_channels < 1 || out_channels < 1 || kernel_size.Any(k => k < 1) || groups < 1
            || in_channels % groups != 0 || out_channels % groups != 0)
        {
            throw new ArgumentException(
                $"{name}: channels, taps and groups must be at least 1 and the groups divide both channel counts, got "
                + $"{in_channels} to {out_channels} channels, {Shapes.Text(kernel_size)} taps, {groups} groups.");
        }

        if (stride.Any(s => s < 1) || dilation.Any(d => d < 1) || (padding ?? []).Any(p => p < 0))
        {
            throw new ArgumentException(
                $"{name}: stride and dilation must be at least 1 and padding at least 0, got {Shapes.Text(stride)}, "
                + $"{Shapes.Text(dilation)} and {Shapes.Text(padding ?? [])}.");
        }

        if (padding_mode == PaddingModes.Constant || (transposed && padding_mode != PaddingModes.Zeros))
        {
            throw new ArgumentException(
                $"{name}: the padding mode must be Zeros{(transposed ? "" : ", Reflect, Replicate or Circular")}, got "
                + $"{padding_mode}.", nameof(padding_mode));
        }

        (this.in_channels, this.out_channels, this.kernel_size, this.stride) =
            (in_channels, out_channels, kernel_size, stride);
        (this.dilation, this.transposed, this.output_padding, this.groups, this.padding_mode) =
            (dilation, transposed, output_padding, groups, padding_mode);
        this.generator = generator;
        if (padding_type is { } type)
            SetPadding(type);
        else
            SetPadding(padding ?? new long[kernel_size.Length]);
        long[] sizes = transposed
            ? [in_channels, out_channels / groups, .. kernel_size]
            : [out_channels, in_channels / groups, .. kernel_size];
        weight = new Parameter(torch.empty(sizes, dtype));
        this.bias = bias ? new Parameter(torch.empty([out_channels], dtype)) : null;
        reset_parameters();
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), this.bias);
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size { get; }

    public long[] stride { get; }

    public long[] dilation { get; }

    /// <summary>True of the transposed convolutions.</summary>
    public bool transposed { get; }

    public long[] output_padding { get; }

    public long groups { get; }

    public PaddingModes padding_mode { get; }

    /// <summary>On both sides of each axis; null where a <see cref="padding_type"/> is set.</summary>
    public long[]? padding { get; private set; }

    /// <summary>Valid or Same, or null where numbers are set.</summary>
    public Padding? padding_type { get; private set; }

    /// <summary>(out, in / groups, taps); (in, out / groups, taps) of a transposed convolution.</summary>
    public Parameter weight { get; }

    /// <summary>(out), or null.</summary>
    public Parameter? bias { get; }

    /// <summary>Draws weight and bias anew.</summary>
    public void reset_parameters() =>
        DefaultInit.Uniform(weight.Sizes[1] * Shapes.Count(kernel_size), generator, weight, bias);

    /// <summary>Pads each axis on both sides.</summary>
    public void SetPadding(long[] padding)
    {
        ArgumentNullException.ThrowIfNull(padding);
        (this.padding, padding_type) = (padding, null);
    }

    /// <summary>Pads nothing (Valid), or what keeps the size (Same, stride 1).</summary>
    public void SetPadding(Padding padding)
    {
        if (transposed)
            throw new ArgumentException($"{GetName()}: a transposed convolution has numbers for its padding.");
        if (padding == Padding.Same && stride.Any(s => s != 1))
        {
            throw new ArgumentException(
                $"{GetName()}: padding Same needs stride 1, got {Shapes.Text(stride)}.", nameof(padding));
        }

        (this.padding, padding_type) = (null, padding);
    }

    private protected void CheckInput(torch.Tensor input)
    {
        int axes = kernel_size.Length, n = input.Sizes.Length;
        if ((n != axes + 1 && n != axes + 2) || input.Sizes[n - axes - 1] != in_channels)
        {
            throw new ArgumentException(
                $"{GetName()}: an input of {in_channels} channels and {axes} axes, with or without batch, is expected, "
                + $"got {Shapes.Text(input.Sizes)}.");
        }
    }

    /// <summary>The input with what the padding mode puts around it.</summary>
    private protected torch.Tensor Padded(torch.Tensor input)
    {
        int axes = kernel_size.Length;
        var pairs = new long[2 * axes];
        for (int i = 0; i < axes; i++)
        {
            long total = dilation[i] * (kernel_size[i] - 1);
            int pair = 2 * (axes - 1 - i); // the last axis comes first
            (pairs[pair], pairs[pair + 1]) = padding is not null
                ? (padding[i], padding[i])
                : padding_type == Padding.Same ? (total / 2, total - (total / 2)) : (0, 0);
        }

        return torch.nn.functional.pad(input, pairs, padding_mode);
    }
}
