namespace FinML.Figures.Traces;

/// <summary>What the author said about an axis.</summary>
internal sealed record AxisOptions
{
    public string? Title { get; init; }

    public bool Log { get; init; }

    public AxisFormat Format { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }
}
