using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;
using FinML.Figures;

namespace FinML.Notebooks;

/// <summary>What the magics of a cell call: the code that a line such as <c>#!sql</c> stands for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class NotebookMagics
{
    private readonly NotebookGlobals _globals;
    private readonly NotebookHostOptions _options;
    private readonly Func<string, object?> _variable;
    private readonly SqlConnections _connections;

    internal NotebookMagics(NotebookGlobals globals, NotebookHostOptions options, Func<string, object?> variable)
    {
        _globals = globals;
        _options = options;
        _variable = variable;
        _connections = new SqlConnections(options);
    }

    /// <summary>#!connect: names a database.</summary>
    /// <param name="name">What #!sql calls it.</param>
    /// <param name="source">A SQLite file, ":memory:", PostgreSQL's connection string, or env:VARIABLE.</param>
    /// <param name="create">Whether a file that is not there is made.</param>
    public void Connect(string name, string source, bool create = false) => _connections.Connect(name, source, create);

    /// <summary>#!sql: runs a query.</summary>
    /// <param name="connection">Its name; null for the one named last.</param>
    /// <param name="query">The query; @x is the parameter x.</param>
    /// <param name="parameters">The values of the parameters.</param>
    public Task<SqlRows> SqlAsync(
        string? connection, string query, params (string Name, object? Value)[] parameters) =>
        _connections.QueryAsync(connection, query, parameters, _globals.Cancellation);

    /// <summary>#!value --from-file: the text of a file.</summary>
    /// <param name="file">Relative to the notebook.</param>
    public string ReadText(string file)
    {
        string path = Path.GetFullPath(file, _options.BaseDirectory);
        try
        {
            return File.ReadAllText(path).ReplaceLineEndings("\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MagicException(File.Exists(path)
                ? $"{file} cannot be read: {error.Message}"
                : $"{file} is not there: looked for {path}.");
        }
    }

    /// <summary>#!env: shows a variable of the environment, or all.</summary>
    /// <param name="name">Its name; null for all.</param>
    public void Environment(string? name)
    {
        if (name is not null)
        {
            string value = System.Environment.GetEnvironmentVariable(name)
                ?? throw new MagicException($"the environment has no {name}; #!env {name}=VALUE sets it.");
            _globals.display($"{name}={Shown(name, value)}");
            return;
        }

        Table table = Table.Create().Column("variable").Column("value");
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .OrderBy(entry => (string)entry.Key, StringComparer.Ordinal))
            table = table.Row((string)entry.Key, Shown((string)entry.Key, entry.Value as string ?? ""));
        _globals.display(table);
    }

    /// <summary>#!env NAME=VALUE: sets a variable for this process and those that it starts.</summary>
    public void SetEnvironment(string name, string value)
    {
        try
        {
            System.Environment.SetEnvironmentVariable(name, value);
        }
        catch (ArgumentException error)
        {
            throw new MagicException($"the environment takes no variable '{name}': {error.Message}");
        }
    }

    /// <summary>#!seed: shows the seed.</summary>
    public void ShowSeed() => _globals.display(_variable("seed") is { } seed
        ? $"seed {Convert.ToString(seed, CultureInfo.InvariantCulture)}"
        : "no seed is set: #!seed 7 sets one, or a variable seed, which finml run takes with -p seed=7");

    /// <summary>#!seed NUMBER: seeds what the host seeds.</summary>
    /// <returns>The number, for the variable seed.</returns>
    public long Seed(long seed)
    {
        _options.Seed?.Invoke(seed);
        return seed;
    }

    /// <summary>#!data: shows the catalogue, or a data set of it.</summary>
    /// <param name="name">The data set; null for all.</param>
    public void Data(string? name)
    {
        if (_options.ShowData is not { } show)
            throw new MagicException("there is no catalogue of data here.");
        object shown;
        try
        {
            shown = show(name);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException
            or KeyNotFoundException or InvalidOperationException)
        {
            throw new MagicException(error.Message.ReplaceLineEndings(" "));
        }

        _globals.display(shown);
    }

    internal void Close() => _connections.Dispose();

    /// <summary>What a notebook may show to those who read it.</summary>
    private static string Shown(string name, string value) =>
        Secret().IsMatch(name) || Password().IsMatch(value) ? "(hidden)" : value;

    [GeneratedRegex("KEY|TOKEN|SECRET|PASSWORD|PASSWD|PWD$|CREDENTIAL|AUTH", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("password=|://[^/@]*:[^/@]*@", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
