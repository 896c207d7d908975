namespace FinML.Models;

/// <summary>
/// Causal convolutions for the local shape of the window, an LSTM for its order: (batch, time, features) to the LSTM's
/// last hidden state, (batch, hidden). Standardised features are expected.
/// </summary>
public sealed class CnnLstmExtractor : nn.Module<Tensor, Tensor>, IDescribedModel
{
    private readonly ModuleList<CausalConvBlock> blocks;
    private readonly LSTM recurrent;
    private readonly CnnLstmOptions options;
    private readonly int features;
    private readonly int window;

    /// <param name="features">Features a step.</param>
    /// <param name="window">Steps of a window; only <see cref="Describe"/> depends on it.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public CnnLstmExtractor(int features, int window, CnnLstmOptions options, Generator generator)
        : base(nameof(CnnLstmExtractor))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        options.Validate();
        (this.features, this.window, this.options) = (features, window, options);
        blocks = nn.ModuleList<CausalConvBlock>();
        int channels = features;
        foreach (int dilation in options.Dilations)
        {
            blocks.Add(new CausalConvBlock(channels, options.Channels, options.KernelSize, dilation));
            channels = options.Channels;
        }

        recurrent = nn.LSTM(channels, options.HiddenSize, batchFirst: true);
        RegisterComponents();
        WeightInitialisation.Apply(this, generator);
        this.to(Devices.Default);
    }

    /// <summary>(batch, time, features) to (batch, hidden).</summary>
    public override Tensor forward(Tensor input)
    {
        if (input.dim() != 3 || input.shape[2] != features)
            throw new ArgumentException(
                $"CnnLstmExtractor expects (batch, time, {features}); got ({string.Join(", ", input.shape)}).",
                nameof(input));
        var x = input.transpose(1, 2); // (batch, features, time)
        foreach (var block in blocks)
            x = block.forward(x); // (batch, channels, time)
        var (states, _, _) = recurrent.forward(x.transpose(1, 2).contiguous()); // (batch, time, hidden)
        return states.select(1, states.shape[1] - 1); // (batch, hidden)
    }

    /// <inheritdoc/>
    /// <remarks>The LSTM carries the whole window, so that the receptive field is the window.</remarks>
    public ModelCard Describe()
    {
        long macs = 0;
        int channels = features;
        foreach (int _ in options.Dilations)
        {
            macs += (long)window * channels * options.Channels * options.KernelSize;
            if (channels != options.Channels)
                macs += (long)window * channels * options.Channels;
            channels = options.Channels;
        }

        macs += 4L * window * options.HiddenSize * (channels + options.HiddenSize);
        return new ModelCard("CNN+LSTM", this.parameters().Sum(parameter => parameter.numel()), window, macs);
    }
}
