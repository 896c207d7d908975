using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Permutation tests, held to counts of all arrangements.</summary>
internal static class PermutationChecks
{
    private const string PlantGrowthSource = "R, PlantGrowth: all 184,756 arrangements";
    private const string CoinSource = "R, coin 1.4-2: oneway_test(distribution = \"exact\")";

    private static readonly double[] Control = [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14];
    private static readonly double[] Treatment1 = [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69];
    private static readonly double[] Treatment2 = [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26];
    private static readonly double[] Sleep = [-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -.8, -4.6, -1.4];

    private static readonly double[] OrangeJuice = // ToothGrowth, doses .5 and 1
    [
        15.2, 21.5, 17.6, 9.7, 14.5, 10, 8.2, 9.4, 16.5, 9.7,
        19.7, 23.3, 23.6, 26.4, 20, 25.2, 25.8, 21.2, 14.5, 27.3,
    ];

    private static readonly double[] AscorbicAcid =
    [
        4.2, 11.5, 7.3, 5.8, 6.4, 10, 11.2, 11.2, 5.2, 7,
        16.5, 16.5, 15.2, 17.3, 22.5, 17.3, 13.6, 14.5, 18.8, 15.5,
    ];

    private static readonly double[] Automatic = // mtcars, mpg
    [
        21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3,
        15.2, 10.4, 10.4, 14.7, 21.5, 15.5, 15.2, 13.3, 19.2,
    ];

    private static readonly double[] Manual =
        [21, 21, 22.8, 32.4, 30.4, 33.9, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4];

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.permutation.plant-growth", "two-sided p of the mean difference, control and treatment 2",
            PlantGrowthSource, 8930 / 184756.0, 1e-15, _ => PermutationTest.TwoSample(Control, Treatment2).PValue),
        new("statistics.permutation.plant-growth-treatments", "the same, treatments 1 and 2",
            PlantGrowthSource, 1592 / 184756.0, 1e-15, _ => PermutationTest.TwoSample(Treatment1, Treatment2).PValue),
        new("statistics.permutation.plant-growth-listed", "the same by listing every arrangement of any statistic",
            PlantGrowthSource, 1592 / 184756.0, 1e-15, _ => PermutationTest.TwoSample(
                Treatment1, Treatment2, "difference of sums", (a, b) => Math.Round(Sum(a) - Sum(b), 9),
                Alternative.TwoSided).PValue),
        new("statistics.permutation.sleep", "two-sided p of the mean difference of ten pairs by their signs",
            "R, sleep: all 1,024 signs", 4 / 1024.0, 0, _ => PermutationTest.SignFlip(Sleep).PValue),
        new("statistics.permutation.mtcars", "two-sided p of the mean difference, 19 and 13 cars", CoinSource,
            0.000276471787147901, 1e-17, _ => PermutationTest.TwoSample(Automatic, Manual).PValue),
        new("statistics.permutation.tooth-growth", "extreme ones of 137,846,528,820 arrangements, 40 observations",
            CoinSource, 637_335_812, 0, _ => PermutationTest.TwoSample(OrangeJuice, AscorbicAcid).Extreme),
        new("statistics.permutation.correlation", "extreme ones of the 40,320 orders of eight pairs",
            "NumPy, every order", 10_785, 0,
            _ => PermutationTest.Correlation(Control.AsSpan(0, 8), Treatment1.AsSpan(0, 8)).Extreme),
        new("statistics.permutation.drawn", "p of PlantGrowth by 999,999 drawn arrangements",
            "the exact p; four Monte Carlo errors of .00021", 8930 / 184756.0, 4 * 0.000214, _ => Drawn(
                PermutationTest.TwoSample(Control, Treatment2, options: Count(999_999)))),
        new("statistics.permutation.drawn-signs", "p of sleep by 999,999 drawn signs",
            "the exact p; four Monte Carlo errors of .00006", 4 / 1024.0, 4 * 0.000063, _ => Drawn(
                PermutationTest.SignFlip(Sleep, options: Count(999_999)))),
        new("statistics.permutation.stopped", "p of PlantGrowth at the 400th extreme arrangement",
            "Besag, Clifford 1991; the exact p, four Monte Carlo errors of .0024", 8930 / 184756.0, 4 * 0.0024,
            _ => PermutationTest.TwoSample(
                Control, Treatment2, options: Count(999_999) with { StopAfter = 400 }).PValue),
        new("statistics.permutation.tail", "share of 95% intervals of a fitted tail that hold the exact p, of 60",
            "nominal .95; Monte Carlo error .03, three of them", 0.95, 0.09,
            _ => TailCoverage(), Comparison.AtLeast),
    ];

    private static PermutationOptions Count(int count) => new() { ExactLimit = 0, Permutations = count, Seed = 1 };

    private static double Drawn(PermutationTest test) =>
        test.IsExact ? throw new InvalidOperationException("The test was exact and not drawn.") : test.PValue;

    /// <summary>14 normals against 14 that are shifted by 2: of p-values about 10^-5, which can be counted.</summary>
    private static double TailCoverage()
    {
        const int Samples = 60;
        int held = 0, fitted = 0;
        for (ulong sample = 0; sample < Samples; sample++)
        {
            var random = new RandomStream(1, sample);
            double[] first = Draws.Normals(random, 14);
            double[] second = Array.ConvertAll(Draws.Normals(random, 14), z => z + 2);
            double exact = PermutationTest.TwoSample(first, second).PValue;
            PermutationTest drawn = PermutationTest.TwoSample(
                first, second, options: Count(9_999) with { FitTail = true });
            if (drawn.Tail is { } tail)
            {
                fitted++;
                held += tail.Lower <= exact && exact <= tail.Upper ? 1 : 0;
            }
        }

        return fitted >= Samples / 2
            ? held / (double)fitted
            : throw new InvalidOperationException($"Only {fitted} of {Samples} tails were fitted.");
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }
}
