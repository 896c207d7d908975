using FinML.Data;
using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation.Tests;

/// <summary>Thousands of trials at once: as many entries as one by one, and the same.</summary>
public sealed class RuleSearchTests : IDisposable
{
    private readonly LedgerFile _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Every_rule_is_a_trial_with_the_Sharpe_ratio_of_its_returns()
    {
        using TrialLedger ledger = _place.Open();
        RulePositions positions = Positions(out DateTime[] times);
        var execution = new RuleExecution { CostBasisPoints = 7 };
        IReadOnlyList<TrialEntry> entries = Book(ledger).Enter(positions, times, 60, 400, execution);

        Assert.Equal(27, ledger.TrialCount("rules"));
        RulePerformance[] performance = positions.Performance(60, 400, execution);
        for (int i = 0; i < entries.Count; i++)
        {
            Assert.Equal(positions.Rules[i].Name, entries[i].Record.Name);
            Assert.Equal(performance[i].SharpePerPeriod, entries[i].Record.SharpePerPeriod, 1e-12);
            Assert.Equal(positions.Returns(i, 60, 400, execution), ledger.Returns(entries[i])!.Values.ToArray());
            Assert.Equal(times[60], ledger.Returns(entries[i])!.Times[0]);
        }

        // The last never traded: a trial all the same.
        Assert.Equal(0, entries[^1].Record.SharpePerPeriod);
        Assert.True(ledger.Verify().IsIntact);

        // Again adds nothing; other costs are other trials.
        Assert.Equal(entries, Book(ledger).Enter(positions, times, 60, 400, execution));
        Assert.Equal(27, ledger.TrialCount("rules"));
        Book(ledger).Enter(positions, times, 60, 400, RuleExecution.Gross, keepReturns: false);
        Assert.Equal(54, ledger.TrialCount("rules"));
    }

    [Fact]
    public void Recorded_at_once_is_recorded_one_by_one()
    {
        using TrialLedger ledger = _place.Open();
        TrialEntry first = ledger.Record(LedgerPlace.Record(1));
        IReadOnlyList<TrialEntry> entries = ledger.RecordAll(
            [(LedgerPlace.Record(2), null), (LedgerPlace.Record(1), null), (LedgerPlace.Record(3), null)]);
        Assert.Equal(first, entries[1]);
        Assert.Equal([2, 1, 3], entries.Select(entry => (int)entry.Sequence));
        Assert.Equal(3, ledger.TrialCount("quickstart"));
    }

    [Fact]
    public void One_that_is_refused_leaves_none()
    {
        using TrialLedger ledger = _place.Open();
        ledger.Record(LedgerPlace.Record(1));
        Assert.Throws<NonDeterminismException>(() => ledger.RecordAll(
            [(LedgerPlace.Record(2), null), (LedgerPlace.Record(1, sharpe: 9), null)]));
        Assert.Equal(1, ledger.TrialCount("quickstart"));
        Assert.True(ledger.Verify().IsIntact);
    }

    [Fact]
    public void Times_that_are_not_the_bars_are_refused()
    {
        using TrialLedger ledger = _place.Open();
        RulePositions positions = Positions(out DateTime[] times);
        Assert.Contains("There are 399 times for 400 bars", Assert.Throws<ArgumentException>(
            () => Book(ledger).Enter(positions, times[1..], 60, 400)).Message);
    }

    private static ExperimentBook Book(TrialLedger ledger) => new(ledger, "rules", "data-1", 1, new { });

    private static RulePositions Positions(out DateTime[] times)
    {
        var random = new RandomStream(3);
        double[] returns = [.. Enumerable.Range(0, 399).Select(_ => 0.01 * random.NextNormal())];
        var first = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        times = [.. Enumerable.Range(0, 400).Select(t => first.AddDays(t))];
        return RulePositions.Decide(
            RuleMarket.OfReturns(returns), [.. RuleUniverse.BrockLakonishokLeBaron(), new FilterRule(5)]);
    }
}
