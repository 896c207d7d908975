using FinML.Evaluation;
using Spectre.Console;

namespace FinML.Cli.Commands;

/// <summary>A ledger as tables and as JSON. What cannot be read is left out: the chain's faults say what it
/// is.</summary>
internal static class LedgerOutput
{
    private const int ShownOfAHash = 12;

    public static void Write(IAnsiConsole console, TrialLedger ledger, LedgerVerification chain)
    {
        foreach (string fault in chain.Faults)
            console.MarkupLine($"[red]fault[/] {Markup.Escape(fault)}");
        if (Contents(ledger, chain) is { } contents)
        {
            Experiments(console, contents);
            Registrations(console, contents);
            Lockboxes(console, contents);
        }

        console.WriteLine($"{DataOutput.Count(chain.Entries)} {(chain.Entries == 1 ? "entry" : "entries")} in "
            + $"{ledger.Location}; the chain is {(chain.IsIntact ? "whole" : "NOT whole")}.");
        console.WriteLine($"Head {chain.Head}: print it in reports; --head finds out later whether history was "
            + "rewritten.");
    }

    public static object Json(TrialLedger ledger, LedgerVerification chain)
    {
        Content? contents = Contents(ledger, chain);
        return new
        {
            ledger.Location,
            Chain = new { chain.IsIntact, chain.Entries, chain.Head, chain.Faults },
            Experiments = contents?.Experiments.Select(e => new
            {
                e.Name,
                Trials = e.Multiplicity.Raw,
                EffectiveTrials = e.Multiplicity.Effective,
                e.Multiplicity.Reopenings,
                e.Registered,
                e.Exploratory,
                e.Others,
                e.BestSharpeAYear,
                MinimumBacktestYears = e.Multiplicity.MinimumBacktestYears(),
                First = e.Entries.FirstOrDefault()?.RecordedAt,
                Last = e.Entries.LastOrDefault()?.RecordedAt,
            }),
            Registrations = contents?.Registrations.Select(r => new
            {
                r.Sequence,
                r.RecordedAt,
                r.Id,
                r.Registration,
                r.Changes,
                r.Reason,
            }),
            Lockboxes = contents?.Lockboxes.Select(b => new
            {
                b.Sequence,
                b.RecordedAt,
                b.Experiment,
                Type = b.Type.ToString(),
                b.Cut,
                b.DataHash,
                b.Registration,
                b.Number,
                b.Reason,
            }),
        };
    }

    private static void Experiments(IAnsiConsole console, Content contents)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(DataOutput.Column("Experiment"))
            .AddColumn(DataOutput.Column("Trials", number: true))
            .AddColumn(DataOutput.Column("Effective", number: true))
            .AddColumn(DataOutput.Column("Registered", number: true))
            .AddColumn(DataOutput.Column("Exploratory", number: true))
            .AddColumn(DataOutput.Column("Reopenings", number: true))
            .AddColumn(DataOutput.Column("Baselines, controls", number: true))
            .AddColumn(DataOutput.Column("Best Sharpe a year", number: true))
            .AddColumn(DataOutput.Column("Years it needs", number: true))
            .AddColumn(DataOutput.Column("Last"));
        foreach (Experiment e in contents.Experiments)
        {
            table.AddRow(
                Markup.Escape(e.Name), DataOutput.Count(e.Multiplicity.Raw), DataOutput.Count(e.Multiplicity.Effective),
                DataOutput.Count(e.Registered), DataOutput.Count(e.Exploratory),
                DataOutput.Count(e.Multiplicity.Reopenings), DataOutput.Count(e.Others),
                e.BestSharpeAYear is { } best ? FormattableString.Invariant($"{best:0.00}") : "",
                FormattableString.Invariant($"{e.Multiplicity.MinimumBacktestYears():0.0}"),
                e.Entries.Count > 0 ? Day(e.Entries[^1].RecordedAt) : "");
        }

