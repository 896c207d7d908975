namespace FinML.Statistics.Tests;

/// <summary>Golden values: R 4.2, quantreg 5.94, make_regression.R.</summary>
public class QuantileRegressionTests
{
    // The sample has ties and degenerate vertices.
    [Theory]
    [InlineData(0.1, 8.5464953271028232, -29.014018691588817, 0.31542056074766456, 1.2242990654205634,
        -0.028037383177570943)]
    [InlineData(0.25, 16.625, -36.0, 0.5, 1.0, 0.0)]
    [InlineData(0.5, 21.040579710144932, -39.689855072463793, 0.8318840579710135, 0.57391304347826466,
        -0.060869565217391272)]
    [InlineData(0.9, 8.3616740088105921, -58.543318649045531, 0.79295154185022043, 1.3054331864904538,
        0.03817914831130742)]
    public void StackLoss_MatchesQuantreg(double probability, double loss, params double[] coefficients)
    {
        (double[] y, DesignMatrix x) = Samples.StackLoss();
        QuantileRegression fit = QuantileRegression.Fit(y, x, probability, QuantileErrors.KernelSandwich);
        Fixture.Near(loss, fit.Loss, 1e-12);
        for (int j = 0; j < coefficients.Length; j++)
            Assert.Equal(coefficients[j], fit.Coefficients[j], 1e-10);
    }

    public static TheoryData<double, QuantileErrors, double[]> Engel => new()
    {
        { 0.05, QuantileErrors.Alike,
            [124.88004081257343, 0.34336105763204217, 17.654317038678467, 0.015894429739801458] },
        { 0.05, QuantileErrors.DifferenceSandwich,
            [124.88004081257343, 0.34336105763204217, 35.066731813611355, 0.049935487413662182] },
        { 0.05, QuantileErrors.KernelSandwich,
            [124.88004081257343, 0.34336105763204217, 12.041957904210898, 0.015668087765182588] },
        { 0.5, QuantileErrors.Alike,
            [81.482247416936218, 0.56018055120941956, 13.239079718080431, 0.011919329529295215] },
        { 0.5, QuantileErrors.DifferenceSandwich,
            [81.482247416936218, 0.56018055120941956, 19.250660252106002, 0.028277209683857642] },
        { 0.5, QuantileErrors.KernelSandwich,
            [81.482247416936218, 0.56018055120941956, 30.215315852779352, 0.037317035452743522] },
        { 0.75, QuantileErrors.Alike,
            [62.396585528964408, 0.64401413936869001, 10.671063804932858, 0.0096073087123590088] },
        { 0.75, QuantileErrors.DifferenceSandwich,
            [62.396585528964408, 0.64401413936869001, 16.305376602815905, 0.023239168131968638] },
        { 0.75, QuantileErrors.KernelSandwich,
            [62.396585528964408, 0.64401413936869001, 29.118756021880269, 0.036216065355573465] },
    };

    [Theory]
    [MemberData(nameof(Engel))]
    public void Engel_MatchesQuantreg(double probability, QuantileErrors errors, double[] expected)
    {
        (double[] y, DesignMatrix x) = Samples.Engel();
        QuantileRegression fit = QuantileRegression.Fit(y, x, probability, errors);
        double[] got = [.. fit.Coefficients, .. fit.StandardErrors];
        for (int j = 0; j < expected.Length; j++)
            Fixture.Near(expected[j], got[j], j < 2 ? 1e-11 : 1e-7); // quantreg takes 1.5e-8 off a difference of fits
    }

    [Fact]
    public void InterceptAlone_IsTheSampleQuantile()
    {
        double[] y = Fixture.Normals(101, 7);
        QuantileRegression fit = QuantileRegression.Fit(y, DesignMatrix.Intercept(101), 0.3);
        Assert.Equal(y.Order().ElementAt(30), fit.Coefficients[0]);
        Assert.True(fit.IsUnique);
        Assert.False(QuantileRegression.Fit(y[..100], DesignMatrix.Intercept(100), 0.5).IsUnique);
    }

    // No other vertex is better: every triple of rows of a small sample, ties in y and x included.
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.85)]
    public void Loss_IsTheLeastOverAllVertices(double probability)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            double[] a = Array.ConvertAll(Fixture.Normals(14, seed), v => Math.Round(2 * v));
            double[] b = Array.ConvertAll(Fixture.Normals(14, seed + 100), v => Math.Round(2 * v));
            double[] y = Array.ConvertAll(Fixture.Normals(14, seed + 200), v => Math.Round(3 * v));
            DesignMatrix x = DesignMatrix.Of(("a", a), ("b", b)).WithIntercept();
            (double[] fitted, _, _) = QuantileSimplex.Solve(
                y, x, probability, LinearRegression.Fit(y, x).Residuals);
            double best = double.PositiveInfinity;
            for (int i = 0; i < 14; i++)
            {
                for (int j = i + 1; j < 14; j++)
                {
                    for (int k = j + 1; k < 14; k++)
                        best = Math.Min(best, Loss(Plane(y, a, b, i, j, k)));
                }
            }

            Assert.Equal(best, Loss(fitted), 1e-9);

            double Loss(double[] coefficients) => Enumerable.Range(0, 14).Sum(t =>
            {
                double u = y[t] - coefficients[0] - coefficients[1] * a[t] - coefficients[2] * b[t];
                return u * (probability - (u < 0 ? 1 : 0));
            });
        }
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] y = Fixture.Normals(20, 1);
        DesignMatrix x = DesignMatrix.Of(("x", Fixture.Normals(20, 2))).WithIntercept();
        Fixture.Says<ArgumentOutOfRangeException>(() => QuantileRegression.Fit(y, x, 1), "probability is 1");
        Fixture.Says<ArgumentException>(() => QuantileRegression.Fit(y[..5], x), "5 values", "20 rows");
        Fixture.Says<ArgumentException>(
            () => QuantileRegression.Fit([.. y[..19], double.PositiveInfinity], x), "index 19");
        double[] fitted = [.. x.Column(1).ToArray().Select((v, i) => i < 3 ? v + i + 1 : v)];
        Fixture.Says<ArgumentException>(
            () => QuantileRegression.Fit(fitted, x, 0.5, QuantileErrors.Alike), "17 of 20 residuals are 0");
    }

    private static double[] Plane(double[] y, double[] a, double[] b, params int[] rows)
    {
        var left = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.OfRows(
            rows.Select(i => (IEnumerable<double>)[1, a[i], b[i]]));
        return Math.Abs(left.Determinant()) < 1e-9
            ? [0, 0, 0]
            : left.Solve(MathNet.Numerics.LinearAlgebra.Double.DenseVector.OfEnumerable(rows.Select(i => y[i])))
                .ToArray();
    }
}
