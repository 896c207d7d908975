namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate goes up and down between two bounds in straight lines, the momentum against it
                /// (Smith, "Cyclical learning rates for training neural networks", WACV 2017).</summary>
                public sealed class CyclicLR : LRScheduler
                {
                    private readonly double[] top, lowMomentum, highMomentum;
                    private readonly double period, riseShare;
                    private readonly Func<double, double> scale;
                    private readonly bool perCycle, cyclesMomentum;

                    /// <summary>Bounds of each group.</summary>
                    public CyclicLR(
                        Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr,
                        int step_size_up = 2000, int step_size_down = -1, Mode mode = Mode.Triangular,
                        double gamma = 1.0, Func<double, double>? scale_fn = null,
                        ScaleMode scale_mode = ScaleMode.Cycle, bool cycle_momentum = true,
                        IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step_size_up);
                        if (step_size_down != -1)
                            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step_size_down);
                        int groups = BaseRates.Count;
                        BaseRates = [.. PerGroup("CyclicLR", "base_lr", base_lr, groups)];
                        top = PerGroup("CyclicLR", "max_lr", max_lr, groups);
                        lowMomentum = PerGroup(
                            "CyclicLR", "base_momentum", base_momentum ?? Enumerable.Repeat(0.8, groups), groups);
                        highMomentum = PerGroup(
                            "CyclicLR", "max_momentum", max_momentum ?? Enumerable.Repeat(0.9, groups), groups);
                        period = step_size_up + (double)(step_size_down == -1 ? step_size_up : step_size_down);
                        riseShare = step_size_up / period;
                        cyclesMomentum = cycle_momentum;
                        perCycle = scale_fn is null ? mode != Mode.ExpRange : scale_mode == ScaleMode.Cycle;
                        scale = scale_fn ?? (mode switch
                        {
                            Mode.Triangular => _ => 1,
                            Mode.Triangular2 => cycle => Math.Pow(2, 1 - cycle),
                            _ => iteration => Math.Pow(gamma, iteration),
                        });
                        step();
                    }

                    /// <summary>The same bounds for every group.</summary>
                    public CyclicLR(
                        Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000,
                        int step_size_down = -1, Mode mode = Mode.Triangular, double gamma = 1.0,
                        Func<double, double>? scale_fn = null, ScaleMode scale_mode = ScaleMode.Cycle,
                        bool cycle_momentum = true, double base_momentum = 0.8, double max_momentum = 0.9,
                        int last_epoch = -1, bool verbose = false)
                        : this(
                            optimizer, Each(optimizer, base_lr), Each(optimizer, max_lr), step_size_up, step_size_down,
                            mode, gamma, scale_fn, scale_mode, cycle_momentum, Each(optimizer, base_momentum),
                            Each(optimizer, max_momentum), last_epoch, verbose)
                    {
                    }

                    /// <summary>How the height changes from cycle to cycle.</summary>
                    public enum Mode
                    {
                        /// <summary>It does not.</summary>
                        Triangular,

                        /// <summary>Halved each cycle.</summary>
                        Triangular2,

                        /// <summary>Times gamma^iteration.</summary>
                        ExpRange,
                    }

                    /// <summary>What scale_fn is a function of.</summary>
                    public enum ScaleMode
                    {
                        /// <summary>The number of the cycle, from 1.</summary>
                        Cycle,

                        /// <summary>The number of steps.</summary>
                        Iterations,
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        double cycle = Math.Floor(1 + (LastEpoch / period));
                        double x = 1 + (LastEpoch / period) - cycle;
                        double height = (x <= riseShare ? x / riseShare : (x - 1) / (riseShare - 1))
                            * scale(perCycle ? cycle : LastEpoch);
                        double[] rates = new double[top.Length];
                        int i = 0;
                        foreach (ILearningRateController group in Controlled.ParamGroups)
                        {
                            rates[i] = BaseRates[i] + ((top[i] - BaseRates[i]) * height);
                            if (cyclesMomentum)
                            {
                                SetMomentum(
                                    "CyclicLR", group,
                                    highMomentum[i] - ((highMomentum[i] - lowMomentum[i]) * height));
                            }

                            i++;
                        }

                        return rates;
                    }
                }

                internal static IEnumerable<double> Each(Optimizer optimizer, double value)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    return optimizer.ParamGroups.Select(_ => value);
                }
            }

            /// <summary>The rate goes up and down between two bounds, the momentum against it.</summary>
            public static LRScheduler CyclicLR(
                Optimizer optimizer, double base_lr, double max_lr, int step_size_up = 2000, int step_size_down = -1,
                impl.CyclicLR.Mode mode = impl.CyclicLR.Mode.Triangular, double gamma = 1.0,
                Func<double, double>? scale_fn = null,
                impl.CyclicLR.ScaleMode scale_mode = impl.CyclicLR.ScaleMode.Cycle, bool cycle_momentum = true,
                double base_momentum = 0.8, double max_momentum = 0.9, int last_epoch = -1, bool verbose = false) =>
                new impl.CyclicLR(
                    optimizer, base_lr, max_lr, step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode,
                    cycle_momentum, base_momentum, max_momentum, last_epoch, verbose);

            /// <summary>The same with bounds of each group.</summary>
            public static LRScheduler CyclicLR(
                Optimizer optimizer, IEnumerable<double> base_lr, IEnumerable<double> max_lr, int step_size_up = 2000,
                int step_size_down = -1, impl.CyclicLR.Mode mode = impl.CyclicLR.Mode.Triangular, double gamma = 1.0,
                Func<double, double>? scale_fn = null,
                impl.CyclicLR.ScaleMode scale_mode = impl.CyclicLR.ScaleMode.Cycle, bool cycle_momentum = true,
                IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null,
                int last_epoch = -1, bool verbose = false) =>
                new impl.CyclicLR(
                    optimizer, base_lr, max_lr, step_size_up, step_size_down, mode, gamma, scale_fn, scale_mode,
                    cycle_momentum, base_momentum, max_momentum, last_epoch, verbose);
        }
    }
}
