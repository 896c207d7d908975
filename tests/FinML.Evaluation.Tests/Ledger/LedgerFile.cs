using FinML.Statistics;
using Microsoft.Data.Sqlite;

namespace FinML.Evaluation.Tests;

/// <summary>A ledger in a directory of its own, a clock that is set by hand, and the way past the front door.</summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("finml-ledger-");

    internal string Path => System.IO.Path.Combine(_directory.FullName, "deep", "trials.db");

    internal string Folder => _directory.FullName;

    internal ManualClock Clock { get; } = new();

    public void Dispose() => _directory.Delete(recursive: true);

    internal TrialLedger Open() => TrialLedger.Open(Path, Clock);

    /// <summary>SQL by somebody who has the file.</summary>
    internal void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal void DropTriggers() => Sql(
        "DROP TRIGGER trials_no_update; DROP TRIGGER trials_no_delete; DROP TRIGGER trials_no_replace");

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

    internal sealed class ManualClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2024, 2, 29, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
