namespace FinML.Statistics;

/// <summary>
/// The probability that a run of one algorithm scores higher than a run of another, ties counting a half, by task (the
/// Mann-Whitney statistic over its greatest value) and on average over tasks (Agarwal et al. 2021). It tells how sure
/// an improvement is, not how large.
/// </summary>
public sealed record ImprovementProbability
{
    /// <summary>The algorithm that may be the better one.</summary>
    public required string First { get; init; }

    /// <summary>The other.</summary>
    public required string Second { get; init; }

    /// <summary>P(first &gt; second) + P(equal) / 2 on each task.</summary>
    public required IReadOnlyList<double> ByTask { get; init; }

    /// <summary>
    /// Their average over tasks, with an interval by the stratified bootstrap. Improvement is sure at the interval's
    /// level where its lower end is above 1/2.
    /// </summary>
    public required BootstrapInterval Average { get; init; }

    /// <summary>Compares two algorithms.</summary>
    /// <param name="first">The algorithm that may be the better one.</param>
    /// <param name="second">The other, on the same tasks in the same order; runs may differ in number.</param>
    /// <param name="resampleTasks">True: the interval is for other tasks like these, too.</param>
    /// <param name="options">Replicates, level, method (percentile or basic), seed, threads.</param>
    public static ImprovementProbability Of(
        RunScores first, RunScores second, bool resampleTasks = false, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        options = StratifiedBootstrap.Checked(options);
        first.RequireSameTasks(second);
        int tasks = first.Tasks.Count;
        RankedPair[] pairs = [.. first.ByTask.Zip(second.ByTask, (a, b) => new RankedPair(a, b))];
        double[] byTask = [.. pairs.Select(pair => pair.Probability())];
        double[] replicates = StratifiedBootstrap.Run(options, () =>
        {
            RankedPair[] own = [.. pairs.Select(pair => pair.Copy())];
            return draws =>
            {
                double sum = 0;
                for (int slot = 0; slot < tasks; slot++)
                    sum += own[resampleTasks ? draws.Below(tasks) : slot].Draw(draws);
                return sum / tasks;
            };
        });
        return new ImprovementProbability
        {
            First = first.Algorithm,
            Second = second.Algorithm,
            ByTask = byTask,
            Average = StratifiedBootstrap.Make(
                "probability of improvement", byTask.Average(), replicates, resampleTasks, options),
        };
    }

    /// <summary>Runs of both by the rank of their scores among all distinct ones, so that pairs need not be made.
    /// </summary>
    private sealed class RankedPair
    {
        private readonly int[] _first, _second;           // (runs): rank
        private readonly int[] _timesFirst, _timesSecond; // (ranks)

        internal RankedPair(double[] first, double[] second)
        {
            double[] distinct = [.. first.Concat(second).Distinct().Order()];
            _first = Array.ConvertAll(first, score => Array.BinarySearch(distinct, score));
            _second = Array.ConvertAll(second, score => Array.BinarySearch(distinct, score));
            _timesFirst = new int[distinct.Length];
            _timesSecond = new int[distinct.Length];
        }

        private RankedPair(RankedPair other)
        {
            _first = other._first;
            _second = other._second;
            _timesFirst = new int[other._timesFirst.Length];
            _timesSecond = new int[other._timesSecond.Length];
        }

        internal RankedPair Copy() => new(this);

        internal double Probability()
        {
            Array.Clear(_timesFirst);
            Array.Clear(_timesSecond);
            foreach (int rank in _first)
                _timesFirst[rank]++;
            foreach (int rank in _second)
                _timesSecond[rank]++;
            return Count();
        }

        /// <summary>Of runs of both drawn with replacement.</summary>
        internal double Draw(IndexDraws draws)
        {
            Array.Clear(_timesFirst);
            Array.Clear(_timesSecond);
            for (int k = 0; k < _first.Length; k++)
                _timesFirst[_first[draws.Below(_first.Length)]]++;
            for (int k = 0; k < _second.Length; k++)
                _timesSecond[_second[draws.Below(_second.Length)]]++;
            return Count();
        }

        private double Count()
        {
            long halves = 0, below = 0; // pairs won twice and pairs tied once; runs of the second below the rank
            for (int rank = 0; rank < _timesFirst.Length; rank++)
            {
                halves += _timesFirst[rank] * (2 * below + _timesSecond[rank]);
                below += _timesSecond[rank];
            }

            return halves / (2.0 * _first.Length * _second.Length);
        }
    }
}
