namespace FinML.Torch;

/// <summary>y = x W^T + b with operands of bfloat16 and sums of float32. Keeps x in bfloat16; the weight is kept as it
/// is, and its gradient never loses bits.</summary>
internal static class NarrowLinear
{
    /// <summary>x (..., in), weight (out, in), bias (out) or null, checked; gives (..., out) in bfloat16.</summary>
    internal static torch.Tensor Apply(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias)
    {
        if (AutocastMode.IsEnabled)
            x = AutocastMode.Kept(x);
        else
            FloatingTypes.Check("linear", x, weight, bias);
        torch.Tensor y;
        bool mode = AutocastMode.Exchange(false);
        try
        {
            using IDisposable off = torch.no_grad();
            using torch.Tensor a = AutocastMode.Operand(x), w = AutocastMode.Operand(weight);
            using torch.Tensor? b = bias is null ? null : AutocastMode.Operand(bias);
            using torch.Tensor wide = LinearOperation.Apply(a, w, b);
            y = Widening.Rounded(wide);
        }
        finally
        {
            AutocastMode.Exchange(mode);
        }

        if (Node.Needed([x, weight, bias]))
            Node.Record("linear", [x, weight, bias], Backward, y).Save(x, weight).State = bias?.dtype;
        return y;
    }

    private static void Backward(Node node, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = node.Saved(0), weight = node.Saved(1);
        torch.Tensor dy = g[0]!.to(torch.ScalarType.Float32);
        torch.Tensor rows = dy.reshape(-1, weight.Sizes[0]); // (rows, out)
        if (node.Needs(0))
            d[0] = dy.matmul(AutocastMode.Operand(weight)).to(x.dtype);
        if (node.Needs(1))
            d[1] = rows.t().mm(AutocastMode.Operand(x).reshape(-1, weight.Sizes[1])).to(weight.dtype);
        if (node.Needs(2))
            d[2] = rows.sum(0).to((torch.ScalarType)node.State!);
    }
}
