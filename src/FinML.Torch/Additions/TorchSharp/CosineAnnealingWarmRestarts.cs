namespace FinML.Torch;

/// <summary>Half a cosine from the initial rate to eta_min, again and again, each period T_mult times as long as the
/// one before (Loshchilov and Hutter, "SGDR", ICLR 2017).</summary>
public sealed class CosineAnnealingWarmRestarts : torch.optim.lr_scheduler.LRScheduler
{
    private readonly double[] initial;
    private readonly int first, growth;
    private readonly double low;
    private int epoch;

    /// <param name="optimizer">Whose rates move.</param>
    /// <param name="T_0">Epochs of the first period, at least 1.</param>
    /// <param name="T_mult">Growth of the periods, at least 1.</param>
    /// <param name="eta_min">The lowest rate, at least 0.</param>
    /// <param name="last_epoch">The epoch before the first; -1 for a start.</param>
    public CosineAnnealingWarmRestarts(
        torch.optim.Optimizer optimizer, int T_0, int T_mult = 1, double eta_min = 0, int last_epoch = -1)
        : base(optimizer, last_epoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(T_0, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(T_mult, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(eta_min);
        first = T_0;
        growth = T_mult;
        low = eta_min;
        epoch = last_epoch;
        initial = optimizer.ParamGroups.Select(g => g.InitialLearningRate).ToArray();
        step();
    }

    /// <inheritdoc/>
    public override void step(int? epoch)
    {
        this.epoch = epoch ?? this.epoch + 1;
        base.step(epoch);
    }

    /// <inheritdoc/>
    protected override IEnumerable<double> get_lr()
    {
        long period = first, at = epoch;
        while (at >= period)
        {
            at -= period;
            period *= growth;
        }

        double height = (1 + Math.Cos(Math.PI * at / period)) / 2;
        return initial.Select(rate => low + ((rate - low) * height));
    }
}
