namespace FinML.Data;

/// <summary>How long after the end of its month each series of a monthly table is published.</summary>
/// <remarks>
/// A month's row carries the first day of the month and is known only when the statistic is published: prices of a
/// month in the middle of the next, industrial production a little later, yields at once. The defaults of
/// <see cref="Fred"/> are the usual days of the releases, rounded up.
/// </remarks>
public sealed record PublicationLags
{
    /// <summary>Days after the end of the month for series that are not named, from 0 to 3,650.</summary>
    public int DefaultDays { get; init; } = 45;

    /// <summary>Days after the end of the month, by series.</summary>
    public IReadOnlyDictionary<string, int> Days { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// The shipped table of FRED series. Bureau of Labor Statistics: employment on the first or second Friday after the
    /// month, consumer prices by the 16th. Federal Reserve: industrial production by the 18th, M2 by the end of the
    /// next month. Rates and exchange rates are averages of days that everybody saw: the first day after.
    /// </summary>
    public static PublicationLags Fred { get; } = new()
    {
        DefaultDays = 1,
        Days = new Dictionary<string, int>
        {
            ["cpi"] = 16,
            ["unemployment"] = 12,
            ["industrial_production"] = 18,
            ["m2"] = 31,
        },
    };

    /// <summary>The days of a series.</summary>
    public int Of(string series) => Days.GetValueOrDefault(series, DefaultDays);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        foreach ((string series, int days) in Days.Append(new("", DefaultDays)))
        {
            if (days is < 0 or > 3650)
            {
                throw new ArgumentException($"The lag of '{series}' is {days} days; it must be in [0, 3650].",
                    nameof(Days));
            }
        }
    }
}
