namespace FinML.Statistics.Tests;

public class ModelAverageTests
{
    private static readonly string[] AttitudeNames =
        ["complaints", "privileges", "learning", "raises", "critical", "advance"];

    private static readonly string[] CrimeNames =
        ["M", "So", "Ed", "Po1", "Po2", "LF", "M.F", "Pop", "NW", "U1", "U2", "GDP", "Ineq", "Prob", "Time"];

    // BMS 0.3.5 on R's attitude, all 64 models: inclusion probability, posterior mean and standard deviation.
    public static TheoryData<int, ModelAverageOptions> Bms => new()
    {
        { 1, new() { Prior = new FixedGPrior(30), ModelPrior = ModelPrior.Uniform } },
        { 2, new() { Prior = new HyperGPrior(), ModelPrior = ModelPrior.Uniform } },
        { 3, new() { Prior = FixedGPrior.Benchmark(30, 6), ModelPrior = ModelPrior.UniformSize } },
        { 4, new() { Prior = new FixedGPrior(10), ModelPrior = ModelPrior.Bernoulli(.25) } },
    };

    [Theory]
    [MemberData(nameof(Bms))]
    public void Attitude_AgreesWithBms(int number, ModelAverageOptions options)
    {
        ModelAverage average = ModelAverage.Of(
            RegressionBayesFactorTests.Rating, RegressionBayesFactorTests.Attitude(AttitudeNames), options);
        Assert.True(average.IsExact);
        Assert.Equal(64, average.ModelCount);
        for (int j = 0; j < 6; j++)
        {
            double Golden(string what) => Fixture.Golden("bayes.csv", $"bms {number} {AttitudeNames[j]} {what}");
            Fixture.Near(Golden("pip"), average.InclusionProbabilities[j], 1e-9);
            Fixture.Near(Golden("mean"), average.Slopes[j], 1e-8);
            double sd = number == 2 // BMS 0.3.5 leaves out what the uncertain g adds; by R's integrate
                ? Fixture.Golden("bayes.csv", $"hyper-g {AttitudeNames[j]} sd")
                : Golden("sd");
            Fixture.Near(sd, average.StandardDeviations[j], 1e-8);
        }
    }

    [Fact]
    public void Attitude_ModelsAreThoseOfRegressionBayesFactor()
    {
        double[] y = RegressionBayesFactorTests.Rating;
        DesignMatrix x = RegressionBayesFactorTests.Attitude(AttitudeNames);
        ModelAverage average = ModelAverage.Of(y, x, new() { ModelPrior = ModelPrior.Uniform, KeepModels = 64 });
        Assert.Equal(["complaints"], average.MedianModel);
        Assert.Equal(["complaints"], average.Models[0].Predictors);
        Assert.Equal(1, average.Models.Sum(model => model.Probability), 1e-12);
        foreach (AveragedModel model in average.Models.Where(model => model.Predictors.Count > 0))
        {
            BayesFactor factor = RegressionBayesFactor.Of(y, x.Select([.. model.Predictors]), ZellnerSiowPrior.Unit);
            Assert.Equal(factor.Log, model.LogBayesFactor, 1e-10);
        }

        AveragedModel empty = average.Models.Single(model => model.Predictors.Count == 0);
        Assert.Equal(0, empty.LogBayesFactor);
        Assert.Equal(0, empty.RSquared);
        // At the means of the predictors the prediction is the mean of y.
        double[] means = [.. AttitudeNames.Select(name => x.Column(x.IndexOf(name)).ToArray().Average())];
        Assert.Equal(y.Average(), average.Predict(means), 1e-11);
    }

    // The tests of github certifiedwaif/blma, tests/testthat/test-UScrime_produces_correct_results_*.R (for hyper-g/n
    // the one by Appell's function: that by quadrature is 2e-7 off): MASS's UScrime, logarithms of all predictors but
    // So; all 32,768 models, inclusion of M, Ed, Po1, NW, U2, Ineq, Prob.
    [Theory]
    [InlineData("BIC", .7086661153970550, .9207138264989706, .7253039423829655, .3692402458531630, .5583788608712796,
        .9992269387743786, .9027057249464372)]
    [InlineData("hyper-g", .6592570082818343, .8623073076292519, .6920362397961507, .3765879959676905,
        .5124771409697690, .9950499664783635, .8387376358181808)]
    [InlineData("hyper-g/n", .6510317307247586, .8651014024703148, .6951167568300936, .3560815607057162,
        .4974513113404140, .9966071300164177, .8454731057912949)]
    [InlineData("Zellner-Siow", .6529769401658134, .8679006779519631, .6958693064404039, .3556018636146127,
        .4988904773520176, .9969385837823601, .8482357484625307)]
    [InlineData("BIC, beta-binomial(1, 15)", .28382041872785302, .52472573681024470, .67899545738306066,
        .09511945604467670, .13984669234378327, .99021404499476029, .54819562466110150)]
    public void Crime_AgreesWithBlma(string prior, params double[] expected)
    {
        ModelAverage average = ModelAverage.Of(Crime, CrimeDesign, new()
        {
            Prior = prior switch
            {
                "hyper-g" => new HyperGPrior(),
                "Zellner-Siow" => ZellnerSiowPrior.Unit,
                "hyper-g/n" => new HyperGOverNPrior(),
                _ => BicPrior.Instance,
            },
            ModelPrior = prior.Contains("beta") ? ModelPrior.BetaBinomial(1, 15) : ModelPrior.Uniform,
        });
        Assert.Equal(32_768, average.ModelCount);
        string[] names = ["M", "Ed", "Po1", "NW", "U2", "Ineq", "Prob"];
        for (int i = 0; i < names.Length; i++)
        {
            double got = average.InclusionProbabilities[Array.IndexOf(CrimeNames, names[i])];
            Assert.True(Math.Abs(got - expected[i]) < 1e-7, $"{names[i]}: {got:R} against {expected[i]:R}");
        }
    }

