using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>One layer of gated recurrent units.</summary>
internal sealed class GruOperation(SequenceLayout layout, bool reverse)
    : RecurrentOperation<GruKernel>("gru", layout, reverse)
{
    /// <summary>x (total, in) laid out by <paramref name="layout"/>, h (batch, hidden), W_ih (3 hidden, in), W_hh
    /// (3 hidden, hidden), biases (3 hidden) or both null. Gives the outputs (total, hidden) and the last h.</summary>
    internal static (torch.Tensor Output, torch.Tensor H) Apply(
        SequenceLayout layout, bool reverse, torch.Tensor x, torch.Tensor h, torch.Tensor inputWeight,
        torch.Tensor hiddenWeight, torch.Tensor? inputBias, torch.Tensor? hiddenBias)
    {
        torch.Tensor[] outputs = new GruOperation(layout, reverse).Run(
            x, h, null, inputWeight, hiddenWeight, inputBias, hiddenBias);
        return (outputs[0], outputs[1]);
    }

    /// <summary>n = tanh(x_n + r h_n); h' = (1 - z) n + z h.</summary>
    protected override (torch.Tensor H, torch.Tensor? C) Step(
        torch.Tensor zx, torch.Tensor zh, torch.Tensor h, torch.Tensor? c)
    {
        torch.Tensor[] x = zx.chunk(3, 1), own = zh.chunk(3, 1);
        torch.Tensor r = (x[0] + own[0]).sigmoid(), z = (x[1] + own[1]).sigmoid();
        torch.Tensor n = (x[2] + (r * own[2])).tanh();
        return (n + (z * (h - n)), null);
    }
}
