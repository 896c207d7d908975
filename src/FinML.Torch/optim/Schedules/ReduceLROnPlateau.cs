using System.Globalization;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate is multiplied by a factor when a metric has not improved for more than
                /// <c>patience</c> steps.</summary>
                public sealed class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool minimise, relative;
                    private readonly double factor, threshold, eps;
                    private readonly int patience, cooldown;
                    private readonly double[] floors;
                    private double best;
                    private int bad, resting;

                    /// <param name="optimizer">Whose rates move.</param>
                    /// <param name="mode">"min" where a smaller metric is better, or "max".</param>
                    /// <param name="factor">In [0, 1).</param>
                    /// <param name="patience">Steps without improvement that are borne.</param>
                    /// <param name="threshold">What counts as an improvement.</param>
                    /// <param name="threshold_mode">"rel": a share of the best; "abs": a difference.</param>
                    /// <param name="cooldown">Steps after a reduction during which none is counted.</param>
                    /// <param name="min_lr">The lowest rate of each group, or one for all; 0 if left out.</param>
                    /// <param name="eps">Smaller changes of the rate are not made.</param>
                    /// <param name="verbose">Write each change to the console.</param>
                    public ReduceLROnPlateau(
                        Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10,
                        double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0,
                        IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false)
                        : base(optimizer, -1, verbose)
                    {
                        minimise = Choice("mode", mode, "min", "max");
                        relative = Choice("threshold_mode", threshold_mode, "rel", "abs");
                        this.factor = Optimizer.InRange("factor", factor, 0, 1 - 1e-12);
                        this.patience = patience;
                        this.threshold = threshold;
                        this.cooldown = cooldown;
                        this.eps = eps;
                        floors = min_lr is null or { Count: 1 }
                            ? Enumerable.Repeat(min_lr?[0] ?? 0, BaseRates.Count).ToArray()
                            : PerGroup("ReduceLROnPlateau", "min_lr", min_lr, BaseRates.Count);
                        best = minimise ? double.PositiveInfinity : double.NegativeInfinity;
                        LastEpoch = 0;
                    }

                    /// <exception cref="InvalidOperationException">Always: this schedule needs a metric.</exception>
                    public override void step(int? epoch) => throw new InvalidOperationException(
                        "ReduceLROnPlateau needs a metric: call step(double).");

                    /// <param name="current">The metric.</param>
                    /// <param name="epoch">Its epoch; left out: the next.</param>
                    public override void step(double current, int? epoch = null)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        bool better = Better(current);
                        best = better ? current : best;
                        bad = better ? 0 : bad + 1;
                        if (resting > 0)
                        {
                            resting--;
                            bad = 0;
                        }

                        if (bad > patience)
                        {
                            Reduce();
                            resting = cooldown;
                            bad = 0;
                        }

                        Remember();
                    }

                    internal override IEnumerable<(string Name, double Value, Action<double> Set)> State() =>
                    [
                        .. base.State(), ("best", best, v => best = v), ("num_bad_epochs", bad, v => bad = (int)v),
                        ("cooldown_counter", resting, v => resting = (int)v),
                    ];

                    private static bool Choice(string name, string value, string first, string second) =>
                        value == first || (value == second
                            ? false
                            : throw new ArgumentException(
                                $"{name} must be \"{first}\" or \"{second}\", got \"{value}\".", name));

                    private bool Better(double value)
                    {
                        double margin = relative ? best * threshold : threshold;
                        return minimise
                            ? value < (double.IsInfinity(best) ? best : best - margin)
                            : value > (double.IsInfinity(best) ? best : best + margin);
                    }

                    private void Reduce()
                    {
                        int i = 0;
                        foreach (ILearningRateController group in Controlled.ParamGroups)
                        {
                            double rate = Math.Max(group.LearningRate * factor, floors[i++]);
                            if (group.LearningRate - rate <= eps)
                                continue;
                            group.LearningRate = rate;
                            if (Verbose)
                            {
                                Console.WriteLine(string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"Epoch {LastEpoch}: learning rate of group {i - 1} down to {rate:g4}"));
                            }
                        }
                    }
                }
            }

            /// <summary>The rate is multiplied by <paramref name="factor"/> when a metric has not improved for more
            /// than <paramref name="patience"/> steps.</summary>
            /// <param name="optimizer">Whose rates move.</param>
            /// <param name="mode">"min" where a smaller metric is better, or "max".</param>
            /// <param name="factor">In [0, 1).</param>
            /// <param name="patience">Steps without improvement that are borne.</param>
            /// <param name="threshold">What counts as an improvement.</param>
            /// <param name="threshold_mode">"rel": a share of the best; "abs": a difference.</param>
            /// <param name="cooldown">Steps after a reduction during which none is counted.</param>
            /// <param name="min_lr">The lowest rate of each group, or one for all; 0 if left out.</param>
            /// <param name="eps">Smaller changes of the rate are not made.</param>
            /// <param name="verbose">Write each change to the console.</param>
            public static LRScheduler ReduceLROnPlateau(
                Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10,
                double threshold = 1e-4, string threshold_mode = "rel", int cooldown = 0,
                IList<double>? min_lr = null, double eps = 1e-8, bool verbose = false) =>
                new impl.ReduceLROnPlateau(
                    optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps, verbose);
        }
    }
}
