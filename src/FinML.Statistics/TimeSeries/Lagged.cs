namespace FinML.Statistics;

/// <summary>Lags of a series as the columns of a regression.</summary>
internal static class Lagged
{
    /// <summary>x_{t-1} ... x_{t-lags} for t from <paramref name="first"/> (by default the number of lags) to the
    /// end.</summary>
    internal static DesignMatrix Of(ReadOnlySpan<double> values, int lags, int first = -1, string name = "lag")
    {
        if (first < 0)
            first = lags;
        var columns = new (string, double[])[lags];
        for (int k = 1; k <= lags; k++)
            columns[k - 1] = ($"{name}{k}", values[(first - k)..^k].ToArray());
        return DesignMatrix.Of(columns);
    }
}
