using System.Data.Common;
using FinML.Tests;
using Npgsql;

namespace FinML.Evaluation.Tests;

/// <summary>A ledger in a schema of its own on a PostgreSQL server. The test is skipped where no server can be
/// started.</summary>
public sealed class LedgerSchema : LedgerPlace
{
    private readonly string _schema = $"t{Guid.NewGuid():N}";

    public LedgerSchema()
    {
        string server = PostgresServer.Require();
        ConnectionString = $"{server};Search Path={_schema}";
        Sql($"CREATE SCHEMA {_schema}");
    }

    internal string ConnectionString { get; }

    internal override string Address => "postgres:" + ConnectionString;

    internal override string Entries => "finml_ledger_entries";

    internal override string Series => "finml_ledger_series";

    public override void Dispose() => Sql($"DROP SCHEMA {_schema} CASCADE");

    internal override TrialLedger Open() => TrialLedger.OpenPostgres(ConnectionString, Clock);

    internal override TrialLedger OpenExisting() => TrialLedger.OpenExistingPostgres(ConnectionString, Clock);

    internal override DbConnection Connect() => new NpgsqlConnection(ConnectionString + ";Pooling=False");

    internal override void Empty() => Sql($"DROP SCHEMA {_schema} CASCADE; CREATE SCHEMA {_schema}");

    internal override void DropTriggers() => Sql(
        "DROP TRIGGER finml_ledger_entries_fixed ON finml_ledger_entries; "
        + "DROP TRIGGER finml_ledger_series_fixed ON finml_ledger_series");
}
