namespace FinML.Data;

/// <summary>A panel and what was met on the way to it.</summary>
/// <param name="Panel">Null where the file was refused.</param>
/// <param name="Report">Says why, by line.</param>
public sealed record LoadedPanel(Panel? Panel, LoadReport Report)
{
    /// <summary>The panel.</summary>
    /// <exception cref="DataException">The file was refused; the message has the first reason and how many there
    /// are.</exception>
    public Panel Require() => Panel ?? throw new DataException(
        $"{Report.Source} was refused, {Report.ProblemCount} problem{(Report.ProblemCount == 1 ? "" : "s")}, first: "
        + Report.Problems[0]);
}
