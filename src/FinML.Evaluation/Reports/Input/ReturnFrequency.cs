namespace FinML.Evaluation;

/// <summary>How often returns come.</summary>
/// <param name="PeriodsPerYear">252 for business days, 365 for days, 52, 12, 4, 1; else as often as the dates come.
/// </param>
/// <param name="Name">In words.</param>
public sealed record ReturnFrequency(double PeriodsPerYear, string Name)
{
    /// <summary>From the dates of returns.</summary>
    /// <param name="times">Two or more, increasing.</param>
    public static ReturnFrequency Of(IReadOnlyList<DateTime> times)
    {
        double observed = ReturnChecks.ObservedPeriodsPerYear(times);
        return observed switch
        {
            > 0.8 and < 1.3 => new(1, "yearly"),
            > 3.4 and < 4.6 => new(4, "quarterly"),
            > 10.5 and < 13.5 => new(12, "monthly"),
            > 45 and < 58 => new(52, "weekly"),
            > 220 and < 275 => new(252, "business days"),
            > 340 and < 372 => new(365, "all days"),
            _ => new(Math.Max(1, Math.Round(observed)), "as often as the dates come"),
        };
    }
}
