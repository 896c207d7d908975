namespace FinML.Statistics.Tests;

// Numbers from Golden/make_extremes.R unless said otherwise.
public class ExtremesTests
{
    private static readonly double[] PortPirie =
    [
        4.03, 3.83, 3.65, 3.88, 4.01, 4.08, 4.18, 3.8, 4.36, 3.96, 3.98, 4.69, 3.85, 3.96, 3.85, 3.93, 3.75, 3.63, 3.57,
        4.25, 3.97, 4.05, 4.24, 4.22, 3.73, 4.37, 4.06, 3.71, 3.96, 4.06, 4.55, 3.79, 3.89, 4.11, 3.85, 3.86, 3.86,
        4.21, 4.01, 4.11, 4.24, 3.96, 4.21, 3.74, 3.85, 3.88, 3.66, 4.11, 3.71, 4.18, 3.9, 3.78, 3.91, 3.72, 4, 3.66,
        3.62, 4.33, 4.55, 3.75, 4.08, 3.9, 3.88, 3.94, 4.33,
    ];

    private static double[] Danish => Fixture.Column("danish_fire.csv", "loss");

    // McNeil (1997): xi .50 (.14), beta 7.0 (1.1) at a threshold of 10 millions.
    [Theory]
    [InlineData(10, 0.4969858023, 6.9754680478, 0.1362838204, 1.1134906126, -0.0819461858, -374.8929902294)]
    [InlineData(20, 0.6841521805, 9.6351328376, 0.2750738660, 2.8976230485, -0.4206662481, -142.1844576920)]
    public void Pareto_MatchesR(
        double threshold, double shape, double scale, double shapeError, double scaleError, double cov, double l)
    {
        GeneralisedPareto tail = PeaksOverThreshold.Of(Danish, threshold).Tail;
        Fixture.Near(shape, tail.Shape, 1e-6);
        Fixture.Near(scale, tail.Scale, 1e-6);
        Fixture.Near(shapeError, tail.ShapeError, 1e-5);
        Fixture.Near(scaleError, tail.ScaleError, 1e-5);
        Fixture.Near(cov, tail.Covariance, 1e-5);
        Fixture.Near(l, tail.LogLikelihood, 1e-10);
        Assert.True(tail.Converged);
        Assert.Equal("", tail.Remark);
    }

    [Theory]
    [InlineData(10, .99, 27.289987399, 2.416237045, 23.277306069, 33.210354366)]
    [InlineData(10, .999, 94.339352041, 24.862877020, 63.169238788, 189.097674284)]
    [InlineData(20, .999, 102.227291932, 35.272517793, 63.133588797, 310.777055771)]
    public void ValueAtRisk_MatchesR(
        double threshold, double level, double value, double error, double lower, double upper)
    {
        TailRiskEstimate risk = PeaksOverThreshold.Of(Danish, threshold).ValueAtRisk(level);
        Fixture.Near(value, risk.Value, 1e-6);
        Fixture.Near(error, risk.StandardError, 1e-5);
        Fixture.Near(lower, risk.Lower, 1e-5);
        Fixture.Near(upper, risk.Upper, 1e-5);
        TailRiskEstimate delta =
            PeaksOverThreshold.Of(Danish, threshold).ValueAtRisk(level, 0.95, TailInterval.Delta);
        Fixture.Near(value - 1.959963985 * error, delta.Lower, 1e-5);
    }

    [Theory]
    [InlineData(.99, 58.240100494, 14.701886740, 41.083129572, 154.981931274)]
    [InlineData(.999, 191.535273771, 95.163359467, 96.609129911, 1001.512075186)]
    public void ExpectedShortfall_MatchesR(double level, double value, double error, double lower, double upper)
    {
        TailRiskEstimate risk = PeaksOverThreshold.Of(Danish, 10).ExpectedShortfall(level);
        Fixture.Near(value, risk.Value, 1e-6);
        Fixture.Near(error, risk.StandardError, 1e-4);
        Fixture.Near(lower, risk.Lower, 1e-5);
        Fixture.Near(upper, risk.Upper, 1e-4);
    }

