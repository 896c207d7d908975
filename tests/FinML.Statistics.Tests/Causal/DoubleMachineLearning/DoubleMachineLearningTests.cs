namespace FinML.Statistics.Tests;

public sealed class DoubleMachineLearningTests
{
    private static readonly CrossFitting GivenFolds =
        new() { FoldOfRow = [.. Enumerable.Range(0, 600).Select(row => row % 5)] };

    private static DesignMatrix Controls => Instrumented.Columns("x3", "x4", "x5");

    private static double[] Binary => Array.ConvertAll(Instrumented.Column("x1"), v => v > 0 ? 1.0 : 0);

    /// <summary>DoubleML's make_plr_CCDDHNR2018 with theta 0.5.</summary>
    private static (double[] Y, double[] D, DesignMatrix X) Plr(int count, int controls, ulong seed)
    {
        double[][] x = new double[controls][];
        for (int j = 0; j < controls; j++)
        {
            x[j] = Fixture.Normals(count, seed * 1000 + (ulong)j);
            for (int i = 0; i < count && j > 0; i++)
                x[j][i] = 0.7 * x[j - 1][i] + Math.Sqrt(1 - 0.49) * x[j][i]; // correlation 0.7^|i - j|
        }

        double[] v = Fixture.Normals(count, seed * 1000 + 900), e = Fixture.Normals(count, seed * 1000 + 901);
        double L(double value) => 1 / (1 + Math.Exp(-value));
        double[] d = [.. v.Select((noise, i) => x[0][i] + 0.25 * L(x[2][i]) + noise)];
        double[] y = [.. e.Select((noise, i) => 0.5 * d[i] + L(x[0][i]) + 0.25 * x[2][i] + noise)];
        return (y, d, DesignMatrix.Of([.. x.Select((column, j) => ($"x{j + 1}", column))]));
    }

    [Fact] // R, make_causal.R: least squares, folds by row modulo 5
    public void WithGivenFoldsAndLeastSquaresItIsRs()
    {
        double[] y = Instrumented.Column("y_robust"), d = Instrumented.Column("x1");
        var learner = new LeastSquaresLearner();
        DoubleMachineLearningEstimate partialling =
            PartiallyLinearModel.Estimate(y, d, Controls, learner, learner, GivenFolds);
        Fixture.Near(0.97984093162166053, partialling.Estimate, 1e-10);
        Fixture.Near(0.085687212629366336, partialling.StandardError, 1e-10);
        DoubleMachineLearningEstimate instrument = PartiallyLinearModel.Estimate(
            y, d, Controls, learner, learner, GivenFolds, PartiallyLinearScore.InstrumentType);
        Fixture.Near(0.97984093162166042, instrument.Estimate, 1e-10);
        Fixture.Near(0.086400197544367202, instrument.StandardError, 1e-10);
        DoubleMachineLearningEstimate interactive =
            InteractiveModel.AverageEffect(y, Binary, Controls, learner, learner, GivenFolds);
        Fixture.Near(2.4182655902332115, interactive.Estimate, 1e-9);
        Fixture.Near(0.84260096234503212, interactive.StandardError, 1e-9);
        Assert.Equal(0.035, interactive.Assumptions.Single(a => a.Name == "overlap").Diagnostics[0].Value, 1e-12);
        Assert.Contains("overlap", ((ICausalResult)interactive).Contradicted);
    }

    [Theory]
    [InlineData(PartiallyLinearScore.PartiallingOut)]
    [InlineData(PartiallyLinearScore.InstrumentType)]
    public void KnownEffectsAreRecoveredWhereLeastSquaresWithoutControlsIsBiased(PartiallyLinearScore score)
    {
        double sum = 0, naive = 0;
        int covered = 0;
        for (ulong draw = 1; draw <= 12; draw++)
        {
            (double[] y, double[] d, DesignMatrix x) = Plr(300, 20, draw);
            DoubleMachineLearningEstimate fit =
                PartiallyLinearModel.Estimate(y, d, x, crossFitting: new CrossFitting { Seed = draw }, score: score);
            sum += fit.Estimate / 12;
            covered += fit.Interval().Lower <= 0.5 && fit.Interval().Upper >= 0.5 ? 1 : 0;
            naive += LinearRegression.Fit(y, DesignMatrix.Of(("d", d)).WithIntercept()).Coefficient("d") / 12;
        }

        Assert.Equal(0.5, sum, 0.05); // the standard error of one estimate is .058, of the mean .017
        Assert.InRange(covered, 9, 12);
        Assert.True(naive > 0.6, $"{naive}");
    }

