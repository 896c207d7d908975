using FinML.Data;

namespace FinML.Evaluation.Tests.Controls;

public sealed class LeakControlsTests
{
    public static TheoryData<LeakKind> Leaks => [.. Enum.GetValues<LeakKind>()];

    [Fact]
    public void The_clean_pipeline_passes_all() =>
        Assert.All(
            LeakControls.Run(PlantedLeak.Create(null)), finding => Assert.False(finding.Found, finding.ToString()));

    [Theory]
    [MemberData(nameof(Leaks))]
    public void A_planted_leak_is_caught_by_its_name_and_by_no_other(LeakKind leak)
    {
        IReadOnlyList<LeakFinding> findings = LeakControls.Run(PlantedLeak.Create(leak));
        Assert.Equal(Enum.GetValues<LeakKind>(), findings.Select(finding => finding.Leak));
        Assert.Equal([leak], findings.Where(finding => finding.Found).Select(finding => finding.Leak));
    }

    [Theory]
    [InlineData(LeakKind.LookAheadByABar, "sees 1 bar ahead")]
    [InlineData(LeakKind.ScalerLeak, "'log_return_1' of training row")]
    [InlineData(LeakKind.Survivorship,
        "1 of 4 assets of the universe are missing, and they died within the sample: D (2015-10-28)")]
    [InlineData(LeakKind.LabelOverlap, "in fold 0 the label of training row 123 reads rows 123 to 129")]
    [InlineData(LeakKind.Backfill, "the close of B on 2015-01-06 is ")]
    public void The_sentence_says_where(LeakKind leak, string says) => Assert.Contains(
        says, LeakControls.Run(PlantedLeak.Create(leak)).Single(finding => finding.Found).Sentence,
        StringComparison.Ordinal);

    [Fact]
    public void A_look_ahead_of_two_bars_is_counted()
    {
        ResearchPipeline clean = PlantedLeak.Create(null);
        Func<Panel, double[]> held = panel => [.. clean.Held(panel).Skip(2), 0, 0];
        Assert.Contains("sees 2 bars ahead", LookAheadByABar.Check(clean.Raw, held).Sentence, StringComparison.Ordinal);
        Assert.Contains(
            "does not read them", LookAheadByABar.Check(clean.Raw, panel => new double[panel.Length]).Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Survivors_without_a_roster_are_improbable()
    {
        Panel panel = Universe(50, 20 * 365, dead: 0);
        LeakFinding found = Survivorship.Check(panel);
        Assert.True(found.Found);
        Assert.Contains("0 of 50 assets died in 20.0 years; where 2 % a year do", found.Sentence.Replace("2%", "2 %"),
            StringComparison.Ordinal);
        Assert.False(Survivorship.Check(Universe(50, 20 * 365, dead: 1)).Found);
        Assert.False(Survivorship.Check(Universe(1, 20 * 365, dead: 0)).Found);
    }

    [Fact]
    public void Vintages_that_differ_are_backfilled()
    {
        Panel then = Universe(2, 30, dead: 1), now = Universe(2, 60, dead: 0);
        Assert.Contains("it was missing in the earlier vintage", Backfill.Vintages(then, now).Sentence,
            StringComparison.Ordinal);
        Assert.False(Backfill.Vintages(now.Slice(0, 40), now).Found);
        Panel restated = now.Map((_, _, values) => [.. values.Select((x, t) => t == 7 ? x + 1 : x)]);
        Assert.Contains("is 108: it was 107 in the earlier vintage", Backfill.Vintages(now, restated).Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_interpolated_gap_is_from_the_future()
    {
        double[] gap = [1, double.NaN, 3, 4];
        Panel raw = One(gap);
        Assert.Contains("lies between", Backfill.Check(raw, One([1, 2, 3, 4])).Sentence, StringComparison.Ordinal);
        Assert.False(Backfill.Check(raw, One([1, 1, 3, 4])).Found);
        Assert.Contains("no value before", Backfill.Check(One([double.NaN, 3, 3, 4]), One([3, 3, 3, 4])).Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        ResearchPipeline clean = PlantedLeak.Create(null);
        Refused(() => PlantedLeak.Create((LeakKind)9), "leak is 9");
        Refused(() => LookAheadByABar.Check(clean.Raw, _ => [1]), "1 positions for 400 bars");
        Refused(() => Survivorship.Check(clean.Raw, []), "the roster 0 assets");
        Refused(() => Survivorship.Check(clean.Raw, "close", 1), "deathsPerYear is 1");
        Refused(() => LabelOverlap.Check([], LabelSpans.Fixed(10, 1)), "0 folds");
        Refused(() => LabelOverlap.Check(PurgedKFold.Create(LabelSpans.Fixed(40, 1), new PurgedKFoldOptions()),
            LabelSpans.Fixed(50, 1)), "cut from 40 rows and there are labels for 50");
        Refused(() => Backfill.Check(clean.Raw, clean.Raw.Slice(0, 10)), "400 and 10 rows");
        Refused(() => Backfill.Vintages(clean.Raw, clean.Raw.Slice(0, 10)), "lacks 2015-01-11");
        int calls = 0;
        Assert.Contains("differ between two runs", Assert.Throws<InvalidOperationException>(
            () => LookAheadByABar.Check(clean.Raw, panel => [.. Enumerable.Repeat((double)calls++, panel.Length)]))
            .Message, StringComparison.Ordinal);
    }

    private static Panel One(double[] values) => Panel.OfAsset(
        "A", [.. Enumerable.Range(0, values.Length).Select(day => DateTime.UnixEpoch.AddDays(day))], ("close", values));

    /// <summary>Prices 100, 101, ... of assets, some of which have none on the last row.</summary>
    private static Panel Universe(int assets, int days, int dead) => Panel.Create(
        [.. Enumerable.Range(0, days).Select(day => DateTime.UnixEpoch.AddDays(day))],
        [.. Enumerable.Range(0, assets).Select(a => $"a{a}")], ["close"],
        [.. Enumerable.Range(0, assets).Select(a => Enumerable.Range(0, days)
            .Select(day => a < dead && day == days - 1 ? double.NaN : 100.0 + day).ToArray())]);

    private static void Refused(Action action, string says) =>
        Assert.Contains(says, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
