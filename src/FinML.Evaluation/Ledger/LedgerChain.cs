namespace FinML.Evaluation;

/// <summary>Walks the chain of a snapshot and names every fault: which row, and what of it was changed.</summary>
internal static class LedgerChain
{
    internal static LedgerVerification Verify(LedgerSnapshot snapshot, string? publishedHead)
    {
        var faults = new List<string>(snapshot.Faults);
        string previous = LedgerHash.Genesis;
        long expected = 1;
        bool headSeen = publishedHead is null || publishedHead == LedgerHash.Genesis;
        foreach (LedgerRow row in snapshot.Rows)
        {
            string name = Name(row);
            if (row.Sequence != expected)
            {
                long last = row.Sequence - 1;
                faults.Add(
                    last == expected ? $"Row {expected} is missing." : $"Rows {expected} to {last} are missing.");
            }

            if (Changed(row) is { } changed)
                faults.Add($"{name} was changed: {changed}");
            else if (SeriesFault(row, snapshot.Series) is { } fault)
                faults.Add($"{name}: {fault}");
            if (row.PreviousHash != previous && row.Sequence == expected)
                faults.Add(
                    $"{name} does not follow the row before it: it names {Short(row.PreviousHash)}, the row before is "
                    + $"{Short(previous)}; rows were changed, moved or put in.");
            headSeen |= row.Hash == publishedHead;
            previous = row.Hash;
            expected = row.Sequence + 1;
        }

        if (snapshot.HighestSequence >= expected)
            faults.Add(
                snapshot.HighestSequence == expected
                    ? $"Row {expected} is missing: it was the last one."
                    : $"Rows {expected} to {snapshot.HighestSequence} are missing: they were the last ones.");
        if (!headSeen)
            faults.Add($"The published head {Short(publishedHead!)} is not in the ledger: its history was rewritten.");
        return new LedgerVerification(snapshot.Rows.Count, previous, faults);
    }

    internal static string Short(string hash) => hash.Length > 12 ? hash[..12] + "…" : hash;

    /// <summary>What was changed, or null.</summary>
    private static string? Changed(LedgerRow row)
    {
        try
        {
            string? content = row.Digests is null ? ChangedFirstFormat(row) : ChangedFields(row);
            if (content is not null)
                return content;
            if (!Enum.TryParse(row.Type, out EntryType type))
                return $"'{row.Type}' is no type of entry.";
            return type switch
            {
                EntryType.Trial => LedgerHash.Identity(TrialEntry.Of(row).Record) == row.Identity
                    ? null
                    : $"its fields do not give its identity {Short(row.Identity)}.",
                EntryType.Registration or EntryType.Amendment => RegistrationEntry.Of(row) is null ? "" : null,
                _ => LockboxEntry.Of(row) is null ? "" : null,
            };
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            return $"it cannot be read ({error.Message.TrimEnd('.')}).";
        }
    }

    private static string? ChangedFields(LedgerRow row)
    {
        if (LedgerHash.Row(row) == row.Hash)
            return null;
        var recorded = LedgerFields.Parse(row.Digests!).Values;
        var found = LedgerHash.Digests(row).Values;
        var fields = LedgerFields.Parse(row.Fields).Values;
        var changes = new List<string>();
        foreach ((string name, string digest) in found)
        {
            string now = fields.TryGetValue(name, out string? value) ? value : name switch
            {
                "type" => row.Type,
                "identity" => row.Identity,
                "experiment" => row.Experiment,
                _ => row.RecordedAt,
            };
            if (!recorded.TryGetValue(name, out string? before))
                changes.Add($"{name} was put in");
            else if (before != digest)
                changes.Add($"{name} says '{(now.Length > 60 ? now[..60] + "…" : now)}', which was not recorded");
        }

        changes.AddRange(recorded.Keys.Except(found.Keys).Select(name => $"{name} was taken out"));
        return changes.Count > 0
            ? string.Join("; ", changes) + "."
            : $"its content does not give its hash {Short(row.Hash)}: the hash was changed, or the fields together "
                + "with their digests.";
    }

    /// <summary>The first format had no digests: it can say no more than which half of the fields it was.</summary>
    private static string? ChangedFirstFormat(LedgerRow row)
    {
        if (row.Type == nameof(EntryType.Trial) && LedgerHash.FirstFormatRow(row) == row.Hash)
            return null;
        bool sameRun = LedgerHash.Identity(TrialEntry.Of(row).Record) == row.Identity;
        return $"its content does not give its hash {Short(row.Hash)}: "
            + (sameRun
                ? "its kind, its results or its time."
                : "its experiment, name, configuration, data, code or seed, or its identity.");
    }

    private static string? SeriesFault(LedgerRow row, IReadOnlyDictionary<string, string> series)
    {
        if (row.Type != nameof(EntryType.Trial) || LedgerFields.Parse(row.Fields).Optional("returns") is not { } hash)
            return null;
        if (!series.TryGetValue(hash, out string? now))
            return $"its series of returns {Short(hash)} is missing.";
        return now == hash ? null : $"its series of returns was changed: it should hash to {Short(hash)} and gives "
            + $"{Short(now)}.";
    }

    private static string Name(LedgerRow row)
    {
        string what;
        try
        {
            what = row.Type == nameof(EntryType.Trial)
                ? $"'{LedgerFields.Parse(row.Fields)["name"]}'"
                : row.Type.ToLowerInvariant();
        }
        catch (FormatException)
        {
            what = row.Type.ToLowerInvariant();
        }

        return $"Row {row.Sequence} ({what} of experiment '{row.Experiment}')";
    }
}
