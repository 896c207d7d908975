namespace FinML.Statistics;

/// <summary>
/// The first four moments of a sample, by two passes: the mean, then the sums of powers of the deviations, with the
/// first-order correction of Chan, Golub and LeVeque (1983) for the rounding error of the mean. Skewness and kurtosis
/// are the plain moment ratios g1 and b2 (denominator n), as the Sharpe literature uses them.
/// </summary>
public sealed record Moments
{
    private readonly double _sumSquares, _sumCubes, _sumFourths;

    private Moments(int count, double mean, double sumSquares, double sumCubes, double sumFourths, bool isConstant)
    {
        Count = count;
        Mean = mean;
        _sumSquares = sumSquares;
        _sumCubes = sumCubes;
        _sumFourths = sumFourths;
        IsConstant = isConstant;
    }

    /// <summary>Number of values.</summary>
    public int Count { get; }

    /// <summary>Arithmetic mean, in the unit of the values.</summary>
    public double Mean { get; }

    /// <summary>True where the values differ by no more than rounding.</summary>
    public bool IsConstant { get; }

    /// <summary>Third standardised moment, sum d^3 / n / (sum d^2 / n)^1.5.</summary>
    /// <exception cref="InvalidOperationException">The values are constant.</exception>
    public double Skewness
    {
        get
        {
            RequireSpread("skewness");
            return Math.Sqrt(Count) * _sumCubes / Math.Pow(_sumSquares, 1.5);
        }
    }

    /// <summary>Fourth standardised moment, n * sum d^4 / (sum d^2)^2.</summary>
    /// <exception cref="InvalidOperationException">The values are constant.</exception>
    public RawKurtosis Kurtosis
    {
        get
        {
            RequireSpread("kurtosis");
            return new RawKurtosis(Count * _sumFourths / (_sumSquares * _sumSquares));
        }
    }

    /// <summary>Moments of <paramref name="values"/>, one or more finite numbers.</summary>
    /// <exception cref="ArgumentException">No values, or one that is not finite.</exception>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        Guard.Series(values, 1, nameof(values));
        int n = values.Length;
        double sum = 0;
        foreach (double value in values)
            sum += value;
        double mean = sum / n;

        double residual = 0;
        foreach (double value in values)
            residual += value - mean;
        double correctedMean = mean + residual / n;

        double squares = 0, cubes = 0, fourths = 0, left = 0;
        foreach (double value in values)
        {
            double d = value - correctedMean;
            double d2 = d * d;
            left += d;
            squares += d2;
            cubes += d2 * d;
            fourths += d2 * d2;
        }

        squares -= left * left / n;
        return new Moments(n, correctedMean, squares, cubes, fourths, Guard.IsConstant(values));
    }

    /// <summary>Sum of squared deviations over (n - <paramref name="ddof"/>).</summary>
    /// <param name="ddof">
    /// 0 for the population form, 1 (default) for the unbiased one; below the number of values.
    /// </param>
    public double Variance(int ddof = 1)
    {
        Guard.InRange(ddof, 0, Count - 1, nameof(ddof));
        return IsConstant ? 0 : _sumSquares / (Count - ddof);
    }

    /// <summary>Square root of <see cref="Variance"/>.</summary>
    public double StandardDeviation(int ddof = 1) => Math.Sqrt(Variance(ddof));

    private void RequireSpread(string what)
    {
        if (IsConstant)
            throw new InvalidOperationException(
                $"The {what} of {Count} constant values ({Guard.Text(Mean)}) is undefined; they must vary.");
    }
}
