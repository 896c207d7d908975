namespace FinML.Statistics.Tests;

public class HarModelTests
{
    /// <summary>Realised over five days, in squared per cent.</summary>
    private static double[] Variances =>
        RealisedMeasure.Variances(Array.ConvertAll(Fixture.Dax, r => 100 * r), 5);

    // Golden/make_har.R: lm and sandwich's NeweyWest.
    [Fact]
    public void Fits_MatchR()
    {
        Check(new HarOptions { ErrorLags = 4 },
            [1.166255173623, 0.2408888814505, 0.313668854322, 0.2273462744757],
            [0.4921182154438, 0.09850958441016, 0.1543299941295, 0.1728547007479], 8.694312238887, 0.2642897435165);
        Check(new HarOptions { ErrorLags = 4, Transform = HarTransform.Logarithm },
            [0.2056885335455, 0.1699978790503, 0.3672443320115, 0.3024762387279],
            [0.1040275918363, 0.05738562200083, 0.1255115648615, 0.1427504795255], 8.439051515713, 0.2929875459121);
        Check(new HarOptions { ErrorLags = 8, Transform = HarTransform.SquareRoot, Spans = [1, 4], Horizon = 5 },
            [0.9350932310775, 0.1037214612023, 0.4334052302705],
            [0.2056102280371, 0.04814070973228, 0.1176790761071], 2.553588406229, 0.3287204053327);
    }

    [Fact]
    public void OneSpanOfOne_IsAnAutoregression()
    {
        double[] y = Array.ConvertAll(Fixture.Autoregression(5000, 0.6, 2), v => Math.Exp(v));
        HarModel model = HarModel.Fit(y, new HarOptions { Spans = [1], Transform = HarTransform.Logarithm });
        Assert.Equal(0.6, model.Regression.Coefficients[1], 0.04);
        Assert.Equal("mean1", model.Regression.Names[1]);
    }

    [Fact]
    public void RealisedVariance_IsTheSumOfSquaresOfADay() =>
        Assert.Equal([5.0, 25], RealisedMeasure.Variances([1, -2, 3, 4, 9], 2));

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => HarModel.Fit(new double[20]), "20 values", "at least 36");
        Fixture.Says<ArgumentException>(() => HarModel.Fit(new double[60]), "constant at 0");
        double[] negative = Variances;
        negative[3] = -1;
        Fixture.Says<ArgumentException>(() => HarModel.Fit(negative), "variances is -1", "0 or more");
        negative[3] = 0;
        Fixture.Says<ArgumentException>(
            () => HarModel.Fit(negative, new HarOptions { Transform = HarTransform.Logarithm }), "above 0");
        Fixture.Says<ArgumentException>(
            () => HarModel.Fit(Variances, new HarOptions { Spans = [5, 1] }), "Spans is 5, 1", "rising");
        Fixture.Says<ArgumentException>(() => HarModel.Fit(Variances, new HarOptions { Horizon = 0 }), "Horizon is 0");
        Fixture.Says<ArgumentException>(() => RealisedMeasure.Variances([1, 2], 3), "perDay is 3", "from 1 to 2");
    }

    private static void Check(HarOptions options, double[] coefficients, double[] errors, double forecast, double r2)
    {
        HarModel model = HarModel.Fit(Variances, options);
        for (int j = 0; j < coefficients.Length; j++)
        {
            Fixture.Near(coefficients[j], model.Regression.Coefficients[j], 1e-9);
            Fixture.Near(errors[j], model.Regression.StandardErrors[j], 1e-9);
        }

        Fixture.Near(forecast, model.Forecast, 1e-9);
        Fixture.Near(r2, model.Regression.RSquared, 1e-9);
    }
}
