using System.Data.Common;
using System.Globalization;

namespace FinML.Evaluation.Tests;

/// <summary>The ledger in a file.</summary>
public sealed class SqliteTrialLedgerTamperTests() : TrialLedgerTamperTests(new LedgerFile());

/// <summary>The same on a server.</summary>
public sealed class PostgresTrialLedgerTamperTests() : TrialLedgerTamperTests(new LedgerSchema());

public abstract class TrialLedgerTamperTests : IDisposable
{
    private readonly LedgerPlace _place;
    private readonly string _head;

    protected TrialLedgerTamperTests(LedgerPlace place)
    {
        _place = place;
        using TrialLedger ledger = _place.Open();
        for (int number = 1; number <= 5; number++)
            ledger.Record(LedgerPlace.Record(number));
        _head = ledger.Verify().Head;
    }

    public void Dispose() => _place.Dispose();

    [SkippableTheory]
    [InlineData("UPDATE {0} SET fields = '{{}}' WHERE sequence = 2")]
    [InlineData("DELETE FROM {0} WHERE sequence = 2")]
    public void TheDatabase_RefusesToForget(string sql)
    {
        DbException error = Assert.ThrowsAny<DbException>(
            () => _place.Sql(string.Format(CultureInfo.InvariantCulture, sql, _place.Entries)));
        Assert.Contains("the trial ledger is append-only: ", error.Message, StringComparison.Ordinal);
        Assert.True(Verify().IsIntact);
    }

    [SkippableFact]
    public void ARowTwice_IsRefused()
    {
        Assert.ThrowsAny<DbException>(() => _place.Sql($"INSERT INTO {_place.Entries} SELECT * FROM {_place.Entries}"));
        Assert.True(Verify().IsIntact);
    }

    [SkippableFact]
    public void Whole_IsIntact()
    {
        LedgerVerification verification = Verify(_head);
        Assert.True(verification.IsIntact);
        Assert.Equal(5, verification.Entries);
        Assert.Equal(_head, verification.Head);
    }

