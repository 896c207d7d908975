namespace FinML.Statistics;

/// <summary>
/// One-way analysis of variance: do the groups have one mean? F = (between / (g - 1)) / (within / (n - g)), equal
/// variances and normal errors assumed. Every value is first taken from the first one, which keeps the digits of data
/// with many constant leading digits (NIST's SmLs sets).
/// </summary>
public sealed record OneWayAnova
{
    /// <summary>F; infinite where no group varies within itself.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(F(g - 1, n - g) &gt; F).</summary>
    public required double PValue { get; init; }

    /// <summary>Number of groups less 1.</summary>
    public required int DegreesOfFreedomBetween { get; init; }

    /// <summary>Number of values less number of groups.</summary>
    public required int DegreesOfFreedomWithin { get; init; }

    /// <summary>sum_g n_g (mean_g - mean)^2.</summary>
    public required double SumOfSquaresBetween { get; init; }

    /// <summary>sum_g sum_i (y_gi - mean_g)^2.</summary>
    public required double SumOfSquaresWithin { get; init; }

    /// <summary>Mean of each group.</summary>
    public required IReadOnlyList<double> GroupMeans { get; init; }

    /// <summary>Share of the total sum of squares that lies between the groups.</summary>
    public double RSquared => SumOfSquaresBetween / (SumOfSquaresBetween + SumOfSquaresWithin);

    /// <summary>sqrt(within / (n - g)).</summary>
    public double ResidualStandardDeviation => Math.Sqrt(SumOfSquaresWithin / DegreesOfFreedomWithin);

    /// <summary>Runs the test.</summary>
    /// <param name="groups">Two or more groups of finite values, none empty, one at least with two values.</param>
    /// <exception cref="ArgumentException">Fewer groups, an empty one, a value not finite, all values
    /// equal.</exception>
    public static OneWayAnova Test(params double[][] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Length < 2)
            throw new ArgumentException(
                $"There {(groups.Length == 1 ? "is 1 group" : "are 0 groups")}; two or more are needed.",
                nameof(groups));
        for (int g = 0; g < groups.Length; g++)
            Guard.Series(groups[g], 1, $"group {g}");
        int n = groups.Sum(group => group.Length);
        if (n == groups.Length)
            throw new ArgumentException(
                $"Each of the {n} groups has one value; at least one group needs two.", nameof(groups));

        double origin = groups[0][0], within = 0, between = 0, sum = 0;
        var shifts = new double[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            Moments moments = Moments.Of(Array.ConvertAll(groups[g], value => value - origin));
            shifts[g] = moments.Mean;
            within += moments.Variance(0) * moments.Count;
            sum += moments.Mean * moments.Count;
        }

        for (int g = 0; g < groups.Length; g++)
            between += groups[g].Length * (shifts[g] - sum / n) * (shifts[g] - sum / n);
        if (between + within == 0)
            throw new ArgumentException(
                $"All {n} values are {Guard.Text(origin)}; they must vary.", nameof(groups));
        int first = groups.Length - 1, second = n - groups.Length;
        double f = between / first / (within / second);
        return new OneWayAnova
        {
            Statistic = f,
            PValue = Tails.FUpper(f, first, second),
            DegreesOfFreedomBetween = first,
            DegreesOfFreedomWithin = second,
            SumOfSquaresBetween = between,
            SumOfSquaresWithin = within,
            GroupMeans = [.. shifts.Select(shift => origin + shift)],
        };
    }
}
