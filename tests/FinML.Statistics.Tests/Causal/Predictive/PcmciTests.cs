namespace FinML.Statistics.Tests;

public sealed class PcmciTests
{
    private static (string, double[])[] Chain =>
        [.. new[] { "x0", "x1", "x2" }.Select(name => (name, Fixture.Column("pcmci_chain.csv", name)))];

    /// <summary>tigramite's a_chain: each series follows itself and the one before it, one period later.</summary>
    private static (string, double[])[] Simulate(int length, int series, double own, double link, ulong seed)
    {
        const int Warm = 100;
        var data = new double[series][];
        for (int j = 0; j < series; j++)
        {
            data[j] = Fixture.Normals(length + Warm, seed * 100 + (ulong)j);
            for (int t = 1; t < length + Warm; t++)
                data[j][t] += own * data[j][t - 1] + (j > 0 ? link * data[j - 1][t - 1] : 0);
        }

        return [.. data.Select((values, j) => ($"x{j}", values[Warm..]))];
    }

    [Fact]
    public void EveryLinkIsTigramites()
    {
        PredictiveGraph graph = Pcmci.Run(Chain, new PcmciOptions { MaximumLag = 3, SelectionAlphas = [0.2] });
        double[] from = Fixture.Column("pcmci_links.csv", "from"), to = Fixture.Column("pcmci_links.csv", "to");
        double[] lag = Fixture.Column("pcmci_links.csv", "lag"), value = Fixture.Column("pcmci_links.csv", "value");
        double[] p = Fixture.Column("pcmci_links.csv", "p"), fdr = Fixture.Column("pcmci_links.csv", "fdr");
        Assert.Equal(27, from.Length);
        for (int k = 0; k < from.Length; k++)
        {
            PredictiveLink link = graph.Link($"x{from[k]}", (int)lag[k], $"x{to[k]}");
            Fixture.Near(value[k], link.PartialCorrelation, 1e-9);
            Fixture.Near(p[k], link.PValue, 1e-8);
            Fixture.Near(fdr[k], link.AdjustedPValue, 1e-8);
        }

        Assert.Equal([("x1", 1), ("x2", 1), ("x0", 2), ("x1", 2)], graph.Parents[2]);
    }

    [Fact]
    public void TheSelectionLevelIsChosenAsTigramiteDoes()
    {
        PredictiveGraph graph = Pcmci.Run(Chain, new PcmciOptions { MaximumLag = 3 });
        Assert.Equal([("x0", 1), ("x2", 1), ("x0", 3)], graph.Parents[0]);
        Assert.Equal([("x0", 1), ("x1", 1)], graph.Parents[1]);
        Assert.Equal([("x1", 1), ("x2", 1), ("x0", 2), ("x1", 2)], graph.Parents[2]);
        Fixture.Near(-0.08738467691258883, graph.Link("x0", 2, "x2").PartialCorrelation, 1e-9);
        Fixture.Near(0.1390470616334828, graph.Link("x0", 2, "x2").PValue, 1e-8);
    }

    [Theory] // the processes of tigramite's tests/test_pcmci_calculations.py
    [InlineData(0.1, 0.9, 3, 10000)]
    [InlineData(0.5, 0.6, 3, 1000)]
    [InlineData(0.5, 0.6, 5, 10000)]
    public void ChainsAreFound(double own, double link, int series, int length)
    {
        PredictiveGraph graph = Pcmci.Run(Simulate(length, series, own, link, 5),
            new PcmciOptions { MaximumLag = 2, Alpha = 0.001 });
        string[] expected = [.. Enumerable.Range(0, series).Select(j => $"x{j}-1-x{j}"),
            .. Enumerable.Range(1, series - 1).Select(j => $"x{j - 1}-1-x{j}")];
        Assert.Equal(expected.Order(), graph.Links.Select(l => $"{l.From}-{l.Lag}-{l.To}").Order());
        Assert.Equal(CausalClaim.Prediction, graph.Claim);
        Assert.Empty(((ICausalResult)graph).Contradicted);
    }

    [Fact]
    public void DependenceWithinAPeriodContradictsTheAssumption()
    {
        double[] a = Fixture.Normals(400, 1), b = Fixture.Normals(400, 2);
        for (int t = 0; t < 400; t++)
            b[t] += a[t];
        ICausalResult graph = Pcmci.Run([("a", a), ("b", b)]);
        Assert.Equal(["no contemporaneous links"], graph.Contradicted);
    }

    [Fact]
    public void AShiftedMeanContradictsStationarity()
    {
        double[] a = [.. Fixture.Normals(400, 1).Select((v, t) => t < 200 ? v : v + 2)];
        ICausalResult graph = Pcmci.Run([("a", a), ("b", Fixture.Normals(400, 2))]);
        Assert.Contains("stationarity", graph.Contradicted);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        double[] a = Fixture.Normals(100, 1), b = Fixture.Normals(100, 2);
        Fixture.Says<ArgumentException>(() => Pcmci.Run([("a", a)]), "number of series", "1", "2");
        Fixture.Says<ArgumentException>(() => Pcmci.Run([("a", a), ("b", a)]), "a at lag 1",
            "linear combination of b(t-1)");
        Fixture.Says<ArgumentException>(() => Pcmci.Run([("a", a), ("b", b[..50])]), "aligned");
        Fixture.Says<ArgumentException>(
            () => Pcmci.Run([("a", a), ("b", b)], new PcmciOptions { MaximumLag = 50 }), "100 values", "110");
        Fixture.Says<ArgumentException>(
            () => Pcmci.Run([("a", a), ("b", b)], new PcmciOptions { SelectionAlphas = [1] }), "SelectionAlphas", "1");
        Fixture.Says<ArgumentException>(
            () => Pcmci.Run([("a", a), ("b", b)], new PcmciOptions { MaximumLag = 0 }), "MaximumLag", "0");
        Fixture.Says<ArgumentException>(() => Pcmci.Run([("a", a), ("b", b)]).Link("a", 2, "b"), "lag 2", "1 to 1");
        a[7] = double.PositiveInfinity;
        Fixture.Says<ArgumentException>(() => Pcmci.Run([("a", a), ("b", b)]), "index 7");
    }
}
