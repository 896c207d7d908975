using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Test of Giacomini and White (2006) that nothing known at the time of forecasting tells which of two forecasting
/// methods will have the smaller loss: E[h_t d_{t+horizon}] = 0 for instruments h_t. n zbar' Omega^-1 zbar with z = h d
/// is chi-squared with as many degrees of freedom as instruments; Omega is not centred (zbar is 0 under the null), with
/// Bartlett's weights up to lag horizon - 1. Valid for nested models where the estimation window is of fixed length.
/// </summary>
public sealed record GiacominiWhite
{
    /// <summary>n zbar' Omega^-1 zbar.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(chi-squared &gt; statistic).</summary>
    public required double PValue { get; init; }

    /// <summary>Names of the instruments.</summary>
    public required IReadOnlyList<string> Instruments { get; init; }

    /// <summary>
    /// Least-squares coefficients of the loss difference on the instruments: where their fit is above 0 the second
    /// method is to be chosen.
    /// </summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>Mean of first losses less second.</summary>
    public required double MeanDifference { get; init; }

    /// <summary>Number of occasions used.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// With a constant and the last loss difference known at the time, d_t; the first <paramref name="horizon"/>
    /// occasions only serve as instruments.
    /// </summary>
    /// <param name="firstLosses">Losses of one method, in order of time.</param>
    /// <param name="secondLosses">Of the other, on the same occasions.</param>
    /// <param name="horizon">Steps ahead, 1 or more.</param>
    public static GiacominiWhite Test(
        ReadOnlySpan<double> firstLosses, ReadOnlySpan<double> secondLosses, int horizon = 1)
    {
        double[] difference = LossDifference.Of(firstLosses, secondLosses, horizon);
        DesignMatrix instruments = DesignMatrix.Of(("last loss difference", difference[..^horizon])).WithIntercept();
        return Test(firstLosses[horizon..], secondLosses[horizon..], instruments, horizon);
    }

    /// <summary>As <see cref="Test(ReadOnlySpan{double}, ReadOnlySpan{double}, int)"/>, of the same loss.</summary>
    public static GiacominiWhite Test(ForecastScore first, ForecastScore second, int horizon = 1)
    {
        ForecastScore.RequireSame(first, second);
        return Test(first.Losses, second.Losses, horizon);
    }

    /// <summary>With given instruments.</summary>
    /// <param name="firstLosses">Losses of one method, in order of time.</param>
    /// <param name="secondLosses">Of the other, on the same occasions.</param>
    /// <param name="instruments">Row t is what was known when the forecasts scored in row t were made. A constant alone
    /// tests equal loss on average.</param>
    /// <param name="horizon">Steps ahead, 1 or more.</param>
    public static GiacominiWhite Test(
        ReadOnlySpan<double> firstLosses,
        ReadOnlySpan<double> secondLosses,
        DesignMatrix instruments,
        int horizon = 1)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        double[] difference = LossDifference.Of(firstLosses, secondLosses, horizon);
        LinearRegression fit = LinearRegression.Fit(difference, instruments); // refuses collinear instruments by name
        int n = instruments.Rows, q = instruments.Columns;
        Scores z = Scores.OfRegression(instruments.Values, difference);
        Matrix<double> omega = CovarianceEstimator.NeweyWest(horizon - 1).Of(z).Value;
        Vector<double> mean = DenseVector.Create(q, 0);
        for (int t = 0; t < n; t++)
        {
            for (int j = 0; j < q; j++)
                mean[j] += z.Row(t)[j] / n;
        }

        double statistic = n * (mean * omega.Solve(mean));
        if (!(statistic >= 0))
            throw new ArgumentException(
                $"The covariance of the {q} instruments times the loss difference is singular over {n} occasions; " +
                $"take fewer instruments.", nameof(instruments));
        return new GiacominiWhite
        {
            Statistic = statistic,
            PValue = Tails.ChiSquaredUpper(statistic, q),
            Instruments = instruments.Names,
            Coefficients = fit.Coefficients,
            MeanDifference = Moments.Of(difference).Mean,
            Count = n,
        };
    }
}
