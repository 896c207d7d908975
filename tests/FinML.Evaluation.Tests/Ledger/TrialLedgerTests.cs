using FinML.Statistics;

namespace FinML.Evaluation.Tests;

/// <summary>The ledger in a file.</summary>
public sealed class SqliteTrialLedgerTests() : TrialLedgerTests(new LedgerFile());

/// <summary>The same on a server.</summary>
public sealed class PostgresTrialLedgerTests() : TrialLedgerTests(new LedgerSchema());

public abstract class TrialLedgerTests : IDisposable
{
    private readonly LedgerPlace _place;

    protected TrialLedgerTests(LedgerPlace place) => _place = place;

    public void Dispose() => _place.Dispose();

    [SkippableFact]
    public void Entry_ComesBackAsItWasGiven_AfterReopening()
    {
        TrialRecord record = LedgerPlace.Record(3, sharpe: 0.1 + 0.2);
        TrialEntry written;
        using (TrialLedger ledger = _place.Open())
            written = ledger.Record(record);

        using TrialLedger again = _place.OpenExisting();
        TrialEntry read = Assert.Single(again.Entries());
        Assert.Equal(written, read);
        Assert.Equal(record with { Configuration = """{"layers":[64,32],"window":20}""" }, read.Record);
        Assert.Equal(0.1 + 0.2, read.Record.SharpePerPeriod);
        Assert.Equal(1, read.Sequence);
        Assert.Equal(new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc), read.RecordedAt);
        Assert.Equal(DateTimeKind.Utc, read.RecordedAt.Kind);
        Assert.True(again.Verify().IsIntact);
    }

    [SkippableFact]
    public void AClosedLedger_StaysClosed()
    {
        TrialLedger ledger = _place.Open();
        ledger.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ledger.Record(LedgerPlace.Record(1)));
        Assert.Throws<ObjectDisposedException>(() => ledger.Entries());
    }

    [SkippableFact]
    public void SameRun_WithTheSameResult_CountsOnce()
    {
        using TrialLedger ledger = _place.Open();
        TrialEntry first = ledger.Record(LedgerPlace.Record(1), out bool added);
        Assert.True(added);
        _place.Clock.Now += TimeSpan.FromHours(1);
        TrialEntry second = ledger.Record(
            LedgerPlace.Record(1) with { Configuration = """{ "layers" : [64,32], "window":20 }""" }, out added);
        Assert.False(added);
        Assert.Equal(first, second);
        Assert.Equal(1, ledger.TrialCount("quickstart"));
    }

    [SkippableFact]
    public void SameRun_WithAnotherResult_IsNonDeterminism()
    {
        using TrialLedger ledger = _place.Open();
        TrialEntry first = ledger.Record(LedgerPlace.Record(1, sharpe: 0.05));
        double other = Math.BitIncrement(0.05);
        NonDeterminismException error = Assert.Throws<NonDeterminismException>(
            () => ledger.Record(LedgerPlace.Record(1, sharpe: other)));
        Assert.Contains("'strategy 1' of experiment 'quickstart'", error.Message, StringComparison.Ordinal);
        Assert.Contains("0.05 in the ledger (row 1)", error.Message, StringComparison.Ordinal);
        Assert.Contains("0.05000000000000001 now", error.Message, StringComparison.Ordinal);
        Assert.Equal(first, error.Recorded);
        Assert.Equal(other, error.Repeated.SharpePerPeriod);
        Assert.Equal(1, ledger.TrialCount("quickstart"));
        Assert.Throws<NonDeterminismException>(() => ledger.Record(LedgerPlace.Record(1, .05) with { Count = 999 }));
        Assert.Throws<NonDeterminismException>(() => ledger.Record(LedgerPlace.Record(1, .05) with { Skewness = 0 }));
        Assert.Throws<NonDeterminismException>(
            () => ledger.Record(LedgerPlace.Record(1, .05) with { Kurtosis = new RawKurtosis(7) }));
        Assert.Throws<NonDeterminismException>(
            () => ledger.Record(LedgerPlace.Record(1, .05) with { PeriodsPerYear = 12 }));
    }

    [SkippableFact]
    public void Trial_CannotBecomeABaseline()
    {
        using TrialLedger ledger = _place.Open();
        ledger.Record(LedgerPlace.Record(1));
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => ledger.Record(LedgerPlace.Record(1) with { Kind = TrialKind.Baseline }));
        Assert.Contains("as Trial and was now given as Baseline", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void EveryPartOfTheIdentity_MakesAnotherTrial()
    {
        using TrialLedger ledger = _place.Open();
        TrialRecord record = LedgerPlace.Record(1);
        ledger.Record(record);
        ledger.Record(record with { Name = "other" });
        ledger.Record(record with { Configuration = "{}" });
        ledger.Record(record with { DataHash = "data-2" });
        ledger.Record(record with { CodeHash = "code-2" });
        ledger.Record(record with { Seed = 1 });
        Assert.Equal(6, ledger.TrialCount("quickstart"));
        ledger.Record(record with { Experiment = "other" });
        Assert.Equal(6, ledger.TrialCount("quickstart"));
        Assert.Equal(1, ledger.TrialCount("other"));
        Assert.Equal(0, ledger.TrialCount("never heard of"));
        Assert.Equal(7, ledger.Entries().Count);
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], ledger.Entries().Select(entry => entry.Sequence));
    }

    [SkippableFact]
    public void BaselinesAndControls_DoNotCount()
    {
        using TrialLedger ledger = _place.Open();
        ledger.Record(LedgerPlace.Record(1, .01));
        ledger.Record(LedgerPlace.Record(2, .05));
        ledger.Record(LedgerPlace.Record(3, .03));
        ledger.Record(LedgerPlace.Record(4, 1) with { Kind = TrialKind.Baseline });
        ledger.Record(LedgerPlace.Record(5, -1) with { Kind = TrialKind.Control });
        Assert.Equal(3, ledger.TrialCount("quickstart"));
        Assert.Equal(.0004, ledger.SharpeVariance("quickstart"), 1e-15); // of .01, .03, .05 with ddof 1
    }

    [SkippableFact]
    public void Deflation_ReadsCountAndVarianceFromTheLedger()
    {
        using TrialLedger ledger = _place.Open();
        TrialEntry alone = ledger.Record(LedgerPlace.Record(1, .05));
        Assert.Equal(
            ProbabilisticSharpeRatio.Of(.05, 0, 1000, -.5, new(6.25)).Probability, ledger.Deflate(alone).Probability);
        for (int i = 2; i <= 10; i++)
            ledger.Record(LedgerPlace.Record(i, .005 * i));
        DeflatedSharpeRatio deflated = ledger.Deflate(alone);
        Assert.Equal(10, deflated.Trials);
        Assert.Equal(
            DeflatedSharpeRatio.Of(.05, 10, ledger.SharpeVariance("quickstart"), 1000, -.5, new(6.25)), deflated);
        Assert.True(deflated.Probability < .9);
    }

    [SkippableFact]
    public void Deflation_WithoutTrials_IsProbabilistic()
    {
        using TrialLedger ledger = _place.Open();
        TrialEntry baseline = ledger.Record(LedgerPlace.Record(1, .05) with { Kind = TrialKind.Baseline });
        Assert.Equal(0, ledger.Deflate(baseline).ExpectedMaximumSharpe);
    }

    [SkippableFact]
    public void Deflation_OfAStrangeEntry_IsRefused()
    {
        using TrialLedger ledger = _place.Open();
        TrialEntry entry = ledger.Record(LedgerPlace.Record(1));
        ArgumentException error = Assert.Throws<ArgumentException>(() => ledger.Deflate(entry with { Identity = "x" }));
        Assert.Contains("not an entry of", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ledger.Deflate(entry with { Hash = "x" }));
    }

    [SkippableFact]
    public void Frequencies_CannotBeMixed()
    {
        using TrialLedger ledger = _place.Open();
        ledger.Record(LedgerPlace.Record(1));
        ledger.Record(LedgerPlace.Record(2) with { PeriodsPerYear = 12 });
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => ledger.SharpeVariance("quickstart"));
        Assert.Contains("252 periods per year ('strategy 1')", error.Message, StringComparison.Ordinal);
        Assert.Contains("12 ('strategy 2')", error.Message, StringComparison.Ordinal);
    }

    // The format is frozen: an old ledger must verify for ever. Computed apart with Python's hashlib and struct
    // from the rule in LedgerHash: text as its length (8 bytes, little-endian) and UTF-8, numbers as 8 bytes.
    [SkippableFact]
    public void Hashes_AreFrozen()
    {
        using TrialLedger ledger = _place.Open();
        TrialEntry entry = ledger.Record(LedgerPlace.Record(1));
        Assert.Equal("5f58d59a4549831b15a2486008fe4a83b02a59d7e028fd0668cfa21f376ff1fe", entry.Identity);
        Assert.Equal("07ecf1f24ff0bdb145325f3f143fe17547687baa5c16ab617986f3b7a85653c8", entry.Hash);
    }

    [SkippableFact]
    public void FromASharpeRatio_TakesItsMoments()
    {
        double[] returns = Enumerable.Range(0, 40).Select(i => .01 * Math.Sin(i * i)).ToArray();
        SharpeRatio sharpe = SharpeRatio.Of(ReturnSeries.Simple(returns, 252));
        using TrialLedger ledger = _place.Open();
        TrialEntry entry = ledger.Record(TrialRecord.Of(sharpe, "e", "n", "{}", "d", "c", 1));
        Assert.Equal(
            DeflatedSharpeRatio.Of(sharpe, 1, 0).Probability, ledger.Deflate(entry).Probability);
    }

    [SkippableTheory]
    [InlineData("nonsense", "not JSON")]
    [InlineData("[1]", "Array; it must be an object")]
    [InlineData("""{"a":1,"a":2}""", "key 'a' twice")]
    public void Configuration_IsChecked(string configuration, string says)
    {
        using TrialLedger ledger = _place.Open();
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => ledger.Record(LedgerPlace.Record(1) with { Configuration = configuration }));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Empty(ledger.Entries());
    }

    [SkippableFact]
    public void Fields_AreChecked()
    {
        using TrialLedger ledger = _place.Open();
        TrialRecord record = LedgerPlace.Record(1);
        (TrialRecord Bad, string Says)[] cases =
        [
            (record with { Experiment = " " }, "Experiment is empty"),
            (record with { Name = "" }, "Name is empty"),
            (record with { DataHash = "" }, "DataHash is empty"),
            (record with { CodeHash = "" }, "CodeHash is empty"),
            (record with { SharpePerPeriod = double.NaN }, "SharpePerPeriod is NaN"),
            (record with { Skewness = double.PositiveInfinity }, "Skewness is"),
            (record with { Kurtosis = new RawKurtosis(.5) }, "kurtosis is 0.5"),
            (record with { PeriodsPerYear = 0 }, "PeriodsPerYear is 0"),
            (record with { Count = 1 }, "Count is 1"),
            (record with { Kind = (TrialKind)9 }, "Kind is 9"),
        ];
        foreach ((TrialRecord bad, string says) in cases)
        {
            ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => ledger.Record(bad));
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(ledger.Entries());
    }
}
