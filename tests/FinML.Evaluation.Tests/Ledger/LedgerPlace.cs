using System.Data.Common;
using FinML.Statistics;

namespace FinML.Evaluation.Tests;

/// <summary>A ledger in a place of its own, a clock that is set by hand, and the way past the front door.</summary>
public abstract class LedgerPlace : IDisposable
{
    internal ManualClock Clock { get; } = new();

    /// <summary>What <see cref="LedgerWriter"/> takes to open it from another process.</summary>
    internal abstract string Address { get; }

    internal abstract string Entries { get; }

    internal abstract string Series { get; }

    public abstract void Dispose();

    internal abstract TrialLedger Open();

    internal abstract TrialLedger OpenExisting();

    /// <summary>A connection of somebody who has the database.</summary>
    internal abstract DbConnection Connect();

    /// <summary>Takes away what keeps rows from being changed.</summary>
    internal abstract void DropTriggers();

    /// <summary>Takes everything away.</summary>
    internal abstract void Empty();

    internal void Sql(string sql, params (string Name, object Value)[] parameters) => Scalar(sql, parameters);

    internal object? Scalar(string sql, params (string Name, object Value)[] parameters)
    {
        using DbConnection connection = Connect();
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command.ExecuteScalar();
    }

    /// <summary>Gives one field of a row another value; null takes it out.</summary>
    internal void ChangeField(long sequence, string field, string? value)
    {
        string text = (string)Scalar($"SELECT fields FROM {Entries} WHERE sequence = {sequence}")!;
        var changed = new LedgerFields();
        foreach ((string name, string old) in LedgerFields.Parse(text).Values.Where(pair => pair.Key != field))
            changed.Add(name, old);
        Sql($"UPDATE {Entries} SET fields = @fields WHERE sequence = {sequence}",
            ("@fields", changed.Add(field, value).ToText()));
    }

    internal static TrialRecord Record(int number, double? sharpe = null) => new()
    {
        Experiment = "quickstart",
        Name = $"strategy {number}",
        Configuration = """{"window": 20, "layers": [64, 32]}""",
        DataHash = "data-1",
        CodeHash = "code-1",
        Seed = ulong.MaxValue - (ulong)number,
        PeriodsPerYear = 252,
        Count = 1000,
        SharpePerPeriod = sharpe ?? 0.01 * number,
        Skewness = -0.5,
        Kurtosis = new RawKurtosis(6.25),
    };

    internal static Registration Registration(params string[] family) => new()
    {
        Experiment = "quickstart",
        Hypothesis = "Trend following earns more than holding, after costs.",
        PrimaryMetric = "net Sharpe ratio a year",
        Universe = "S&P 500 index",
        Sample = "2000-01-03 to 2020-12-31",
        Horizon = "1 day",
        Family = family,
    };

    internal sealed class ManualClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
