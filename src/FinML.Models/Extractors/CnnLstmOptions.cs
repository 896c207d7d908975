namespace FinML.Models;

/// <summary>The size of a <see cref="CnnLstmExtractor"/>.</summary>
public sealed record CnnLstmOptions
{
    /// <summary>Channels of every convolution block, at least 1.</summary>
    public int Channels { get; init; } = 16;

    /// <summary>Taps of every convolution, at least 1.</summary>
    public int KernelSize { get; init; } = 3;

    /// <summary>The dilation of each block, in order; empty for an LSTM without convolutions.</summary>
    public IReadOnlyList<int> Dilations { get; init; } = [1, 2, 4];

    /// <summary>Units of the LSTM: the size of the representation, at least 1.</summary>
    public int HiddenSize { get; init; } = 32;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(KernelSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1);
        foreach (int dilation in Dilations)
            ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1, nameof(Dilations));
    }
}
