namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The rate times (1 - epoch / total_iters)^power, zero from total_iters on.</summary>
                public sealed class PolynomialLR : LRScheduler
                {
                    private readonly double length, power;

                    public PolynomialLR(
                        Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total_iters);
                        length = total_iters;
                        this.power = Optimizer.InRange("power", power, 0, double.MaxValue);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr() => Scaled(
                        LastEpoch == 0 || LastEpoch > length
                            ? 1
                            : Math.Pow((1 - (LastEpoch / length)) / (1 - ((LastEpoch - 1) / length)), power));

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() => BaseRates.Select(
                        rate => rate * Math.Pow(1 - (Math.Min(length, LastEpoch) / length), power));
                }
            }

            /// <summary>The rate times (1 - epoch / total_iters)^power, zero from total_iters on.</summary>
            public static LRScheduler PolynomialLR(
                Optimizer optimizer, int total_iters = 5, double power = 1.0, int last_epoch = -1,
                bool verbose = false) =>
                new impl.PolynomialLR(optimizer, total_iters, power, last_epoch, verbose);
        }
    }
}
