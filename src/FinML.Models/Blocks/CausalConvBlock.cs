namespace FinML.Models;

/// <summary>
/// A residual block of one dilated causal convolution (Bai, Kolter, Koltun, arXiv:1803.01271):
/// y = ReLU(conv(x) + shortcut(x)), padded on the left only, so that output t depends on inputs up to t and on no later
/// one.
/// </summary>
public sealed class CausalConvBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv1d convolution;
    private readonly Conv1d? shortcut;
    private readonly long leftPadding;

    /// <param name="inputChannels">Channels of the input.</param>
    /// <param name="outputChannels">Channels of the output; a 1x1 convolution matches the shortcut where they
    /// differ.</param>
    /// <param name="kernelSize">Taps of the convolution.</param>
    /// <param name="dilation">Steps between taps.</param>
    public CausalConvBlock(int inputChannels, int outputChannels, int kernelSize, int dilation)
        : base(nameof(CausalConvBlock))
    {
        leftPadding = (long)(kernelSize - 1) * dilation;
        convolution = nn.Conv1d(inputChannels, outputChannels, kernelSize, dilation: dilation);
        if (inputChannels != outputChannels)
            shortcut = nn.Conv1d(inputChannels, outputChannels, 1L);
        RegisterComponents();
    }

    /// <summary>(batch, input channels, time) to (batch, output channels, time).</summary>
    public override Tensor forward(Tensor input)
    {
        var padded = nn.functional.pad(input, new long[] { leftPadding, 0 }); // (batch, channels, time + leftPadding)
        var residual = shortcut is null ? input : shortcut.forward(input);
        return nn.functional.relu(convolution.forward(padded) + residual);
    }
}
