using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using FinML.Shared;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace FinML.Notebooks;

/// <summary>
/// The databases that a session has named, and queries on them. A SQLite file or :memory:, or PostgreSQL by its
/// connection string. Those that the host gives are for reading only.
/// </summary>
internal sealed class SqlConnections(NotebookHostOptions options) : IDisposable
{
    private const int RowsBetweenLooks = 1000;

    private readonly Dictionary<string, Named> _named = new(StringComparer.Ordinal);
    private string? _last;

    private sealed class Named(Func<DbConnection> make) : IDisposable
    {
        private DbConnection? _connection;

        /// <summary>One query at a time: one that was stopped may still be on its way out.</summary>
        internal SemaphoreSlim Turn { get; } = new(1, 1);

        /// <summary>The connection, open; one that broke is made anew.</summary>
        internal async Task<DbConnection> OpenAsync(CancellationToken stop)
        {
            if (_connection is { State: not ConnectionState.Open })
                Dispose();
            if (_connection is null)
            {
                DbConnection connection = make();
                try
                {
                    await connection.OpenAsync(stop).ConfigureAwait(false);
                }
                catch
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                    throw;
                }

                _connection = connection;
            }

            return _connection;
        }

        public void Dispose()
        {
            _connection?.Dispose();
            _connection = null;
        }
    }

    /// <summary>Names a database, in the place of one of that name; nothing is opened yet.</summary>
    /// <param name="name">What #!sql calls it.</param>
    /// <param name="source">A file, ":memory:", a connection string, or env:VARIABLE for one of them.</param>
    /// <param name="create">Whether a file that is not there is made.</param>
    /// <exception cref="MagicException">There is no such file, or it is no connection string.</exception>
    internal void Connect(string name, string source, bool create)
    {
        Named made = Make(source, create, write: true);
        if (_named.Remove(name, out Named? old))
            old.Dispose();
        _named[name] = made;
        _last = name;
    }

    /// <summary>Runs statements; the rows are those of the last that has any.</summary>
    /// <param name="name">The connection; null for the one named last.</param>
    /// <param name="query">The statements.</param>
    /// <param name="parameters">The values of @name.</param>
    /// <param name="stop">Stops the query in the database, too.</param>
    /// <exception cref="MagicException">The query cannot be run.</exception>
    internal async Task<SqlRows> QueryAsync(
        string? name, string query, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken stop)
    {
        Named named = Find(name);
        // Beside the cells' thread, which may be ended at any instant: a database's own code is not to be in it then.
        return await Task.Run(async () =>
        {
            await named.Turn.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                return await QueryAsync(named, query, parameters, stop).ConfigureAwait(false);
            }
            finally
            {
                named.Turn.Release();
            }
        }, stop).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (Named named in _named.Values)
            named.Dispose();
        _named.Clear();
    }

    private static async Task<SqlRows> QueryAsync(
        Named named, string query, IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken stop)
    {
        try
        {
            DbConnection connection = await named.OpenAsync(stop).ConfigureAwait(false);
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = query;
            command.CommandTimeout = 0; // the stop button and the run's time-out end it
            foreach ((string parameter, object? value) in parameters)
            {
                DbParameter each = command.CreateParameter();
                each.ParameterName = parameter;
                each.Value = SqlValue.ForDatabase(parameter, value);
                command.Parameters.Add(each);
            }

            // SQLite holds its thread and hears of nothing else.
            await using CancellationTokenRegistration interrupt = connection is SqliteConnection { Handle: { } handle }
                ? stop.Register(() => raw.sqlite3_interrupt(handle))
                : default;
            return await ReadAsync(command, stop).ConfigureAwait(false);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (Exception error) when (error is DbException or SocketException or IOException or TimeoutException
            or ArgumentException or InvalidOperationException or InvalidCastException)
        {
            throw SqlErrors.Of(error, query);
        }
    }

    private static async Task<SqlRows> ReadAsync(DbCommand command, CancellationToken stop)
    {
        await using DbDataReader reader = await command.ExecuteReaderAsync(stop).ConfigureAwait(false);
        string[] columns = [];
        var rows = new List<object?[]>();
        do
        {
            if (reader.FieldCount == 0)
                continue;
            columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
            rows = [];
            while (await reader.ReadAsync(stop).ConfigureAwait(false))
            {
                if (rows.Count % RowsBetweenLooks == 0)
                    stop.ThrowIfCancellationRequested();
                var row = new object?[columns.Length];
                reader.GetValues(row!);
                for (int i = 0; i < row.Length; i++)
                    row[i] = row[i] is DBNull ? null : row[i];
                rows.Add(row);
            }
        }
        while (await reader.NextResultAsync(stop).ConfigureAwait(false));

        return new SqlRows(columns, rows, reader.RecordsAffected);
    }

    private Named Find(string? name)
    {
        IEnumerable<string> known = _named.Keys.Concat(options.Connections.Keys).Distinct().Order();
        name ??= _last ?? throw new MagicException(
            "#!sql needs a connection: name one with #!connect prices prices.db"
            + (known.Any() ? $", or use {string.Join(", ", known.Select(k => "#!sql " + k))}." : "."));
        if (_named.TryGetValue(name, out Named? named))
            return named;
        if (options.Connections.TryGetValue(name, out Func<string>? source))
        {
            // A query of a notebook changes nothing in what the workbench keeps.
            return _named[name] = Make(Source(source), create: false, write: false);
        }

        string? near = Nearest.Of(name, known);
        throw new MagicException($"there is no connection '{name}'{(near is null ? "" : $": did you mean '{near}'?")}"
            + (near is null ? $"; name one with #!connect {name} FILE." : ""));
    }

    private static string Source(Func<string> source)
    {
        try
        {
            return source();
        }
        catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException)
        {
            throw new MagicException(error.Message);
        }
    }

    private Named Make(string source, bool create, bool write)
    {
        if (source.StartsWith("env:", StringComparison.Ordinal))
        {
            string variable = source["env:".Length..];
            source = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
                ? value
                : throw new MagicException($"the environment has no {variable}; set it, or use #!env {variable}=...");
        }

        if (source == ":memory:")
            return new Named(() => new SqliteConnection("Data Source=:memory:"));
        if (IsServer(source))
        {
            string server = Server(source, write);
            return new Named(() => new NpgsqlConnection(server));
        }

        string file = Path.GetFullPath(source, options.BaseDirectory);
        if (!create && !File.Exists(file))
            throw new MagicException($"{source} is not there; --create makes it. (Looked for {file}.)");
        string text = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = !write ? SqliteOpenMode.ReadOnly
                : create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString();
        return new Named(() => new SqliteConnection(text));
    }

    private static bool IsServer(string source) => source.StartsWith("postgres://", StringComparison.Ordinal)
        || source.StartsWith("postgresql://", StringComparison.Ordinal)
        || source.Split(';').Any(part => part.Split('=')[0].Trim().ToLowerInvariant() is "host" or "server");

    private static string Server(string source, bool write)
    {
        try
        {
            var builder = source.Contains("://", StringComparison.Ordinal)
                ? FromAddress(source)
                : new NpgsqlConnectionStringBuilder(source);
            builder.Pooling = false;
            builder.ApplicationName ??= "finml notebook";
            if (!write)
                builder.Options = $"{builder.Options} -c default_transaction_read_only=on".Trim();
            return builder.ToString();
        }
        catch (Exception error) when (error is ArgumentException or UriFormatException or FormatException)
        {
            // The text may hold a password: it is not repeated.
            throw new MagicException("that is no connection string; PostgreSQL's is such as Host=db;Database=research;"
                + "Username=me, with the password best in PGPASSWORD.");
        }
    }

    private static NpgsqlConnectionStringBuilder FromAddress(string source)
    {
        var address = new Uri(source);
        string[] user = address.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Database = Uri.UnescapeDataString(address.AbsolutePath.Trim('/')),
        };
        if (address.Port > 0)
            builder.Port = address.Port;
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        return builder;
    }
}
