using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>One layer of long short-term memory.</summary>
internal sealed class LstmOperation(SequenceLayout layout, bool reverse)
    : RecurrentOperation<LstmKernel>("lstm", layout, reverse)
{
    /// <summary>x (total, in) laid out by <paramref name="layout"/>, h and c (batch, hidden), W_ih (4 hidden, in),
    /// W_hh (4 hidden, hidden), biases (4 hidden) or both null. Gives the outputs (total, hidden) and the last h and
    /// c.</summary>
    internal static (torch.Tensor Output, torch.Tensor H, torch.Tensor C) Apply(
        SequenceLayout layout, bool reverse, torch.Tensor x, torch.Tensor h, torch.Tensor c, torch.Tensor inputWeight,
        torch.Tensor hiddenWeight, torch.Tensor? inputBias, torch.Tensor? hiddenBias)
    {
        torch.Tensor[] outputs = new LstmOperation(layout, reverse).Run(
            x, h, c, inputWeight, hiddenWeight, inputBias, hiddenBias);
        return (outputs[0], outputs[1], outputs[2]);
    }

    /// <summary>c' = f c + i g; h' = o tanh(c').</summary>
    protected override (torch.Tensor H, torch.Tensor? C) Step(
        torch.Tensor zx, torch.Tensor zh, torch.Tensor h, torch.Tensor? c)
    {
        torch.Tensor[] z = (zx + zh).chunk(4, 1);
        torch.Tensor i = z[0].sigmoid(), f = z[1].sigmoid(), g = z[2].tanh(), o = z[3].sigmoid();
        torch.Tensor next = (f * c!) + (i * g);
        return (o * next.tanh(), next);
    }
}
