using System.Globalization;

namespace FinML.Statistics.Tests;

public sealed class ChainDiagnosticsTests
{
    // Golden/make_chain_diagnostics.R
    [Theory]
    [InlineData("independent")]
    [InlineData("persistent")]
    [InlineData("apart")]
    [InlineData("antithetic")]
    [InlineData("ties")]
    public void The_numbers_of_the_posterior_package(string set)
    {
        string[] row = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "chain_diagnostics.csv"))
            .Select(line => line.Split(',')).Single(cells => cells[0] == set);
        double[] expected = [.. row.Skip(1).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];

        ChainDiagnostics got = ChainDiagnostics.Of(Chains(set));

        Fixture.Near(expected[0], got.RHat, 1e-12);
        Fixture.Near(expected[1], got.BulkEffectiveSize, 1e-10);
        Fixture.Near(expected[2], got.TailEffectiveSize, 1e-10);
        Fixture.Near(expected[3], got.MeanError, 1e-10);
    }

    [Fact]
    public void Chains_that_disagree_in_spread_alone_are_seen()
    {
        double[][] chains = [.. Enumerable.Range(0, 4).Select(c =>
            Array.ConvertAll(Fixture.Normals(1000, (ulong)c), z => c == 3 ? 5 * z : z))];

        Assert.True(ChainDiagnostics.Of(chains).RHat > 1.1);
    }

    [Fact]
    public void Bad_chains_are_refused_in_a_sentence()
    {
        Fixture.Says<ArgumentException>(() => ChainDiagnostics.Of([]), "number of chains", "0");
        Fixture.Says<ArgumentException>(() => ChainDiagnostics.Of([[1, 2, 3]]), "chain 0", "3 values", "4");
        Fixture.Says<ArgumentException>(
            () => ChainDiagnostics.Of([[1, 2, 3, 4], [1, 2, 3, 4, 5]]), "chain 1 has 5", "4 draws");
        Fixture.Says<ArgumentException>(
            () => ChainDiagnostics.Of([[1, 2, double.NaN, 4]]), "chain 0", "NaN", "index 2");
        Fixture.Says<ArgumentException>(() => ChainDiagnostics.Of([[1, 1, 1, 1]]), "constant at 1");
    }

    private static double[][] Chains(string set)
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "chains.csv"))
            .Select(line => line.Split(',')).Where(cells => cells[0] == set)];
        return [.. rows.GroupBy(cells => cells[1])
            .Select(g => g.Select(cells => double.Parse(cells[2], CultureInfo.InvariantCulture)).ToArray())];
    }
}