    [SkippableTheory]
    [InlineData("sharpePerPeriod", "0.5")]
    [InlineData("kind", "Control")]
    [InlineData("count", "5000")]
    [InlineData("kurtosis", "3")]
    [InlineData("skewness", "0")]
    [InlineData("name", "a better name")]
    [InlineData("configuration", "{}")]
    [InlineData("configurationHash", "x")]
    [InlineData("dataHash", "x")]
    [InlineData("codeHash", "x")]
    [InlineData("seed", "1")]
    [InlineData("periodsPerYear", "12")]
    [InlineData("standing", "Registered")]
    [InlineData("kind", "Nothing")]
    [InlineData("seed", "many")]
    public void ChangedField_IsNamed(string field, string value)
    {
        _place.DropTriggers();
        _place.ChangeField(3, field, value);
        LedgerVerification verification = Verify();
        string fault = Assert.Single(
            verification.Faults, fault => fault.StartsWith("Row 3 (", StringComparison.Ordinal));
        Assert.Contains(
            $"was changed: {field} says '{value}', which was not recorded.", fault, StringComparison.Ordinal);
        Assert.Contains(verification.Faults, other => other.StartsWith("The trigger ", StringComparison.Ordinal)
            && other.Contains("is missing", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("type", "Opening")]
    [InlineData("identity", "x")]
    [InlineData("experiment", "elsewhere")]
    [InlineData("recordedAt", "2020-01-01T00:00:00.0000000Z")]
    public void WhatStandsBesideTheFields_IsNamed(string column, string value)
    {
        _place.DropTriggers();
        string name = column == "recordedAt" ? "recorded_at" : column;
        _place.Sql($"UPDATE {_place.Entries} SET {name} = '{value}' WHERE sequence = 3");
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 3 (", StringComparison.Ordinal)
            && fault.Contains($"was changed: {column} says '{value}'", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void FieldsThatComeAndGo_AreNamed()
    {
        _place.DropTriggers();
        _place.ChangeField(3, "codeHash", null);
        _place.ChangeField(4, "remark", "harmless");
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 3 (", StringComparison.Ordinal)
            && fault.EndsWith("was changed: codeHash was taken out.", StringComparison.Ordinal));
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 4 (", StringComparison.Ordinal)
            && fault.EndsWith("was changed: remark was put in.", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void DigestsThatWereMadeToFit_DoNotHelp()
    {
        _place.DropTriggers();
        _place.ChangeField(3, "sharpePerPeriod", "9");
        var row = new LedgerRow
        {
            Sequence = 3,
            Type = "Trial",
            Identity = (string)_place.Scalar($"SELECT identity FROM {_place.Entries} WHERE sequence = 3")!,
            Experiment = "quickstart",
            Fields = (string)_place.Scalar($"SELECT fields FROM {_place.Entries} WHERE sequence = 3")!,
            Digests = null,
            RecordedAt = (string)_place.Scalar($"SELECT recorded_at FROM {_place.Entries} WHERE sequence = 3")!,
            PreviousHash = "",
            Hash = "",
        };
        _place.Sql($"UPDATE {_place.Entries} SET digests = @digests WHERE sequence = 3",
            ("@digests", LedgerHash.Digests(row).ToText()));
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 3 ('strategy 3'", StringComparison.Ordinal)
            && fault.Contains("the fields together with their digests", StringComparison.Ordinal));
        // Without digests a row is held to the first format's rule, which it does not fit either.
        _place.Sql($"UPDATE {_place.Entries} SET digests = NULL WHERE sequence = 3");
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 3 ('strategy 3'", StringComparison.Ordinal)
            && fault.Contains("was changed", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("hash = 'x'")]
    [InlineData("digests = '{}'")]
    [InlineData("digests = 'nonsense'")]
    [InlineData("fields = 'nonsense'")]
    public void WhatIsLeft_IsNamed(string change)
    {
        _place.DropTriggers();
        _place.Sql($"UPDATE {_place.Entries} SET {change} WHERE sequence = 3");
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 3 (", StringComparison.Ordinal)
            && fault.Contains("was changed", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void AForeignSeries_IsNamed()
    {
        TrialReturns returns = TrialReturns.Of(Days(1000), new double[1000]), other = TrialReturns.Of(
            Days(1000), [.. Enumerable.Range(0, 1000).Select(t => .01 * Math.Sin(t))]);
        TrialEntry entry;
        using (TrialLedger ledger = _place.Open())
        {
            entry = ledger.Record(LedgerPlace.Record(6), returns);
            Assert.True(ledger.Verify().IsIntact);
        }

        _place.DropTriggers();
        _place.Sql($"UPDATE {_place.Series} SET bytes = @bytes", ("@bytes", other.ToBytes()));
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 6 ('strategy 6'", StringComparison.Ordinal)
            && fault.Contains("its series of returns was changed", StringComparison.Ordinal));
        using (TrialLedger ledger = _place.Open())
            Assert.Contains("were changed", Assert.Throws<LedgerException>(() => ledger.Returns(entry)).Message,
                StringComparison.Ordinal);
        _place.Sql($"DELETE FROM {_place.Series}");
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 6 ('strategy 6'", StringComparison.Ordinal)
            && fault.Contains("is missing", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void RegistrationsAndOpenings_AreInTheChain()
    {
        using (TrialLedger ledger = _place.Open())
        {
            RegistrationEntry registration = ledger.Register(LedgerPlace.Registration("strategy 9"));
            LockboxEntry sealing = ledger.Seal("quickstart", "data-1", new DateTime(2020, 1, 1));
            ledger.RecordOpening(sealing, registration.Id, "Why?");
            Assert.True(ledger.Verify().IsIntact);
        }

        _place.DropTriggers();
        _place.ChangeField(6, "family", "strategy 9");
        using (TrialLedger ledger = _place.OpenExisting())
            Assert.Contains("verify it: the field family is not a list of texts", Assert.Throws<LedgerException>(
                () => ledger.Registrations()).Message, StringComparison.Ordinal);
        _place.ChangeField(6, "hypothesis", "It was always going to be momentum.");
        _place.ChangeField(8, "number", "0");
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 6 (registration", StringComparison.Ordinal)
            && fault.Contains("hypothesis says 'It was always", StringComparison.Ordinal));
        Assert.Contains(Verify().Faults, fault => fault.StartsWith("Row 8 (opening", StringComparison.Ordinal)
            && fault.Contains("number says '0'", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("sequence = 3", "Row 3 is missing.")]
    [InlineData("sequence IN (2, 3)", "Rows 2 to 3 are missing.")]
    [InlineData("sequence = 1", "Row 1 is missing.")]
    [InlineData("sequence = 5", "Row 5 is missing: it was the last one.")]
    [InlineData("sequence >= 4", "Rows 4 to 5 are missing: they were the last ones.")]
    [InlineData("sequence >= 1", "Rows 1 to 5 are missing: they were the last ones.")]
    public void DeletedRows_AreNamed(string condition, string says)
    {
        _place.DropTriggers();
        _place.Sql($"DELETE FROM {_place.Entries} WHERE {condition}");
        Assert.Contains(says, Verify().Faults);
    }

    [SkippableFact]
    public void SwappedRows_AreNamed()
    {
        _place.DropTriggers();
        foreach ((int from, int to) in new[] { (2, 100), (4, 2), (100, 4) })
            _place.Sql($"UPDATE {_place.Entries} SET sequence = {to} WHERE sequence = {from}");
        IReadOnlyList<string> faults = Verify().Faults;
        Assert.Contains(faults, fault => fault.StartsWith("Row 2 ('strategy 4'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Row 4 ('strategy 2'", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void ClosedGap_IsNamed()
    {
        // Row 3 is taken out and what follows moves up: nothing is missing by number.
        _place.DropTriggers();
        _place.Sql($"DELETE FROM {_place.Entries} WHERE sequence = 3");
        _place.Sql($"UPDATE {_place.Entries} SET sequence = 3 WHERE sequence = 4");
        _place.Sql($"UPDATE {_place.Entries} SET sequence = 4 WHERE sequence = 5");
        IReadOnlyList<string> faults = Verify().Faults;
        Assert.Contains(faults, fault => fault.StartsWith("Row 3 ('strategy 4'", StringComparison.Ordinal)
            && fault.Contains("does not follow", StringComparison.Ordinal));
        Assert.Contains("Row 5 is missing: it was the last one.", faults);
    }

    [SkippableFact]
    public void RewrittenHistory_IsGivenAwayByAPublishedHead()
    {
        _place.Empty();
        using (TrialLedger forged = _place.Open())
            forged.Record(LedgerPlace.Record(1));
        Assert.True(Verify().IsIntact);
        Assert.Contains(
            Verify(_head).Faults, fault => fault.Contains("history was rewritten", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void EarlierHead_StaysValidAsTheLedgerGrows()
    {
        using (TrialLedger ledger = _place.Open())
            ledger.Record(LedgerPlace.Record(6));
        Assert.True(Verify(_head).IsIntact);
    }

    private static DateTime[] Days(int count) =>
        [.. Enumerable.Range(0, count).Select(day => new DateTime(2010, 1, 1).AddDays(day))];

    private LedgerVerification Verify(string? head = null)
    {
        using TrialLedger ledger = _place.OpenExisting();
        return ledger.Verify(head);
    }
}
