namespace FinML.Torch;

/// <summary>Medians along an axis, which TorchSharp has of all elements only.</summary>
public static class Medians
{
    /// <summary>The middle element along an axis, the lower of two, and where it was; NaN where the row has one, as in
    /// PyTorch.</summary>
    /// <param name="input">Any shape; the axis has at least one element.</param>
    /// <param name="dim">The axis.</param>
    /// <param name="keepdim">Keeps the axis with size one.</param>
    public static (torch.Tensor values, torch.Tensor indices) median(
        this torch.Tensor input, long dim, bool keepdim = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() == 0)
            return (input.clone(), torch.tensor(0L));
        if (dim < -input.dim() || dim >= input.dim())
        {
            throw new ArgumentOutOfRangeException(
                nameof(dim), dim, $"median: dim must be in [{-input.dim()}, {input.dim() - 1}] for shape "
                + $"[{string.Join(", ", input.shape)}].");
        }

        dim = dim < 0 ? dim + input.dim() : dim;
        long last = input.shape[dim] - 1;
        if (last < 0)
        {
            throw new ArgumentException(
                $"median: axis {dim} of shape [{string.Join(", ", input.shape)}] has no elements.");
        }

        torch.Tensor order = input.detach().argsort(dim), position = order.narrow(dim, last / 2, 1);
        if (input.is_floating_point())
        {
            torch.Tensor top = order.narrow(dim, last, 1); // NaN sorts last
            position = torch.where(input.detach().gather(dim, top).isnan(), top, position);
        }

        torch.Tensor value = input.gather(dim, position);
        return keepdim ? (value, position) : (value.squeeze(dim), position.squeeze(dim));
    }
}
