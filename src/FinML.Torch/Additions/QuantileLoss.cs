namespace FinML.Torch;

/// <summary>The pinball loss max(q (y - x), (q - 1) (y - x)): its mean is least where x is the q-quantile of y (Koenker
/// and Bassett, Econometrica 1978).</summary>
public sealed class QuantileLoss : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
{
    private readonly double[] quantiles;
    private readonly torch.nn.Reduction reduction;

    /// <param name="quantiles">Each in (0, 1); with several the input has them as a last axis.</param>
    /// <param name="reduction">Mean, sum or none.</param>
    public QuantileLoss(double[] quantiles, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(nameof(QuantileLoss))
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        foreach (double q in quantiles)
        {
            if (!(q > 0 && q < 1))
                throw new ArgumentOutOfRangeException(nameof(quantiles), q, $"a quantile must be in (0, 1), got {q}.");
        }

        this.quantiles = (double[])quantiles.Clone();
        this.reduction = reduction;
    }

    /// <param name="input">(..., quantiles).</param>
    /// <param name="target">(...).</param>
    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target)
    {
        if (input.dim() != target.dim() + 1 || input.shape[^1] != quantiles.Length
            || !input.shape[..^1].SequenceEqual(target.shape))
        {
            long[] expected = [.. target.shape, quantiles.Length];
            throw new ArgumentException(
                $"QuantileLoss: an input of [{string.Join(", ", expected)}] is expected, got "
                + $"[{string.Join(", ", input.shape)}].");
        }

        torch.Tensor q = torch.tensor(quantiles, dtype: input.dtype);
        torch.Tensor difference = target.unsqueeze(-1) - input;
        torch.Tensor loss = (q * difference).maximum((q - 1) * difference);
        return reduction switch
        {
            torch.nn.Reduction.None => loss,
            torch.nn.Reduction.Sum => loss.sum(),
            _ => loss.mean(),
        };
    }
}
