using FinML.Torch.Kernels;

namespace FinML.Torch.Modules;

/// <summary>What the modules of a single step share: the parameters, and the check of shapes.</summary>
internal sealed class RecurrentCell
{
    /// <summary>PyTorch's names of the parameters.</summary>
    internal static readonly string[] Names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

    private readonly string name;
    private readonly long inputSize, hiddenSize;

    internal RecurrentCell(string name, int blocks, RecurrentOptions options)
    {
        options.Validate();
        (this.name, inputSize, hiddenSize) = (name, options.InputSize, options.HiddenSize);
        Weights = RecurrentStack.CellParameters(
            blocks, inputSize, hiddenSize, options.Bias, options.Dtype, options.Generator);
    }

    /// <summary>W_ih, W_hh, b_ih and b_hh.</summary>
    internal Parameter?[] Weights { get; }

    /// <summary>Registers all four; a bias that is left out keeps its name.</summary>
    internal void Register(torch.nn.Module module)
    {
        for (int i = 0; i < Names.Length; i++)
            module.register_parameter(Names[i], Weights[i]);
    }

    /// <summary>Runs <paramref name="step"/> on (batch, features) and states (batch, hidden), given with or without
    /// batch; no states: zeros.</summary>
    internal torch.Tensor[] Run(
        torch.Tensor input, torch.Tensor[] start,
        Func<SequenceLayout, torch.Tensor, torch.Tensor[], Parameter?[], torch.Tensor[]> step)
    {
        bool single = input.Sizes.Length == 1;
        if ((!single && input.Sizes.Length != 2) || input.Sizes[^1] != inputSize)
        {
            throw new ArgumentException(
                $"{name}: the input must have shape (batch, {inputSize}) or ({inputSize}), got "
                + $"{Shapes.Text(input.Sizes)}.");
        }

        torch.Tensor x = single ? input.unsqueeze(0) : input; // (batch, features)
        long batch = x.Sizes[0];
        long[] expected = single ? [hiddenSize] : [batch, hiddenSize];
        foreach (torch.Tensor state in start)
        {
            if (!Shapes.Equal(state.Sizes, expected))
            {
                throw new ArgumentException(
                    $"{name}: a state must have shape {Shapes.Text(expected)} with an input of "
                    + $"{Shapes.Text(input.Sizes)}, got {Shapes.Text(state.Sizes)}.");
            }
        }

        if (start.Length == 0)
        {
            torch.Tensor zero = torch.zeros(expected, input.dtype);
            start = [zero, zero];
        }

        int products = (int)((inputSize + hiddenSize) * Weights[0]!.Sizes[0]);
        torch.Tensor[] next = step(
            SequenceLayout.Uniform(1, (int)batch, products), x,
            single ? Array.ConvertAll(start, s => s.unsqueeze(0)) : start, Weights);
        return single ? Array.ConvertAll(next, s => s.squeeze(0)) : next;
    }
}
