using System.Globalization;
using FinML.Figures;

namespace FinML.Evaluation;

/// <summary>What a rigorous evaluation found, with what it was corrected for.</summary>
public sealed record EvaluationReport
{
    /// <summary>One for each model on each data set, models in the order given.</summary>
    public required IReadOnlyList<EvaluationRow> Rows { get; init; }

    /// <summary>What was declared: the tests that are corrected for.</summary>
    public required IReadOnlyList<string> Family { get; init; }

    /// <summary>What was declared and is not among the rows: it counts as a test without evidence.</summary>
    public required IReadOnlyList<string> NotRun { get; init; }

    /// <summary>The hypothesis; null for a search.</summary>
    public required RegistrationEntry? Registration { get; init; }

    /// <summary>How it was run.</summary>
    public required EvaluationOptions Options { get; init; }

    /// <summary>The ledger's count of everything that was tried in the experiment.</summary>
    public required TrialMultiplicity Multiplicity { get; init; }

    /// <summary>The test rows of each data set in years.</summary>
    public required IReadOnlyList<(string Set, double Years)> Years { get; init; }

    /// <summary>Years that the raw number of trials asks for:
    /// <see cref="TrialMultiplicity.MinimumBacktestYears"/>.</summary>
    public double YearsNeeded => Multiplicity.MinimumBacktestYears();

    /// <summary>Whether every data set is long enough for the number of trials; where not, nothing is ranked.</summary>
    public bool IsSufficient => Years.All(set => set.Years >= YearsNeeded);

    /// <summary>Declared, significant by StepM and by Holm, with a t-statistic of 3 or more, on data that are long
    /// enough: the best first.</summary>
    public IReadOnlyList<EvaluationRow> Discoveries =>
    [
        .. Rows.Where(row => IsSufficient && row.Declared && row.Stepwise <= Options.Alpha && row.Holm <= Options.Alpha
                && row.Mean >= RigorousEvaluation.SmallestStatistic * row.StandardError)
            .OrderBy(row => row.PValue),
    ];

    /// <summary>One sentence, from the numbers.</summary>
    public string Verdict
    {
        get
        {
            string standing = Rows.All(row => row.Entries.All(entry => entry.Standing == TrialStanding.Registered))
                ? "Registered"
                : "Exploratory";
            string counted = $"{Multiplicity.Raw} trials ({Multiplicity.Effective} effective)";
            if (!IsSufficient)
            {
                (string set, double years) = Years.MinBy(each => each.Years);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{standing}: insufficient data: {counted} ask for {YearsNeeded:0.0} years and '{set}' has ")
                    + string.Create(CultureInfo.InvariantCulture, $"{years:0.0}; nothing is ranked.");
            }

            return Discoveries.Count == 0
                ? $"{standing}: after {counted} and a correction over {Family.Count} tests nothing is left; all "
                    + $"{Rows.Count} results are kept."
                : $"{standing}: after {counted} and a correction over {Family.Count} tests "
                    + $"{string.Join(", ", Discoveries.Select(row => row.Name))} "
                    + $"{(Discoveries.Count == 1 ? "is" : "are")} left, {Rows.Count - Discoveries.Count} of "
                    + $"{Rows.Count} are not.";
        }
    }

    /// <summary>Estimates with intervals over time and seeds.</summary>
    public Table ToTable(string? title = null)
    {
        var table = Table.Create(title)
            .Column("model").Column("data set")
            .Column("gain a period, basis points", CellFormat.Fixed(2))
            .Column("of the error from seeds", CellFormat.Percent(0))
            .Column("Sharpe, mean over seeds", CellFormat.Fixed()).Column("lowest seed", CellFormat.Fixed())
            .Column("highest seed", CellFormat.Fixed()).Column("trial is");
        foreach (EvaluationRow row in Rows)
        {
            table = table.Row(
                row.Model, row.Set, new Estimate(1e4 * row.Mean, 1e4 * row.Lower, 1e4 * row.Upper), row.SeedShare,
                row.Sharpe, row.SharpeBySeed.Min(), row.SharpeBySeed.Max(),
                row.Entries[0].Standing == TrialStanding.Registered ? "registered" : "exploratory");
        }

        return table.Footnote(
            $"{Options.Split.Name}; {Options.Gain.Name}; {Options.Seeds.Count} seeds as a random factor; intervals of "
            + $"{Options.Bootstrap.Level.ToString("P0", CultureInfo.InvariantCulture)} by block bootstrap over time.");
    }

    /// <summary>P-values, corrected over the declared family.</summary>
    public Table ToTestTable(string? title = null)
    {
        var table = Table.Create(title)
            .Column("model").Column("data set").Column("p alone", CellFormat.PValue())
            .Column("Holm", CellFormat.PValue()).Column("Benjamini-Hochberg", CellFormat.PValue())
            .Column("StepM", CellFormat.PValue()).Column("may be the best")
            .Column("deflated Sharpe", CellFormat.Fixed(3)).Column("left");
        foreach (EvaluationRow row in Rows)
        {
            table = table.Row(
                row.Model, row.Set, row.PValue, row.Holm, row.FalseDiscoveryRate, row.Stepwise,
                row.InConfidenceSet ? "yes" : "no", row.Deflated,
                !row.Declared ? "not declared" : Discoveries.Contains(row) ? "yes" : "no");
        }

        return table.Footnote(
            $"Corrected over {Family.Count} declared tests, {NotRun.Count} of them not run (p = 1). "
            + $"N = {Multiplicity.Raw} trials, {Multiplicity.Effective} effective. Left: StepM and Holm at "
            + $"{Options.Alpha:0.##} and a t-statistic of {RigorousEvaluation.SmallestStatistic:0} or more. May be the "
            + "best: in the model confidence set of its data set.");
    }
}
