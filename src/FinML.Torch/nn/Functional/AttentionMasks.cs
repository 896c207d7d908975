namespace FinML.Torch;

/// <summary>The masks of attention as one tensor that is added to the scores.</summary>
internal static class AttentionMasks
{
    /// <summary>Joins the masks of multi-head attention: (batch or 1, heads or 1, keys, queries or 1), or null.
    /// </summary>
    /// <param name="mask">(queries, keys) or (batch heads, queries, keys), true or negative infinity where a query may
    /// not look; other numbers are added. Or null.</param>
    /// <param name="padding">(batch, keys), true where there is nothing, or numbers to add. Or null.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="queries">Length of the queries.</param>
    /// <param name="keys">Length of the keys.</param>
    /// <param name="type">Of the result.</param>
    internal static torch.Tensor? Join(
        torch.Tensor? mask, torch.Tensor? padding, long batch, long heads, long queries, long keys,
        torch.ScalarType type)
    {
        torch.Tensor? result = null;
        if (mask is not null)
        {
            bool each = mask.Sizes.Length == 3;
            Check("attn_mask", mask, each ? [batch * heads, queries, keys] : [queries, keys]);
            result = Additive(mask, type).view(each ? [batch, heads, queries, keys] : [1, 1, queries, keys])
                .transpose(-2, -1);
        }

        if (padding is not null)
        {
            Check("key_padding_mask", padding, [batch, keys]);
            torch.Tensor own = Additive(padding, type).view(batch, 1, keys, 1);
            result = result is null ? own : result + own;
        }

        return result;
    }

    /// <summary>Negative infinity where a boolean mask is true; a mask of numbers in the dtype of the scores.</summary>
    internal static torch.Tensor Additive(torch.Tensor mask, torch.ScalarType type)
    {
        if (mask.dtype == torch.ScalarType.Bool)
            return torch.zeros(mask.Sizes, type).masked_fill(mask, double.NegativeInfinity);
        if (!mask.dtype.IsFloating())
            throw new ArgumentException($"attention: a mask is Bool or floating, got {mask.dtype}.");
        return mask.to(type).contiguous();
    }

    private static void Check(string name, torch.Tensor mask, long[] expected)
    {
        if (!Shapes.Equal(mask.Sizes, expected))
        {
            throw new ArgumentException(
                $"MultiheadAttention: {name} must have shape {Shapes.Text(expected)}, got "
                + $"{Shapes.Text(mask.Sizes)}.");
        }
    }
}
