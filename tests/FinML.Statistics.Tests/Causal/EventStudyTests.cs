using System.Globalization;

namespace FinML.Statistics.Tests;

public sealed class EventStudyTests
{
    // Golden/make_natural_experiments.R
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 2)]
    public void The_tests_of_an_independent_calculation(int first, int last)
    {
        var expected = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "event_study.csv"))
            .Select(line => line.Split(',')).Where(cells => cells[0].StartsWith($"{first}..{last}:",
                StringComparison.Ordinal))
            .ToDictionary(
                cells => cells[0].Split(':')[1], cells => double.Parse(cells[1], CultureInfo.InvariantCulture));

        EventWindowResult window = EventStudy.Of(Events(), sharedDates: true).Window(first, last);

        Fixture.Near(expected["mean"], window.Mean, 1e-10);
        Assert.Equal(6, window.Tests.Count);
        foreach (EventTest test in window.Tests)
            Fixture.Near(expected[test.Name], test.Statistic, 1e-9);
    }

    [Fact]
    public void Days_add_up_to_windows_for_every_model()
    {
        foreach (NormalReturn model in Enum.GetValues<NormalReturn>())
        {
            EventStudy study = EventStudy.Of(Events(), model);

            Assert.Equal(Enumerable.Range(-3, 8), study.Days.Select(d => d.Day));
            Assert.Equal(study.Days[^1].Cumulative, study.Window(-3, 4).Mean, 1e-14);
            Assert.Equal(study.Days.Single(d => d.Day == 0).Mean, study.Window(0, 0).Mean, 1e-14);
        }

        Assert.All(EventStudy.Of(Events(), NormalReturn.MarketAdjusted).Betas, b => Assert.Equal(1, b.Beta));
        Assert.All(EventStudy.Of(Events(), NormalReturn.MeanAdjusted).Betas, b => Assert.Equal(0, b.Beta));
    }

    [Fact]
    public void Shared_dates_without_their_test_are_said()
    {
        double[] common = Fixture.Normals(100, 1), market = Fixture.Normals(100, 2);
        SecurityEvent[] events = [.. Enumerable.Range(0, 5).Select(i => SecurityEvent.At(
            $"s{i}", [.. common.Zip(Fixture.Normals(100, (ulong)(10 + i)), (c, e) => c + 0.5 * e)], market, 90, 5, 5,
                60))];

        EventStudy study = EventStudy.Of(events, sharedDates: true);

        Assert.Contains("independence", ((ICausalResult)study).Contradicted);
        EventWindowResult window = study.Window(0, 0);
        Assert.True(Math.Abs(window.Test("Kolari-Pynnonen").Statistic)
            < Math.Abs(window.Test("Boehmer-Musumeci-Poulsen").Statistic));
    }

    [Fact]
    public void Bad_input_is_refused_in_a_sentence()
    {
        double[] market = Fixture.Column("event_returns.csv", "market"), s = Fixture.Column("event_returns.csv", "s1");
        Fixture.Says<ArgumentException>(
            () => SecurityEvent.At("s", s, market, 63, 3, 4, 250), "index 63", "-190 to 67", "0 to 67");
        Fixture.Says<ArgumentException>(() => SecurityEvent.At("s", s, market, 63, 3, 4, 20), "estimationLength is 20",
            "30");
        Fixture.Says<ArgumentException>(() => SecurityEvent.At("s", s, market[..50], 63, 3, 4, 60), "50");
        Fixture.Says<ArgumentException>(
            () => SecurityEvent.At("s", new double[68], market, 63, 3, 4, 60), "returns of s", "constant");
        Fixture.Says<ArgumentException>(() => EventStudy.Of(Events()[..1]), "number of events is 1");
        Fixture.Says<ArgumentException>(
            () => EventStudy.Of([Events()[0], SecurityEvent.At("s", s, market, 62, 2, 4, 60)]), "7 days, 2 of them",
                "8");
        Fixture.Says<ArgumentException>(() => EventStudy.Of(Events()).Window(-4, 0), "from -4 to 0", "-3 and 4");
        Fixture.Says<ArgumentException>(() => EventStudy.Of(Events()).Window(0, 0).Test("t"), "no test 't'", "Patell");
    }

    private static SecurityEvent[] Events() => [.. Enumerable.Range(1, 6).Select(i => SecurityEvent.At(
        $"s{i}", Fixture.Column("event_returns.csv", $"s{i}"), Fixture.Column("event_returns.csv", "market"),
        eventIndex: 63, before: 3, after: 4, estimationLength: 60))];
}
