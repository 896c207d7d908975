using Microsoft.Data.Sqlite;

namespace FinML.Evaluation.Tests;

public sealed class TrialLedgerTamperTests : IDisposable
{
    private readonly LedgerFile _file = new();
    private readonly string _head;

    public TrialLedgerTamperTests()
    {
        using TrialLedger ledger = _file.Open();
        for (int number = 1; number <= 5; number++)
            ledger.Record(LedgerFile.Record(number));
        _head = ledger.Verify().Head;
    }

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("UPDATE trials SET sharpe_per_period = 9 WHERE sequence = 2", "changed")]
    [InlineData("DELETE FROM trials WHERE sequence = 2", "deleted")]
    [InlineData(
        "INSERT OR REPLACE INTO trials SELECT 2, identity, experiment, name, kind, configuration, " +
        "configuration_hash, " +
        "data_hash, code_hash, seed, 1, count, 9, skewness, kurtosis, recorded_at, previous_hash, hash FROM trials " +
        "WHERE sequence = 2", "replaced")]
    public void TheFile_RefusesToForget(string sql, string says)
    {
        SqliteException error = Assert.Throws<SqliteException>(() => _file.Sql(sql));
        Assert.Contains("append-only: no row can be " + says, error.Message, StringComparison.Ordinal);
        Assert.True(Verify().IsIntact);
    }

    [Fact]
    public void Whole_IsIntact()
    {
        LedgerVerification verification = Verify(_head);
        Assert.True(verification.IsIntact);
        Assert.Equal(5, verification.Entries);
        Assert.Equal(_head, verification.Head);
    }

    [Theory]
    [InlineData("sharpe_per_period = 0.5")]
    [InlineData("kind = 'Control'")]
    [InlineData("count = 5000")]
    [InlineData("kurtosis = 3")]
    [InlineData("skewness = 0")]
    [InlineData("name = 'a better name'")]
    [InlineData("experiment = 'elsewhere'")]
    [InlineData("configuration = '{}'")]
    [InlineData("configuration_hash = 'x'")]
    [InlineData("data_hash = 'x'")]
    [InlineData("code_hash = 'x'")]
    [InlineData("seed = '1'")]
    [InlineData("periods_per_year = 12")]
    [InlineData("recorded_at = '2020-01-01T00:00:00.0000000Z'")]
    [InlineData("identity = 'x'")]
    [InlineData("hash = 'x'")]
    public void ChangedField_IsNamed(string change)
    {
        _file.DropTriggers();
        _file.Sql($"UPDATE trials SET {change} WHERE sequence = 3");
        LedgerVerification verification = Verify();
        Assert.Contains(verification.Faults, fault => fault.StartsWith("Row 3 (", StringComparison.Ordinal)
            && fault.Contains("was changed", StringComparison.Ordinal));
        Assert.Contains(verification.Faults, fault => fault.Contains("trials_no_update", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kind = 'Nothing'")]
    [InlineData("seed = 'many'")]
    [InlineData("recorded_at = 'yesterday'")]
    public void UnreadableField_IsNamed(string change)
    {
        _file.DropTriggers();
        _file.Sql($"UPDATE trials SET {change} WHERE sequence = 3");
        Assert.Contains(
            Verify().Faults,
            fault => fault.StartsWith("Row 3 was changed: it cannot be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sequence = 3", "Row 3 is missing.")]
    [InlineData("sequence IN (2, 3)", "Rows 2 to 3 are missing.")]
    [InlineData("sequence = 1", "Row 1 is missing.")]
    [InlineData("sequence = 5", "Row 5 is missing: it was the last one.")]
    [InlineData("sequence >= 4", "Rows 4 to 5 are missing: they were the last ones.")]
    [InlineData("sequence >= 1", "Rows 1 to 5 are missing: they were the last ones.")]
    public void DeletedRows_AreNamed(string condition, string says)
    {
        _file.DropTriggers();
        _file.Sql($"DELETE FROM trials WHERE {condition}");
        Assert.Contains(says, Verify().Faults);
    }

    [Fact]
    public void SwappedRows_AreNamed()
    {
        _file.DropTriggers();
        _file.Sql(
            "UPDATE trials SET sequence = 100 WHERE sequence = 2; UPDATE trials SET sequence = 2 WHERE sequence = 4; " +
            "UPDATE trials SET sequence = 4 WHERE sequence = 100");
        IReadOnlyList<string> faults = Verify().Faults;
        Assert.Contains(faults, fault => fault.StartsWith("Row 2 ('strategy 4'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Row 4 ('strategy 2'", StringComparison.Ordinal));
    }

    [Fact]
    public void ClosedGap_IsNamed()
    {
        // Row 3 is taken out and what follows moves up: nothing is missing by number.
        _file.DropTriggers();
        _file.Sql("DELETE FROM trials WHERE sequence = 3; UPDATE trials SET sequence = 3 WHERE sequence = 4; " +
            "UPDATE trials SET sequence = 4 WHERE sequence = 5");
        IReadOnlyList<string> faults = Verify().Faults;
        Assert.Contains(faults, fault => fault.StartsWith("Row 3 ('strategy 4'", StringComparison.Ordinal)
            && fault.Contains("does not follow", StringComparison.Ordinal));
        Assert.Contains("Row 5 is missing: it was the last one.", faults);
    }

    [Fact]
    public void RewrittenHistory_IsGivenAwayByAPublishedHead()
    {
        File.Delete(_file.Path);
        using (TrialLedger forged = _file.Open())
            forged.Record(LedgerFile.Record(1));
        Assert.True(Verify().IsIntact);
        Assert.Contains(
            Verify(_head).Faults, fault => fault.Contains("history was rewritten", StringComparison.Ordinal));
    }

    [Fact]
    public void EarlierHead_StaysValidAsTheLedgerGrows()
    {
        using (TrialLedger ledger = _file.Open())
            ledger.Record(LedgerFile.Record(6));
        Assert.True(Verify(_head).IsIntact);
    }

    private LedgerVerification Verify(string? head = null)
    {
        using TrialLedger ledger = TrialLedger.OpenExisting(_file.Path);
        return ledger.Verify(head);
    }
}
