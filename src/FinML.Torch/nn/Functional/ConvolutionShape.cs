using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>The options of a convolution over one axis (sequences) or two (images), checked against its tensors.
/// </summary>
/// <param name="Name">Of the function.</param>
/// <param name="Stride">One for each axis; so are the next two.</param>
/// <param name="Before">Zeros before each axis.</param>
/// <param name="After">Zeros behind each axis.</param>
/// <param name="Dilation">Positions between taps.</param>
/// <param name="Groups">Divides both channel counts.</param>
internal sealed record ConvolutionShape(
    string Name, long[] Stride, long[] Before, long[] After, long[] Dilation, long Groups)
{
    internal int Axes => Stride.Length;

    /// <summary>One number for each axis from one for all, or from none.</summary>
    internal static long[] Each(string name, string what, long[]? given, int axes, long otherwise)
    {
        if (given is null)
            return Enumerable.Repeat(otherwise, axes).ToArray();
        if (given.Length == axes)
            return given;
        return given.Length == 1
            ? Enumerable.Repeat(given[0], axes).ToArray()
            : throw new ArgumentException($"{name}: {what} has 1 or {axes} numbers, got {Shapes.Text(given)}.");
    }

    /// <summary>The kernel of a convolution that maps <paramref name="x"/>, (batch, channels, axes), with a weight
    /// (out, channels / groups, taps).</summary>
    /// <exception cref="ArgumentException">The shapes do not fit each other or the options.</exception>
    internal ConvolutionKernel Kernel(long[] x, torch.Tensor weight)
    {
        CheckOptions();
        if (x.Length != Axes + 2 || weight.Sizes.Length != Axes + 2 || x[1] != weight.Sizes[1] * Groups
            || weight.Sizes[0] % Groups != 0)
        {
            throw new ArgumentException(
                $"{Name}: an input of shape {Shapes.Text(x)} does not fit a weight of shape "
                + $"{Shapes.Text(weight.Sizes)} in {Groups} groups: (batch, channels, {Extent}) and (out, "
                + "channels / groups, taps) are expected.");
        }

        var output = new long[Axes];
        for (int i = 0; i < Axes; i++)
        {
            long taps = weight.Sizes[i + 2], reach = (Dilation[i] * (taps - 1)) + 1;
            long padded = x[i + 2] + Before[i] + After[i];
            if (taps < 1 || padded < reach)
            {
                throw new ArgumentException(
                    $"{Name}: {taps} taps at dilation {Dilation[i]} need {reach} steps, the padded input has "
                    + $"{padded}.");
            }

            output[i] = ((padded - reach) / Stride[i]) + 1;
        }

        return Kernel(x, weight, output);
    }

    /// <summary>The kernel with the output's length given.</summary>
    internal ConvolutionKernel Kernel(long[] x, torch.Tensor weight, long[] output)
    {
        int last = Axes - 1;
        int First(long[] values, long one) => Axes == 2 ? (int)values[0] : (int)one;
        return new ConvolutionKernel(
            (int)x[0], (int)x[1], First(x[2..], 1), (int)x[last + 2], (int)weight.Sizes[0],
            First(weight.Sizes[2..], 1), (int)weight.Sizes[last + 2], First(Stride, 1), (int)Stride[last],
            First(Before, 0), (int)Before[last], First(Dilation, 1), (int)Dilation[last], (int)Groups,
            First(output, 1), (int)output[last]);
    }

    internal void CheckOptions()
    {
        if (Stride.Any(s => s < 1) || Dilation.Any(d => d < 1) || Before.Any(p => p < 0) || Groups < 1)
        {
            throw new ArgumentException(
                $"{Name}: stride, dilation and groups must be at least 1 and padding at least 0, got "
                + $"{Shapes.Text(Stride)}, {Shapes.Text(Dilation)}, {Groups} and {Shapes.Text(Before)}.");
        }
    }

    internal void CheckBias(torch.Tensor? bias, long channels)
    {
        if (bias is not null && (bias.Sizes.Length != 1 || bias.Sizes[0] != channels))
        {
            throw new ArgumentException(
                $"{Name}: the bias must have shape [{channels}], got {Shapes.Text(bias.Sizes)}.");
        }
    }

    private string Extent => Axes == 1 ? "length" : "height, width";
}
