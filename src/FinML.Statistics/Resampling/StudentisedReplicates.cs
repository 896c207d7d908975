namespace FinML.Statistics;

/// <summary>The replicates of a statistic with t* = (replicate - centre) / its standard error in the
/// resample.</summary>
internal sealed class StudentisedReplicates
{
    private StudentisedReplicates(double[] values, double[] ratios, double standardError)
    {
        Values = values;
        Ratios = ratios;
        StandardError = standardError;
    }

    internal double[] Values { get; }

    /// <summary>t*.</summary>
    internal double[] Ratios { get; }

    /// <summary>Of the estimate.</summary>
    internal double StandardError { get; }

    internal static StudentisedReplicates Of(
        BoundStatistic statistic, BlockBootstrap scheme, double centre, BootstrapOptions options)
    {
        double error = statistic.StandardError(dependent: scheme.BlockLength > 1);
        if (!(error >= 0) || double.IsInfinity(error))
            throw new ArgumentException(
                $"The standard error of the {statistic.Name} is {Guard.Text(error)}; it must be finite and 0 or more.");
        var values = new double[options.Replicates];
        var ratios = new double[options.Replicates];
        scheme.ForEach(statistic.Count, statistic.Name, options, (workspace, replicate) =>
        {
            (double value, double own) = statistic.WithError(workspace);
            values[replicate] = value;

            // Where nothing moves in the data, nothing moves in a resample: t is 0, and the interval one point.
            ratios[replicate] = error == 0 ? 0 : (value - centre) / own;
        });
        ReplicateLoop.RequireFinite(values, statistic.Name, statistic.Count);
        ReplicateLoop.RequireFinite(ratios, "studentised " + statistic.Name, statistic.Count);
        return new StudentisedReplicates(values, ratios, error);
    }

    /// <summary>A difference from the null in standard errors.</summary>
    internal double Ratio(double difference) => StandardError > 0 ? difference / StandardError : throw new
        ArgumentException("A studentised test needs data that vary; the standard error of the estimate is 0.");
}
