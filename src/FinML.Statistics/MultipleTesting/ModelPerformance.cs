namespace FinML.Statistics;

/// <summary>
/// How well k models did in each of n periods, with the orientation in the type: it is made from returns (more is
/// better) or from losses (less is better), and every test that takes it knows which. Immutable.
/// </summary>
public sealed class ModelPerformance
{
    private readonly double _sign;

    private ModelPerformance(IReadOnlyList<string> names, GainTable gains, int count, double sign)
    {
        Names = names;
        Gains = gains;
        Count = count;
        _sign = sign;
    }

    /// <summary>The names of the models.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>n, the number of periods.</summary>
    public int Count { get; }

    /// <summary>k, the number of models.</summary>
    public int Models => Names.Count;

    /// <summary>More is better, whatever it was made from.</summary>
    internal GainTable Gains { get; }

    /// <summary>From returns, or any score of which more is better.</summary>
    /// <param name="names">Distinct; one for each series.</param>
    /// <param name="series">One array for each model, all of the same length of 2 or more, aligned in time.</param>
    public static ModelPerformance OfReturns(IReadOnlyList<string> names, IReadOnlyList<double[]> series) =>
        Make(names, series, 1);

    /// <summary>From losses, of which less is better.</summary>
    /// <param name="names">Distinct; one for each series.</param>
    /// <param name="series">One array for each model, all of the same length of 2 or more, aligned in time.</param>
    public static ModelPerformance OfLosses(IReadOnlyList<string> names, IReadOnlyList<double[]> series) =>
        Make(names, series, -1);

    /// <summary>Each model less the benchmark: above 0 where the model did better.</summary>
    /// <param name="benchmark">n returns where this was made from returns, n losses where from losses.</param>
    public ModelPerformance Against(ReadOnlySpan<double> benchmark)
    {
        if (benchmark.Length != Count)
            throw new ArgumentException(
                $"benchmark has {benchmark.Length} values and the models have {Count}; they must be aligned, one for " +
                "one.", nameof(benchmark));
        Guard.Finite(benchmark, nameof(benchmark));
        var oriented = new double[Count];
        for (int t = 0; t < Count; t++)
            oriented[t] = _sign * benchmark[t];
        return new ModelPerformance(Names, Gains.Less(oriented), Count, _sign);
    }

    /// <summary>One model's gains over time.</summary>
    internal double[] Column(int model)
    {
        var column = new double[Count];
        for (int t = 0; t < Count; t++)
            column[t] = Gains[t, model];
        return column;
    }

    private static ModelPerformance Make(IReadOnlyList<string> names, IReadOnlyList<double[]> series, double sign)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(series);
        if (series.Count == 0)
            throw new ArgumentException("There are 0 series; at least 1 model is needed.", nameof(series));
        if (names.Count != series.Count)
            throw new ArgumentException($"There are {names.Count} names for {series.Count} series.", nameof(names));
        if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The name '{twice.Key}' is there twice.", nameof(names));
        int n = series[0].Length, k = series.Count;
        double[] Checked(int model)
        {
            double[] own = series[model];
            if (own.Length != n)
                throw new ArgumentException(
                    $"'{names[model]}' has {own.Length} values and '{names[0]}' has {n}; they must be aligned, one " +
                    "for one.", nameof(series));
            Guard.Series(own, 2, $"'{names[model]}'");
            return own;
        }

        return new ModelPerformance([.. names], GainTable.Of(Checked, n, k, sign), n, sign);
    }
}