    /// <summary>The sampler on the same data comes to the same probabilities, within five of its own errors.</summary>
    [Fact]
    public void Sampler_AgreesWithEnumeration()
    {
        var options = new ModelAverageOptions
        {
            Prior = BicPrior.Instance,
            ModelPrior = ModelPrior.Uniform,
            Steps = 25_000,
            Seed = 3,
        };
        ModelAverage exact = ModelAverage.Of(Crime, CrimeDesign, options);
        ModelAverage sampled = ModelAverage.Of(Crime, CrimeDesign, options with { EnumerateUpTo = 10 });
        Assert.False(sampled.IsExact);
        Assert.InRange(sampled.Convergence, .97, 1);
        for (int j = 0; j < CrimeNames.Length; j++)
        {
            double error = sampled.InclusionErrors[j];
            Assert.InRange(error, 1e-5, .02);
            Assert.InRange(sampled.InclusionProbabilities[j] - exact.InclusionProbabilities[j], -5 * error, 5 * error);
            Assert.InRange(sampled.Slopes[j], exact.Slopes[j] - .1 * exact.StandardDeviations[j],
                exact.Slopes[j] + .1 * exact.StandardDeviations[j]);
            Assert.InRange(sampled.StandardDeviations[j] / exact.StandardDeviations[j], .93, 1.07);
        }

    }

    [Fact]
    public void Sampler_OfOneSeed_GivesTheSameBits()
    {
        var options = new ModelAverageOptions
        {
            Prior = BicPrior.Instance,
            EnumerateUpTo = 10,
            Steps = 2_000,
            Seed = 3,
        };
        ModelAverage one = ModelAverage.Of(Crime, CrimeDesign, options);
        ModelAverage again = ModelAverage.Of(Crime, CrimeDesign, options);
        Assert.Equal(one.InclusionProbabilities, again.InclusionProbabilities);
        Assert.Equal(one.Slopes, again.Slopes);
        ModelAverage other = ModelAverage.Of(Crime, CrimeDesign, options with { Seed = 4 });
        Assert.NotEqual(one.InclusionProbabilities, other.InclusionProbabilities);
    }

    /// <summary>Forty candidates, more than observations: three planted ones are found, the others are not.</summary>
    [Fact]
    public void MoreCandidatesThanObservations_PlantedOnesAreFound()
    {
        const int Count = 36, Candidates = 40;
        (string, double[])[] columns =
            [.. Enumerable.Range(0, Candidates).Select(j => ($"x{j}", Fixture.Normals(Count, (ulong)(100 + j))))];
        double[] noise = Fixture.Normals(Count, 99);
        double[] y = [.. noise.Select((e, i) =>
            2 * columns[4].Item2[i] - 1.5 * columns[17].Item2[i] + columns[30].Item2[i] + .5 * e)];
        ModelAverage average = ModelAverage.Of(y, DesignMatrix.Of(columns), new() { Steps = 5_000 });
        Assert.Equal(["x4", "x17", "x30"], average.MedianModel);
        Assert.Equal(2, average.Slopes[4], .35);
        Assert.True(average.InclusionProbabilities.Count(p => p > .3) == 3);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] y = [1, 3, 2, 5, 4, 6], x = [1, 2, 3, 4, 5, 6];
        Fixture.Says<ArgumentException>(() => ModelAverage.Of([1, 2, 3, 4], DesignMatrix.Of(("x", x))), "4 values");
        Fixture.Says<ArgumentException>(() => ModelAverage.Of(y[..5], DesignMatrix.Of(("x", x))), "5 values", "6 rows");
        Fixture.Says<ArgumentException>(
            () => ModelAverage.Of(y, DesignMatrix.Of(("x", x), ("c", [1, 1, 1, 1, 1, 1]))), "'c' is constant at 1");
        Fixture.Says<ArgumentException>(
            () => ModelAverage.Of(y, DesignMatrix.Of(("x", x), ("z", [.. x.Select(v => 3 - v)]))),
            "'z' is a linear combination");
        Fixture.Says<ArgumentException>(() => ModelAverage.Of(x, DesignMatrix.Of(("x", x))), "without error");
        Fixture.Says<ArgumentException>(
            () => ModelAverage.Of(y, DesignMatrix.Of(("x", x)), new() { Steps = 10 }), "Steps is 10");
        Fixture.Says<ArgumentException>(
            () => ModelAverage.Of(y, DesignMatrix.Of(("x", x)), new() { EnumerateUpTo = 30 }), "EnumerateUpTo is 30");
        Fixture.Says<ArgumentException>(
            () => ModelAverage.Of(y, DesignMatrix.Of(("x", x))).Predict([1, 2]), "2 values", "1 predictors");
        Fixture.Says<ArgumentException>(() => ModelPrior.Bernoulli(0), "inclusion is 0");
        Fixture.Says<ArgumentException>(() => ModelPrior.BetaBinomial(1, 0), "b is 0");
    }

    private static double[] Crime => Fixture.Column("uscrime.csv", "y");

    private static DesignMatrix CrimeDesign => DesignMatrix.Of([.. CrimeNames.Select(name => (name, name == "So"
        ? Fixture.Column("uscrime.csv", name)
        : Array.ConvertAll(Fixture.Column("uscrime.csv", name), Math.Log)))]);
}
