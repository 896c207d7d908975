namespace FinML.Agents;

/// <summary>
/// Puts a network on windows in front of an agent: the first window × features values of an observation go through it
/// as (batch, time, features), the rest (the position) is appended to what it gives.
/// </summary>
public sealed class WindowExtractor : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly int window;
    private readonly int features;

    /// <param name="network">From (batch, time, features) to (batch, representation).</param>
    /// <param name="window">Rows in a window.</param>
    /// <param name="features">Features in a row.</param>
    public WindowExtractor(nn.Module<Tensor, Tensor> network, int window, int features)
        : base("WindowExtractor")
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.InRange(window, 1, 1 << 20, nameof(window));
        Require.InRange(features, 1, 1 << 20, nameof(features));
        this.network = network;
        this.window = window;
        this.features = features;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        long size = input.shape[^1], used = (long)window * features;
        if (size < used)
            throw new ArgumentException(
                $"An observation of {size} values holds no window of {window} x {features}.", nameof(input));
        Tensor windows = input.narrow(1, 0, used).reshape(input.shape[0], window, features); // (batch, time, features)
        Tensor representation = network.call(windows); // (batch, representation)
        return size == used ? representation : cat([representation, input.narrow(1, used, size - used)], 1);
    }
}
