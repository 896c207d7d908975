namespace FinML.Statistics;

/// <summary>Realised variance from returns within a day.</summary>
public static class RealisedMeasure
{
    /// <summary>Sum of squared returns of each block of <paramref name="perDay"/>: Andersen and Bollerslev (1998).
    /// What is left over at the end is left out.</summary>
    /// <param name="returns">Logarithmic, of equal intervals; finite.</param>
    /// <param name="perDay">Returns a day, 1 or more.</param>
    public static double[] Variances(ReadOnlySpan<double> returns, int perDay)
    {
        Guard.Series(returns, 1, nameof(returns));
        Guard.InRange(perDay, 1, returns.Length, nameof(perDay));
        var variances = new double[returns.Length / perDay];
        for (int t = 0; t < variances.Length * perDay; t++)
            variances[t / perDay] += returns[t] * returns[t];
        return variances;
    }
}
