using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// How much was tried in an experiment, by both counts, and what is corrected with it. N is the number of trials plus
/// one for every reopening of a hold-out. The effective count puts trials with like returns together
/// (<see cref="TrialClusters"/>), and takes the variance of the Sharpe ratio over the clusters' series: Lopez de Prado
/// and Lewis (2019), "Detection of false investment strategies using unsupervised learning methods".
/// </summary>
public sealed class TrialMultiplicity
{
    private readonly Lazy<TrialClusters> _clusters;

    internal TrialMultiplicity(
        string experiment, IReadOnlyList<TrialEntry> trials, int reopenings, Func<TrialEntry, TrialReturns?> returns)
    {
        Experiment = experiment;
        Trials = trials;
        Reopenings = reopenings;
        _clusters = new Lazy<TrialClusters>(() => TrialClusters.Of([.. trials.Select(returns)]));
    }

    /// <summary>The experiment.</summary>
    public string Experiment { get; }

    /// <summary>Its trials, in the order in which they were recorded.</summary>
    public IReadOnlyList<TrialEntry> Trials { get; }

    /// <summary>How often hold-outs were opened again for the same hypothesis.</summary>
    public int Reopenings { get; }

    /// <summary>Trials and reopenings.</summary>
    public int Raw => Trials.Count + Reopenings;

    /// <summary>Clusters of trials, and reopenings.</summary>
    public int Effective => Clusters.Count + Reopenings;

    /// <summary>Which trials go together: indices into <see cref="Trials"/>.</summary>
    public TrialClusters Clusters => _clusters.Value;

    /// <summary>N by a count.</summary>
    public int N(TrialCounting counting) => counting == TrialCounting.Raw ? Raw : Effective;

    /// <summary>Variance (ddof 1) of the Sharpe ratio per period over the trials, or over the clusters; 0 where there
    /// are fewer than two.</summary>
    /// <exception cref="InvalidOperationException">The trials have different numbers of periods per year.</exception>
    public double SharpeVariance(TrialCounting counting = TrialCounting.Raw)
    {
        if (Trials.Count < 2)
            return 0;
        TrialRecord first = Trials[0].Record;
        foreach (TrialRecord record in Trials.Select(entry => entry.Record))
        {
            if (record.PeriodsPerYear != first.PeriodsPerYear)
                throw new InvalidOperationException(
                    $"Experiment '{Experiment}' has trials at {first.PeriodsPerYear:R} periods per year " +
                    $"('{first.Name}') and at {record.PeriodsPerYear:R} ('{record.Name}'); Sharpe ratios per period " +
                    "can be compared at one frequency only.");
        }

        double[] ratios = counting == TrialCounting.Raw
            ? [.. Trials.Select(entry => entry.Record.SharpePerPeriod)]
            : [.. Enumerable.Range(0, Clusters.Count).Select(ClusterSharpe)];
        return ratios.Length < 2 ? 0 : Moments.Of(ratios).Variance();
    }

    /// <summary>The deflated Sharpe ratio of a record, with N and V[SR] from here.</summary>
    public DeflatedSharpeRatio Deflate(TrialRecord record, TrialCounting counting = TrialCounting.Raw)
    {
        ArgumentNullException.ThrowIfNull(record);
        return DeflatedSharpeRatio.Of(
            record.SharpePerPeriod, Math.Max(1, N(counting)), SharpeVariance(counting), record.Count, record.Skewness,
            record.Kurtosis);
    }

    /// <summary>Years below which the best of as many worthless trials is expected to show the target.</summary>
    public double MinimumBacktestYears(TrialCounting counting = TrialCounting.Raw, double annualSharpe = 1) =>
        MinimumBacktestLength.Years(Math.Max(1, N(counting)), annualSharpe);

    /// <summary>The probability of backtest overfitting over the trials, or over the clusters' series.</summary>
    /// <param name="counting">Which of them are chosen between.</param>
    /// <param name="segments">S, even.</param>
    /// <exception cref="InvalidOperationException">A trial was recorded without its returns, or at other times than the
    /// first.</exception>
    public BacktestOverfitting Overfitting(TrialCounting counting = TrialCounting.Raw, int segments = 16)
    {
        TrialReturns? first = Clusters.Returns.FirstOrDefault();
        for (int i = 0; i < Trials.Count; i++)
        {
            if (Clusters.Returns[i] is not { } returns)
                throw new InvalidOperationException(
                    $"'{Trials[i].Record.Name}' (row {Trials[i].Sequence}) was recorded without its returns; the "
                    + "probability of overfitting needs those of every trial.");
            if (!returns.Times.SequenceEqual(first!.Times))
                throw new InvalidOperationException(
                    $"'{Trials[i].Record.Name}' (row {Trials[i].Sequence}) has returns at other times than "
                    + $"'{Trials[0].Record.Name}'; the probability of overfitting needs the same.");
        }

        return counting == TrialCounting.Raw
            ? BacktestOverfitting.Of(ModelPerformance.OfReturns(
                [.. Trials.Select(entry => $"{entry.Record.Name} (row {entry.Sequence})")],
                [.. Clusters.Returns.Select(returns => returns!.Array)]), segments)
            : BacktestOverfitting.Of(ModelPerformance.OfReturns(
                [.. Enumerable.Range(1, Clusters.Count).Select(number => $"cluster {number}")],
                [.. Enumerable.Range(0, Clusters.Count).Select(c => Clusters.Series(c)!)]), segments);
    }

    /// <summary>Of the cluster's series; of its only trial where there is but one, or no series.</summary>
    private double ClusterSharpe(int cluster)
    {
        IReadOnlyList<int> members = Clusters.Members[cluster];
        if (members.Count > 1 && Clusters.Series(cluster) is { } series)
        {
            Moments moments = Moments.Of(series);
            double deviation = moments.StandardDeviation();
            if (deviation > 0)
                return moments.Mean / deviation;
        }

        return members.Average(member => Trials[member].Record.SharpePerPeriod);
    }
}
