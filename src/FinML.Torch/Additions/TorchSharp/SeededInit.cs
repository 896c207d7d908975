namespace FinML.Torch;

/// <summary>Initial weights from a generator of the caller's.</summary>
public static class SeededInit
{
    /// <summary>A (semi-)orthogonal matrix times <paramref name="gain"/> (Saxe, McClelland, Ganguli, 2014).</summary>
    /// <param name="tensor">At least two-dimensional; the sizes after the first count as columns.</param>
    /// <param name="gain">The factor on every singular value.</param>
    /// <param name="generator">Where the normal numbers behind it come from.</param>
    public static torch.Tensor orthogonal_(torch.Tensor tensor, double gain, torch.Generator generator)
    {
        using var noGrad = torch.no_grad();
        long rows = tensor.shape[0], columns = tensor.numel() / rows;
        bool wide = rows < columns;
        using torch.Tensor normal = torch.empty(wide ? columns : rows, wide ? rows : columns, tensor.dtype);
        torch.nn.init.normal_(normal, 0, 1, generator);
        (torch.Tensor q, torch.Tensor r) = torch.linalg.qr(normal);
        q = q.mul(r.diagonal().sign()); // makes the decomposition unique, and Q uniform among orthogonal matrices
        return tensor.copy_((wide ? q.t() : q).mul(gain).reshape(tensor.shape));
    }
}
