using FinML.Data;

namespace FinML.Training;

/// <summary>A whole experiment on one asset: features, label, walk, forecaster, agents.</summary>
public sealed record WalkForwardPipelineOptions
{
    /// <summary>The asset that is forecast and traded.</summary>
    public required string Asset { get; init; }

    /// <summary>What a row knows about the past.</summary>
    public required FeatureSet Features { get; init; }

    /// <summary>What is forecast, before it is divided by the volatility.</summary>
    public ForwardReturn Label { get; init; } = new() { Horizon = 5 };

    /// <summary>
    /// The feature that estimates one row's volatility; the label is divided by it times sqrt(horizon), so that calm
    /// and wild years weigh alike.
    /// </summary>
    public required string VolatilityFeature { get; init; }

    /// <summary>Rows of the first training slice.</summary>
    public int InitialTrain { get; init; } = 1000;

    /// <summary>Rows of a test fold.</summary>
    public int TestRows { get; init; } = 504;

    /// <summary>Rows left out between the last training label and the test.</summary>
    public int Embargo { get; init; } = 5;

    /// <summary>
    /// The first folds, in which only the forecaster is tested: their out-of-sample forecasts are what the first agent
    /// learns on. At least 1.
    /// </summary>
    public int BurnInFolds { get; init; } = 2;

    /// <summary>The forecaster.</summary>
    public ForecasterOptions Forecaster { get; init; } = new();

    /// <summary>The agents.</summary>
    public WalkForwardAgentOptions Agent { get; init; } = new();

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Asset);
        ArgumentNullException.ThrowIfNull(Features);
        ArgumentOutOfRangeException.ThrowIfLessThan(BurnInFolds, 1);
        if (!Features.Names.Contains(VolatilityFeature))
            throw new ArgumentException(
                $"VolatilityFeature '{VolatilityFeature}' is none of the features: "
                + $"{string.Join(", ", Features.Names)}.");
        Forecaster.Validate();
        Agent.Validate();
    }
}
