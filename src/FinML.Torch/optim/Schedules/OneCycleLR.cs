namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>
                /// One rise from max_lr / div_factor to max_lr and one fall to 1 / final_div_factor of the start, the
                /// momentum against it (Smith and Topin, "Super-convergence", 2018). A step is a batch.
                /// </summary>
                public sealed class OneCycleLR : LRScheduler
                {
                    private readonly int total;
                    private readonly bool cosine, cyclesMomentum;
                    private readonly double[] start, top, end, lowMomentum, highMomentum;
                    private readonly double[] ends;

                    /// <summary>Bounds of each group. Give total_steps, or epochs and steps_per_epoch.</summary>
                    public OneCycleLR(
                        Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1,
                        int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null,
                        double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        total = total_steps != -1 ? total_steps : checked(epochs * steps_per_epoch);
                        if (total < 1 || (total_steps == -1 && epochs < 1))
                        {
                            throw new ArgumentException(
                                "OneCycleLR: total_steps, or epochs and steps_per_epoch, must be at least 1, got "
                                + $"{total_steps}, {epochs} and {steps_per_epoch}.");
                        }

                        Optimizer.InRange("pct_start", pct_start, 0, 1);
                        Optimizer.InRange("div_factor", div_factor, double.Epsilon, double.MaxValue);
                        Optimizer.InRange("final_div_factor", final_div_factor, double.Epsilon, double.MaxValue);
                        int groups = BaseRates.Count;
                        top = PerGroup("OneCycleLR", "max_lr", max_lr, groups);
                        start = Array.ConvertAll(top, rate => rate / div_factor);
                        end = Array.ConvertAll(start, rate => rate / final_div_factor);
                        lowMomentum = PerGroup(
                            "OneCycleLR", "base_momentum", base_momentum ?? Enumerable.Repeat(0.85, groups), groups);
                        highMomentum = PerGroup(
                            "OneCycleLR", "max_momentum", max_momentum ?? Enumerable.Repeat(0.95, groups), groups);
                        cosine = anneal_strategy == AnnealStrategy.Cos;
                        cyclesMomentum = cycle_momentum;
                        double rise = (pct_start * total) - 1;
                        ends = three_phase ? [rise, (2 * pct_start * total) - 2, total - 1] : [rise, total - 1];
                        if (last_epoch == -1)
                        {
                            int i = 0;
                            foreach (ILearningRateController group in optimizer.ParamGroups)
                                group.InitialLearningRate = start[i++];
                        }

                        step();
                    }

                    /// <summary>The same bounds for every group.</summary>
                    public OneCycleLR(
                        Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1,
                        int steps_per_epoch = -1, double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25,
                        double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1,
                        bool verbose = false)
                        : this(
                            optimizer, Each(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start,
                            anneal_strategy, cycle_momentum, Each(optimizer, base_momentum),
                            Each(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch,
                            verbose)
                    {
                    }

                    /// <summary>The shape of the rise and the fall.</summary>
                    public enum AnnealStrategy
                    {
                        /// <summary>Half a cosine.</summary>
                        Cos,

                        /// <summary>A straight line.</summary>
                        Linear,
                    }

                    /// <inheritdoc/>
                    /// <exception cref="InvalidOperationException">All steps are done.</exception>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch >= total)
                        {
                            throw new InvalidOperationException(
                                $"OneCycleLR: step {LastEpoch + 1} was asked for, the schedule has {total}.");
                        }

                        int phase = Array.FindIndex(ends, e => LastEpoch <= e);
                        double from = phase == 0 ? 0 : ends[phase - 1];
                        double share = (LastEpoch - from) / (ends[phase] - from);
                        double[] rates = new double[top.Length];
                        int i = 0;
                        foreach (ILearningRateController group in Controlled.ParamGroups)
                        {
                            bool last = phase == ends.Length - 1, three = ends.Length == 3;
                            rates[i] = phase == 0 ? Between(start[i], top[i], share)
                                : !last ? Between(top[i], start[i], share)
                                : Between(three ? start[i] : top[i], end[i], share);
                            if (cyclesMomentum)
                            {
                                double momentum = phase == 0 ? Between(highMomentum[i], lowMomentum[i], share)
                                    : last && three ? highMomentum[i]
                                    : Between(lowMomentum[i], highMomentum[i], share);
                                SetMomentum("OneCycleLR", group, momentum);
                            }

                            i++;
                        }

                        return rates;
                    }

                    private double Between(double a, double b, double share) => cosine
                        ? b + ((a - b) / 2 * (Math.Cos(Math.PI * share) + 1))
                        : ((b - a) * share) + a;
                }
            }

            /// <summary>One rise to max_lr and one fall, the momentum against it; a step is a batch.</summary>
            public static LRScheduler OneCycleLR(
                Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos,
                bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95,
                double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false, int last_epoch = -1,
                bool verbose = false) =>
                new impl.OneCycleLR(
                    optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,
                    cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch,
                    verbose);

            /// <summary>The same with bounds of each group.</summary>
            public static LRScheduler OneCycleLR(
                Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1,
                int steps_per_epoch = -1, double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos,
                bool cycle_momentum = true, IEnumerable<double>? base_momentum = null,
                IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 1e4,
                bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(
                    optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy,
                    cycle_momentum, base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch,
                    verbose);
        }
    }
}
