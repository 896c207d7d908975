using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// Trials put together by how alike their returns are: the number of clusters is the effective number of trials.
/// Agglomerative, average linkage on the correlation of returns: the two groups with the highest mean correlation
/// between their members are joined while it is at least <see cref="Threshold"/>.
/// </summary>
/// <remarks>
/// The rule is fixed and not searched for, unlike the number of clusters of k-means by silhouettes (Lopez de Prado and
/// Lewis 2019), which is always at least 2 and far below N for N independent trials: here N copies are one trial and N
/// independent ones are N. At sqrt(1/2) the one explains half of the variance of the other. What cannot be compared (no
/// returns recorded, none that vary, fewer than 20 periods in common) stands alone, the severe side.
/// </remarks>
public sealed class TrialClusters
{
    /// <summary>Periods that two trials must have in common for their correlation to count.</summary>
    public const int MinimumOverlap = 20;

    private readonly double[,] _correlation;

    private TrialClusters(
        IReadOnlyList<TrialReturns?> returns, double[,] correlation, IReadOnlyList<IReadOnlyList<int>> members,
        double threshold)
    {
        Returns = returns;
        _correlation = correlation;
        Members = members;
        Threshold = threshold;
    }

    /// <summary>The returns of each trial, as given.</summary>
    public IReadOnlyList<TrialReturns?> Returns { get; }

    /// <summary>Which trials are together: indices in order, clusters by their first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Members { get; }

    /// <summary>The lowest mean correlation at which groups are joined.</summary>
    public double Threshold { get; }

    /// <summary>The effective number of trials.</summary>
    public int Count => Members.Count;

    /// <summary>How well apart the clusters are, from -1 to 1: the mean silhouette (Rousseeuw 1987) at the distance
    /// sqrt((1 - correlation) / 2). NaN for one cluster or for clusters of one only, where it is not defined.</summary>
    public double Silhouette => SilhouetteMean();

