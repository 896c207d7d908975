namespace FinML.Statistics.Tests;

public class ModelComparisonTests
{
    private static readonly double[] First = [.91, .88, .93, .90, .87, .92, .94, .89, .90, .93];
    private static readonly double[] Second = [.89, .87, .90, .90, .86, .91, .90, .88, .89, .90];

    private static double[] Nbc => Fixture.Column("baycomp_accuracies.csv", "nbc");

    private static double[] J48 => Fixture.Column("baycomp_accuracies.csv", "j48");

    // baycomp's CorrelatedTTest.
    [Fact]
    public void CorrelatedT_AgreesWithBaycomp()
    {
        CorrelatedTTest test = CorrelatedTTest.OfScores(First, Second, rope: .01);
        Assert.Equal(.8727558283, test.Probabilities.FirstBetter, 1e-9);
        Assert.Equal(.1266799927, test.Probabilities.Equivalent, 1e-9);
        Assert.Equal(.0005641790, test.Probabilities.SecondBetter, 1e-9);
        Assert.Equal(EquivalenceDecision.Undecided, test.Probabilities.Decide());
        Assert.Equal(EquivalenceDecision.FirstBetter, test.Probabilities.Decide(.85));
        Assert.Equal(.017, test.Advantage, 1e-14);
        CredibleInterval interval = test.AdvantageInterval();
        Fixture.Near(.017 - 2.2621571627409915 * test.StandardError, interval.Lower, 1e-9);
        Assert.Equal(test.Advantage, interval.Median);
        // Of losses the other is better.
        PracticalEquivalence losses = CorrelatedTTest.OfLosses(First, Second, rope: .01).Probabilities;
        Assert.Equal(test.Probabilities.FirstBetter, losses.SecondBetter, 1e-14);
    }

    // Nadeau and Bengio: variance s^2 (1 / n + 1 / (folds - 1)).
    [Fact]
    public void CorrelatedT_KnowsRuns()
    {
        double[] first = [5, 7, 3, 5], second = [4, 2, 6, 4]; // baycomp's tests: mean 1, variance 32 / 3 (1 / 4 + 1)
        CorrelatedTTest test = CorrelatedTTest.OfScores(first, second, runs: 2);
        Assert.Equal(Math.Sqrt(32.0 / 3 * 1.25), test.StandardError, 1e-13);
        Assert.Equal(.5, test.Correlation);
        Assert.Equal(0, test.Probabilities.Equivalent);
        Assert.Equal(1, test.Probabilities.FirstBetter + test.Probabilities.SecondBetter, 1e-14);
    }

    // baycomp's README and docs: 50,000 draws each, of a standard error of .0019 at .26 and .76.
    [Fact]
    public void SignedRank_AgreesWithBaycomp()
    {
        BayesianSignedRankTest test = BayesianSignedRankTest.OfScores(Nbc, J48, rope: 1);
        Assert.Equal(54, test.Count);
        Assert.Equal(.2307, test.Probabilities.FirstBetter, 4 * .0019); // .23124 and .23014
        Assert.Equal(.0067, test.Probabilities.Equivalent, 4 * .0004); // .00666 and .00674
        Assert.Equal(.7626, test.Probabilities.SecondBetter, 4 * .0019); // .7621 and .76312
        Assert.InRange(test.MonteCarloError, .0018, .002);
        PracticalEquivalence all = test.Probabilities;
        Assert.Equal(1, all.FirstBetter + all.Equivalent + all.SecondBetter, 1e-14);
        PracticalEquivalence losses = BayesianSignedRankTest.OfLosses(Nbc, J48, 1, draws: 5_000).Probabilities;
        Assert.Equal(test.Probabilities.FirstBetter, losses.SecondBetter, 4 * .0063);
        Assert.Equal(losses, BayesianSignedRankTest.OfLosses(Nbc, J48, 1, draws: 5_000).Probabilities);
    }

    [Fact]
    public void Sign_AgreesWithBaycomp()
    {
        BayesianSignTest test = BayesianSignTest.OfScores(Nbc, J48, rope: 1);
        Assert.Equal(54, test.FirstWins + test.Ties + test.SecondWins);
        Assert.Equal(.2643, test.Probabilities.FirstBetter, 4 * .002); // .26508 and .26344
        Assert.Equal(.1350, test.Probabilities.Equivalent, 4 * .0016); // .13274 and .13722
        Assert.Equal(.6008, test.Probabilities.SecondBetter, 4 * .0022); // .60218 and .59934
    }

    /// <summary>With two outcomes the largest of two Dirichlet shares is a tail of the beta distribution; the three
    /// probabilities add up to 1, also where a count is large.</summary>
    [Theory]
    [InlineData(8, 3)]
    [InlineData(400, 380)]
    [InlineData(1, 0)]
    public void Sign_OfTwoOutcomes_IsBeta(int wins, int losses)
    {
        double[] first = [.. Enumerable.Range(0, wins + losses).Select(i => i < wins ? 1.0 : 0)];
        double[] second = [.. first.Select(value => 1 - value)];
        if (first.Length < 2)
            (first, second) = ([1, 1], [0, 0]);
        var prior = new PseudoObservation(PseudoOutcome.SecondBetter, .7);
        PracticalEquivalence got = BayesianSignTest.OfScores(first, second, prior: prior).Probabilities;
        int won = first.Count(value => value == 1);
        double beta = 1 - MathNet.Numerics.Distributions.Beta.CDF(won, first.Length - won + .7, .5);
        Assert.Equal(beta, got.FirstBetter, 1e-10);
        Assert.Equal(0, got.Equivalent);
        Assert.Equal(1, got.FirstBetter + got.SecondBetter, 1e-10);
    }

