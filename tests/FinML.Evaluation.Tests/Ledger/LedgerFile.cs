using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace FinML.Evaluation.Tests;

/// <summary>A ledger in a directory of its own.</summary>
public sealed class LedgerFile : LedgerPlace
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("finml-ledger-");

    internal string Path => System.IO.Path.Combine(_directory.FullName, "deep", "trials.db");

    internal string Folder => _directory.FullName;

    internal override string Address => "file:" + Path;

    internal override string Entries => "entries";

    internal override string Series => "series";

    public override void Dispose() => _directory.Delete(recursive: true);

    internal override TrialLedger Open() => TrialLedger.Open(Path, Clock);

    internal override TrialLedger OpenExisting() => TrialLedger.OpenExisting(Path, Clock);

    internal override DbConnection Connect() => new SqliteConnection($"Data Source={Path};Pooling=False");

    internal override void Empty() => File.Delete(Path);

    internal override void DropTriggers() => Sql(
        "DROP TRIGGER entries_no_update; DROP TRIGGER entries_no_delete; DROP TRIGGER entries_no_replace; "
        + "DROP TRIGGER series_no_update; DROP TRIGGER series_no_delete");
}
