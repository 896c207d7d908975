namespace FinML.Statistics.Tests;

public class InformationCoefficientSeriesTests
{
    private static readonly double[] Coefficients = Array.ConvertAll(Fixture.Lh, value => (value - 2.2) / 4);

    // R: NeweyWest(lm(ic ~ 1), lag = 3, prewhite = FALSE, adjust = TRUE), make_forecasts.R.
    [Fact]
    public void Icir_MatchesR()
    {
        InformationCoefficientSeries series = InformationCoefficientSeries.Of(Coefficients, 3);
        Fixture.Near(0.05, series.Mean, 1e-12);
        Fixture.Near(0.13789835911572157, series.StandardDeviation, 1e-12);
        Fixture.Near(0.36258589529728164, series.Icir, 1e-12);
        Fixture.Near(0.027955805103897339, series.StandardError, 1e-11);
        Assert.Equal(3, InformationCoefficientSeries.Of(Coefficients).Lags);
        Assert.Equal(Coefficients.Count(c => c > 0) / 48.0, series.PositiveShare);
    }

    // Without lags it is the textbook t-test.
    [Fact]
    public void WithoutLags_IsTheTTest()
    {
        InformationCoefficientSeries series = InformationCoefficientSeries.Of(Coefficients, 0);
        Fixture.Near(series.Icir * Math.Sqrt(48), series.TStatistic, 1e-11);
    }

    [Fact]
    public void OfPanels_IsOfTheirCoefficients()
    {
        double[][] forecasts = [.. Enumerable.Range(0, 6).Select(t => Fixture.Normals(10 + t, (ulong)t + 1))];
        double[][] outcomes = [.. Enumerable.Range(0, 6).Select(t => Fixture.Normals(10 + t, (ulong)t + 50))];
        double[] coefficients = [.. forecasts.Zip(outcomes, (f, o) => InformationCoefficient.Of(f, o).Value)];
        Assert.Equal(
            InformationCoefficientSeries.Of(coefficients), InformationCoefficientSeries.Of(forecasts, outcomes));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => InformationCoefficientSeries.Of([.1, .2, .3]), "3 values", "at least 4");
        Fixture.Says<ArgumentException>(() => InformationCoefficientSeries.Of([.1, .2, .3, 4]), "4 at index 3");
        Fixture.Says<ArgumentException>(() => InformationCoefficientSeries.Of([.1, .1, .1, .1]), "constant at 0.1");
        Fixture.Says<ArgumentOutOfRangeException>(
            () => InformationCoefficientSeries.Of(Coefficients, 48), "lags is 48");
        Fixture.Says<ArgumentException>(
            () => InformationCoefficientSeries.Of([[1, 2, 3]], (IReadOnlyList<double[]>)[]),
            "1 periods", "0 of outcomes");
        Fixture.Says<ArgumentException>(
            () => InformationCoefficientSeries.Of([[1, 2, 3], [1, 2]], (IReadOnlyList<double[]>)[[1, 2, 3], [1, 2]]),
            "Period 1 has 2 forecasts");
    }
}
