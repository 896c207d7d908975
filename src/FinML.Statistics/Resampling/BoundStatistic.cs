namespace FinML.Statistics;

/// <summary>A statistic of given data: what it is on the data themselves, and on any resample of them.</summary>
internal abstract class BoundStatistic(string name, int count)
{
    /// <summary>What results are labelled with.</summary>
    internal string Name { get; } = name;

    /// <summary>Number of observations.</summary>
    internal int Count { get; } = count;

    /// <summary>The statistic of the data.</summary>
    internal abstract double Estimate { get; }

    /// <summary>The statistic of a resample. Called from several threads at once, each with its own
    /// workspace.</summary>
    internal abstract double Evaluate(BootstrapWorkspace workspace);

    /// <summary>The statistic of a resample and its standard error there.</summary>
    internal virtual (double Value, double Error) WithError(BootstrapWorkspace workspace) => throw NoError();

    /// <summary>The standard error of <see cref="Estimate"/>.</summary>
    /// <param name="dependent">False where the observations are taken to be independent.</param>
    internal virtual double StandardError(bool dependent) => throw NoError();

    /// <summary>
    /// The statistic of the data where observation t weighs weights[t]: what the resamples of a scheme that does not
    /// draw all observations alike are centred on.
    /// </summary>
    internal virtual double Weighted(ReadOnlySpan<double> weights) => Estimate;

    /// <summary>Throws unless the statistic of the data is finite.</summary>
    internal void RequireEstimate()
    {
        if (!double.IsFinite(Estimate))
            throw new ArgumentException(
                $"The {Name} of the {Count} values is {Guard.Text(Estimate)}; it must be finite " +
                "(are they constant?).");
    }

    private ArgumentException NoError() => new(
        $"Method is Studentised and the {Name} has no standard error: give it one (the third argument of Of), or use " +
        "Percentile, Basic or Bca.");
}
