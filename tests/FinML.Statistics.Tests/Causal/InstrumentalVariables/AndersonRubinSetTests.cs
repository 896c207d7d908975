namespace FinML.Statistics.Tests;

public sealed class AndersonRubinSetTests
{
    public static TheoryData<string> Estimators => ["classical", "HC1", "HC3", "kernel", "cluster"];

    private static CovarianceEstimator Estimator(string name, int count) => name switch
    {
        "classical" => CovarianceEstimator.Classical,
        "HC1" => CovarianceEstimator.HC1,
        "HC3" => CovarianceEstimator.HC3,
        "kernel" => CovarianceEstimator.NeweyWest(3),
        _ => CovarianceEstimator.Cluster(Enumerable.Range(0, count).Select(i => i / 5).ToArray()),
    };

    /// <summary>The F test of the instruments in the regression of y - b x on them: the definition.</summary>
    private static WaldTest Direct(InstrumentalModel model, double b, CovarianceEstimator estimator)
    {
        double[] left = [.. model.Outcome.Select((y, i) => y - b * model.Endogenous[i, 0])];
        return LinearRegression.Fit(left, model.Exogenous!.Append(model.Instruments), estimator)
            .Wald([.. model.Instruments.Names]);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void TheTestIsTheRegressionOnTheInstruments(string name)
    {
        InstrumentalModel model = Instrumented.Draw(100, 0.3, 4);
        CovarianceEstimator estimator = Estimator(name, 100);
        foreach (double b in new[] { -2.0, 0, 0.7 })
        {
            WaldTest direct = Direct(model, b, estimator);
            SpecificationTest test = AndersonRubinSet.Test(model, [b], estimator);
            Fixture.Near(direct.Statistic, test.Statistic, 1e-9);
            Fixture.Near(direct.PValue, test.PValue, 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void EveryEndIsACriticalValueAndTheGridAgrees(string name)
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            double strength = seed % 3 == 0 ? 0.5 : seed % 3 == 1 ? 0.1 : 0.01;
            InstrumentalModel model = Instrumented.Draw(
                80, strength, seed * 10, invalid: seed % 4 == 0 ? 0.3 : 0, instruments: 1 + (int)(seed % 3));
            CovarianceEstimator estimator = Estimator(name, 80);
            AndersonRubinSet result = AndersonRubinSet.Of(model, estimator);
            foreach (double end in result.Set.Pieces.SelectMany(piece => new[] { piece.Lower, piece.Upper }))
            {
                if (double.IsFinite(end))
                    Fixture.Near(0.05, Direct(model, end, estimator).PValue, 1e-5);
            }

            for (double b = -40; b <= 40; b += 1.731)
                Assert.Equal(Direct(model, b, estimator).PValue >= 0.05, result.Set.Contains(b));
        }
    }

    [Fact]
    public void ShapesAreTyped()
    {
        Assert.Equal(SetShape.Interval, AndersonRubinSet.Of(Instrumented.Draw(300, 0.5, 1)).Set.Shape);
        Assert.Equal(SetShape.Empty, AndersonRubinSet.Of(Instrumented.Draw(300, 0.5, 1, invalid: 1)).Set.Shape);
        Assert.Equal(SetShape.WholeLine, AndersonRubinSet.Of(Instrumented.Draw(50, 0, 3, rho: 0)).Set.Shape);
        ConfidenceSet weak = Enumerable.Range(1, 40)
            .Select(seed => AndersonRubinSet.Of(Instrumented.Draw(100, 0.05, (ulong)seed, rho: 0.95)).Set)
            .First(set => set.Shape == SetShape.Unbounded);
        Assert.Equal(2, weak.Pieces.Count);
        Assert.Contains("too weak to bound", weak.Describe(), StringComparison.Ordinal);
        Assert.False(weak.Contains((weak.Pieces[0].Upper + weak.Pieces[1].Lower) / 2));
    }

    [Fact]
    public void OneInstrumentIsTheQuadraticEquation()
    {
        InstrumentalModel model = Instrumented.Draw(90, 0.6, 7, instruments: 1);
        double zz = model.Z.Column(0) * model.Z.Column(0), zx = model.Z.Column(0) * model.X.Column(0);
        double zy = model.Z.Column(0) * model.Y, c = AndersonRubinSet.Of(model).CriticalValue / 88;
        double a = zx * zx / zz * (1 + c) - c * (model.X.Column(0) * model.X.Column(0));
        double b = zx * zy / zz * (1 + c) - c * (model.X.Column(0) * model.Y);
        double e = zy * zy / zz * (1 + c) - c * (model.Y * model.Y);
        double root = Math.Sqrt(b * b - a * e);
        (double lower, double upper) = Assert.Single(AndersonRubinSet.Of(model).Set.Pieces);
        Fixture.Near((b - root) / a, lower, 1e-9);
        Fixture.Near((b + root) / a, upper, 1e-9);
        Fixture.Near(3.9493210069, AndersonRubinSet.Of(model).CriticalValue, 1e-9); // R: qf(.95, 1, 88)
    }
}