        console.Write(table);
        console.WriteLine("Trials count every run that could have been chosen, and reopenings; effective, those with "
            + "like returns as one.");
    }

    private static void Registrations(IAnsiConsole console, Content contents)
    {
        if (contents.Registrations.Count == 0)
            return;
        Table table = new Table().Border(TableBorder.Simple).AddColumn(DataOutput.Column("Row", number: true))
            .AddColumn(DataOutput.Column("Registered")).AddColumn(DataOutput.Column("Experiment"))
            .AddColumn(DataOutput.Column("Id")).AddColumn(DataOutput.Column("Family", number: true))
            .AddColumn(new TableColumn("Hypothesis, or what was amended").PadLeft(0));
        foreach (RegistrationEntry r in contents.Registrations)
        {
            table.AddRow(
                DataOutput.Count((int)r.Sequence), Day(r.RecordedAt), Markup.Escape(r.Registration.Experiment),
                r.Id[..ShownOfAHash], DataOutput.Count(r.Registration.Family.Count),
                Markup.Escape(r.Changes.Count == 0
                    ? r.Registration.Hypothesis
                    : $"amended: {string.Join("; ", r.Changes)} ({r.Reason})"));
        }

        console.Write(table);
    }

    private static void Lockboxes(IAnsiConsole console, Content contents)
    {
        if (contents.Lockboxes.Count == 0)
            return;
        Table table = new Table().Border(TableBorder.Simple).AddColumn(DataOutput.Column("Row", number: true))
            .AddColumn(DataOutput.Column("When")).AddColumn(DataOutput.Column("Experiment"))
            .AddColumn(DataOutput.Column("Hold-out from")).AddColumn(DataOutput.Column("What"))
            .AddColumn(new TableColumn("Why").PadLeft(0));
        foreach (LockboxEntry b in contents.Lockboxes)
        {
            table.AddRow(
                DataOutput.Count((int)b.Sequence), Day(b.RecordedAt), Markup.Escape(b.Experiment), Day(b.Cut),
                b.Type == EntryType.Sealing
                    ? "sealed"
                    : b.Number == 1 ? "opened" : $"opened again, time {b.Number} (a trial)",
                Markup.Escape(b.Reason ?? ""));
        }

        console.Write(table);
    }

    /// <summary>Null where rows that were changed cannot be read any more.</summary>
    private static Content? Contents(TrialLedger ledger, LedgerVerification chain)
    {
        try
        {
            IReadOnlyList<TrialEntry> entries = ledger.Entries();
            IReadOnlyList<RegistrationEntry> registrations = ledger.Registrations();
            IReadOnlyList<LockboxEntry> lockboxes = ledger.Lockboxes();
            IEnumerable<string> names = entries.Select(e => e.Record.Experiment)
                .Concat(registrations.Select(r => r.Registration.Experiment))
                .Concat(lockboxes.Select(b => b.Experiment)).Distinct(StringComparer.Ordinal);
            Experiment[] experiments = [.. names.Select(name => new Experiment(
                name, ledger.Multiplicity(name), [.. entries.Where(e => e.Record.Experiment == name)]))];
            foreach (Experiment experiment in experiments)
                _ = experiment.Multiplicity.Effective; // reads the series of returns
            return new Content(experiments, registrations, lockboxes);
        }
        catch (LedgerException) when (!chain.IsIntact)
        {
            return null;
        }
    }

    private static string Day(DateTime time) => FormattableString.Invariant($"{time:yyyy-MM-dd}");

    private sealed record Content(
        IReadOnlyList<Experiment> Experiments, IReadOnlyList<RegistrationEntry> Registrations,
        IReadOnlyList<LockboxEntry> Lockboxes);

    private sealed record Experiment(string Name, TrialMultiplicity Multiplicity, IReadOnlyList<TrialEntry> Entries)
    {
        public int Registered => Multiplicity.Trials.Count(e => e.Standing == TrialStanding.Registered);

        public int Exploratory => Multiplicity.Trials.Count - Registered;

        public int Others => Entries.Count - Multiplicity.Trials.Count;

        public double? BestSharpeAYear => Multiplicity.Trials.Count == 0
            ? null
            : Multiplicity.Trials.Max(e => e.Record.SharpePerPeriod * Math.Sqrt(e.Record.PeriodsPerYear));
    }
}
