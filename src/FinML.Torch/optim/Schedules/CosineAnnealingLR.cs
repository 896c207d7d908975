namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Half a cosine from the initial rate to eta_min over T_max epochs (Loshchilov and Hutter,
                /// "SGDR", ICLR 2017, without restarts).</summary>
                public sealed class CosineAnnealingLR : LRScheduler
                {
                    private readonly double half, low;

                    public CosineAnnealingLR(
                        Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        half = Optimizer.InRange("T_max", T_max, double.Epsilon, double.MaxValue);
                        low = Optimizer.InRange("eta_min", eta_min, 0, double.MaxValue);
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0)
                            return Scaled(1);

                        // Where the cosine was at its end the ratio of two epochs has no value.
                        if ((LastEpoch - 1 - half) % (2 * half) == 0)
                        {
                            double rise = (1 - Math.Cos(Math.PI / half)) / 2;
                            return Rates().Zip(BaseRates, (rate, start) => rate + ((start - low) * rise));
                        }

                        double ratio = Height(LastEpoch) / Height(LastEpoch - 1);
                        return Rates().Select(rate => (ratio * (rate - low)) + low);
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_closed_form_lr() =>
                        BaseRates.Select(rate => low + ((rate - low) * Height(LastEpoch) / 2));

                    private double Height(int epoch) => 1 + Math.Cos(Math.PI * epoch / half);
                }
            }

            /// <summary>Half a cosine from the initial rate to eta_min over T_max epochs (Loshchilov and Hutter,
            /// "SGDR", ICLR 2017, without restarts).</summary>
            public static LRScheduler CosineAnnealingLR(
                Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);
        }
    }
}
