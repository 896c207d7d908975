namespace FinML.Evaluation;

/// <summary>
/// Decides whether a trial is registered: it names a registration of its experiment, its name is in the declared family,
/// and no trial, baseline or control of the experiment on the same data came before the registration or its last
/// amendment. That the data were not looked at elsewhere, no ledger can know.
/// </summary>
internal static class TrialStamp
{
    /// <param name="record">The trial.</param>
    /// <param name="rows">What the ledger holds of its experiment.</param>
    /// <exception cref="ArgumentException">The registration that it names is not there.</exception>
    internal static (TrialStanding Standing, string? Because) Of(TrialRecord record, IReadOnlyList<LedgerRow> rows)
    {
        if (record.Registration is null)
            return Exploratory("it names no registration");
        RegistrationEntry last = RegistrationEntry.Latest(rows, record.Registration)
            ?? throw new ArgumentException(
                $"Experiment '{record.Experiment}' has no registration {LedgerChain.Short(record.Registration)}; "
                + "register the hypothesis first.", nameof(record));
        if (!last.Registration.Family.Contains(record.Name, StringComparer.Ordinal))
            return Exploratory(
                $"'{record.Name}' is not in the declared family: {string.Join(", ", last.Registration.Family)}");
        foreach (LedgerRow row in rows.Where(row => row.Type == nameof(EntryType.Trial)))
        {
            if (row.Sequence < last.Sequence && LedgerFields.Parse(row.Fields)["dataHash"] == record.DataHash)
                return Exploratory(
                    $"row {row.Sequence} had read these data before row {last.Sequence} "
                    + (last.Changes.Count == 0 ? "registered the hypothesis" : "amended the registration"));
        }

        return (TrialStanding.Registered, null);
    }

    private static (TrialStanding Standing, string? Because) Exploratory(string because) =>
        (TrialStanding.Exploratory, because);
}
