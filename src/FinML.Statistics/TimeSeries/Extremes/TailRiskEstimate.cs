namespace FinML.Statistics;

/// <summary>A risk measure from the tail of a generalised Pareto law, as a loss.</summary>
public sealed record TailRiskEstimate
{
    /// <summary>In the unit of the losses, positive for a loss.</summary>
    public required double Value { get; init; }

    /// <summary>By the delta method; NaN where the tail has none.</summary>
    public required double StandardError { get; init; }

    /// <summary>Lower end of the interval.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the interval; infinite where the sample sets none.</summary>
    public required double Upper { get; init; }

    /// <summary>Confidence of the interval.</summary>
    public required double Confidence { get; init; }

    /// <summary>How the interval was made.</summary>
    public required TailInterval Interval { get; init; }

    /// <summary>The probability that a loss stays below, of which the measure is.</summary>
    public required double Level { get; init; }
}