    // fExtremes: gpdFit(danishClaims, u, type = "pwm").
    [Theory]
    [InlineData(10, 0.509809357337, 6.902754708151)]
    [InlineData(20, 0.582155598612, 10.295655095464)]
    public void Moments_MatchFExtremes(double threshold, double shape, double scale)
    {
        GeneralisedPareto tail =
            PeaksOverThreshold.Of(Danish, threshold, ParetoMethod.ProbabilityWeightedMoments).Tail;
        Fixture.Near(shape, tail.Shape, 1e-11);
        Fixture.Near(scale, tail.Scale, 1e-11);
        Assert.Contains("1/2 or more", tail.Remark, StringComparison.Ordinal);
    }

    // Both methods on many samples of a known law: the mean of the estimates, and their spread against the errors.
    [Theory]
    [InlineData(ParetoMethod.MaximumLikelihood)]
    [InlineData(ParetoMethod.ProbabilityWeightedMoments)]
    public void Errors_AreTheSpreadOfTheEstimates(ParetoMethod method)
    {
        const int Samples = 400, Count = 500;
        double[] shapes = new double[Samples], scales = new double[Samples];
        double shapeError = 0, scaleError = 0, covariance = 0;
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] z = Fixture.Normals(Count, (ulong)(1000 + sample));
            double[] y = Array.ConvertAll(z, v => 2 * (Math.Pow(1 - StandardNormal.Cdf(v), -0.2) - 1) / 0.2);
            GeneralisedPareto fit = GeneralisedPareto.Fit(y, method);
            (shapes[sample], scales[sample]) = (fit.Shape, fit.Scale);
            shapeError += fit.ShapeError / Samples;
            scaleError += fit.ScaleError / Samples;
            covariance += fit.Covariance / Samples;
        }

        Moments a = Moments.Of(shapes), b = Moments.Of(scales);
        Assert.Equal(0.2, a.Mean, 0.015);
        Assert.Equal(2, b.Mean, 0.05);
        Assert.Equal(1, shapeError / a.StandardDeviation(), 0.12); // 400 samples: 3.5 % a standard deviation
        Assert.Equal(1, scaleError / b.StandardDeviation(), 0.12);
        double product = 0;
        for (int i = 0; i < Samples; i++)
            product += (shapes[i] - a.Mean) * (scales[i] - b.Mean) / (Samples - 1);
        Assert.Equal(1, covariance / product, 0.2);
    }

    [Fact]
    public void Pareto_AtShapeZero_IsExponential()
    {
        GeneralisedPareto tail =
            GeneralisedPareto.Fit([.5, .1, 2, 1, .3, .9, 1.7, .2, .6, 3, 1.1, .05]) with { Shape = 0, Scale = 2 };
        Assert.Equal(Math.Exp(-1.5), tail.Survival(3), 1e-14);
        Assert.Equal(2 * Math.Log(100), tail.UpperQuantile(0.01), 1e-12);
        var heavy = tail with { Shape = 0.3 };
        Assert.Equal(0.01, heavy.Survival(heavy.UpperQuantile(0.01)), 1e-14);
        Assert.Equal(0, (tail with { Shape = -0.5 }).Survival(4.1));
    }

    // Coles (2001), section 3.4.1: (3.87, .198, -.050), errors (.028, .020, .098), l = 4.34; ten-year level 4.30.
    [Fact]
    public void ExtremeValue_MatchesColes()
    {
        GeneralisedExtremeValue fit = GeneralisedExtremeValue.Fit(PortPirie);
        Fixture.Near(3.8747498551, fit.Location, 1e-7);
        Fixture.Near(0.1980439571, fit.Scale, 1e-6);
        Fixture.Near(-0.0501095317, fit.Shape, 1e-5);
        Fixture.Near(0.0279321680, fit.StandardErrors[0], 1e-4);
        Fixture.Near(0.0202492356, fit.StandardErrors[1], 1e-4);
        Fixture.Near(0.0982554880, fit.StandardErrors[2], 1e-4);
        Fixture.Near(4.3390584737, fit.LogLikelihood, 1e-9);
        (double level, double error) = fit.ReturnLevel(100);
        Fixture.Near(4.688403756, level, 1e-6);
        Fixture.Near(0.158820538, error, 1e-4);
        Fixture.Near(4.296211939, fit.ReturnLevel(10).Level, 1e-6);
        Assert.Equal("", fit.Remark);
    }

    [Fact]
    public void Blocks_GiveTheirMaxima()
    {
        double[] values = new double[3 * PortPirie.Length + 2];
        for (int i = 0; i < PortPirie.Length; i++)
        {
            values[3 * i + i % 3] = PortPirie[i];
        }

        Assert.Equal(GeneralisedExtremeValue.Fit(PortPirie).Shape, GeneralisedExtremeValue.OfBlocks(values, 3).Shape);
    }

    [Theory]
    [InlineData(50, 0.536050831962)]
    [InlineData(109, 0.631218058570)]
    [InlineData(200, 0.734206028796)]
    public void Hill_MatchesR(int tailCount, double shape)
    {
        HillEstimate hill = HillEstimate.Of(Danish, tailCount);
        Fixture.Near(shape, hill.Shape, 1e-11);
        Fixture.Near(shape / Math.Sqrt(tailCount), hill.StandardError, 1e-11);
        Assert.Equal(hill, HillEstimate.Plot(Danish, tailCount)[^1]);
    }

    [Fact]
    public void Hill_ChoiceOfTheTail_MatchesR()
    {
        HillEstimate hill = HillEstimate.Nearest(Danish, 216);
        Assert.Equal(58, hill.TailCount);
        Fixture.Near(0.0609669966651, hill.Distance, 1e-10);
    }

    [Fact]
    public void MeanExcess_MatchesR()
    {
        MeanExcess[] excess = MeanExcess.Over(Danish, [5, 10, 20]);
        Fixture.Near(9.068841104846, excess[0].Value, 1e-11);
        Fixture.Near(14.081775756972, excess[1].Value, 1e-11);
        Fixture.Near(2.956840290848, excess[1].StandardError, 1e-11);
        Assert.Equal(36, excess[2].Count);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => GeneralisedPareto.Fit([1, 2, 3]), "3 values", "at least 10");
        Fixture.Says<ArgumentException>(
            () => GeneralisedPareto.Fit([1, 2, 3, 4, 5, 6, 7, 8, 9, -1]), "excesses is -1", "above 0");
        Fixture.Says<ArgumentException>(
            () => PeaksOverThreshold.Of(Danish, 1e6), "0 losses of 2167 are above", "at least 10");
        PeaksOverThreshold tail = PeaksOverThreshold.Of(Danish, 10);
        Fixture.Says<ArgumentException>(() => tail.ValueAtRisk(0.9), "level is 0.9", "between 0.9497");
        Fixture.Says<ArgumentException>(() => tail.ValueAtRisk(0.99, 1), "confidence is 1");
        Fixture.Says<InvalidOperationException>(
            () => PeaksOverThreshold.Of(Danish, 10, ParetoMethod.ProbabilityWeightedMoments).ValueAtRisk(0.99),
            "maximum likelihood", "Delta");
        Fixture.Says<ArgumentException>(() => HillEstimate.Of([-1, -2, -3, 1], 2), "rank 3 is -2", "above 0");
        Fixture.Says<ArgumentException>(() => HillEstimate.Of([1, 1, 1, 1], 2), "all 1");
        Fixture.Says<ArgumentException>(() => MeanExcess.Over([1, 2, 3], [2.5]), "1 losses are above", "at least 2");
        Fixture.Says<ArgumentException>(() => GeneralisedExtremeValue.Fit(new double[20]), "constant at 0");
        Fixture.Says<ArgumentException>(() => GeneralisedExtremeValue.OfBlocks(PortPirie, 7), "blockLength is 7");
        Fixture.Says<ArgumentException>(
            () => GeneralisedExtremeValue.Fit(PortPirie).ReturnLevel(1), "blocks is 1", "above 1");
    }

    // Uniform losses have shape -1, where the likelihood has no maximum and no errors.
    [Fact]
    public void ShortTail_HasNoErrors_AndSaysSo()
    {
        double[] uniform = [.. Enumerable.Range(1, 200).Select(i => i / 200.0)];
        GeneralisedPareto tail = GeneralisedPareto.Fit(uniform);
        Assert.NotEqual("", tail.Remark);
        Assert.True(double.IsNaN(tail.ShapeError));
    }
}
