using FinML.Data;

namespace FinML.Evaluation.Tests;

/// <summary>Hold-outs logged in a file.</summary>
public sealed class SqliteLockboxTests() : LockboxTests(new LedgerFile());

/// <summary>The same on a server.</summary>
public sealed class PostgresLockboxTests() : LockboxTests(new LedgerSchema());

public abstract class LockboxTests : IDisposable
{
    private static readonly DateTime Start = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Cut = Start.AddDays(70);
    private readonly LedgerPlace _place;
    private readonly TrialLedger _ledger;

    protected LockboxTests(LedgerPlace place)
    {
        _place = place;
        _ledger = place.Open();
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _place.Dispose();
    }

    [SkippableFact]
    public void BeforeTheOpening_ThereIsNothingAfterTheCut()
    {
        Lockbox box = Seal();
        Assert.Equal((70, 30), (box.Development.Length, box.HeldOutRows));
        Assert.True(box.Development.Times[^1] < Cut);
        Assert.Equal(70, box.Development.Column("A", "close").Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => box.Development.Slice(0, 71));
        LockboxEntry sealing = Assert.Single(_ledger.Lockboxes());
        Assert.Equal((EntryType.Sealing, 0, Cut), (sealing.Type, sealing.Number, sealing.Cut));
        Assert.Equal(PanelHash.Of(Prices()), sealing.DataHash);
    }

    [SkippableFact]
    public void WhatIsKnownLate_IsLockedAway()
    {
        // Row 69 is about the day before the cut and known a day after it.
        Panel prices = Prices();
        DateTime[] known = [.. prices.Times.Select((time, t) => time.AddDays(t >= 69 ? 2 : 0))];
        Panel late = Panel.Create(prices.Times, ["A"], ["close"], [prices.Column("A", "close").ToArray()], known);
        Assert.Equal(69, Lockbox.Seal(_ledger, "quickstart", () => late, Cut).Development.Length);
    }

    [SkippableFact]
    public void EveryOpening_IsLogged_AndAReopeningIsATrial()
    {
        Lockbox box = Seal();
        RegistrationEntry registration = _ledger.Register(LedgerPlace.Registration("strategy 1"));
        _ledger.Record(LedgerPlace.Record(1));
        OpenedLockbox first = box.Open(registration, "The final test.");
        Assert.Equal((100, 70, false), (first.Panel.Length, first.FirstHeldOutRow, first.IsReopening));
        Assert.Equal(1, _ledger.TrialCount("quickstart"));
        Assert.True(box.Open(registration, "Again, with another seed.").IsReopening);
        Assert.True(Seal().Open(registration, "From another process.").IsReopening);
        Assert.Equal((3, 2), (_ledger.TrialCount("quickstart"), _ledger.Multiplicity("quickstart").Reopenings));
        Assert.Equal(3, _ledger.Multiplicity("quickstart").Effective);
        RegistrationEntry other = _ledger.Register(LedgerPlace.Registration("strategy 2"));
        Assert.False(box.Open(other, "Another hypothesis.").IsReopening);
        Assert.Equal([0, 1, 2, 3, 1], _ledger.Lockboxes("quickstart").Select(entry => entry.Number));
        Assert.Equal("Again, with another seed.", _ledger.Lockboxes()[2].Reason);
        Assert.True(_ledger.Verify().IsIntact);
    }

    [SkippableFact]
    public void WithoutAHypothesis_ItStaysClosed()
    {
        Lockbox box = Seal();
        RegistrationEntry elsewhere = _ledger.Register(
            LedgerPlace.Registration("strategy 1") with { Experiment = "elsewhere" });
        Refused(() => box.Open(elsewhere, "Curiosity."), "has no registration");
        RegistrationEntry registration = _ledger.Register(LedgerPlace.Registration("strategy 1"));
        Refused(() => box.Open(registration, " "), "needs a reason");
        Assert.Throws<ArgumentNullException>(() => box.Open(null!, "Curiosity."));
        Assert.Single(_ledger.Lockboxes());
    }

    [SkippableFact]
    public void TheCut_CannotBeMoved()
    {
        Seal();
        Assert.Equal(70, Seal().Development.Length);
        Assert.Single(_ledger.Lockboxes());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => Lockbox.Seal(_ledger, "quickstart", Prices, Cut.AddDays(10)));
        Assert.Contains("sealed these data at 2020-03-11 00:00 (row 1); the cut cannot be moved", error.Message,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ACutOutsideTheData_IsRefused()
    {
        Refused(() => Lockbox.Seal(_ledger, "e", Prices, Start), "leaves 0 of 100 rows before it");
        Refused(() => Lockbox.Seal(_ledger, "e", Prices, Start.AddYears(1)), "leaves 100 of 100 rows before it");
        Assert.Empty(_ledger.Lockboxes());
    }

    private Lockbox Seal() => Lockbox.Seal(_ledger, "quickstart", Prices, Cut);

    private static Panel Prices() => Panel.OfAsset(
        "A", [.. Enumerable.Range(0, 100).Select(day => Start.AddDays(day))],
        ("close", [.. Enumerable.Range(0, 100).Select(day => 100.0 + day)]));

    private static void Refused(Action action, string says) =>
        Assert.Contains(says, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
