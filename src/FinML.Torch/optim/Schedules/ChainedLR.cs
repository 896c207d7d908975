namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Several schedules at once: each step steps all of them, in order.</summary>
                public sealed class ChainedLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;

                    public ChainedLR(IEnumerable<LRScheduler> schedulers)
                        : this(schedulers?.ToArray() ?? throw new ArgumentNullException(nameof(schedulers)))
                    {
                    }

                    private ChainedLR(LRScheduler[] schedulers)
                        : base(schedulers.Length > 0
                            ? schedulers[0].Controlled
                            : throw new ArgumentException("ChainedLR needs at least one schedule."))
                    {
                        this.schedulers = schedulers;
                        LastEpoch = 0;
                        if (schedulers.Any(s => !ReferenceEquals(s.Controlled, Controlled)))
                            throw new ArgumentException("ChainedLR: a schedule belongs to another optimiser.");
                    }

                    internal override IEnumerable<(string Name, double Value, Action<double> Set)> State() =>
                        base.State().Concat(Parts(schedulers));

                    /// <inheritdoc/>
                    /// <exception cref="ArgumentException">An epoch is given: each schedule would set the rate anew.
                    /// </exception>
                    public override void step(int? epoch)
                    {
                        if (epoch is not null)
                            throw new ArgumentException("ChainedLR steps from epoch to epoch only.", nameof(epoch));
                        LastEpoch++;
                        foreach (LRScheduler schedule in schedulers)
                            schedule.step();
                        Remember();
                    }
                }
            }

            /// <summary>Several schedules at once: each step steps all of them, in order.</summary>
            public static LRScheduler ChainedLR(IEnumerable<LRScheduler> schedulers) => new impl.ChainedLR(schedulers);
        }
    }
}
