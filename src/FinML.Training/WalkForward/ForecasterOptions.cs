using FinML.Models;

namespace FinML.Training;

/// <summary>The forecaster of a walk-forward run: its network and how each fold fits it.</summary>
public sealed record ForecasterOptions
{
    /// <summary>Rows of a window, at least 1.</summary>
    public int Window { get; init; } = 32;

    /// <summary>The network.</summary>
    public CnnLstmOptions Model { get; init; } = new();

    /// <summary>The fit.</summary>
    public SupervisedOptions Training { get; init; } = new();

    /// <summary>Standardised features are clipped to this many standard deviations.</summary>
    public double FeatureClip { get; init; } = 5;

    /// <summary>Keys the weights and the order of the minibatches, with the fold's number.</summary>
    public ulong Seed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FeatureClip);
        Model.Validate();
        Training.Validate();
    }
}
