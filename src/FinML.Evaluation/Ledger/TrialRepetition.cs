using System.Globalization;

namespace FinML.Evaluation;

/// <summary>Holds a run that is recorded again to what the ledger has of it.</summary>
internal static class TrialRepetition
{
    /// <exception cref="ArgumentException">It was another kind of run.</exception>
    /// <exception cref="NonDeterminismException">It has another result.</exception>
    internal static void RequireSame(TrialEntry existing, TrialRecord repeated, string? returnsHash)
    {
        TrialRecord recorded = existing.Record;
        string run = $"'{repeated.Name}' of experiment '{repeated.Experiment}' (seed {repeated.Seed})";
        if (recorded.Kind != repeated.Kind)
            throw new ArgumentException(
                $"{run} is in the ledger as {recorded.Kind} and was now given as {repeated.Kind}; a kind cannot " +
                "change after the result is known.", nameof(repeated));

        (string Field, string Before, string Now)[] results =
        [
            ("Sharpe ratio per period", Text(recorded.SharpePerPeriod), Text(repeated.SharpePerPeriod)),
            ("number of returns", Text(recorded.Count), Text(repeated.Count)),
            ("skewness", Text(recorded.Skewness), Text(repeated.Skewness)),
            ("kurtosis", Text(recorded.Kurtosis.Value), Text(repeated.Kurtosis.Value)),
            ("periods per year", Text(recorded.PeriodsPerYear), Text(repeated.PeriodsPerYear)),
            ("returns", existing.ReturnsHash ?? "", returnsHash ?? existing.ReturnsHash ?? ""),
        ];
        foreach ((string field, string before, string now) in results)
        {
            // An entry without returns is as good as one with the same.
            if (before != now && before.Length > 0)
                throw new NonDeterminismException(
                    $"Non-determinism: {run} has {field} {before} in the ledger (row {existing.Sequence}) and " +
                    $"{now} now, with the same configuration, data, code and seed; something that none of them " +
                    "names took part.",
                    existing,
                    repeated);
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
