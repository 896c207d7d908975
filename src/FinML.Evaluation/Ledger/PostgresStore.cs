using System.Data;
using System.Data.Common;
using Npgsql;

namespace FinML.Evaluation;

/// <summary>
/// A ledger on a PostgreSQL server, for several machines. A writer locks the table against other writers, not against
/// readers. The tables lie in the schema that the connection's search path names first, beside whatever else is there.
/// </summary>
internal sealed class PostgresStore : LedgerStore
{
    private const long SchemaVersion = 2;
    private const long CreationLock = 0x464D4C54; // "FMLT"

    private PostgresStore(string location, NpgsqlConnection connection)
        : base(location, connection)
    {
    }

    private protected override string Entries => "finml_ledger_entries";

    private protected override string Series => "finml_ledger_series";

    private protected override IReadOnlyList<string> Triggers { get; } =
    [
        "finml_ledger_entries_fixed", "finml_ledger_entries_kept", "finml_ledger_series_fixed",
        "finml_ledger_series_kept",
    ];

    internal static PostgresStore Open(string connectionString, bool create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        NpgsqlConnectionStringBuilder builder = Parse(connectionString);
        string schema = string.IsNullOrEmpty(builder.SearchPath) ? "" : "/" + builder.SearchPath;
        var store = new PostgresStore(
            $"postgresql://{builder.Host}:{builder.Port}/{builder.Database}{schema}",
            new NpgsqlConnection(builder.ToString()));
        try
        {
            store.Connection.Open();
            store.PrepareSchema(create);
            return store;
        }
        catch (DbException error)
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

    internal override void Insert(LedgerRow row, DbTransaction transaction)
    {
        base.Insert(row, transaction);
        Execute("UPDATE finml_ledger_state SET highest = @sequence", transaction, ("@sequence", row.Sequence));
    }

    private protected override DbTransaction BeginWrite()
    {
        DbTransaction transaction = Connection.BeginTransaction(IsolationLevel.ReadCommitted);
        // One statement at a time: Npgsql sends several with the help of a thread of the pool, which may all be waiting
        // for this ledger.
        Execute($"SET LOCAL lock_timeout = '{WaitSeconds}s'", transaction);
        Execute($"LOCK TABLE {Entries} IN SHARE ROW EXCLUSIVE MODE", transaction);
        return transaction;
    }

    private protected override DbTransaction BeginRead() => Connection.BeginTransaction(IsolationLevel.RepeatableRead);

    private protected override string? Damage(DbTransaction transaction) => null; // the server checks its own pages

    private protected override bool HasTrigger(string name, DbTransaction transaction) => (long)Scalar(
        "SELECT count(*) FROM pg_trigger t WHERE t.tgname = @name AND t.tgenabled <> 'D' AND t.tgrelid IN "
        + $"('{Entries}'::regclass, '{Series}'::regclass)", transaction, ("@name", name))! > 0;

    private protected override long HighestSequence(DbTransaction transaction) =>
        Scalar("SELECT highest FROM finml_ledger_state", transaction) as long? ?? 0;

    private protected override LedgerException Explain(DbException error)
    {
        string sentence = error switch
        {
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
                $"was locked by another process for {WaitSeconds} seconds",
            PostgresException { SqlState: "28P01" or "28000" } =>
                "refuses the user or the password; give them in the connection string, or as PGUSER and PGPASSWORD",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                "does not exist: make the database first",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
                $"does not let this user do that: {refused.MessageText}",
            PostgresException other => $"failed: {other.MessageText} ({other.SqlState})",
            _ => $"cannot be reached: {error.InnerException?.Message ?? error.Message}; check the host and the port, "
                + "and that the server runs",
        };
        return new LedgerException($"The ledger {Location} {sentence}.", error);
    }

    /// <summary>The parts of the connection string. Errors do not repeat it: it may hold a password.</summary>
    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new LedgerException(
                "The connection string of the ledger cannot be read; it looks like "
                + "'Host=server;Database=research;Username=me', the password best in PGPASSWORD.");
        }

        if (string.IsNullOrWhiteSpace(builder.Host) || string.IsNullOrWhiteSpace(builder.Database))
            throw new LedgerException("The connection string of the ledger needs Host and Database.");
        builder.Pooling = false;
        builder.CommandTimeout = 2 * WaitSeconds; // the wait for another writer ends first, and is named
        builder.ApplicationName ??= "finml ledger";
        return builder;
    }

    private void PrepareSchema(bool create)
    {
        using DbTransaction transaction = Connection.BeginTransaction();
        // Of two processes that find no tables, one makes them and the other then sees them.
        Execute("SELECT pg_advisory_xact_lock(@key)", transaction, ("@key", CreationLock));
        bool exists = Scalar("SELECT to_regclass('finml_ledger_state')::text", transaction) is string;
        if (!exists && !create)
            throw new LedgerException($"There is no ledger at {Location}.");
        if (!exists)
        {
            if (Scalar("SELECT current_schema()", transaction) is not string)
                throw new LedgerException($"The schema of {Location} does not exist: make it first.");
            Execute(Schema, transaction);
        }

        long version = (long)Scalar("SELECT version FROM finml_ledger_state", transaction)!;
        if (version != SchemaVersion)
            throw new LedgerException(
                $"The ledger {Location} has version {version}; this program reads version {SchemaVersion}.");
        transaction.Commit();
    }

    private const string Schema =
        """
        CREATE TABLE finml_ledger_state (version BIGINT NOT NULL, highest BIGINT NOT NULL);
        INSERT INTO finml_ledger_state VALUES (2, 0);
        CREATE TABLE finml_ledger_entries (
            sequence BIGINT PRIMARY KEY,
            type TEXT NOT NULL,
            identity TEXT NOT NULL UNIQUE,
            experiment TEXT NOT NULL,
            fields TEXT NOT NULL,
            digests TEXT,
            recorded_at TEXT NOT NULL,
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL);
        CREATE INDEX finml_ledger_entries_experiment ON finml_ledger_entries (experiment);
        CREATE TABLE finml_ledger_series (hash TEXT PRIMARY KEY, bytes BYTEA NOT NULL);
        CREATE FUNCTION finml_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'the trial ledger is append-only: nothing can be changed or deleted'; END $$;
        CREATE TRIGGER finml_ledger_entries_fixed BEFORE UPDATE OR DELETE ON finml_ledger_entries
            FOR EACH ROW EXECUTE FUNCTION finml_ledger_refuse();
        CREATE TRIGGER finml_ledger_entries_kept BEFORE TRUNCATE ON finml_ledger_entries
            FOR EACH STATEMENT EXECUTE FUNCTION finml_ledger_refuse();
        CREATE TRIGGER finml_ledger_series_fixed BEFORE UPDATE OR DELETE ON finml_ledger_series
            FOR EACH ROW EXECUTE FUNCTION finml_ledger_refuse();
        CREATE TRIGGER finml_ledger_series_kept BEFORE TRUNCATE ON finml_ledger_series
            FOR EACH STATEMENT EXECUTE FUNCTION finml_ledger_refuse();
        """;
}
