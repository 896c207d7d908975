namespace FinML.Statistics;

/// <summary>
/// One security's event: its returns and the market's over an estimation window and, after it, an event window. Simple
/// returns of the same periods.
/// </summary>
public sealed record SecurityEvent
{
    private SecurityEvent(
        string name, double[] estimation, double[] estimationMarket, double[] window, double[] windowMarket)
    {
        Name = name;
        (Estimation, EstimationMarket, Window, WindowMarket) = (estimation, estimationMarket, window, windowMarket);
    }

    /// <summary>The security.</summary>
    public string Name { get; }

    internal double[] Estimation { get; }

    internal double[] EstimationMarket { get; }

    internal double[] Window { get; }

    internal double[] WindowMarket { get; }

    /// <summary>Cuts the windows out of two series.</summary>
    /// <param name="name">The security.</param>
    /// <param name="returns">Its returns.</param>
    /// <param name="market">The market's, aligned.</param>
    /// <param name="eventIndex">The index of day 0.</param>
    /// <param name="before">Days of the event window before day 0, 0 or more.</param>
    /// <param name="after">Days after it, 0 or more.</param>
    /// <param name="estimationLength">Days of the estimation window, 30 or more (120 to 250 are usual).</param>
    /// <param name="gap">Days between the two windows, so that what leaks ahead of the event is in neither.</param>
    public static SecurityEvent At(
        string name,
        ReadOnlySpan<double> returns,
        ReadOnlySpan<double> market,
        int eventIndex,
        int before = 10,
        int after = 10,
        int estimationLength = 250,
        int gap = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Guard.SameLength(returns, market, $"returns of {name}", "market");
        Guard.AtLeast(before, 0, nameof(before));
        Guard.AtLeast(after, 0, nameof(after));
        Guard.AtLeast(estimationLength, 30, nameof(estimationLength));
        Guard.AtLeast(gap, 0, nameof(gap));
        int start = eventIndex - before - gap - estimationLength, end = eventIndex + after + 1;
        if (start < 0 || end > returns.Length)
            throw new ArgumentException(
                $"{name}'s event at index {eventIndex} needs the returns {start} to {end - 1} "
                + $"({estimationLength} to estimate, {gap} between, {before} before, {after} after); there are 0 to "
                + $"{returns.Length - 1}.", nameof(eventIndex));
        Range estimation = start..(start + estimationLength), window = (eventIndex - before)..end;
        Guard.Finite(returns[start..end], $"returns of {name}");
        Guard.Finite(market[start..end], "market");
        Guard.NotConstant(returns[estimation], $"returns of {name}");
        Guard.NotConstant(market[estimation], "market");
        return new SecurityEvent(
            name, returns[estimation].ToArray(), market[estimation].ToArray(), returns[window].ToArray(),
            market[window].ToArray())
        {
            Before = before,
        };
    }

    /// <summary>Days of the window before day 0.</summary>
    internal int Before { get; private init; }
}
