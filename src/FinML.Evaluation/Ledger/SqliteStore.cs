using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace FinML.Evaluation;

/// <summary>
/// A ledger in a file. Writers take the lock at the start of their transaction (BEGIN IMMEDIATE) and wait for one
/// another; the rollback journal, unlike the write-ahead log, is also safe on network file systems, and a killed
/// process leaves the file as it was before its transaction.
/// </summary>
internal sealed class SqliteStore : LedgerStore
{
    private const int ApplicationId = 0x464D4C54; // "FMLT"
    private const int SchemaVersion = 2;

    private SqliteStore(string path, SqliteConnection connection)
        : base(path, connection)
    {
    }

    private protected override string Entries => "entries";

    private protected override string Series => "series";

    private protected override IReadOnlyList<string> Triggers { get; } =
    [
        "entries_no_update", "entries_no_delete", "entries_no_replace", "series_no_update", "series_no_delete",
    ];

    internal static SqliteStore Open(string path, bool create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new LedgerException($"{full} is a directory; the ledger is a file.");
        if (!create && !File.Exists(full))
            throw new FileNotFoundException($"There is no ledger at {full}.", full);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"The directory of the ledger {full} cannot be made: {error.Message}", error);
        }

        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = full,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = WaitSeconds,
        };
        var store = new SqliteStore(full, new SqliteConnection(builder.ToString()));
        try
        {
            store.Connection.Open();
            store.PrepareSchema();
            return store;
        }
        catch (SqliteException error)
        {
            store.Dispose();
            throw store.Explain(error);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private protected override DbTransaction BeginWrite() =>
        ((SqliteConnection)Connection).BeginTransaction(deferred: false);

    private protected override DbTransaction BeginRead() =>
        ((SqliteConnection)Connection).BeginTransaction(deferred: true);

    private protected override string? Damage(DbTransaction transaction) =>
        (string)Scalar("PRAGMA integrity_check(1)", transaction)! is var found and not "ok"
            ? $"The file is damaged: {found}."
            : null;

    private protected override bool HasTrigger(string name, DbTransaction transaction) => (long)Scalar(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = @name", transaction, ("@name", name))!
        > 0;

    private protected override long HighestSequence(DbTransaction transaction) =>
        Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'entries'", transaction) as long? ?? 0;

    private protected override LedgerException Explain(DbException error) => ((SqliteException)error).SqliteErrorCode
        switch
    {
        26 => new LedgerException($"{Location} is not a ledger: the file is not a SQLite database.", error),
        11 => new LedgerException(
            $"The ledger {Location} is damaged ({error.Message}); restore it from a copy.", error),
        5 or 6 => new LedgerException(
            $"The ledger {Location} was locked by another process for {WaitSeconds} seconds.", error),
        8 => new LedgerException($"The ledger {Location} cannot be written: it is read-only.", error),
        14 => new LedgerException($"The ledger {Location} cannot be opened: {error.Message}", error),
        _ => new LedgerException($"The ledger {Location} failed: {error.Message}", error),
    };

    private void PrepareSchema()
    {
        Execute("PRAGMA synchronous = FULL", null);

        // Immediate: of two processes that find an empty file, one makes the tables and the other then sees them.
        using DbTransaction transaction = BeginWrite();
        long application = (long)Scalar("PRAGMA application_id", transaction)!;
        long version = (long)Scalar("PRAGMA user_version", transaction)!;
        long tables = (long)Scalar("SELECT count(*) FROM sqlite_master", transaction)!;
        if (tables == 0)
        {
            Execute(Schema, transaction);
            Execute($"PRAGMA application_id = {ApplicationId}", transaction);
            Execute($"PRAGMA user_version = {SchemaVersion}", transaction);
        }
        else if (application != ApplicationId)
        {
            throw new LedgerException(
                $"{Location} is a SQLite database, but not a trial ledger; choose another file.");
        }
        else if (version == 1)
        {
            Execute(Schema, transaction);
            SqliteFirstFormat.Move(this, Location, (SqliteConnection)Connection, (SqliteTransaction)transaction);
            Execute($"PRAGMA user_version = {SchemaVersion}", transaction);
        }
        else if (version != SchemaVersion)
        {
            throw new LedgerException(
                $"The ledger {Location} has version {version}; this program reads version {SchemaVersion}.");
        }

        transaction.Commit();
    }

    private const string Schema =
        """
        CREATE TABLE entries (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            type TEXT NOT NULL,
            identity TEXT NOT NULL UNIQUE,
            experiment TEXT NOT NULL,
            fields TEXT NOT NULL,
            digests TEXT,
            recorded_at TEXT NOT NULL,
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL);
        CREATE INDEX entries_experiment ON entries (experiment);
        CREATE TABLE series (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL);
        CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
            BEGIN SELECT RAISE(ABORT, 'the trial ledger is append-only: no row can be changed'); END;
        CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
            BEGIN SELECT RAISE(ABORT, 'the trial ledger is append-only: no row can be deleted'); END;
        CREATE TRIGGER entries_no_replace BEFORE INSERT ON entries
            WHEN EXISTS (SELECT 1 FROM entries WHERE sequence = NEW.sequence OR identity = NEW.identity)
            BEGIN SELECT RAISE(ABORT, 'the trial ledger is append-only: no row can be replaced'); END;
        CREATE TRIGGER series_no_update BEFORE UPDATE ON series
            BEGIN SELECT RAISE(ABORT, 'the trial ledger is append-only: no series can be changed'); END;
        CREATE TRIGGER series_no_delete BEFORE DELETE ON series
            BEGIN SELECT RAISE(ABORT, 'the trial ledger is append-only: no series can be deleted'); END;
        """;
}
