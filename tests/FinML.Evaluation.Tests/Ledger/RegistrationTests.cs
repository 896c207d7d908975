namespace FinML.Evaluation.Tests;

/// <summary>Registrations in a file.</summary>
public sealed class SqliteRegistrationTests() : RegistrationTests(new LedgerFile());

/// <summary>The same on a server.</summary>
public sealed class PostgresRegistrationTests() : RegistrationTests(new LedgerSchema());

public abstract class RegistrationTests : IDisposable
{
    private readonly LedgerPlace _place;
    private readonly TrialLedger _ledger;

    protected RegistrationTests(LedgerPlace place)
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
    public void DeclaredTrials_AreRegistered_AndTheRestIsExploratory()
    {
        RegistrationEntry registration = _ledger.Register(LedgerPlace.Registration("strategy 1", "strategy 2"));
        TrialEntry declared = Record(1, registration.Id);
        Assert.Equal((TrialStanding.Registered, null), (declared.Standing, declared.ExploratoryBecause));
        TrialEntry undeclared = Record(3, registration.Id);
        Assert.Equal(TrialStanding.Exploratory, undeclared.Standing);
        Assert.Contains("not in the declared family: strategy 1, strategy 2", undeclared.ExploratoryBecause,
            StringComparison.Ordinal);
        Assert.Equal("it names no registration", Record(2, null).ExploratoryBecause);
        Assert.Equal([declared.Standing, undeclared.Standing, TrialStanding.Exploratory],
            _ledger.Entries().Select(entry => entry.Standing));
    }

    [SkippableFact]
    public void AfterTheDataWereRead_NothingCanBeRegistered()
    {
        Record(7, null);
        RegistrationEntry registration = _ledger.Register(LedgerPlace.Registration("strategy 1"));
        TrialEntry late = Record(1, registration.Id);
        Assert.Equal("row 1 had read these data before row 2 registered the hypothesis", late.ExploratoryBecause);
        TrialEntry fresh = _ledger.Record(
            LedgerPlace.Record(1) with { Registration = registration.Id, DataHash = "data-2" });
        Assert.Equal(TrialStanding.Registered, fresh.Standing);
    }

    [SkippableFact]
    public void AnEntryIsNotRegisteredAfterwards()
    {
        Record(1, null);
        RegistrationEntry registration = _ledger.Register(LedgerPlace.Registration("strategy 1"));
        TrialEntry again = Record(1, registration.Id);
        Assert.Equal((1, TrialStanding.Exploratory), (again.Sequence, again.Standing));
        Assert.Null(again.Record.Registration);
    }

    [SkippableFact]
    public void AnAmendment_IsAnotherEntry_ThatSaysWhatChanged()
    {
        RegistrationEntry first = _ledger.Register(LedgerPlace.Registration("strategy 1", "strategy 2"));
        Record(1, first.Id);
        RegistrationEntry amended = _ledger.Amend(
            first, first.Registration with { PrimaryMetric = "net Sortino ratio", Family = ["strategy 2"] },
            "The Sharpe ratio punishes upside.");
        Assert.Equal(first.Id, amended.Id);
        Assert.Equal(
            [
                "primaryMetric: 'net Sharpe ratio a year' became 'net Sortino ratio'",
                "family: ''strategy 1', 'strategy 2'' became ''strategy 2''",
            ],
            amended.Changes);
        Assert.Equal("The Sharpe ratio punishes upside.", amended.Reason);
        Assert.Equal([first.Sequence, amended.Sequence], _ledger.Registrations("quickstart").Select(e => e.Sequence));
        Assert.Equal("row 2 had read these data before row 3 amended the registration",
            Record(2, first.Id).ExploratoryBecause);
        Assert.True(_ledger.Verify().IsIntact);
    }

    [SkippableFact]
    public void TheSameRegistration_IsFound()
    {
        RegistrationEntry first = _ledger.Register(LedgerPlace.Registration("strategy 1"));
        _place.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(first.Sequence, _ledger.Register(LedgerPlace.Registration("strategy 1")).Sequence);
        Assert.Single(_ledger.Registrations());
        using TrialLedger again = _place.OpenExisting();
        RegistrationEntry read = Assert.Single(again.Registrations("quickstart"));
        Assert.Equal((first.Id, first.Hash, first.RecordedAt), (read.Id, read.Hash, read.RecordedAt));
        Assert.Equal(["strategy 1"], read.Registration.Family);
        Assert.Empty(again.Registrations("elsewhere"));
    }

    [SkippableFact]
    public void BadRegistrations_AreRefused()
    {
        Registration good = LedgerPlace.Registration("strategy 1");
        Refused(() => _ledger.Register(good with { Hypothesis = " " }), "hypothesis is empty");
        Refused(() => _ledger.Register(good with { Family = [] }), "family is empty");
        Refused(() => _ledger.Register(good with { Family = ["a", "a"] }), "names 'a' twice");
        Refused(() => _ledger.Register(good with { Family = ["a", ""] }), "without a name");
        Refused(() => _ledger.Register(good with { Universe = "all\0" }), "universe is not text");
        RegistrationEntry entry = _ledger.Register(good);
        Refused(() => _ledger.Amend(entry, good, "No reason."), "Nothing of the registration changed");
        Refused(() => _ledger.Amend(entry, good with { Horizon = "5 days" }, " "), "reason");
        Refused(() => _ledger.Amend(entry, good with { Experiment = "other" }, "Why not?"), "cannot become one of");
        Refused(() => _ledger.Amend(entry with { Id = "x" }, good with { Horizon = "5 days" }, "Why not?"),
            "is not in this ledger");
        Refused(() => Record(1, "never"), "no registration never; register the hypothesis first");
        Assert.Single(_ledger.Registrations());
        Assert.Empty(_ledger.Entries());
    }

    private TrialEntry Record(int number, string? registration) =>
        _ledger.Record(LedgerPlace.Record(number) with { Registration = registration });

    private static void Refused(Action action, string says) =>
        Assert.Contains(says, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
