namespace FinML.Figures.Traces;

/// <summary>The x axis of the panels that share it; numbers until the first trace decides.</summary>
internal sealed record HorizontalAxis(AxisKind Kind, AxisOptions Options)
{
    public static readonly HorizontalAxis Undecided = new(AxisKind.Number, new AxisOptions());

    public bool Log => Options.Log;

    public string? Title => Options.Title;
}
