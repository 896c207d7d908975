using System.Globalization;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// The book of every backtest: an append-only, hash-chained SQLite file that several processes may write at once. The
/// deflated Sharpe ratio takes the number of trials and their variance from here, so that nobody has to remember them.
/// <para>
/// A run is identified by experiment, name, configuration, data hash, code hash and seed. Recording it again with the
/// same result (to the bit) adds nothing: a run that is repeated or resumed counts once, and its figures stay the same.
/// With another result it is refused by <see cref="NonDeterminismException"/>, and so is a change of kind: a trial
/// cannot be made a baseline afterwards. Another seed, another setting or other code is another trial, because the best
/// of them could be chosen. Record everything first and deflate then: N counts what is in the ledger at that moment.
/// </para>
/// </summary>
public sealed class TrialLedger : IDisposable
{
    private readonly LedgerStore _store;
    private readonly TimeProvider _time;

    private TrialLedger(LedgerStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>The file.</summary>
    public string Path => _store.Path;

    /// <summary>
    /// Opens the ledger at <paramref name="path"/>; makes it, and its directory, where there is none.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock that stamps entries; the system's by default.</param>
    /// <exception cref="LedgerException">The file is not a ledger, is damaged, or cannot be made.</exception>
    public static TrialLedger Open(string path, TimeProvider? time = null) =>
        new(LedgerStore.Open(path, create: true), time ?? TimeProvider.System);

    /// <summary>
    /// Opens a ledger that is there: for reading, where a mistyped path must not look like an empty history.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TrialLedger OpenExisting(string path, TimeProvider? time = null) =>
        new(LedgerStore.Open(path, create: false), time ?? TimeProvider.System);

    /// <summary>Records a backtest, or finds the entry that it already has.</summary>
    /// <exception cref="ArgumentException">A field is missing or out of range.</exception>
    /// <exception cref="NonDeterminismException">The same run is recorded with another result.</exception>
    public TrialEntry Record(TrialRecord record) => Record(record, out _);

    /// <summary>Records a backtest, or finds the entry that it already has.</summary>
    /// <param name="record">The backtest.</param>
    /// <param name="added">False where the same run with the same result was there already.</param>
    public TrialEntry Record(TrialRecord record, out bool added)
    {
        ArgumentNullException.ThrowIfNull(record);
        TrialRecord canonical = record.Canonical();
        string identity = LedgerHash.Identity(canonical);
        DateTime now = _time.GetUtcNow().UtcDateTime;
        bool isNew = false;
        TrialEntry result = _store.Write(transaction =>
        {
            if (_store.Find(identity, transaction) is { } existing)
            {
                RequireSame(existing, canonical);
                isNew = false;
                return existing;
            }

            TrialEntry? last = _store.Last(transaction);
            var entry = new TrialEntry
            {
                Sequence = (last?.Sequence ?? 0) + 1,
                Record = canonical,
                RecordedAt = now,
                Identity = identity,
                ConfigurationHash = LedgerHash.Configuration(canonical.Configuration),
                PreviousHash = last?.Hash ?? LedgerHash.Genesis,
                Hash = string.Empty,
            };
            entry = entry with { Hash = LedgerHash.Row(entry) };
            _store.Insert(entry, transaction);
            isNew = true;
            return entry;
        });
        added = isNew;
        return result;
    }

    /// <summary>All entries, or those of one experiment, in the order in which they were recorded.</summary>
    public IReadOnlyList<TrialEntry> Entries(string? experiment = null) => _store.Entries(experiment);

    /// <summary>
    /// Number of entries of kind <see cref="TrialKind.Trial"/> in the experiment: the N of every correction.
    /// </summary>
    public int TrialCount(string experiment) => Trials(experiment).Count;

    /// <summary>
    /// Variance (ddof 1) of the Sharpe ratio per period over the trials of the experiment; 0 where there are fewer than
    /// two, as then nothing was selected.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trials have different numbers of periods per year.</exception>
    public double SharpeVariance(string experiment)
    {
        IReadOnlyList<TrialEntry> trials = Trials(experiment);
        if (trials.Count < 2)
            return 0;
        double frequency = trials[0].Record.PeriodsPerYear;
        foreach (TrialEntry entry in trials)
        {
            if (entry.Record.PeriodsPerYear != frequency)
                throw new InvalidOperationException(
                    $"Experiment '{experiment}' has trials at {frequency:R} periods per year " +
                    $"('{trials[0].Record.Name}') and " +
                    $"at {entry.Record.PeriodsPerYear:R} ('{entry.Record.Name}'); Sharpe ratios per period can be " +
                    "compared at one frequency only.");
        }

        return Moments.Of(trials.Select(entry => entry.Record.SharpePerPeriod).ToArray()).Variance();
    }

    /// <summary>
    /// The deflated Sharpe ratio of an entry, with N and V[SR] over the trials of its experiment. For a baseline or a
    /// control it says whether the best of the trials would be expected to reach as much by luck.
    /// </summary>
    public DeflatedSharpeRatio Deflate(TrialEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        TrialRecord record = entry.Record;
        if (_store.Find(entry.Identity, null) is not { } stored || stored.Hash != entry.Hash)
            throw new ArgumentException(
                $"'{record.Name}' of experiment '{record.Experiment}' is not an entry of {Path}; record it first.",
                nameof(entry));
        return DeflatedSharpeRatio.Of(
            record.SharpePerPeriod,
            Math.Max(1, TrialCount(record.Experiment)),
            SharpeVariance(record.Experiment),
            record.Count,
            record.Skewness,
            record.Kurtosis);
    }

    /// <summary>
    /// Walks the chain from the first row to the last: a row that was changed, deleted, inserted or moved is named. A
    /// ledger that was rewritten from the start with fresh hashes is consistent in itself; only a head that was
    /// published before gives it away.
    /// </summary>
    /// <param name="publishedHead">
    /// A <see cref="LedgerVerification.Head"/> from an earlier report, which must still be in it.
    /// </param>
    public LedgerVerification Verify(string? publishedHead = null)
    {
        var faults = new List<string>();
        LedgerSnapshot snapshot = _store.Snapshot();
        faults.AddRange(snapshot.Faults);
        string previous = LedgerHash.Genesis;
        long expected = 1;
        bool headSeen = publishedHead is null || publishedHead == LedgerHash.Genesis;
        foreach (TrialEntry entry in snapshot.Entries)
        {
            string row = $"Row {entry.Sequence} ('{entry.Record.Name}' of experiment '{entry.Record.Experiment}')";
            if (entry.Sequence != expected)
            {
                long last = entry.Sequence - 1;
                faults.Add(
                    last == expected ? $"Row {expected} is missing." : $"Rows {expected} to {last} are missing.");
            }

            if (LedgerHash.Row(entry) != entry.Hash)
                faults.Add($"{row} was changed: its content does not give its hash {Short(entry.Hash)}.");
            else if (LedgerHash.Identity(entry.Record) != entry.Identity)
                faults.Add($"{row} was changed: its fields do not give its identity {Short(entry.Identity)}.");
            if (entry.PreviousHash != previous && entry.Sequence == expected)
                faults.Add(
                    $"{row} does not follow the row before it: it names {Short(entry.PreviousHash)}, the row " +
                    $"before is {Short(previous)}; rows were changed, moved or put in.");
            headSeen |= entry.Hash == publishedHead;
            previous = entry.Hash;
            expected = entry.Sequence + 1;
        }

        if (snapshot.HighestSequence >= expected)
            faults.Add(
                snapshot.HighestSequence == expected
                    ? $"Row {expected} is missing: it was the last one."
                    : $"Rows {expected} to {snapshot.HighestSequence} are missing: they were the last ones.");
        if (!headSeen)
            faults.Add($"The published head {Short(publishedHead!)} is not in the ledger: its history was rewritten.");
        return new LedgerVerification(snapshot.Entries.Count, previous, faults);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _store.Dispose();

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] + "…" : hash;

    private static void RequireSame(TrialEntry existing, TrialRecord repeated)
    {
        TrialRecord recorded = existing.Record;
        string run = $"'{repeated.Name}' of experiment '{repeated.Experiment}' (seed {repeated.Seed})";
        if (recorded.Kind != repeated.Kind)
            throw new ArgumentException(
                $"{run} is in the ledger as {recorded.Kind} and was now given as {repeated.Kind}; a kind cannot " +
                "change after the result is known.", nameof(repeated));

        (string Field, double Before, double Now)[] results =
        [
            ("Sharpe ratio per period", recorded.SharpePerPeriod, repeated.SharpePerPeriod),
            ("number of returns", recorded.Count, repeated.Count),
            ("skewness", recorded.Skewness, repeated.Skewness),
            ("kurtosis", recorded.Kurtosis.Value, repeated.Kurtosis.Value),
            ("periods per year", recorded.PeriodsPerYear, repeated.PeriodsPerYear),
        ];
        foreach ((string field, double before, double now) in results)
        {
            if (before != now)
                throw new NonDeterminismException(
                    $"Non-determinism: {run} has {field} {Text(before)} in the ledger (row {existing.Sequence}) and " +
                    $"{Text(now)} now, with the same configuration, data, code and seed; something that none of them " +
                    "names took part.",
                    existing,
                    repeated);
        }
    }

    private IReadOnlyList<TrialEntry> Trials(string experiment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(experiment);
        return Entries(experiment).Where(entry => entry.Record.Kind == TrialKind.Trial).ToList();
    }
}
