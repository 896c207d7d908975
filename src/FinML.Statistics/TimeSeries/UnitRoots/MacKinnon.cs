namespace FinML.Statistics;

/// <summary>
/// The distribution of Dickey and Fuller's t by response surfaces. Probabilities: J. G. MacKinnon, "Approximate
/// asymptotic distribution functions for unit-root and cointegration tests", JBES 12 (1994), tables 3 and 4. Critical
/// values: "Critical values for cointegration tests", Queen's Economics Department working paper 1227 (2010), table 2;
/// the row for no constant from the 2010 paper too. One variable.
/// </summary>
internal static class MacKinnon
{
    // For each of TrendTerms: from where to where the surfaces hold, and where the lower gives way to the upper.
    private static readonly (double Least, double Middle, double Most)[] Ranges =
    [
        (-19.04, -1.04, double.PositiveInfinity), (-18.83, -1.61, 2.74), (-16.18, -2.89, 0.7), (-17.17, -3.21, 0.54),
    ];

    private static readonly double[][] Lower =
    [
        [0.6344, 1.2378, 0.032496], [2.1659, 1.4412, 0.038269], [3.2512, 1.6047, 0.049588], [4.0003, 1.658, 0.048288],
    ];

    private static readonly double[][] Upper =
    [
        [0.4797, 0.93557, -0.06999, 0.033066], [1.7339, 0.93202, -0.12745, -0.010368],
        [2.5261, 0.61654, -0.37956, -0.060285], [3.0778, 0.49529, -0.41477, -0.059359],
    ];

    // At 1, 5 and 10 %: powers of 1 / n.
    private static readonly double[][][] Critical =
    [
        [[-2.56574, -2.2358, -3.627, 0], [-1.94100, -0.2686, -3.365, 31.223], [-1.61682, 0.2656, -2.714, 25.364]],
        [[-3.43035, -6.5393, -16.786, -79.433], [-2.86154, -2.8903, -4.234, -40.040], [-2.56677, -1.5384, -2.809, 0]],
        [
            [-3.95877, -9.0531, -28.428, -134.155], [-3.41049, -4.3904, -9.036, -45.374],
            [-3.12705, -2.5856, -3.925, -22.380],
        ],
        [
            [-4.37113, -11.5882, -35.819, -334.047], [-3.83239, -5.9057, -12.490, -118.284],
            [-3.55326, -3.6596, -5.293, -63.559],
        ],
    ];

    /// <summary>P(t &lt;= statistic), asymptotic; 0 or 1 where the surface ends.</summary>
    internal static double PValue(double statistic, TrendTerms trend)
    {
        (double least, double middle, double most) = Ranges[(int)trend];
        return statistic > most ? 1
            : statistic < least ? 0
            : StandardNormal.Cdf(Polynomial((statistic <= middle ? Lower : Upper)[(int)trend], statistic));
    }

    /// <summary>The critical values at 1, 5 and 10 % for a sample of <paramref name="count"/>.</summary>
    internal static double[] CriticalValues(TrendTerms trend, int count) =>
        Array.ConvertAll(Critical[(int)trend], surface => Polynomial(surface, 1.0 / count));

    private static double Polynomial(double[] coefficients, double x)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
            sum = sum * x + coefficients[i];
        return sum;
    }
}
