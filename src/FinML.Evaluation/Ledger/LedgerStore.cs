using System.Globalization;
using FinML.Statistics;
using Microsoft.Data.Sqlite;

namespace FinML.Evaluation;

/// <summary>
/// The SQLite side of the ledger. Writers take the lock at the start of their transaction (BEGIN IMMEDIATE) and wait
/// for one another; the rollback journal, unlike the write-ahead log, is also safe on network file systems, and a
/// killed process leaves the file as it was before its transaction.
/// </summary>
internal sealed class LedgerStore : IDisposable
{
    private const int ApplicationId = 0x464D4C54; // "FMLT"
    private const int SchemaVersion = 1;
    private const int BusyTimeoutSeconds = 60;
    private static readonly string[] Triggers = ["trials_no_update", "trials_no_delete", "trials_no_replace"];

    private readonly SqliteConnection _connection;
    private readonly Lock _lock = new();

    private LedgerStore(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
    }

    internal string Path { get; }

    public void Dispose() => _connection.Dispose();

    internal static LedgerStore Open(string path, bool create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new LedgerException($"{full} is a directory; the ledger is a file.");
        if (!create && !File.Exists(full))
            throw new FileNotFoundException($"There is no ledger at {full}.", full);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
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
            DefaultTimeout = BusyTimeoutSeconds,
        };
        var store = new LedgerStore(full, new SqliteConnection(builder.ToString()));
        try
        {
            store._connection.Open();
            store.PrepareSchema();
            return store;
        }
        catch (SqliteException error)
        {
            store.Dispose();
            throw store.Unreadable(error);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="action"/> alone among all processes; all of it is kept, or nothing.</summary>
    internal TrialEntry Write(Func<SqliteTransaction, TrialEntry> action)
    {
        lock (_lock)
        {
            try
            {
                using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
                TrialEntry result = action(transaction);
                transaction.Commit();
                return result;
            }
            catch (SqliteException error)
            {
                throw Unreadable(error);
            }
        }
    }

    internal TrialEntry? Find(string identity, SqliteTransaction? transaction) =>
        Read("WHERE identity = $value", identity, transaction).FirstOrDefault();

    internal TrialEntry? Last(SqliteTransaction transaction) =>
        Read("WHERE sequence = (SELECT max(sequence) FROM trials)", null, transaction).FirstOrDefault();

    internal IReadOnlyList<TrialEntry> Entries(string? experiment) =>
        Read(experiment is null ? "" : "WHERE experiment = $value", experiment, null);

    internal void Insert(TrialEntry entry, SqliteTransaction transaction)
    {
        TrialRecord record = entry.Record;
        using SqliteCommand command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            """
            INSERT INTO trials (sequence, identity, experiment, name, kind, configuration, configuration_hash,
                data_hash, code_hash, seed, periods_per_year, count, sharpe_per_period, skewness, kurtosis, recorded_at,
                previous_hash, hash)
            VALUES ($sequence, $identity, $experiment, $name, $kind, $configuration, $configurationHash, $dataHash,
                $codeHash, $seed, $periodsPerYear, $count, $sharpe, $skewness, $kurtosis, $recordedAt,
                $previousHash, $hash)
            """;
        command.Parameters.AddWithValue("$sequence", entry.Sequence);
        command.Parameters.AddWithValue("$identity", entry.Identity);
        command.Parameters.AddWithValue("$experiment", record.Experiment);
        command.Parameters.AddWithValue("$name", record.Name);
        command.Parameters.AddWithValue("$kind", record.Kind.ToString());
        command.Parameters.AddWithValue("$configuration", record.Configuration);
        command.Parameters.AddWithValue("$configurationHash", entry.ConfigurationHash);
        command.Parameters.AddWithValue("$dataHash", record.DataHash);
        command.Parameters.AddWithValue("$codeHash", record.CodeHash);
        command.Parameters.AddWithValue("$seed", record.Seed.ToString(CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("$periodsPerYear", record.PeriodsPerYear);
        command.Parameters.AddWithValue("$count", record.Count);
        command.Parameters.AddWithValue("$sharpe", record.SharpePerPeriod);
        command.Parameters.AddWithValue("$skewness", record.Skewness);
        command.Parameters.AddWithValue("$kurtosis", record.Kurtosis.Value);
        command.Parameters.AddWithValue("$recordedAt", entry.RecordedAt.ToString("O", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("$previousHash", entry.PreviousHash);
        command.Parameters.AddWithValue("$hash", entry.Hash);
        command.ExecuteNonQuery();
    }

    /// <summary>Everything in one read transaction, with rows that cannot be read named instead of thrown.</summary>
    internal LedgerSnapshot Snapshot()
    {
        lock (_lock)
        {
            try
            {
                using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
                var faults = new List<string>();
                string integrity = (string)Scalar("PRAGMA integrity_check(1)", transaction)!;
                if (integrity != "ok")
                    faults.Add($"The file is damaged: {integrity}.");
                foreach (string trigger in Triggers)
                {
                    string known = $"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = '{trigger}'";
                    if ((long)Scalar(known, transaction)! == 0)
                        faults.Add($"The trigger {trigger}, which keeps rows from being changed, is missing.");
                }

                var entries = new List<TrialEntry>();
                using SqliteCommand command = Select("", null, transaction);
                using SqliteDataReader reader = command.ExecuteReader();
                while (reader.Read())
                {
                    try
                    {
                        entries.Add(Entry(reader));
                    }
                    catch (Exception error) when (error is FormatException or InvalidCastException or ArgumentException
                        or OverflowException)
                    {
                        faults.Add($"Row {reader.GetInt64(0)} was changed: it cannot be read ({error.Message}).");
                    }
                }

                object? highest = Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'trials'", transaction);
                return new LedgerSnapshot(entries, highest as long? ?? 0, faults);
            }
            catch (SqliteException error)
            {
                throw Unreadable(error);
            }
        }
    }

    private static TrialEntry Entry(SqliteDataReader reader) => new()
    {
        Sequence = reader.GetInt64(0),
        Identity = reader.GetString(1),
        Record = new TrialRecord
        {
            Experiment = reader.GetString(2),
            Name = reader.GetString(3),
            Kind = Enum.Parse<TrialKind>(reader.GetString(4)),
            Configuration = reader.GetString(5),
            DataHash = reader.GetString(7),
            CodeHash = reader.GetString(8),
            Seed = ulong.Parse(reader.GetString(9), CultureInfo.InvariantCulture),
            PeriodsPerYear = reader.GetDouble(10),
            Count = reader.GetInt32(11),
            SharpePerPeriod = reader.GetDouble(12),
            Skewness = reader.GetDouble(13),
            Kurtosis = new RawKurtosis(reader.GetDouble(14)),
        },
        ConfigurationHash = reader.GetString(6),
        RecordedAt = DateTime.ParseExact(
            reader.GetString(15), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        PreviousHash = reader.GetString(16),
        Hash = reader.GetString(17),
    };

    private List<TrialEntry> Read(string condition, string? value, SqliteTransaction? transaction)
    {
        lock (_lock)
        {
            try
            {
                var entries = new List<TrialEntry>();
                using SqliteCommand command = Select(condition, value, transaction);
                using SqliteDataReader reader = command.ExecuteReader();
                while (reader.Read())
                    entries.Add(Entry(reader));
                return entries;
            }
            catch (SqliteException error)
            {
                throw Unreadable(error);
            }
            catch (Exception error) when (error is FormatException or InvalidCastException or OverflowException)
            {
                throw new LedgerException(
                    $"The ledger {Path} has a row that cannot be read; verify it: {error.Message}", error);
            }
        }
    }

    private SqliteCommand Select(string condition, string? value, SqliteTransaction? transaction)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText =
            $"""
            SELECT sequence, identity, experiment, name, kind, configuration, configuration_hash, data_hash, code_hash,
                seed, periods_per_year, count, sharpe_per_period, skewness, kurtosis, recorded_at, previous_hash, hash
            FROM trials {condition} ORDER BY sequence
            """;
        if (value is not null)
            command.Parameters.AddWithValue("$value", value);
        return command;
    }

    private void PrepareSchema()
    {
        Execute("PRAGMA synchronous = FULL", null);

        // Immediate: of two processes that find an empty file, one makes the tables and the other then sees them.
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
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
            throw new LedgerException($"{Path} is a SQLite database, but not a trial ledger; choose another file.");
        }
        else if (version != SchemaVersion)
        {
            throw new LedgerException(
                $"The ledger {Path} has version {version}; this program reads version {SchemaVersion}.");
        }

        transaction.Commit();
    }

    private const string Schema =
        """
        CREATE TABLE trials (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            identity TEXT NOT NULL UNIQUE,
            experiment TEXT NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            configuration TEXT NOT NULL,
            configuration_hash TEXT NOT NULL,
            data_hash TEXT NOT NULL,
            code_hash TEXT NOT NULL,
            seed TEXT NOT NULL,
            periods_per_year REAL NOT NULL,
            count INTEGER NOT NULL,
            sharpe_per_period REAL NOT NULL,
            skewness REAL NOT NULL,
            kurtosis REAL NOT NULL,
            recorded_at TEXT NOT NULL,
            previous_hash TEXT NOT NULL,
            hash TEXT NOT NULL);
        CREATE INDEX trials_experiment ON trials (experiment);
        CREATE TRIGGER trials_no_update BEFORE UPDATE ON trials
            BEGIN SELECT RAISE(ABORT, 'the trial ledger is append-only: no row can be changed'); END;
        CREATE TRIGGER trials_no_delete BEFORE DELETE ON trials
            BEGIN SELECT RAISE(ABORT, 'the trial ledger is append-only: no row can be deleted'); END;
        CREATE TRIGGER trials_no_replace BEFORE INSERT ON trials
            WHEN EXISTS (SELECT 1 FROM trials WHERE sequence = NEW.sequence OR identity = NEW.identity)
            BEGIN SELECT RAISE(ABORT, 'the trial ledger is append-only: no row can be replaced'); END;
        """;

    private object? Scalar(string sql, SqliteTransaction transaction)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private void Execute(string sql, SqliteTransaction? transaction)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private LedgerException Unreadable(SqliteException error) => error.SqliteErrorCode switch
    {
        26 => new LedgerException($"{Path} is not a ledger: the file is not a SQLite database.", error),
        11 => new LedgerException($"The ledger {Path} is damaged ({error.Message}); restore it from a copy.", error),
        5 or 6 => new LedgerException(
            $"The ledger {Path} was locked by another process for {BusyTimeoutSeconds} seconds.", error),
        8 => new LedgerException($"The ledger {Path} cannot be written: it is read-only.", error),
        14 => new LedgerException($"The ledger {Path} cannot be opened: {error.Message}", error),
        _ => new LedgerException($"The ledger {Path} failed: {error.Message}", error),
    };
}
