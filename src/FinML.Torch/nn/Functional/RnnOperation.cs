using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>One layer of plain recurrence.</summary>
internal static class RnnOperation
{
    /// <summary>x (total, in) laid out by <paramref name="layout"/>, h (batch, hidden), W_ih (hidden, in), W_hh
    /// (hidden, hidden), biases (hidden) or both null. Gives the outputs (total, hidden) and the last h.</summary>
    internal static (torch.Tensor Output, torch.Tensor H) Apply(
        torch.nn.NonLinearities function, SequenceLayout layout, bool reverse, torch.Tensor x, torch.Tensor h,
        torch.Tensor inputWeight, torch.Tensor hiddenWeight, torch.Tensor? inputBias, torch.Tensor? hiddenBias) =>
        function == torch.nn.NonLinearities.Tanh
            ? new RnnOperation<RnnTanh>("rnn_tanh", layout, reverse, static z => z.tanh()).Apply(
                x, h, inputWeight, hiddenWeight, inputBias, hiddenBias)
            : new RnnOperation<RnnRelu>("rnn_relu", layout, reverse, static z => z.relu()).Apply(
                x, h, inputWeight, hiddenWeight, inputBias, hiddenBias);
}

/// <summary>One layer of h' = f(x W_ih^T + b_ih + h W_hh^T + b_hh).</summary>
internal sealed class RnnOperation<TFunction>(
    string name, SequenceLayout layout, bool reverse, Func<torch.Tensor, torch.Tensor> function)
    : RecurrentOperation<RnnKernel<TFunction>>(name, layout, reverse)
    where TFunction : struct, IRnnFunction
{
    internal (torch.Tensor Output, torch.Tensor H) Apply(
        torch.Tensor x, torch.Tensor h, torch.Tensor inputWeight, torch.Tensor hiddenWeight, torch.Tensor? inputBias,
        torch.Tensor? hiddenBias)
    {
        torch.Tensor[] outputs = Run(x, h, null, inputWeight, hiddenWeight, inputBias, hiddenBias);
        return (outputs[0], outputs[1]);
    }

    protected override (torch.Tensor H, torch.Tensor? C) Step(
        torch.Tensor zx, torch.Tensor zh, torch.Tensor h, torch.Tensor? c) => (function(zx + zh), null);
}
