namespace FinML.Statistics;

/// <summary>Cumulative abnormal returns over a window of days around the event.</summary>
public sealed record EventWindowResult
{
    /// <summary>First and last day, relative to the event.</summary>
    public required (int First, int Last) Days { get; init; }

    /// <summary>Mean cumulative abnormal return.</summary>
    public required double Mean { get; init; }

    /// <summary>Cross-sectional standard error of the mean.</summary>
    public required double StandardError { get; init; }

    /// <summary>Share of securities above 0.</summary>
    public required double Positive { get; init; }

    /// <summary>Each security's cumulative abnormal return.</summary>
    public required IReadOnlyList<(string Security, double Value)> Securities { get; init; }

    /// <summary>Tests, from the most fragile to the most robust.</summary>
    public required IReadOnlyList<EventTest> Tests { get; init; }

    /// <summary>The test of this name.</summary>
    public EventTest Test(string name) => Tests.FirstOrDefault(t => t.Name == name)
        ?? throw new ArgumentException(
            $"There is no test '{name}'; there are {string.Join(", ", Tests.Select(t => t.Name))}.", nameof(name));
}
