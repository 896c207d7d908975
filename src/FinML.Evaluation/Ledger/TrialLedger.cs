using System.Data.Common;
using System.Globalization;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// The book of every backtest: append-only and hash-chained, in an SQLite file or on a PostgreSQL server, written by
/// several processes at once. The deflated Sharpe ratio takes the number of trials and their variance from here, so
/// that nobody has to remember them.
/// <para>
/// A run is identified by experiment, name, configuration, data hash, code hash and seed. Recording it again with the
/// same result (to the bit) adds nothing: a run that is repeated or resumed counts once, and its figures stay the same.
/// With another result it is refused by <see cref="NonDeterminismException"/>, and so is a change of kind: a trial
/// cannot be made a baseline afterwards. Another seed, another setting or other code is another trial, because the best
/// of them could be chosen. Record everything first and deflate then: N counts what is in the ledger at that moment.
/// </para>
/// <para>
/// What is registered before its data are read (<see cref="Register"/>) makes the trials that answer it registered
/// ones; every other trial is stamped exploratory. A hold-out is a <see cref="Lockbox"/>, whose openings stand here.
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

    /// <summary>The file, or the server with the database; never a credential.</summary>
    public string Location => _store.Location;

    /// <summary>
    /// Opens the ledger at <paramref name="path"/>; makes it, and its directory, where there is none.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The clock that stamps entries; the system's by default.</param>
    /// <exception cref="LedgerException">The file is not a ledger, is damaged, or cannot be made.</exception>
    public static TrialLedger Open(string path, TimeProvider? time = null) =>
        new(SqliteStore.Open(path, create: true), time ?? TimeProvider.System);

    /// <summary>
    /// Opens a ledger that is there: for reading, where a mistyped path must not look like an empty history.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TrialLedger OpenExisting(string path, TimeProvider? time = null) =>
        new(SqliteStore.Open(path, create: false), time ?? TimeProvider.System);

    /// <summary>Opens the ledger in a PostgreSQL database; makes its tables where there are none.</summary>
    /// <param name="connectionString">Host, Database and Username, as Npgsql has them; the password best in PGPASSWORD
    /// or a .pgpass file. Nothing of it is ever written to the ledger.</param>
    /// <param name="time">The clock that stamps entries; this machine's by default.</param>
    /// <exception cref="LedgerException">The server cannot be reached, or refuses.</exception>
    public static TrialLedger OpenPostgres(string connectionString, TimeProvider? time = null) =>
        new(PostgresStore.Open(connectionString, create: true), time ?? TimeProvider.System);

    /// <summary>Opens a ledger in a PostgreSQL database that has one.</summary>
    /// <exception cref="LedgerException">There is none, or the server cannot be reached, or refuses.</exception>
    public static TrialLedger OpenExistingPostgres(string connectionString, TimeProvider? time = null) =>
        new(PostgresStore.Open(connectionString, create: false), time ?? TimeProvider.System);

    /// <summary>Records a backtest, or finds the entry that it already has.</summary>
    /// <exception cref="ArgumentException">A field is missing or out of range.</exception>
    /// <exception cref="NonDeterminismException">The same run is recorded with another result.</exception>
    public TrialEntry Record(TrialRecord record, TrialReturns? returns = null) => Record(record, returns, out _);

    /// <summary>Records a backtest, or finds the entry that it already has.</summary>
    /// <param name="record">The backtest.</param>
    /// <param name="added">False where the same run with the same result was there already.</param>
    public TrialEntry Record(TrialRecord record, out bool added) => Record(record, null, out added);

    /// <summary>Records a backtest with its returns, or finds the entry that it already has.</summary>
    /// <param name="record">The backtest.</param>
    /// <param name="returns">Its returns after costs, which the effective number of trials is found from.</param>
    /// <param name="added">False where the same run with the same result was there already.</param>
    public TrialEntry Record(TrialRecord record, TrialReturns? returns, out bool added)
    {
        Prepared trial = Prepare(record, returns);
        bool isNew = false;
        LedgerRow row = _store.Write(transaction => Write(trial, transaction, out isNew));
        added = isNew;
        return TrialEntry.Of(row);
    }

    /// <summary>Records many backtests in one transaction: all of them, or none where one is refused. A search over
    /// thousands of rules is entered as fast as it is run.</summary>
    /// <param name="trials">The backtests, each with its returns or without.</param>
    /// <returns>Their entries, in the same order; those that were there already are found.</returns>
    /// <exception cref="ArgumentException">A field is missing or out of range.</exception>
    /// <exception cref="NonDeterminismException">A run is recorded with another result.</exception>
    public IReadOnlyList<TrialEntry> RecordAll(IReadOnlyList<(TrialRecord Record, TrialReturns? Returns)> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        Prepared[] prepared = [.. trials.Select(trial => Prepare(trial.Record, trial.Returns))];
        LedgerRow[] rows = _store.Write(
            transaction => prepared.Select(trial => Write(trial, transaction, out _)).ToArray());
        return [.. rows.Select(TrialEntry.Of)];
    }

    /// <summary>Registers a hypothesis, before its data are read; the same one again is found.</summary>
    /// <exception cref="ArgumentException">A part is empty.</exception>
    public RegistrationEntry Register(Registration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        registration.Validate();
        string identity = LedgerHash.Identity(
            EntryType.Registration, [registration.Experiment, .. registration.Parts().Select(part => part.Text)]);
        return RegistrationEntry.Of(_store.Write(transaction => _store.Find(identity, transaction)
            ?? Append(EntryType.Registration, identity, registration.Experiment,
                RegistrationEntry.Fields(registration), transaction)));
    }

    /// <summary>Changes a registration by a new entry that says what changed and why. Trials on data that had been read
    /// by then are exploratory from here on.</summary>
    /// <param name="registration">The registration or its last amendment.</param>
    /// <param name="changed">What holds from now on.</param>
    /// <param name="reason">Why; a sentence for those who read the ledger.</param>
    /// <exception cref="ArgumentException">Nothing changed, no reason, another experiment, or no such
    /// registration.</exception>
    public RegistrationEntry Amend(RegistrationEntry registration, Registration changed, string reason)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(changed);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        changed.Validate();
        string experiment = registration.Registration.Experiment;
        if (changed.Experiment != experiment)
            throw new ArgumentException(
                $"The registration is of experiment '{experiment}'; it cannot become one of '{changed.Experiment}'.",
                nameof(changed));
        return RegistrationEntry.Of(_store.Write(transaction =>
        {
            RegistrationEntry last = RegistrationEntry.Latest(_store, experiment, registration.Id, transaction)
                ?? throw new ArgumentException(
                    $"The registration {LedgerChain.Short(registration.Id)} is not in this ledger.",
                    nameof(registration));
            string[] changes =
            [
                .. last.Registration.Parts().Zip(changed.Parts()).Where(pair => pair.First.Text != pair.Second.Text)
                    .Select(pair => $"{pair.First.Name}: '{pair.First.Text}' became '{pair.Second.Text}'"),
            ];
            if (changes.Length == 0)
                throw new ArgumentException("Nothing of the registration changed.", nameof(changed));
            string identity = LedgerHash.Identity(EntryType.Amendment,
                [registration.Id, last.Hash, reason, .. changed.Parts().Select(part => part.Text)]);
            return Append(EntryType.Amendment, identity, experiment,
                RegistrationEntry.Fields(changed, registration.Id, changes, reason), transaction);
        }));
    }

    /// <summary>All trials, or those of one experiment, in the order in which they were recorded.</summary>
    public IReadOnlyList<TrialEntry> Entries(string? experiment = null) =>
        Readable(() => _store.Rows(experiment, [EntryType.Trial]).Select(TrialEntry.Of).ToList());

    /// <summary>All registrations and amendments, or those of one experiment, in the order in which they were
    /// made.</summary>
    public IReadOnlyList<RegistrationEntry> Registrations(string? experiment = null) => Readable(
        () => _store.Rows(experiment, [EntryType.Registration, EntryType.Amendment]).Select(RegistrationEntry.Of)
            .ToList());

    /// <summary>All sealings and openings of hold-outs, or those of one experiment, in order.</summary>
    public IReadOnlyList<LockboxEntry> Lockboxes(string? experiment = null) => Readable(
        () => _store.Rows(experiment, [EntryType.Sealing, EntryType.Opening]).Select(LockboxEntry.Of).ToList());

    /// <summary>The returns that were recorded with a trial, or null where none were.</summary>
    /// <exception cref="LedgerException">They are missing or were changed.</exception>
    public TrialReturns? Returns(TrialEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.ReturnsHash is not { } hash)
            return null;
        TrialReturns? returns = Readable(
            () => _store.FindSeries(hash) is { } bytes ? TrialReturns.FromBytes(bytes) : null);
        return returns?.Hash == hash
            ? returns
            : throw new LedgerException(
                $"The returns of row {entry.Sequence} ('{entry.Record.Name}') in {Location} are missing or were "
                + "changed; verify the ledger.");
    }

    /// <summary>
    /// Number of trials of the experiment, plus one for every reopening of its hold-outs: the N of every correction.
    /// </summary>
    public int TrialCount(string experiment) => Multiplicity(experiment).Raw;

    /// <summary>How much was tried in an experiment: the raw and the effective number of trials, and what is corrected
    /// with them.</summary>
    public TrialMultiplicity Multiplicity(string experiment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(experiment);
        var trials = Entries(experiment).Where(entry => entry.Record.Kind == TrialKind.Trial).ToList();
        return new TrialMultiplicity(
            experiment, trials, Lockboxes(experiment).Count(entry => entry.Number > 1), Returns);
    }

    /// <summary>
    /// Variance (ddof 1) of the Sharpe ratio per period over the trials of the experiment; 0 where there are fewer than
    /// two, as then nothing was selected.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trials have different numbers of periods per year.</exception>
    public double SharpeVariance(string experiment) => Multiplicity(experiment).SharpeVariance();

    /// <summary>
    /// The deflated Sharpe ratio of an entry, with N and V[SR] over the trials of its experiment. For a baseline or a
    /// control it says whether the best of the trials would be expected to reach as much by luck.
    /// </summary>
    public DeflatedSharpeRatio Deflate(TrialEntry entry, TrialCounting counting = TrialCounting.Raw)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (_store.Find(entry.Identity)?.Hash != entry.Hash)
            throw new ArgumentException(
                $"'{entry.Record.Name}' is not an entry of {Location}: a ratio is deflated by the ledger that holds " +
                "it.",
                nameof(entry));
        return Multiplicity(entry.Record.Experiment).Deflate(entry.Record, counting);
    }

    /// <summary>
    /// Walks the whole chain and names every fault: the row, and which of its fields was changed; rows that were taken
    /// away, moved or put in; series of returns; triggers. Somebody who rewrites every row from some point on with
    /// fresh hashes leaves a chain that is consistent in itself; only a head that was published before gives it away.
    /// </summary>
    /// <param name="publishedHead">
    /// A <see cref="LedgerVerification.Head"/> from an earlier report, which must still be in it.
    /// </param>
    public LedgerVerification Verify(string? publishedHead = null) =>
        LedgerChain.Verify(_store.Snapshot(), publishedHead);

    /// <summary>Closes the file or the connection.</summary>
    public void Dispose() => _store.Dispose();

    /// <summary>Seals data, or finds that they are sealed at the same time.</summary>
    internal LockboxEntry Seal(string experiment, string dataHash, DateTime cut)
    {
        string identity = LedgerHash.Identity(EntryType.Sealing, experiment, dataHash);
        LockboxEntry entry = LockboxEntry.Of(_store.Write(transaction => _store.Find(identity, transaction)
            ?? Append(EntryType.Sealing, identity, experiment, LockboxEntry.Fields(dataHash, cut), transaction)));
        return entry.Cut == cut
            ? entry
            : throw new InvalidOperationException(
                $"Experiment '{experiment}' sealed these data at {entry.Cut:yyyy-MM-dd HH:mm} (row {entry.Sequence}); "
                + $"the cut cannot be moved to {cut:yyyy-MM-dd HH:mm}.");
    }

    /// <summary>Logs an opening; every call is another one.</summary>
    internal LockboxEntry RecordOpening(LockboxEntry sealing, string registration, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new ArgumentException("An opening needs a reason: say what is to be found out.", nameof(reason));
        return LockboxEntry.Of(_store.Write(transaction =>
        {
            if (RegistrationEntry.Latest(_store, sealing.Experiment, registration, transaction) is null)
                throw new ArgumentException(
                    $"Experiment '{sealing.Experiment}' has no registration {LedgerChain.Short(registration)}: a "
                    + "hold-out is opened for a registered hypothesis only.", nameof(registration));
            int number = 1 + _store.Rows(sealing.Experiment, [EntryType.Opening], transaction)
                .Select(LockboxEntry.Of)
                .Count(entry => entry.DataHash == sealing.DataHash && entry.Registration == registration);
            string identity = LedgerHash.Identity(EntryType.Opening, sealing.Identity, registration,
                number.ToString(CultureInfo.InvariantCulture));
            return Append(EntryType.Opening, identity, sealing.Experiment,
                LockboxEntry.Fields(sealing.DataHash, sealing.Cut, registration, number, reason), transaction);
        }));
    }

    private static Prepared Prepare(TrialRecord record, TrialReturns? returns)
    {
        ArgumentNullException.ThrowIfNull(record);
        TrialRecord canonical = record.Canonical();
        if (returns is not null && returns.Count != canonical.Count)
            throw new ArgumentException(
                $"'{record.Name}' has {returns.Count} returns and says Count {canonical.Count}.", nameof(returns));
        return new Prepared(canonical, LedgerHash.Identity(canonical), returns?.Hash, returns?.ToBytes());
    }

    private LedgerRow Write(Prepared trial, DbTransaction transaction, out bool isNew)
    {
        isNew = false;
        if (_store.Find(trial.Identity, transaction) is { } existing)
        {
            TrialRepetition.RequireSame(TrialEntry.Of(existing), trial.Record, trial.ReturnsHash);
            return existing;
        }

        (TrialStanding standing, string? because) = TrialStamp.Of(trial.Record, _store, transaction);
        if (trial.ReturnsHash is not null)
            _store.InsertSeries(trial.ReturnsHash, trial.Returns!, transaction);
        isNew = true;
        return Append(EntryType.Trial, trial.Identity, trial.Record.Experiment,
            TrialEntry.Fields(trial.Record, standing, because, trial.ReturnsHash), transaction);
    }

    private LedgerRow Append(
        EntryType type, string identity, string experiment, LedgerFields fields, DbTransaction transaction)
    {
        LedgerRow row = LedgerRow.After(
            _store.Last(transaction), type, identity, experiment, fields, _time.GetUtcNow().UtcDateTime);
        _store.Insert(row, transaction);
        return row;
    }

    private T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new LedgerException(
                $"The ledger {Location} has a row that cannot be read; verify it: {error.Message}", error);
        }
    }

    /// <summary>A trial ready to be written: what takes time is done before others are kept out.</summary>
    private sealed record Prepared(TrialRecord Record, string Identity, string? ReturnsHash, byte[]? Returns);
}
