namespace FinML.Statistics.Tests;

public sealed class PValueAdjustmentTests
{
    private static readonly double[] BenjaminiHochberg1995 =
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1];

    private static readonly double[] Five = [.52, .12, .0001, .03, .14]; // pingouin's test, not sorted

    [Fact]
    public void TheExampleOf1995_HasItsRejections()
    {
        Assert.Equal(3, PValueAdjustment.Bonferroni(BenjaminiHochberg1995).Rejected().Count);
        Assert.Equal(3, PValueAdjustment.Holm(BenjaminiHochberg1995).Rejected().Count);
        Assert.Equal(3, PValueAdjustment.Hochberg(BenjaminiHochberg1995).Rejected().Count);
        Assert.Equal(3, PValueAdjustment.Hommel(BenjaminiHochberg1995).Rejected().Count);
        Assert.Equal(4, PValueAdjustment.BenjaminiHochberg(BenjaminiHochberg1995).Rejected().Count);
        Assert.Equal(3, PValueAdjustment.BenjaminiYekutieli(BenjaminiHochberg1995).Rejected().Count);
    }

    [Fact]
    public void TheExampleOf1995_AgreesWithR()
    {
        Near(
            [.0015, .003, .0095, .035625, .0603, .0638571429, .0638571429, .0645, .0765, .486, .5811818182, .714875,
                .7532307692, .8132142857, 1],
            PValueAdjustment.BenjaminiHochberg(BenjaminiHochberg1995), 1e-8); // as printed
        Near(
            [.00497734349, .00995468698, .03152317544, .1182119079],
            PValueAdjustment.BenjaminiYekutieli(BenjaminiHochberg1995), 1e-9);
        Near(
            [.0015, .0056, .0247, .1140, .2211, .2780, .2780, .2780, .3213],
            PValueAdjustment.Holm(BenjaminiHochberg1995), 1e-12);
        Near(
            [.0015, .0056, .0247, .0950, .1608, .1946, .2086, .2408, .3213, 1],
            PValueAdjustment.Hommel(BenjaminiHochberg1995), 1e-12);
        Near(
            [.0015, .0056, .0247, .1140, .2211, .2682, .2682, .2752, .3213, 1],
            PValueAdjustment.Hochberg(BenjaminiHochberg1995), 1e-12);
    }

    [Fact]
    public void FiveInAnyOrder_AgreeWithPingouin()
    {
        Near([.52, .175, .0005, .075, .175], PValueAdjustment.BenjaminiHochberg(Five), 1e-12);
        Near([1, .399583333, .001141667, .17125, .399583333], PValueAdjustment.BenjaminiYekutieli(Five), 1e-6);
        Near([.52, .36, .0005, .12, .36], PValueAdjustment.Holm(Five), 1e-12);
        Near([.974519603, .472268083, .00049990001, .141265974, .529572982], PValueAdjustment.Sidak(Five), 1e-8);
    }

    [Fact]
    public void Sidak_KeepsATinyPValue() =>
        Assert.Equal(1e-19, PValueAdjustment.Sidak([1e-20, 1, 1, 1, 1, 1, 1, 1, 1, 1]).Adjusted[0], 1e-30);

    [Fact]
    public void EachIsAtMostAsSevereAsTheOneThatItImproves()
    {
        double[] normals = Fixture.Normals(400, 5);
        for (int family = 0; family < 40; family++)
        {
            double[] p = [.. normals.Skip(10 * family).Take(10).Select(z => StandardNormal.Cdf(-Math.Abs(z) - .7))];
            IReadOnlyList<double> hommel = PValueAdjustment.Hommel(p).Adjusted;
            IReadOnlyList<double> hochberg = PValueAdjustment.Hochberg(p).Adjusted;
            IReadOnlyList<double> holm = PValueAdjustment.Holm(p).Adjusted;
            IReadOnlyList<double> bonferroni = PValueAdjustment.Bonferroni(p).Adjusted;
            IReadOnlyList<double> fdr = PValueAdjustment.BenjaminiHochberg(p).Adjusted;
            for (int i = 0; i < p.Length; i++)
            {
                Assert.InRange(hommel[i], Math.Max(p[i], fdr[i] - 1e-15), hochberg[i] + 1e-15);
                Assert.InRange(hochberg[i], p[i], holm[i] + 1e-15);
                Assert.InRange(holm[i], p[i], bonferroni[i] + 1e-15);
            }
        }
    }

    /// <summary>Hommel is the closed test: p-value i is adjusted to the largest Simes p-value of a set that holds i.
    /// </summary>
    [Fact]
    public void Hommel_IsTheClosedTestOfSimes()
    {
        double[] normals = Fixture.Normals(140, 11);
        for (int family = 0; family < 20; family++)
        {
            double[] p = [.. normals.Skip(7 * family).Take(7).Select(z => StandardNormal.Cdf(-Math.Abs(z) - .5))];
            double[] closed = new double[7];
            for (int set = 1; set < 128; set++)
            {
                double[] members =
                    [.. Enumerable.Range(0, 7).Where(i => (set >> i & 1) == 1).Select(i => p[i]).Order()];
                double simes = members.Select((value, i) => value * members.Length / (i + 1)).Min();
                for (int i = 0; i < 7; i++)
                {
                    if ((set >> i & 1) == 1)
                        closed[i] = Math.Max(closed[i], simes);
                }
            }

            Near(closed, PValueAdjustment.Hommel(p), 1e-12);
        }
    }

    [Fact]
    public void Storey_AgreesWithQvalueOnHedenfalk()
    {
        double[] p = Fixture.Column("hedenfalk.csv", "p");
        StoreyQValues half = StoreyQValues.Of(p), best = StoreyQValues.WithBestLambda(p);
        Assert.Equal(.676340694006, half.NullShare, 1e-11);
        Assert.Equal(.676340694006, best.NullShare, 1e-11);
        Assert.Equal(94, PValueAdjustment.BenjaminiHochberg(p).Rejected(.05).Count);
        // R: qvalue(p, lambda = .5); sum(q < .05), sum(q < .1), min(q)
        Assert.Equal(159, half.QValues.Count(q => q < .05));
        Assert.Equal(314, half.QValues.Count(q => q < .1));
        Assert.Equal(.006763407, half.QValues.Min(), 1e-9);
        // qvalue(p), its default: R's smooth.spline finds its three degrees of freedom to about 1e-4.
        StoreyQValues smoothed = StoreyQValues.Smoothed(p);
        Assert.Equal(.669926026475, smoothed.NullShare, 1e-4);
        Assert.Equal(162, smoothed.QValues.Count(q => q < .05));
        Assert.Equal(319, smoothed.QValues.Count(q => q < .1));
        Fixture.Says<ArgumentException>(() => StoreyQValues.Smoothed([.01, .02, .03]), "ends at", "give a lambda");
        double[] three = [.2, .1, .9];
        Assert.Equal(PValueAdjustment.BenjaminiHochberg(three).Adjusted, StoreyQValues.Of(three, 0).QValues);
    }

    [Fact]
    public void BadPValues_AreNamed()
    {
        Fixture.Says<ArgumentException>(() => PValueAdjustment.Holm([]), "0 values");
        Fixture.Says<ArgumentException>(() => PValueAdjustment.Holm([.5, 1.5]), "1.5", "index 1", "from 0 to 1");
        Fixture.Says<ArgumentException>(() => PValueAdjustment.Hommel([double.NaN]), "NaN");
        Fixture.Says<ArgumentException>(() => StoreyQValues.Of([.1, .2]), "lambda = 0.5");
        Fixture.Says<ArgumentException>(() => StoreyQValues.Of([.1, .2], 1), "from 0 to below 1");
        Fixture.Says<ArgumentException>(() => PValueAdjustment.Holm([.5]).Rejected(0), "between 0 and 1");
    }

    private static void Near(double[] expected, AdjustedPValues actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
            Fixture.Near(expected[i], actual.Adjusted[i], tolerance);
    }
}
