namespace FinML.Statistics.Tests;

/// <summary>Blocks, circular shifts, the fitted tail, and what is refused.</summary>
public class DependentPermutationTests
{
    private static readonly PermutationOptions Drawn = new() { ExactLimit = 0, Permutations = 199, MaxThreads = 1 };

    // Two independent AR(.9) of 300: single values reject half the time, shifts and blocks of 30 about as they say.
    [Fact]
    public void Dependence_NeedsBlocksOrShifts()
    {
        int single = 0, blocks = 0, shifts = 0;
        const int Draws = 300;
        for (ulong i = 0; i < Draws; i++)
        {
            double[] x = Fixture.Autoregression(300, .9, 2 * i), y = Fixture.Autoregression(300, .9, 2 * i + 1);
            single += PermutationTest.Correlation(x, y, options: Drawn with { Seed = i }).PValue <= .05 ? 1 : 0;
            blocks += PermutationTest.Correlation(x, y, options: Drawn with { Seed = i, BlockLength = 30 })
                .PValue <= .05 ? 1 : 0;
            shifts += PermutationTest.CircularShift(x, y).PValue <= .05 ? 1 : 0;
        }

        Assert.InRange(single / (double)Draws, .35, 1);
        Assert.InRange(blocks / (double)Draws, .01, .14);
        Assert.InRange(shifts / (double)Draws, .01, .12);
    }

    [Fact]
    public void BlocksOfSigns_WidenTheNull()
    {
        double[] x = Fixture.Autoregression(200, .8, 4).Select(v => v + 1.2).ToArray();
        double single = PermutationTest.SignFlip(x, options: Drawn with { Permutations = 9_999 }).PValue;
        PermutationTest blocks = PermutationTest.SignFlip(x, options: new() { BlockLength = 20 });
        Assert.True(blocks.IsExact); // 10 blocks
        Assert.Equal(1024, blocks.Arrangements);
        Assert.Equal("signs of blocks", blocks.Scheme);
        Assert.InRange(blocks.PValue, 2 * single, .5);
    }

    // 7 values in blocks of 2 are 4 blocks (1, then 2, 2, 2 of them), 3 values are 2 (1 and 2): the first sample is
    // 4 blocks of the 6. Neighbours stay neighbours.
    [Fact]
    public void BlocksOfTwoSamples_AreMovedWhole()
    {
        double[] first = [1, 2, 3, 4, 5, 6, 7], second = [10, 20, 30];
        var seen = new HashSet<string>();
        PermutationTest test = PermutationTest.TwoSample(first, second, "sum", (a, b) =>
        {
            seen.Add(string.Join(" ", a.ToArray()));
            double sum = 0;
            foreach (double value in a)
                sum += value;
            return sum;
        }, Alternative.Less, new() { BlockLength = 2 });
        Assert.Equal((15, 15), (test.Arrangements, seen.Count));
        Assert.Equal(2, test.Extreme); // sums up to 28: the data, and what has 10 in the place of 6 7
        Assert.Contains("2 3 4 5 6 7 20 30", seen);
        Assert.Contains("1 2 3 4 5 10", seen);
    }

    [Fact]
    public void Blocks_DifferInLengthByOneAtMost()
    {
        var blocks = new Blocks(103, 10, 2, "x");
        Assert.Equal(10, blocks.Number);
        Assert.Equal(103, blocks.Start(10));
        Assert.All(Enumerable.Range(0, 10), i => Assert.InRange(blocks.Start(i + 1) - blocks.Start(i), 10, 11));
    }

    // The n correlations of the shifts, written out.
    [Fact]
    public void Shifts_AreCountedOneByOne()
    {
        double[] x = Fixture.Autoregression(50, .5, 1), y = Fixture.Autoregression(50, .5, 2);
        double[] all = Enumerable.Range(0, 50)
            .Select(s => Covariance(x, [.. y[s..], .. y[..s]])).ToArray();
        Assert.Equal(
            all.Count(c => Math.Abs(c) >= Math.Abs(all[0]) - 1e-12), PermutationTest.CircularShift(x, y).Extreme);
        PermutationTest greater = PermutationTest.CircularShift(x, y, "covariance", Covariance);
        Assert.Equal((all.Count(c => c >= all[0] - 1e-12), 50), (greater.Extreme, greater.Arrangements));
        Fixture.Near(all[0], greater.Estimate, 1e-12);
    }

    // Two samples of 30 whose means are 5.2 standard errors apart: the exact p-value is far below what 9,999 draws can
    // count, and the tail finds its order.
    [Fact]
    public void Tail_FindsAPValueThatDrawsCannot()
    {
        double[] first = Fixture.Normals(20, 3), second = Fixture.Normals(20, 4).Select(v => v + 1.55).ToArray();
        double exact = PermutationTest.TwoSample(first, second).PValue;
        Assert.InRange(exact, 1e-7, 1e-4);
        PermutationTest test = PermutationTest.TwoSample(
            first, second, options: new() { ExactLimit = 0, FitTail = true, Permutations = 9_999, Seed = 3 });
        Assert.True(test.PValue >= 1e-4);
        Assert.NotNull(test.Tail);
        Assert.True(test.Tail.IsAccepted);
        Assert.InRange(test.Tail.PValue, exact / 10, exact * 10);
        Assert.InRange(exact, test.Tail.Lower, test.Tail.Upper);
        Assert.InRange(test.Tail.Shape, -.5, .2);
    }

