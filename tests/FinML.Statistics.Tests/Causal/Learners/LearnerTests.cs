namespace FinML.Statistics.Tests;

public sealed class LearnerTests
{
    private static DesignMatrix Features => Instrumented.Columns("x1", "x2", "x3", "x4", "x5", "z1", "z2");

    public static TheoryData<string> Learners => ["least squares", "ridge", "rigorous", "cross-validated", "forest"];

    private static ILearner Learner(string name) => name switch
    {
        "least squares" => new LeastSquaresLearner(),
        "ridge" => new RidgeLearner(),
        "rigorous" => LassoLearner.Rigorous,
        "cross-validated" => LassoLearner.CrossValidated(5),
        _ => new RandomForestLearner { Trees = 60 },
    };

    private static DesignMatrix Noise(int rows, int columns, ulong seed) => DesignMatrix.Of(
        [.. Enumerable.Range(0, columns).Select(j => ($"n{j}", Fixture.Normals(rows, seed + (ulong)j)))]);

    [Theory] // R: glmnet(x, y_robust, lambda, thresh = 1e-22)
    [InlineData(0.1, 0.96317933387278587, 0.78713345346237706, 0.92382981582481682, 0.24728884243145152,
        0.54876464110729406, 0.75833840856989199)]
    [InlineData(0.8, 0.98844456585534501, 0.52250257646416953, 0.69903792778582097, 0.011180474333724632,
        0.3337466825410102, 0.51331192306628737)]
    public void TheLassoIsGlmnets(double penalty, double intercept, params double[] slopes)
    {
        LinearPrediction fit = LassoLearner.At(Features, Instrumented.Column("y_robust"), penalty);
        Fixture.Near(intercept, fit.Intercept, 1e-8);
        for (int j = 0; j < 5; j++)
            Assert.Equal(slopes[j], fit.Slopes[j], 1e-9);
        Assert.Equal([0.0, 0.0], fit.Slopes.Skip(5));
    }

