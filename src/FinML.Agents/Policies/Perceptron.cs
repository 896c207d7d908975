namespace FinML.Agents;

/// <summary>Fully connected networks with the initialization that on-policy learning depends on.</summary>
public static class Perceptron
{
    /// <summary>
    /// Linear layers with an activation between them; weights orthogonal with gain √2, the last one's with
    /// <paramref name="outputGain"/>; biases 0.
    /// </summary>
    /// <param name="inputs">Values in a row of input.</param>
    /// <param name="hidden">Sizes of the hidden layers; may be empty.</param>
    /// <param name="outputs">Values in a row of output.</param>
    /// <param name="activation">The nonlinearity.</param>
    /// <param name="outputGain">0.01 for a policy, so that it starts near uniform; 1 for a value.</param>
    /// <param name="generator">Draws the weights.</param>
    /// <returns>A module from (batch, inputs) to (batch, outputs).</returns>
    public static nn.Module<Tensor, Tensor> Create(
        int inputs,
        IReadOnlyList<int> hidden,
        int outputs,
        Activation activation,
        double outputGain,
        Generator generator)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(generator);
        Require.InRange(inputs, 1, 1 << 24, nameof(inputs));
        Require.InRange(outputs, 1, 1 << 24, nameof(outputs));
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        int width = inputs;
        for (int i = 0; i < hidden.Count; i++)
        {
            Require.InRange(hidden[i], 1, 1 << 20, $"{nameof(hidden)}[{i}]");
            layers.Add(($"linear{i}", Layer(width, hidden[i], Math.Sqrt(2), generator)));
            layers.Add(($"activation{i}", activation == Activation.Tanh ? nn.Tanh() : nn.ReLU()));
            width = hidden[i];
        }

        layers.Add(("output", Layer(width, outputs, outputGain, generator)));
        return nn.Sequential(layers.ToArray());
    }

    private static nn.Module<Tensor, Tensor> Layer(int inputs, int outputs, double gain, Generator generator)
    {
        var layer = nn.Linear(inputs, outputs);
        SeededInit.orthogonal_(layer.weight!, gain, generator);
        nn.init.zeros_(layer.bias!);
        return layer;
    }
}
