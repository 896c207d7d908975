namespace FinML.Statistics.Tests;

public class VolatilityModelTests
{
    private static readonly VolatilitySpecification Gjr = new() { Kind = VolatilityKind.Gjr };
    private static readonly VolatilitySpecification Egarch = new() { Kind = VolatilityKind.Egarch };

    public static TheoryData<VolatilitySpecification> Specifications
    {
        get
        {
            var data = new TheoryData<VolatilitySpecification>();
            foreach (VolatilityKind kind in Enum.GetValues<VolatilityKind>())
            {
                foreach (InnovationLaw law in Enum.GetValues<InnovationLaw>())
                {
                    data.Add(new VolatilitySpecification { Kind = kind, Innovations = law });
                    data.Add(new VolatilitySpecification { Kind = kind, Innovations = law, Lags = 2 });
                    data.Add(new VolatilitySpecification { Kind = kind, Innovations = law, HasConstant = false });
                }
            }

            return data;
        }
    }

    // Fiorentini, Calzolari and Panattoni (1996) on the data of Bollerslev and Ghysels; further digits by Newton's
    // method in R.
    [Fact]
    public void Garch_GivesTheBenchmark()
    {
        VolatilityFit fit = VolatilityModel.Fit(Fixture.DemGbp);
        AllNear([-0.006190408396, 0.010761397844, 0.15313406178, 0.80597367038], fit.Parameters, 1e-6);
        Assert.Equal(-1106.6078810413, fit.LogLikelihood, 1e-8);
        AllNear([.00846212, .00285271, .0265228, .0335527], fit.StandardErrors(LikelihoodErrors.Hessian), 1e-5);
        AllNear([.00843359, .00132298, .0139738, .0165604], fit.StandardErrors(LikelihoodErrors.OuterProduct), 1e-5);
        AllNear([.00918935, .00649319, .0535318, .0724616], fit.StandardErrors(LikelihoodErrors.Robust), 1e-5);
        Assert.True(fit.Converged);
        Assert.Equal("", fit.Remark);
        Assert.Equal(fit.Forecast(1)[0], fit.Model.NextVariance(Fixture.DemGbp));
        Assert.Null(VolatilityModel.TryFit(Fixture.DemGbp.AsSpan(0, 49)));
        Assert.Null(VolatilityModel.TryFit(new double[100]));
        Assert.Null(VolatilityModel.TryFit([.. Fixture.DemGbp, double.NaN]));
    }

    // Golden/make_volatility.R: another optimiser and a numeric Hessian on the same likelihood. EGARCH's has kinks, at
    // which two numeric Hessians differ; the outer product of its scores does not.
    [Theory]
    [InlineData(false, VolatilityKind.Gjr, InnovationLaw.Normal, -1106.1023385665,
        new[] { -0.007904536201, 0.011233217571, 0.14049657334, 0.02835074803, 0.80144129854 },
        new[] { 0.008816644921, 0.001365215952, 0.01687626705, 0.02154743252, 0.01688375038 },
        new[] { 0.008891185931, 0.007069292803, 0.04955097897, 0.04349428178, 0.07706477664 })]
    [InlineData(false, VolatilityKind.Egarch, InnovationLaw.Normal, -1102.2704378370,
        new[] { -0.011598916393, -0.12689021866, 0.33271995001, -0.03846526855, 0.912405258280 },
        new[] { 0.008003988867, 0.01587415987, 0.02213876965, 0.01376291652, 0.008509575884 }, null)]
    [InlineData(false, VolatilityKind.Egarch, InnovationLaw.StudentT, -986.0798799921,
        new[] { -0.000248300535, -0.03833311253, 0.25575131442, -0.03796117064, 0.977644879893, 4.1279197985 },
        new[] { 0.007090880208, 0.01426939168, 0.02923080373, 0.01770880333, 0.007273530786, 0.4063501462 }, null)]
    [InlineData(true, VolatilityKind.Garch, InnovationLaw.StudentT, -2495.2684212120,
        new[] { 0.07640501343, 0.021630446751, 0.07902219109, 0.90358530229, 6.0383745612 },
        new[] { 0.01923629428, 0.007370010327, 0.01516982007, 0.01729558378, 0.6475441080 },
        new[] { 0.01857132001, 0.010464964996, 0.01803325647, 0.02417943012, 1.0371582797 })]
    [InlineData(true, VolatilityKind.Gjr, InnovationLaw.StudentT, -2492.5417323520,
        new[] { 0.06936676251, 0.028080971646, 0.05593324824, 0.05881606388, 0.89042928887, 6.1533107277 },
        new[] { 0.01932336350, 0.008288601479, 0.01952215948, 0.02512053615, 0.01879648540, 0.6527886836 },
        new[] { 0.01912027865, 0.013875427762, 0.01352840580, 0.03590900096, 0.02808859562, 1.0964493133 })]
    public void OtherModels_MatchR(bool dax, VolatilityKind kind, InnovationLaw law, double likelihood,
        double[] parameters, double[] outer, double[]? robust)
    {
        double[] returns = dax ? Array.ConvertAll(Fixture.Dax, r => 100 * r) : Fixture.DemGbp;
        VolatilityFit fit = VolatilityModel.Fit(
            returns, new VolatilitySpecification { Kind = kind, Innovations = law });
        Assert.Equal(likelihood, fit.LogLikelihood, 1e-7);
        Assert.Equal("", fit.Remark);
        AllNear(parameters, fit.Parameters, kind == VolatilityKind.Egarch ? 1e-3 : 2e-5);
        AllNear(outer, fit.StandardErrors(LikelihoodErrors.OuterProduct), 1e-3);
        if (robust is not null)
            AllNear(robust, fit.StandardErrors(), 2e-5);
    }