    /// <summary>Finds the clusters.</summary>
    /// <param name="returns">Of each trial; null where none were recorded.</param>
    /// <param name="threshold">Above 0 and at most 1; sqrt(1/2) by default.</param>
    public static TrialClusters Of(IReadOnlyList<TrialReturns?> returns, double threshold = 0.70710678118654752)
    {
        ArgumentNullException.ThrowIfNull(returns);
        if (!(threshold > 0 && threshold <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(threshold), $"threshold is {threshold:R}; it must be above 0 and at most 1.");
        double[,] correlation = Correlations(returns);
        return new TrialClusters(returns, correlation, Join(correlation, returns.Count, threshold), threshold);
    }

    /// <summary>The correlation of two trials' returns over the periods that they have in common; 0 where it cannot be
    /// told.</summary>
    public double Correlation(int first, int second) => _correlation[first, second];

    /// <summary>The returns of a cluster: the mean over its members, weighted by 1 / variance, over the periods that
    /// all of them have; null where there are none.</summary>
    public double[]? Series(int cluster)
    {
        var members = Members[cluster].Select(i => Returns[i]).ToList();
        if (members[0] is not { } first || members.Contains(null))
            return null;
        IEnumerable<DateTime> times = first.Times;
        if (members.Exists(other => !other!.Times.SequenceEqual(first.Times)))
            times = times.Where(time => members.TrueForAll(other => Index(other!, time) >= 0));
        DateTime[] common = [.. times];
        if (common.Length < 2)
            return null;
        var sum = new double[common.Length];
        double total = 0;
        foreach (TrialReturns? member in members)
        {
            double[] own = [.. common.Select(time => member!.Values[Index(member, time)])];
            double variance = Moments.Of(own).Variance();
            double weight = variance > 0 ? 1 / variance : 1;
            total += weight;
            for (int t = 0; t < sum.Length; t++)
                sum[t] += weight * own[t];
        }

        for (int t = 0; t < sum.Length; t++)
            sum[t] /= total;
        return sum;
    }

    private static int Index(TrialReturns returns, DateTime time) => returns.Times is DateTime[] times
        ? Array.BinarySearch(times, time)
        : -1;

    private static double[,] Correlations(IReadOnlyList<TrialReturns?> returns)
    {
        int n = returns.Count;
        var correlation = new double[n, n];
        double[]?[] standard = [.. returns.Select(series => series is null ? null : Standardised(series.Values))];
        Parallel.For(0, n, i =>
        {
            correlation[i, i] = 1;
            for (int j = i + 1; j < n; j++)
            {
                double value = Pair(returns[i], returns[j], standard[i], standard[j]);
                correlation[i, j] = correlation[j, i] = value;
            }
        });
        return correlation;
    }

    private static double Pair(TrialReturns? a, TrialReturns? b, double[]? standardA, double[]? standardB)
    {
        if (a is null || b is null)
            return 0;
        if (a.Hash == b.Hash)
            return 1;
        if (standardA is null || standardB is null)
            return 0;
        if (!a.Times.SequenceEqual(b.Times))
        {
            (double[] commonA, double[] commonB) = Common(a, b);
            if (commonA.Length < MinimumOverlap)
                return 0;
            (standardA, standardB) = (Standardised(commonA), Standardised(commonB));
            if (standardA is null || standardB is null)
                return 0;
        }
        else if (a.Count < MinimumOverlap)
        {
            return 0;
        }

        double sum = 0;
        for (int t = 0; t < standardA.Length; t++)
            sum += standardA[t] * standardB[t];
        return sum;
    }

    private static (double[] A, double[] B) Common(TrialReturns a, TrialReturns b)
    {
        List<double> left = [], right = [];
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            int order = a.Times[i].CompareTo(b.Times[j]);
            if (order == 0)
            {
                left.Add(a.Values[i]);
                right.Add(b.Values[j]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return ([.. left], [.. right]);
    }

    /// <summary>Centred, with a sum of squares of 1; null where nothing varies.</summary>
    private static double[]? Standardised(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        if (moments.IsConstant)
            return null;
        double root = Math.Sqrt(moments.Variance(0) * values.Length);
        var standard = new double[values.Length];
        for (int t = 0; t < standard.Length; t++)
            standard[t] = (values[t] - moments.Mean) / root;
        return standard;
    }

    /// <summary>Joins the pair of groups with the highest mean correlation until it is below the threshold; of equals,
    /// the first. The mean correlation with a joined group is the mean over its members (Lance and Williams
    /// 1967).</summary>
    private static IReadOnlyList<IReadOnlyList<int>> Join(double[,] correlation, int n, double threshold)
    {
        var mean = (double[,])correlation.Clone();
        List<int>?[] groups = [.. Enumerable.Range(0, n).Select(i => new List<int> { i })];
        int[] nearest = [.. Enumerable.Range(0, n).Select(i => Nearest(mean, groups, i))]; // after i; -1 for none
        while (true)
        {
            int a = -1;
            for (int i = 0; i < n; i++)
            {
                if (groups[i] is not null && nearest[i] >= 0
                    && (a < 0 || mean[i, nearest[i]] > mean[a, nearest[a]]))
                    a = i;
            }

            // Rounding must not part copies at a threshold of 1.
            if (a < 0 || mean[a, nearest[a]] < threshold - 1e-12)
                break;
            int b = nearest[a], sizeA = groups[a]!.Count, sizeB = groups[b]!.Count;
            for (int i = 0; i < n; i++)
            {
                if (groups[i] is null || i == a || i == b)
                    continue;
                double joined = (sizeA * mean[i, a] + sizeB * mean[i, b]) / (sizeA + sizeB);
                mean[i, a] = mean[a, i] = joined;
            }

            groups[a]!.AddRange(groups[b]!);
            groups[b] = null;
            for (int i = 0; i < b; i++)
            {
                // Only pairs with a or b changed; a pair that got worse may have been the nearest.
                if (groups[i] is not null && (i <= a || nearest[i] == a || nearest[i] == b))
                    nearest[i] = Nearest(mean, groups, i);
            }
        }

        return [.. groups.OfType<List<int>>().Select(group => (IReadOnlyList<int>)[.. group.Order()])];
    }

    private static int Nearest(double[,] mean, List<int>?[] groups, int i)
    {
        int best = -1;
        for (int j = i + 1; j < groups.Length; j++)
        {
            if (groups[j] is not null && (best < 0 || mean[i, j] > mean[i, best]))
                best = j;
        }

        return best;
    }

    private double SilhouetteMean()
    {
        if (Members.Count < 2 || Members.All(group => group.Count == 1))
            return double.NaN;
        double sum = 0;
        int n = 0;
        foreach (IReadOnlyList<int> own in Members)
        {
            foreach (int i in own)
            {
                n++;
                if (own.Count == 1)
                    continue; // 0 by definition
                double inside = own.Where(j => j != i).Average(j => Distance(i, j));
                double outside = Members.Where(group => group != own).Min(group => group.Average(j => Distance(i, j)));
                double larger = Math.Max(inside, outside);
                sum += larger > 0 ? (outside - inside) / larger : 0;
            }
        }

        return sum / n;
    }

    private double Distance(int i, int j) => Math.Sqrt(Math.Max(0, (1 - _correlation[i, j]) / 2));
}
