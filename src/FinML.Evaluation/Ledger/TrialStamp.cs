using System.Data.Common;

namespace FinML.Evaluation;

/// <summary>
/// Decides whether a trial is registered: it names a registration of its experiment, its name is in the declared
/// family, and no trial, baseline or control of the experiment on the same data came before the registration or its
/// last amendment. That the data were not looked at elsewhere, no ledger can know.
/// </summary>
internal static class TrialStamp
{
    /// <param name="record">The trial.</param>
    /// <param name="store">What the ledger holds.</param>
    /// <param name="transaction">Of the trial that is about to be recorded.</param>
    /// <exception cref="ArgumentException">The registration that it names is not there.</exception>
    internal static (TrialStanding Standing, string? Because) Of(
        TrialRecord record, LedgerStore store, DbTransaction transaction)
    {
        if (record.Registration is null)
            return Exploratory("it names no registration");
        RegistrationEntry last = RegistrationEntry.Latest(
                store, record.Experiment, record.Registration, transaction)
            ?? throw new ArgumentException(
                $"Experiment '{record.Experiment}' has no registration {LedgerChain.Short(record.Registration)}; "
                + "register the hypothesis first.", nameof(record));
        if (!last.Registration.Family.Contains(record.Name, StringComparer.Ordinal))
            return Exploratory(
                $"'{record.Name}' is not in the declared family: {string.Join(", ", last.Registration.Family)}");
        foreach (LedgerRow row in store.Rows(record.Experiment, [EntryType.Trial], transaction, last.Sequence))
        {
            if (LedgerFields.Parse(row.Fields)["dataHash"] == record.DataHash)
                return Exploratory(
                    $"row {row.Sequence} had read these data before row {last.Sequence} "
                    + (last.Changes.Count == 0 ? "registered the hypothesis" : "amended the registration"));
        }

        return (TrialStanding.Registered, null);
    }

    private static (TrialStanding Standing, string? Because) Exploratory(string because) =>
        (TrialStanding.Exploratory, because);
}
