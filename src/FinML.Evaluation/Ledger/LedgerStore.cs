using System.Data;
using System.Data.Common;

namespace FinML.Evaluation;

/// <summary>
/// Where the rows lie. The ledger is one table to which rows are appended by one writer at a time, and one of return
/// series under their hashes; SQLite and PostgreSQL differ in how a writer keeps others out, how the database refuses
/// to forget, and what their errors mean.
/// </summary>
internal abstract class LedgerStore : IDisposable
{
    protected const int WaitSeconds = 60;

    private readonly Lock _lock = new();
    private int _depth;
    private bool _disposed;

    private protected LedgerStore(string location, DbConnection connection)
    {
        Location = location;
        Connection = connection;
    }

    /// <summary>The file, or the server and its database; never a credential.</summary>
    internal string Location { get; }

    private protected DbConnection Connection { get; }

    private protected abstract string Entries { get; }

    private protected abstract string Series { get; }

    /// <summary>The triggers that refuse changes.</summary>
    private protected abstract IReadOnlyList<string> Triggers { get; }

    public void Dispose()
    {
        _disposed = true;
        Connection.Dispose();
    }

    /// <summary>Runs <paramref name="action"/> alone among all processes; all of it is kept, or nothing.</summary>
    internal T Write<T>(Func<DbTransaction, T> action) => Guarded(() =>
    {
        using DbTransaction transaction = BeginWrite();
        T result = action(transaction);
        transaction.Commit();
        return result;
    });

    internal LedgerRow? Find(string identity, DbTransaction? transaction = null) =>
        Guarded(() => Read("WHERE identity = @value", identity, transaction).FirstOrDefault());

    internal LedgerRow? Last(DbTransaction transaction) =>
        Read($"WHERE sequence = (SELECT max(sequence) FROM {Entries})", null, transaction).FirstOrDefault();

    /// <summary>The rows of some types, of one experiment where it is given, before a sequence.</summary>
    internal IReadOnlyList<LedgerRow> Rows(
        string? experiment, IReadOnlyList<EntryType> types, DbTransaction? transaction = null,
        long before = long.MaxValue)
    {
        string named = string.Join(", ", types.Select(type => $"'{type}'"));
        string condition = FormattableString.Invariant($"WHERE type IN ({named}) AND sequence < {before}");
        return Guarded(() => Read(
            experiment is null ? condition : condition + " AND experiment = @value", experiment, transaction));
    }

    internal virtual void Insert(LedgerRow row, DbTransaction transaction) => Execute(
        $"INSERT INTO {Entries} (sequence, type, identity, experiment, fields, digests, recorded_at, previous_hash, "
        + "hash) VALUES (@sequence, @type, @identity, @experiment, @fields, @digests, @recordedAt, @previousHash, "
        + "@hash)",
        transaction,
        ("@sequence", row.Sequence), ("@type", row.Type), ("@identity", row.Identity),
        ("@experiment", row.Experiment), ("@fields", row.Fields), ("@digests", row.Digests ?? (object)DBNull.Value),
        ("@recordedAt", row.RecordedAt), ("@previousHash", row.PreviousHash), ("@hash", row.Hash));

    /// <summary>Keeps a series under its hash; one that is there already is not written again.</summary>
    internal void InsertSeries(string hash, byte[] bytes, DbTransaction transaction)
    {
        if (Scalar($"SELECT hash FROM {Series} WHERE hash = @hash", transaction, ("@hash", hash)) is null)
        {
            Execute($"INSERT INTO {Series} (hash, bytes) VALUES (@hash, @bytes)", transaction,
                ("@hash", hash), ("@bytes", bytes));
        }
    }

    /// <summary>The bytes of a series, or null.</summary>
    internal byte[]? FindSeries(string hash) => Guarded(
        () => (byte[]?)Scalar($"SELECT bytes FROM {Series} WHERE hash = @hash", null, ("@hash", hash)));

