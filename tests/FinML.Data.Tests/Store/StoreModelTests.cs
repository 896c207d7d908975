using FinML.Data.Store;
using static FinML.Data.Tests.Store.TemporaryStore;

namespace FinML.Data.Tests.Store;

/// <summary>The store beside a list of rows that is searched from end to end, on random appends, revisions and
/// questions.</summary>
public sealed class StoreModelTests
{
    private sealed record ModelRow(string Symbol, int Time, int Known, double Value);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_was_known_is_that_of_a_list_of_rows(ulong seed)
    {
        Engine.Require();
        using TemporaryStore place = new();
        PanelStore store = place.Create("close");
        RandomStream random = new(seed);
        List<ModelRow> model = [];
        for (int i = 0; i < 12; i++)
        {
            Append(store, model, random);
            if (i % 5 == 4)
                store.Compact();
            int known = random.NextInt(1500);
            if (model.Exists(r => r.Known <= known))
                Same(model, known, store.AsOf(Day(known)));
        }

        Same(model, int.MaxValue, place.Open().Load());
        Assert.Empty(store.Verify());
        Assert.Equal(model.Count, store.Rows);
    }

    [SkippableTheory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_join_as_of_is_that_of_a_list_of_rows(ulong seed)
    {
        Engine.Require();
        using TemporaryStore leftPlace = new(), rightPlace = new();
        PanelStore left = leftPlace.Create("close"), right = rightPlace.Create("gdp", "unused");
        RandomStream random = new(seed);
        List<ModelRow> leftRows = [], rightRows = [];
        for (int i = 0; i < 8; i++)
        {
            Append(left, leftRows, random);
            Append(right, rightRows, random);
        }

        Panel panel = left.AsOfJoin(right, otherFields: ["gdp"]);
        Assert.Equal(["close", "gdp"], panel.Fields);
        int matched = 0;
        foreach (ModelRow row in Current(leftRows, int.MaxValue))
        {
            ModelRow? expected = Current(rightRows, row.Known).Where(r => r.Symbol == row.Symbol)
                .MaxBy(r => r.Time);
            int t = panel.Times.ToList().IndexOf(Day(row.Time));
            Assert.Equal(row.Value, panel.Column(row.Symbol, "close")[t]);
            Assert.Equal(expected?.Value ?? double.NaN, panel.Column(row.Symbol, "gdp")[t]);
            matched += expected is null ? 0 : 1;
        }

        Assert.True(matched > 10);
        Panel one = left.AsOfJoin(right, otherFields: ["gdp"], otherSymbol: "B");
        ModelRow last = Current(leftRows, int.MaxValue).Where(r => r.Symbol == "A").MaxBy(r => r.Time)!;
        Assert.Equal(Current(rightRows, last.Known).Where(r => r.Symbol == "B").MaxBy(r => r.Time)?.Value
            ?? double.NaN, one.Column("A", "gdp")[one.Times.ToList().IndexOf(Day(last.Time))]);
        Assert.Contains("Both stores", Assert.Throws<ArgumentException>(() => left.AsOfJoin(left)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Up to 20 rows of A or B: new times anywhere, and later versions of old ones.</summary>
    private static void Append(PanelStore store, List<ModelRow> model, RandomStream random)
    {
        string symbol = random.NextInt(2) == 0 ? "A" : "B";
        SortedSet<int> times = [.. Enumerable.Range(0, 1 + random.NextInt(20)).Select(_ => random.NextInt(1000))];
        int latest = times.Select(t => model.Where(r => r.Symbol == symbol && r.Time == t).Select(r => r.Known)
            .DefaultIfEmpty(t - 1).Max()).Max(); // known no earlier than any of the rows allows
        int delay = latest + 1 + random.NextInt(60);
        List<ModelRow> rows = [.. times.Select(t => new ModelRow(symbol, t, Math.Max(t, delay), random.NextDouble()))];
        double[] values = [.. rows.Select(r => r.Value)];
        store.Append(Panel.Create([.. rows.Select(r => Day(r.Time))], [symbol], store.Fields,
            [.. store.Fields.Select(_ => values)], [.. rows.Select(r => Day(r.Known))]));
        model.AddRange(rows);
    }

    /// <summary>The version of each row that was known at a time.</summary>
    private static IEnumerable<ModelRow> Current(List<ModelRow> model, int known) => model
        .Where(r => r.Known <= known).GroupBy(r => (r.Symbol, r.Time)).Select(g => g.MaxBy(r => r.Known)!);

    private static void Same(List<ModelRow> model, int known, Panel panel)
    {
        Dictionary<(string, DateTime), double> expected = Current(model, known)
            .ToDictionary(r => (r.Symbol, Day(r.Time)), r => r.Value);
        Assert.Equal(expected.Keys.Select(k => k.Item2).Distinct().Order(), panel.Times);
        for (int t = 0; t < panel.Length; t++)
        {
            for (int a = 0; a < panel.Assets.Count; a++)
            {
                Assert.Equal(expected.GetValueOrDefault((panel.Assets[a], panel.Times[t]), double.NaN),
                    panel[t, a, 0]);
            }
        }
    }
}
