namespace FinML.Data;

/// <summary>A table of series and what was met on the way to it.</summary>
/// <param name="Table">Null where the file was refused.</param>
/// <param name="Report">Says why, by line.</param>
public sealed record LoadedSeries(SeriesTable? Table, LoadReport Report)
{
    /// <summary>The table.</summary>
    /// <exception cref="DataException">The file was refused; the message has the first reasons and how many there
    /// are.</exception>
    public SeriesTable Require() => Table ?? throw new DataException(
        $"{Report.Source} was refused, {Report.ProblemCount} problem{(Report.ProblemCount == 1 ? "" : "s")}: "
        + string.Join(" ", Report.Problems.Take(3)) + (Report.ProblemCount > 3 ? " ..." : ""));
}