    // Golden/make_volatility.R.
    [Fact]
    public void AutoregressiveMean_MatchesR()
    {
        VolatilityFit fit = VolatilityModel.Fit(
            Array.ConvertAll(Fixture.Dax, r => 100 * r), new VolatilitySpecification { Lags = 1 });
        Assert.Equal(-2593.1847986748, fit.LogLikelihood, 1e-7);
        AllNear([0.06479012392, 0.01603631103, 0.04790531921, 0.06923777413, 0.88650783761], fit.Parameters, 2e-5);
        AllNear([0.02161095350, 0.02559168732, 0.01269390695, 0.01496051210, 0.02369100450],
            fit.StandardErrors(LikelihoodErrors.Hessian), 2e-5);
        AllNear([0.02311766600, 0.02813935496, 0.00798957576, 0.01148288209, 0.01700156730],
            fit.StandardErrors(LikelihoodErrors.OuterProduct), 1e-4);
        Assert.Equal(["constant", "ar1", "omega", "alpha", "beta"], fit.Model.Specification.ParameterNames);
        Assert.Equal(1858, fit.Count);
        Fixture.Near(-2593.1847986748, fit.Model.LogLikelihood(Array.ConvertAll(Fixture.Dax, r => 100 * r)), 1e-10);
    }