    // Data in tenths: the tail begins between two different statistics, and says whether a density fits it.
    [Fact]
    public void Tail_OfTiedStatisticsBeginsBetweenThem()
    {
        double[] first = Fixture.Normals(25, 3).Select(v => Math.Round(v, 1)).ToArray();
        double[] second = Fixture.Normals(25, 4).Select(v => Math.Round(v + 1.3, 1)).ToArray();
        PermutationTail? tail = PermutationTest.TwoSample(
            first, second, options: new() { ExactLimit = 0, FitTail = true }).Tail;
        Assert.NotNull(tail);
        Assert.InRange(tail.Exceedances, 25, 250);
        double total = 10 * (first.Sum() + second.Sum()); // statistics are (2 k - total) / 250
        double halfSteps = tail.Threshold * 250 - total;
        Assert.Equal(1, Math.Abs(Math.IEEERemainder(halfSteps, 2)), 1e-6);
        Assert.True(tail.IsAccepted == (tail.GoodnessOfFit > .05 && tail.PValue > 0));
    }

    [Fact]
    public void Tail_IsNotFittedWhereTheCountIsGood()
    {
        double[] x = Fixture.Normals(30, 1), y = Fixture.Normals(30, 2);
        Assert.Null(PermutationTest.TwoSample(x, y, options: new() { ExactLimit = 0, FitTail = true }).Tail);
    }

    // Quantiles of the distribution itself stand for a sample without chance.
    [Theory]
    [InlineData(-.3)]
    [InlineData(.2)]
    [InlineData(.6)]
    public void Pareto_IsRecovered(double shape)
    {
        var truth = new ParetoTailFit(shape, 2);
        double[] sample = Enumerable.Range(0, 5000).Select(i => truth.ExcessAt(1 - (i + .5) / 5000)).ToArray();
        ParetoTailFit fit = ParetoTailFit.Of(sample);
        Assert.Equal(shape, fit.Shape, .01);
        Fixture.Near(2, fit.Scale, .01);
        Fixture.Near(1e-3, fit.Exceedance(truth.ExcessAt(1e-3)), .05);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] x = Fixture.Normals(30, 1), y = Fixture.Normals(30, 2);
        double[] bad = [1, 2, double.NaN];
        Fixture.Says<ArgumentException>(() => PermutationTest.TwoSample(bad, x), "first is NaN at index 2");
        Fixture.Says<ArgumentException>(() => PermutationTest.TwoSample(x, []), "second has 0 values");
        Fixture.Says<ArgumentException>(() => PermutationTest.TwoSample([1], [2]), "together they need at least 3");
        Fixture.Says<ArgumentException>(() => PermutationTest.TwoSample([1, 1], [1, 1]), "constant at 1 over 4");
        Fixture.Says<ArgumentException>(() => PermutationTest.SignFlip([0, 0, 0]), "differences is 0 over 3 values");
        Fixture.Says<ArgumentException>(() => PermutationTest.SignFlip([1]), "differences has 1 value;");
        Fixture.Says<ArgumentException>(
            () => PermutationTest.SignFlip(x, options: new() { BlockLength = 30 }), "which is 1 block; at least 2");
        Fixture.Says<ArgumentException>(() => PermutationTest.Correlation(x, y[1..]), "x has 30 values and y has 29");
        Fixture.Says<ArgumentException>(() => PermutationTest.Correlation(x, new double[30]), "y is constant at 0");
        Fixture.Says<ArgumentException>(() => PermutationTest.CircularShift(x[..10], y[..10]), "x has 10 values", "20");
        Fixture.Says<InvalidOperationException>(
            () => PermutationTest.TwoSample(x, y, "ratio", (a, _) => a[0] == x[0] ? 1 : double.NaN),
            "The ratio of an arrangement is NaN");
        Fixture.Says<ArgumentException>(
            () => PermutationTest.TwoSample(x, y, "ratio", (_, _) => double.NaN), "The ratio of the data is NaN");
        Fixture.Says<ArgumentException>(
            () => PermutationTest.SignFlip(x, (Alternative)7), "alternative is 7");
    }

    [Fact]
    public void BadOptions_AreNamed()
    {
        Says(new() { Permutations = 98 }, "Permutations is 98");
        Says(new() { ExactLimit = -1 }, "ExactLimit is -1");
        Says(new() { StopAfter = 10_000 }, "StopAfter is 10000");
        Says(new() { BlockLength = 0 }, "BlockLength is 0");
        Says(new() { FitTail = true, StopAfter = 10 }, "StopAfter is 10");
        Says(new() { FitTail = true, Permutations = 99 }, "Permutations with FitTail is 99");

        static void Says(PermutationOptions options, string part) =>
            Fixture.Says<ArgumentException>(() => PermutationTest.SignFlip([1, 2, 3], options: options), part);
    }

    private static double Covariance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double mx = 0, my = 0, sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            mx += x[i] / x.Length;
            my += y[i] / x.Length;
        }

        for (int i = 0; i < x.Length; i++)
            sum += (x[i] - mx) * (y[i] - my);
        return sum;
    }
}