    [Fact]
    public void Sign_OfThreeOutcomes_AddsUpToOne()
    {
        PracticalEquivalence got = BayesianSignTest.OfScores(Nbc, J48, rope: .3).Probabilities;
        Assert.Equal(1, got.FirstBetter + got.Equivalent + got.SecondBetter, 1e-10);
    }

    /// <summary>
    /// The plain O(n^2) form of the draw: weights of all pairs, half on the edge, on integers so that edges are met.
    /// </summary>
    [Fact]
    public void SignedRank_BySums_IsThatByPairs()
    {
        double[] first = [3, -1, 2, 2, -4, 5, 0, 1], zero = new double[8];
        var prior = new PseudoObservation(PseudoOutcome.Equivalent, .5);
        double[] values = [0, .. first], strengths = [.5, 1, 1, 1, 1, 1, 1, 1, 1];
        Array.Sort(values, strengths);
        var cumulative = new double[10];
        int[] wins = new int[3];
        for (int draw = 0; draw < 2000; draw++)
        {
            DirichletWeights.Draw(strengths, 9, (ulong)draw, cumulative);
            double[] share = new double[3];
            for (int i = 0; i < 9; i++)
            {
                for (int j = 0; j < 9; j++)
                {
                    double sum = values[i] + values[j];
                    double w = (cumulative[i + 1] - cumulative[i]) * (cumulative[j + 1] - cumulative[j]);
                    share[0] += sum > 2 ? w : sum == 2 ? .5 * w : 0;
                    share[2] += sum < -2 ? w : sum == -2 ? .5 * w : 0;
                    share[1] += Math.Abs(sum) < 2 ? w : Math.Abs(sum) == 2 ? .5 * w : 0;
                }
            }

            wins[Array.IndexOf(share, share.Max())]++;
        }

        PracticalEquivalence got =
            BayesianSignedRankTest.OfScores(first, zero, 1, prior, draws: 2000, seed: 9).Probabilities;
        Assert.Equal(wins[0] / 2000.0, got.FirstBetter, 1e-12);
        Assert.Equal(wins[1] / 2000.0, got.Equivalent, 1e-12);
        Assert.Equal(wins[2] / 2000.0, got.SecondBetter, 1e-12);
    }

    [Fact]
    public void Priors_PullToTheirSide()
    {
        double[] first = [1, 2, -1.5, .5], zero = new double[4];
        double Of(PseudoOutcome outcome, double strength) => BayesianSignedRankTest.OfScores(
            first, zero, 0, new(outcome, strength), draws: 20_000).Probabilities.FirstBetter;
        double none = Of(PseudoOutcome.Equivalent, .5);
        Assert.True(Of(PseudoOutcome.FirstBetter, 2) > none + .05);
        Assert.True(Of(PseudoOutcome.SecondBetter, 2) < none - .05);
    }

    /// <summary>Gamma variables of several shapes have the mean and variance of their shape, within four
    /// errors.</summary>
    [Theory]
    [InlineData(.5)]
    [InlineData(1)]
    [InlineData(3.7)]
    public void DirichletWeights_AreGamma(double shape)
    {
        const int Count = 40_000;
        double[] cumulative = new double[2], values = new double[Count];
        for (int draw = 0; draw < Count; draw++)
        {
            DirichletWeights.Draw([shape], 5, (ulong)draw, cumulative);
            values[draw] = cumulative[1];
        }

        Moments moments = Moments.Of(values);
        Assert.Equal(shape, moments.Mean, 4 * Math.Sqrt(shape / Count));
        double fourth = 3 + 6 / shape; // raw kurtosis
        Assert.Equal(shape, moments.Variance(), 4 * shape * Math.Sqrt((fourth - 1) / Count));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => CorrelatedTTest.OfScores([1], [2]), "1 value", "at least 2");
        Fixture.Says<ArgumentException>(() => CorrelatedTTest.OfScores([1, 2], [1, 2, 3]), "aligned");
        Fixture.Says<ArgumentException>(() => CorrelatedTTest.OfScores([1, 2], [0, 1]), "constant at 1");
        Fixture.Says<ArgumentException>(() => CorrelatedTTest.OfScores([1, 2, 3], [0, 1, 0], -1), "rope is -1");
        Fixture.Says<ArgumentException>(
            () => CorrelatedTTest.OfScores([1, 2, 3], [0, 1, 0], runs: 2), "3 scores do not make 2 runs");
        Fixture.Says<ArgumentException>(
            () => CorrelatedTTest.OfScores([1, 2, 3], [0, 1, 0], runs: 3), "two folds or more");
        Fixture.Says<ArgumentException>(() => BayesianSignTest.OfScores([1, double.NaN], [0, 1]), "NaN at index 1");
        Fixture.Says<ArgumentException>(
            () => BayesianSignTest.OfScores([1, 2], [0, 1], prior: new(PseudoOutcome.Equivalent, 0)), "strength", "0");
        Fixture.Says<ArgumentException>(() => BayesianSignedRankTest.OfScores([1, 2], [0, 1], draws: 9), "draws is 9");
        Fixture.Says<ArgumentException>(
            () => BayesianSignedRankTest.OfScores([1, 2], [0, 1], rope: double.NaN), "rope is NaN");
        Fixture.Says<ArgumentException>(
            () => new PracticalEquivalence(.3, .4, .3, 1).Decide(.2), "level is 0.2", "from 0.5");
    }
}