    // The likelihood's maximum has alpha + beta = 1.009 (R); the search stays where the variance is finite, and says
    // so.
    [Fact]
    public void IntegratedVolatility_IsSaid()
    {
        VolatilityFit fit = VolatilityModel.Fit(
            Fixture.DemGbp, new VolatilitySpecification { Innovations = InnovationLaw.StudentT });
        Assert.InRange(fit.LogLikelihood, -990, -989.4083489501);
        Assert.Contains("persistence is at 1", fit.Remark, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Specifications))]
    public void Gradient_IsThatOfTheLikelihood(VolatilitySpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        double[] x = Fixture.DemGbp[..300];
        double[] theta =
        [
            .. specification.HasConstant ? [0.03] : Array.Empty<double>(),
            .. specification.Lags == 2 ? [0.2, -0.1] : Array.Empty<double>(),
            .. specification.Kind switch
            {
                VolatilityKind.Garch => new[] { 0.02, 0.1, 0.8 },
                VolatilityKind.Gjr => [0.02, 0.05, 0.1, 0.8],
                _ => [-0.1, 0.2, -0.06, 0.9],
            },
            .. specification.Innovations == InnovationLaw.StudentT ? [6.0] : Array.Empty<double>(),
        ];
        double[] gradient = new double[theta.Length], scratch = new double[theta.Length];
        var path = new VolatilityPath(x.Length - specification.Lags, theta.Length);
        VolatilityLikelihood.Evaluate(specification, x, theta, gradient, path);
        for (int j = 0; j < theta.Length; j++)
        {
            double step = 1e-5 * Math.Max(Math.Abs(theta[j]), 0.1);
            double[] up = [.. theta], down = [.. theta];
            up[j] += step;
            down[j] -= step;
            double numeric = (VolatilityLikelihood.Evaluate(specification, x, up, scratch)
                - VolatilityLikelihood.Evaluate(specification, x, down, scratch)) / (2 * step);
            Assert.Equal(numeric, gradient[j], 1e-5 * Math.Max(1, Math.Abs(numeric)));
            Assert.Equal(gradient[j], Enumerable.Range(0, x.Length - specification.Lags).Sum(t => path.Scores[t, j]),
                1e-8 * Math.Max(1, Math.Abs(numeric)));
        }
    }

    [Theory]
    [MemberData(nameof(Specifications))]
    public void Fit_DoesNotDependOnTheUnit(VolatilitySpecification specification)
    {
        double[] x = Fixture.DemGbp[..600];
        VolatilityFit percent = VolatilityModel.Fit(x, specification);
        VolatilityFit fraction = VolatilityModel.Fit(Array.ConvertAll(x, r => r / 100), specification);
        Fixture.Near(percent.LogLikelihood + percent.Count * Math.Log(100), fraction.LogLikelihood, 1e-8);
        Fixture.Near(percent.Variances[^1] / 1e4, fraction.Variances[^1], 1e-4);
        Assert.True(percent.Converged, percent.Remark);
        if (percent.Remark.Length == 0)
        {
            double[] a = percent.StandardErrors(), b = fraction.StandardErrors();
            for (int j = specification.HasConstant ? 1 : 0; j < a.Length; j++)
            {
                if (specification.ParameterNames[j] is "omega" && specification.Kind != VolatilityKind.Egarch)
                    Fixture.Near(a[j] / 1e4, b[j], 1e-3);
                else if (specification.ParameterNames[j] is not "omega")
                    Fixture.Near(a[j], b[j], 1e-3);
            }
        }
    }

    [Fact]
    public void Simulated_ParametersAreRecovered()
    {
        var truth = new VolatilityModel
        {
            Specification = new VolatilitySpecification { Kind = VolatilityKind.Gjr, Lags = 1 },
            Constant = 0.05,
            Autoregression = [0.2],
            Omega = 0.05,
            Alpha = 0.03,
            Gamma = 0.1,
            Beta = 0.85,
        };
        VolatilityFit fit = VolatilityModel.Fit(Simulate(truth, 10_000, 5), truth.Specification);
        double[] errors = fit.StandardErrors(), expected = [0.05, 0.2, 0.05, 0.03, 0.1, 0.85];
        for (int j = 0; j < expected.Length; j++)
            Assert.InRange(Math.Abs(fit.Parameters[j] - expected[j]) / errors[j], 0, 4);
        Assert.Equal(9_999, fit.Count);
        double[] z = fit.StandardisedErrors();
        Assert.Equal(1, Moments.Of(z).StandardDeviation(), 0.02);
    }

    // One step of each recursion by hand, and the mean of many simulated paths.
    [Fact]
    public void Forecasts_AreTheMeansOfTheFuture()
    {
        foreach (VolatilityModel model in new[]
        {
            new VolatilityModel { Specification = new(), Omega = 0.1, Alpha = 0.1, Beta = 0.8 },
            new VolatilityModel { Specification = Gjr, Omega = 0.1, Alpha = 0.05, Gamma = 0.1, Beta = 0.8 },
            new VolatilityModel { Specification = Egarch, Omega = 0.02, Alpha = 0.2, Gamma = -0.1, Beta = 0.9 },
        })
        {
            double[] forecast = model.Forecast(2, 6);
            Assert.Equal(2, forecast[0]);
            double sum = 0, squares = 0;
            const int Paths = 40_000;
            double[] z = Fixture.Normals(5 * Paths, 9);
            for (int path = 0; path < Paths; path++)
            {
                double h = 2;
                for (int k = 0; k < 5; k++)
                    h = model.NextVariance(h, z[5 * path + k] * Math.Sqrt(h));
                sum += h;
                squares += h * h;
            }

            double mean = sum / Paths, error = Math.Sqrt((squares / Paths - mean * mean) / Paths);
            Assert.InRange((forecast[5] - mean) / error, -3.5, 3.5);
            Fixture.Near(model.LongRunVariance, model.Forecast(2, 2000)[^1], 1e-6);
        }

        var gjr = new VolatilityModel { Specification = Gjr, Omega = 0.1, Alpha = 0.05, Gamma = 0.1, Beta = 0.8 };
        Assert.Equal(0.1 + 0.15 * 4 + 0.8 * 3, gjr.NextVariance(3, -2), 1e-14);
        Assert.Equal(0.1 + 0.05 * 4 + 0.8 * 3, gjr.NextVariance(3, 2), 1e-14);
        Assert.Equal(1.0, gjr.LongRunVariance, 1e-14);
        Assert.Equal(0.1 + 0.05 + 0.8, gjr.NewsImpact(1), 1e-14);
        Assert.Equal(Math.Log(0.5) / Math.Log(0.9), gjr.HalfLife, 1e-12);
    }

    [Fact]
    public void Fit_SaysWhereItIsAtABound()
    {
        double[] noise = Fixture.Normals(400, 3);
        VolatilityFit fit =
            VolatilityModel.Fit(noise, new VolatilitySpecification { Innovations = InnovationLaw.StudentT });
        Assert.NotEqual("", fit.Remark);
        Assert.True(fit.Remark.Contains("At a bound", StringComparison.Ordinal) || !fit.Converged, fit.Remark);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => VolatilityModel.Fit(new double[49]), "49 values", "at least 50");
        Fixture.Says<ArgumentException>(() => VolatilityModel.Fit(new double[60]), "constant at 0");
        double[] holed = Fixture.Normals(100, 1);
        holed[7] = double.NaN;
        Fixture.Says<ArgumentException>(() => VolatilityModel.Fit(holed), "NaN at index 7");
        Fixture.Says<ArgumentException>(
            () => VolatilityModel.Fit(holed, new VolatilitySpecification { Lags = -1 }), "Lags is -1", "from 0 to 20");
        Fixture.Says<ArgumentException>(
            () => new VolatilityModel { Specification = new(), Omega = 0.1, Alpha = 0.3, Beta = 0.7 }.Validate(),
            "persistence below 1");
        Fixture.Says<ArgumentException>(
            () => new VolatilityModel { Specification = new(), Omega = 1, Alpha = 0.1, Beta = 0.7, Gamma = 1 }
                .LogLikelihood([1, 2]), "Gamma is 1", "0 for GARCH");
        var integrated = new VolatilityModel { Specification = new(), Omega = 1, Alpha = 0.25, Beta = 0.75 };
        Fixture.Says<InvalidOperationException>(() => _ = integrated.LongRunVariance, "infinite", "persistence is 1");
        Assert.Equal(double.PositiveInfinity, integrated.HalfLife);
        var heavy = new VolatilityModel
        {
            Specification = Egarch with { Innovations = InnovationLaw.StudentT },
            Omega = 0,
            Alpha = 0.1,
            Beta = 0.9,
            DegreesOfFreedom = 5,
        };
        Fixture.Says<InvalidOperationException>(() => heavy.Forecast(1, 2), "infinite");
        Assert.Equal([1.0], heavy.Forecast(1, 1));
        Fixture.Says<ArgumentException>(() => heavy.Forecast(0, 1), "nextVariance is 0");
    }

    private static double[] Simulate(VolatilityModel model, int count, ulong seed)
    {
        double[] z = Fixture.Normals(count, seed), x = new double[count];
        double h = model.LongRunVariance;
        for (int t = 0; t < count; t++)
        {
            double e = z[t] * Math.Sqrt(h);
            x[t] = model.Constant + e + (t > 0 ? model.Autoregression[0] * x[t - 1] : 0);
            h = model.NextVariance(h, e);
        }

        return x;
    }

    private static void AllNear(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
            Fixture.Near(expected[i], actual[i], tolerance);
    }
}