    [Fact]
    public void AForestServesToo()
    {
        (double[] y, double[] d, DesignMatrix x) = Plr(600, 5, 3);
        DoubleMachineLearningEstimate fit = PartiallyLinearModel.Estimate(
            y, d, x, new RandomForestLearner { Trees = 50 }, crossFitting: new CrossFitting { Folds = 3, Seed = 2 });
        Assert.Equal(0.5, fit.Estimate, 0.15);
        Assert.Contains("random forest", fit.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void AverageEffectsThatDifferBetweenRowsAreRecovered()
    {
        const int Rows = 3000;
        double[] x = Fixture.Normals(Rows, 1), u = Fixture.Normals(Rows, 2), e = Fixture.Normals(Rows, 3);
        double[] d = [.. x.Select((v, i) => StandardNormal.Cdf(u[i]) < 1 / (1 + Math.Exp(-v)) ? 1.0 : 0)];
        double[] y = [.. x.Select((v, i) => d[i] * (1 + v) + 2 * v + e[i])]; // the average of 1 + x is 1
        DoubleMachineLearningEstimate fit = InteractiveModel.AverageEffect(
            y, d, DesignMatrix.Of(("x", x)), new LeastSquaresLearner(), crossFitting: new CrossFitting { Repeats = 3 });
        double naive = y.Where((_, i) => d[i] == 1).Average() - y.Where((_, i) => d[i] == 0).Average();
        Assert.Equal(1 + x.Average(), fit.Estimate, 0.13);
        Assert.True(naive > 2, $"{naive}");
        Assert.Empty(((ICausalResult)fit).Contradicted);
        Assert.Equal(CausalClaim.Effect, fit.Claim);
    }

    [Fact]
    public void RepeatedSplitsGiveTheirMedianAndTheSameBits()
    {
        (double[] y, double[] d, DesignMatrix x) = Plr(200, 5, 8);
        var splits = new CrossFitting { Repeats = 4, Seed = 12 };
        DoubleMachineLearningEstimate fit = PartiallyLinearModel.Estimate(y, d, x, crossFitting: splits);
        double[] sorted = [.. fit.Estimates.Order()];
        Assert.Equal((sorted[1] + sorted[2]) / 2, fit.Estimate);
        Assert.Equal(4, sorted.Distinct().Count());
        Assert.Equal(fit.Estimates, PartiallyLinearModel.Estimate(y, d, x, crossFitting: splits).Estimates);
        (double estimate, double error) = DoubleMachineLearningEstimate.Median([(1, 3), (5, 0), (2, 2)]);
        Assert.Equal((2, Math.Sqrt(9)), (estimate, error)); // errors^2 10, 9, 4 around 2: median 9
    }

    [Fact]
    public void ATreatmentThatTheControlsAlmostDetermineContradictsOverlap()
    {
        (double[] y, double[] d, DesignMatrix x) = Plr(300, 3, 4);
        DesignMatrix close = x.Append("copy", [.. d.Select((v, i) => v + 0.05 * y[i % 7])]);
        ICausalResult fit = PartiallyLinearModel.Estimate(y, d, close, new LeastSquaresLearner());
        Assert.Contains("overlap", fit.Contradicted);
        Fixture.Says<ArgumentException>(
            () => PartiallyLinearModel.Estimate(y, d, x.Append("copy", d), new LeastSquaresLearner()),
            "nothing of it is left");
    }

    [Fact]
    public void BadInputIsNamed()
    {
        (double[] y, double[] d, DesignMatrix x) = Plr(100, 3, 4);
        Fixture.Says<ArgumentException>(() => PartiallyLinearModel.Estimate(y[..99], d, x), "99", "100");
        Fixture.Says<ArgumentException>(() => PartiallyLinearModel.Estimate(y, new double[100], x), "treatment",
            "constant");
        Fixture.Says<ArgumentException>(() => InteractiveModel.AverageEffect(y, d, x), "treatment", "0 or 1");
        Fixture.Says<ArgumentException>(
            () => PartiallyLinearModel.Estimate(y, d, x, crossFitting: new CrossFitting { Folds = 1 }), "Folds", "1");
        Fixture.Says<ArgumentException>(() => PartiallyLinearModel.Estimate(
            y, d, x, crossFitting: new CrossFitting { Folds = 3, FoldOfRow = new int[100] }), "no row in fold 1");
        Fixture.Says<ArgumentException>(() => PartiallyLinearModel.Estimate(
            y, d, x, crossFitting: new CrossFitting { FoldOfRow = new int[7] }), "7 values for 100");
        double[] treated = new double[100];
        treated[4] = 1;
        Fixture.Says<ArgumentException>(
            () => InteractiveModel.AverageEffect(y, treated, x), "remain", "rows to learn from");
        y[2] = double.NaN;
        Fixture.Says<ArgumentException>(() => PartiallyLinearModel.Estimate(y, d, x), "NaN", "index 2");
    }
}
