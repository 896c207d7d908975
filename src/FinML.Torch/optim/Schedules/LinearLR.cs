namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The factor goes from start to end in equal parts over total_iters epochs.</summary>
                public sealed class LinearLR : LRScheduler
                {
                    private readonly double first, change;
                    private readonly int length;

                    public LinearLR(
                        Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0,
                        int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total_iters);
                        first = Optimizer.InRange("start_factor", start_factor, double.Epsilon, double.MaxValue);
                        change = Optimizer.InRange("end_factor", end_factor, 0, double.MaxValue) - first;
                        length = total_iters;
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0)
                            return Scaled(first);
                        return Scaled(
                            LastEpoch > length ? 1 : 1 + (change / ((length * first) + ((LastEpoch - 1) * change))));
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() => BaseRates.Select(
                        rate => rate * (first + (change * Math.Min(length, LastEpoch) / length)));
                }
            }

            /// <summary>The factor goes from start to end in equal parts over total_iters epochs.</summary>
            public static LRScheduler LinearLR(
                Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5,
                int last_epoch = -1, bool verbose = false) =>
                new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);
        }
    }
}