    /// <summary>Everything in one read transaction, with rows that cannot be read named instead of thrown.</summary>
    internal LedgerSnapshot Snapshot() => Guarded(() =>
    {
        using DbTransaction transaction = BeginRead();
        var faults = new List<string>();
        if (Damage(transaction) is { } damage)
            faults.Add(damage);
        foreach (string trigger in Triggers)
        {
            if (!HasTrigger(trigger, transaction))
                faults.Add($"The trigger {trigger}, which keeps rows from being changed, is missing.");
        }

        var rows = new List<LedgerRow>();
        using (DbCommand command = Select("", null, transaction))
        using (DbDataReader reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                try
                {
                    rows.Add(Row(reader));
                }
                catch (InvalidCastException error)
                {
                    faults.Add($"Row {reader.GetInt64(0)} was changed: it cannot be read ({error.Message}).");
                }
            }
        }

        var series = new Dictionary<string, string>(StringComparer.Ordinal);
        using (DbCommand command = Command($"SELECT hash, bytes FROM {Series}", transaction))
        using (DbDataReader reader = command.ExecuteReader())
        {
            while (reader.Read())
                series[reader.GetString(0)] = TrialReturns.HashOf(reader.GetFieldValue<byte[]>(1));
        }

        return new LedgerSnapshot(rows, HighestSequence(transaction), series, faults);
    });

    /// <summary>A transaction that keeps other writers out, and waits for one that is at work.</summary>
    private protected abstract DbTransaction BeginWrite();

    private protected abstract DbTransaction BeginRead();

    /// <summary>A sentence where the database says that it is damaged.</summary>
    private protected abstract string? Damage(DbTransaction transaction);

    private protected abstract bool HasTrigger(string name, DbTransaction transaction);

    private protected abstract long HighestSequence(DbTransaction transaction);

    /// <summary>The database's error as a sentence.</summary>
    private protected abstract LedgerException Explain(DbException error);

    private protected object? Scalar(
        string sql, DbTransaction? transaction, params (string Name, object Value)[] parameters)
    {
        using DbCommand command = Command(sql, transaction, parameters);
        return command.ExecuteScalar();
    }

    private protected void Execute(
        string sql, DbTransaction? transaction, params (string Name, object Value)[] parameters)
    {
        using DbCommand command = Command(sql, transaction, parameters);
        command.ExecuteNonQuery();
    }

    private protected DbCommand Command(
        string sql, DbTransaction? transaction, params (string Name, object Value)[] parameters)
    {
        DbCommand command = Connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private T Guarded<T>(Func<T> action)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _depth++;
            try
            {
                // A connection that broke is opened anew, but never within a transaction, which is lost with it.
                if (_depth == 1 && Connection.State != ConnectionState.Open)
                {
                    Connection.Close();
                    Connection.Open();
                }

                return action();
            }
            catch (DbException error)
            {
                throw Explain(error);
            }
            finally
            {
                _depth--;
            }
        }
    }

    private List<LedgerRow> Read(string condition, string? value, DbTransaction? transaction)
    {
        var rows = new List<LedgerRow>();
        using DbCommand command = Select(condition, value, transaction);
        using DbDataReader reader = command.ExecuteReader();
        try
        {
            while (reader.Read())
                rows.Add(Row(reader));
        }
        catch (InvalidCastException error)
        {
            throw new LedgerException(
                $"The ledger {Location} has a row that cannot be read; verify it: {error.Message}", error);
        }

        return rows;
    }

    private DbCommand Select(string condition, string? value, DbTransaction? transaction) => Command(
        "SELECT sequence, type, identity, experiment, fields, digests, recorded_at, previous_hash, hash "
        + $"FROM {Entries} {condition} ORDER BY sequence",
        transaction, value is null ? [] : [("@value", value)]);

    private static LedgerRow Row(DbDataReader reader) => new()
    {
        Sequence = reader.GetInt64(0),
        Type = reader.GetString(1),
        Identity = reader.GetString(2),
        Experiment = reader.GetString(3),
        Fields = reader.GetString(4),
        Digests = reader.IsDBNull(5) ? null : reader.GetString(5),
        RecordedAt = reader.GetString(6),
        PreviousHash = reader.GetString(7),
        Hash = reader.GetString(8),
    };
}
