using FinML.Tests;

namespace FinML.Evaluation.Tests;

/// <summary>What is the server's own: connections, and their failures in a sentence without a credential.</summary>
public sealed class PostgresLedgerTests
{
    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=research;Username=me;Password=hunter2;Timeout=2",
        "postgresql://127.0.0.1:1/research cannot be reached")]
    [InlineData("Host=no-such-host.invalid;Database=research;Password=hunter2;Timeout=5", "cannot be reached")]
    [InlineData("Server@hunter2", "connection string of the ledger cannot be read")]
    [InlineData("Hots=a;Password=hunter2", "connection string of the ledger cannot be read")]
    [InlineData("Username=me;Password=hunter2", "needs Host and Database")]
    public void ABadConnection_IsOneSentence(string connectionString, string says)
    {
        LedgerException error = Assert.Throws<LedgerException>(() => TrialLedger.OpenPostgres(connectionString));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [SkippableFact]
    public void AServerWithoutTheDatabase_SaysSo()
    {
        string server = PostgresServer.Require().Replace("Database=postgres", "Database=nowhere");
        LedgerException error = Assert.Throws<LedgerException>(() => TrialLedger.OpenPostgres(server));
        Assert.Contains("/nowhere does not exist: make the database first.", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ADatabaseWithoutALedger_IsNotMadeOneByReading()
    {
        using var place = new LedgerSchema();
        LedgerException error = Assert.Throws<LedgerException>(place.OpenExisting);
        Assert.StartsWith("There is no ledger at postgresql://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("finml", error.Message, StringComparison.Ordinal); // the user
        using TrialLedger ledger = place.Open();
        Assert.Empty(ledger.Entries());
        Assert.True(ledger.Verify().IsIntact);
    }

    [SkippableFact]
    public void NewerVersion_IsNamed()
    {
        using var place = new LedgerSchema();
        place.Open().Dispose();
        place.Sql("UPDATE finml_ledger_state SET version = 3");
        Assert.Contains("has version 3; this program reads version 2",
            Assert.Throws<LedgerException>(place.Open).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ABrokenConnection_IsOpenedAnew()
    {
        using var place = new LedgerSchema();
        string name = $"a{Guid.NewGuid():N}";
        using TrialLedger ledger = TrialLedger.OpenPostgres($"{place.ConnectionString};Application Name={name}");
        ledger.Record(LedgerPlace.Record(1));
        place.Sql($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'");
        Exception? first = Record.Exception(() => ledger.Record(LedgerPlace.Record(2)));
        Assert.True(first is null or LedgerException, first?.ToString());
        ledger.Record(LedgerPlace.Record(2));
        Assert.Equal(2, ledger.TrialCount("quickstart"));
        Assert.True(ledger.Verify().IsIntact);
    }

    [SkippableFact]
    public void NoCredential_IsWritten()
    {
        using var place = new LedgerSchema();
        string connection = place.ConnectionString + ";Password=hunter2";
        using (TrialLedger ledger = TrialLedger.OpenPostgres(connection))
        {
            ledger.Record(LedgerPlace.Record(1));
            Assert.DoesNotContain("hunter2", ledger.Location, StringComparison.Ordinal);
        }

        Assert.Equal(0L, place.Scalar(
            "SELECT count(*) FROM finml_ledger_entries e WHERE e::text LIKE '%hunter2%' "
            + "OR e::text LIKE '%127.0.0.1%'"));
    }
}
