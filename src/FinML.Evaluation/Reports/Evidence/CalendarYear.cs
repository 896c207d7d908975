namespace FinML.Evaluation;

/// <summary>The returns of a calendar year.</summary>
/// <param name="Year">Which.</param>
/// <param name="Months">Twelve, January first; null where there is no return.</param>
/// <param name="Total">The months that are there, compounded.</param>
/// <param name="Benchmark">The benchmark over the same periods; null without one.</param>
public sealed record CalendarYear(int Year, IReadOnlyList<double?> Months, double Total, double? Benchmark)
{
    /// <summary>By year; none where periods are longer than a month.</summary>
    internal static IReadOnlyList<CalendarYear> Of(EvidenceInput input, double periodsPerYear)
    {
        if (!input.Dated || periodsPerYear < 11)
            return [];
        var years = new List<CalendarYear>();
        foreach (var year in Enumerable.Range(0, input.Times.Count).GroupBy(t => input.Times[t].Year))
        {
            var months = new double?[12];
            foreach (var month in year.GroupBy(t => input.Times[t].Month))
                months[month.Key - 1] = Compound(input.NetReturns, month);
            years.Add(new CalendarYear(
                year.Key,
                months,
                Compound(input.NetReturns, year),
                input.Benchmark is { } benchmark ? Compound(benchmark.Values, year) : null));
        }

        return years;
    }

    private static double Compound(IReadOnlyList<double> returns, IEnumerable<int> periods) =>
        periods.Aggregate(1.0, (wealth, t) => wealth * (1 + returns[t])) - 1;
}
