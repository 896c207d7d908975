namespace FinML.Statistics;

/// <summary>
/// One number for the scores of an algorithm on all tasks: Agarwal, Schwarzer, Castro, Courville and Bellemare (2021),
/// "Deep reinforcement learning at the edge of the statistical precipice". Computed as their rliable does.
/// </summary>
public abstract class AggregateMetric
{
    private protected AggregateMetric(string name) => Name = name;

    /// <summary>
    /// Interquartile mean: of all runs of all tasks the lowest and the highest quarter (rounded down) are left out.
    /// The paper's choice: it heeds half of the runs, where the median heeds a task or two.
    /// </summary>
    public static AggregateMetric InterquartileMean { get; } = new Iqm();

    /// <summary>Mean over tasks of their mean scores: one task that is off may rule it.</summary>
    public static AggregateMetric Mean { get; } = new MeanOfTasks();

    /// <summary>Median over tasks of their mean scores: nothing changes it but the tasks in the middle.</summary>
    public static AggregateMetric Median { get; } = new MedianOfTasks();

    /// <summary>Name of the metric.</summary>
    public string Name { get; }

    /// <summary>False for the optimality gap.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>
    /// How far the runs fall short of a score that is good enough, which nothing above it makes up for:
    /// gamma - mean min(score, gamma) over all runs of all tasks. Lower is better.
    /// </summary>
    /// <param name="gamma">The good score; 1 (default) for normalised ones.</param>
    public static AggregateMetric OptimalityGap(double gamma = 1)
    {
        Guard.Finite(gamma, nameof(gamma));
        return new Gap(gamma);
    }

    /// <summary>Its value for the scores themselves.</summary>
    public double Of(RunScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var sample = new ScoreSample(scores);
        sample.TakeAll();
        return Evaluate(sample);
    }

    internal abstract double Evaluate(ScoreSample sample);

    private sealed class Iqm() : AggregateMetric("interquartile mean")
    {
        internal override double Evaluate(ScoreSample sample)
        {
            int cut = (int)(0.25 * sample.Total), left = sample.Total - 2 * cut, skip = cut;
            double sum = 0;
            for (int i = 0, taken = 0; taken < left; i++)
            {
                int after = Math.Max(0, sample.Times[i] - skip);
                skip -= sample.Times[i] - after;
                after = Math.Min(after, left - taken);
                sum += after * sample.Sorted[i];
                taken += after;
            }

            return sum / left;
        }
    }

    private sealed class MeanOfTasks() : AggregateMetric("mean")
    {
        internal override double Evaluate(ScoreSample sample)
        {
            double sum = 0;
            foreach (double mean in sample.TaskMeans)
                sum += mean;
            return sum / sample.TaskMeans.Length;
        }
    }

    private sealed class MedianOfTasks() : AggregateMetric("median")
    {
        internal override double Evaluate(ScoreSample sample)
        {
            Array.Sort(sample.TaskMeans); // the order of tasks is of no use to any metric
            int n = sample.TaskMeans.Length;
            return (sample.TaskMeans[(n - 1) / 2] + sample.TaskMeans[n / 2]) / 2;
        }
    }

    private sealed class Gap(double gamma) : AggregateMetric("optimality gap")
    {
        public override bool HigherIsBetter => false;

        internal override double Evaluate(ScoreSample sample)
        {
            double sum = 0;
            for (int i = 0; i < sample.Sorted.Length; i++)
                sum += sample.Times[i] * Math.Min(sample.Sorted[i], gamma);
            return gamma - sum / sample.Total;
        }
    }
}