    [Fact]
    public void TheRigorousLassoKeepsTheSignalsAndRefitsThem()
    {
        const int Rows = 400;
        DesignMatrix x = Noise(Rows, 50, 100);
        double[] e = Fixture.Normals(Rows, 99);
        double[] y = [.. e.Select((v, i) => 3 + x[i, 4] - 2 * x[i, 20] + v)];
        var fit = (LinearPrediction)LassoLearner.Rigorous.Fit(x, y, 1);
        Assert.Equal([4, 20], Enumerable.Range(0, 50).Where(j => fit.Slopes[j] != 0));
        LinearRegression direct = LinearRegression.Fit(y, x.Select("n4", "n20").WithIntercept());
        Fixture.Near(direct.Coefficient("n4"), fit.Slopes[4], 1e-9);
        Fixture.Near(direct.Coefficient("(Intercept)"), fit.Intercept, 1e-9);

        var none = (LinearPrediction)LassoLearner.Rigorous.Fit(x, e, 1);
        Assert.All(none.Slopes, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void RidgeShrinksWhatNoiseAddsAndBeatsLeastSquaresOnManyWeakFeatures()
    {
        const int Rows = 60;
        DesignMatrix x = Noise(Rows, 40, 500), fresh = Noise(Rows, 40, 900);
        double Truth(DesignMatrix m, int i) => Enumerable.Range(0, 40).Sum(j => 0.2 * m[i, j]);
        double[] y = [.. Fixture.Normals(Rows, 499).Select((e, i) => Truth(x, i) + 2 * e)];
        double Error(ILearner learner) => learner.Fit(x, y, 0).Predict(fresh)
            .Select((p, i) => Math.Pow(p - Truth(fresh, i), 2)).Average();
        Assert.True(Error(new RidgeLearner()) < 0.5 * Error(new LeastSquaresLearner()));
    }

    [Fact] // R: glm(x1 > 0 ~ x3 + x4 + x5, binomial)
    public void LogisticRegressionWithoutPenaltyIsGlms()
    {
        double[] target = [.. Instrumented.Column("x1").Select(v => v > 0 ? 1.0 : 0)];
        var fit = (LinearPrediction)new LogisticLearner { Penalty = 0 }.Fit(
            Instrumented.Columns("x3", "x4", "x5"), target, 0);
        Fixture.Near(0.11934450075743042, fit.Intercept, 1e-8);
        Fixture.Near(0.53470434741747663, fit.Slopes[0], 1e-8);
        Fixture.Near(0.38826940126629694, fit.Slopes[2], 1e-8);
        Assert.All(fit.Predict(Instrumented.Columns("x3", "x4", "x5")), p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void ASeparatedSampleStaysFinite()
    {
        double[] x = Fixture.Normals(60, 3), d = Array.ConvertAll(x, v => v > 0 ? 1.0 : 0);
        DesignMatrix features = DesignMatrix.Of(("x", x));
        Assert.All(new LogisticLearner().Fit(features, d, 0).Predict(features), p => Assert.InRange(p, 1e-6, 1 - 1e-6));
    }

    [Fact]
    public void TheForestLearnsAStepThatALineCannot()
    {
        const int Rows = 500;
        DesignMatrix x = Noise(Rows, 4, 7), fresh = Noise(Rows, 4, 70);
        double Truth(DesignMatrix m, int i) => (m[i, 0] > 0 ? 2 : 0) * (m[i, 1] > 0 ? 1 : -1);
        double[] e = Fixture.Normals(Rows, 77);
        double[] y = [.. e.Select((v, i) => Truth(x, i) + 0.3 * v)];
        double Error(ILearner learner) => learner.Fit(x, y, 5).Predict(fresh)
            .Select((p, i) => Math.Pow(p - Truth(fresh, i), 2)).Average();
        Assert.True(Error(new RandomForestLearner { FeaturesTried = 4 }) < 0.15 * Error(new LeastSquaresLearner()));
    }

    [Fact]
    public void OneDeepTreeOfAllFeaturesIsTheMeanOfItsLeaves()
    {
        double[][] columns = [[1, 2, 3, 4, 5, 6]];
        double[] y = [0, 0, 0, 10, 10, 13];
        var tree = new RegressionTree(columns, y, [0, 1, 2, 3, 4, 5], 1, 1, new FinML.Shared.PhiloxStream(1, 1));
        for (int i = 0; i < 6; i++)
            Assert.Equal(y[i], tree.Predict(columns, i), 1e-12);
        var stump = new RegressionTree(columns, y, [0, 1, 2, 3, 4, 5], 1, 3, new FinML.Shared.PhiloxStream(1, 1));
        Assert.Equal(0, stump.Predict(columns, 2), 1e-12);
        Assert.Equal(11, stump.Predict(columns, 3), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void TheSameSeedGivesTheSameBits(string name)
    {
        double[] y = Instrumented.Column("y_robust");
        double[] first = Learner(name).Fit(Features, y, 9).Predict(Features);
        Assert.Equal(first, Learner(name).Fit(Features, y, 9).Predict(Features));
        if (name == "forest")
            Assert.NotEqual(first, Learner(name).Fit(Features, y, 10).Predict(Features));
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void BadInputIsNamed(string name)
    {
        ILearner learner = Learner(name);
        double[] y = Instrumented.Column("y_robust");
        Fixture.Says<ArgumentException>(() => learner.Fit(Features, y[..599], 0), "599", "600");
        Fixture.Says<ArgumentException>(
            () => learner.Fit(Features, y, 0).Predict(Features.Select("x1")), "1 columns", "7");
        y[5] = double.NaN;
        Fixture.Says<ArgumentException>(() => learner.Fit(Features, y, 0), "NaN", "index 5");
    }

    [Fact]
    public void BadOptionsAreNamed()
    {
        double[] y = Instrumented.Column("y_robust");
        Fixture.Says<ArgumentException>(() => LassoLearner.CrossValidated(1), "folds", "1");
        Fixture.Says<ArgumentException>(() => new RandomForestLearner { Trees = 0 }.Fit(Features, y, 0), "Trees", "0");
        Fixture.Says<ArgumentException>(
            () => new RandomForestLearner { FeaturesTried = 8 }.Fit(Features, y, 0), "FeaturesTried", "8", "7");
        Fixture.Says<ArgumentException>(() => new LogisticLearner().Fit(Features, y, 0), "index 0", "0 or 1");
        Fixture.Says<ArgumentException>(() => new LogisticLearner().Fit(Features, new double[600], 0), "0 in all 600");
    }
}
