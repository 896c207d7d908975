using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>The corrections over a family of model x data set.</summary>
internal static class EvaluationFamily
{
    /// <summary>Holm's and Benjamini and Hochberg's p-values of those that ran. What was declared and did not run
    /// counts with a p-value of 1.</summary>
    internal static (IReadOnlyList<double> Holm, IReadOnlyList<double> FalseDiscoveryRate) Adjusted(
        IReadOnlyList<double> pValues, int notRun)
    {
        if (pValues.Count == 0)
            return ([], []);
        double[] all = [.. pValues, .. Enumerable.Repeat(1.0, notRun)];
        return (PValueAdjustment.Holm(all).Adjusted, PValueAdjustment.BenjaminiHochberg(all).Adjusted);
    }

    /// <summary>StepM's p-values. Data sets of the same test times are resampled together; the p-values of several such
    /// groups are multiplied with their number.</summary>
    /// <param name="members">Name, times and gains averaged over the seeds.</param>
    /// <param name="options">Resamples and seed.</param>
    /// <param name="shortestBlock">At least the periods that a label spans.</param>
    internal static IReadOnlyDictionary<string, double> Stepwise(
        IReadOnlyList<(string Name, DateTime[] Times, double[] Gains)> members, BootstrapOptions options,
        double shortestBlock)
    {
        var groups = new List<List<(string Name, DateTime[] Times, double[] Gains)>>();
        foreach (var member in members)
        {
            var group = groups.Find(known => known[0].Times.AsSpan().SequenceEqual(member.Times));
            if (group is null)
                groups.Add(group = []);
            group.Add(member);
        }

        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            BootstrapMeans resamples = Resamples(group, options, shortestBlock);
            foreach ((string model, double _, double p) in StepwiseTest.Of(resamples).Models)
                found[model] = Math.Min(1, p * groups.Count);
        }

        return found;
    }

    /// <summary>The models of one data set that hold its best with probability 1 - alpha. Models with the same gains
    /// share a place.</summary>
    internal static IReadOnlySet<string> ConfidenceSet(
        IReadOnlyList<(string Name, DateTime[] Times, double[] Gains)> members, BootstrapOptions options,
        double shortestBlock, double alpha)
    {
        var distinct = new List<(string Name, DateTime[] Times, double[] Gains)>();
        var twins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            int at = distinct.FindIndex(known => known.Gains.AsSpan().SequenceEqual(member.Gains));
            if (at < 0)
                distinct.Add(member);
            twins[member.Name] = at < 0 ? member.Name : distinct[at].Name;
        }

        IReadOnlyList<string> included = distinct.Count == 1
            ? [distinct[0].Name]
            : ModelConfidenceSet.Of(Resamples(distinct, options, shortestBlock)).Included(alpha);
        return twins.Where(pair => included.Contains(pair.Value)).Select(pair => pair.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    private static BootstrapMeans Resamples(
        IReadOnlyList<(string Name, DateTime[] Times, double[] Gains)> members, BootstrapOptions options,
        double shortestBlock)
    {
        double block = shortestBlock;
        foreach (var (_, _, gains) in members.Where(member => !Moments.Of(member.Gains).IsConstant))
            block = Math.Max(block, PolitisWhiteBlockLength.Select(gains).Stationary);
        return BootstrapMeans.Of(
            ModelPerformance.OfReturns(
                [.. members.Select(member => member.Name)], [.. members.Select(member => member.Gains)]),
            new StationaryBootstrap(Math.Min(block, members[0].Gains.Length)), options);
    }
}
