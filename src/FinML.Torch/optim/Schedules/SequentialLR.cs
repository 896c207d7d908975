namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One schedule after the other: schedule i starts at epoch milestones[i - 1], from its own
                /// epoch 0.</summary>
                public sealed class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] schedulers;
                    private readonly int[] milestones;

                    public SequentialLR(
                        Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones,
                        int last_epoch = -1)
                        : base(optimizer, last_epoch)
                    {
                        ArgumentNullException.ThrowIfNull(schedulers);
                        ArgumentNullException.ThrowIfNull(milestones);
                        this.schedulers = schedulers.ToArray();
                        this.milestones = milestones.ToArray();
                        if (this.milestones.Length != this.schedulers.Length - 1)
                        {
                            throw new ArgumentException(
                                $"SequentialLR needs one milestone less than schedules, got {this.milestones.Length} "
                                + $"and {this.schedulers.Length}.");
                        }

                        if (this.schedulers.Any(s => !ReferenceEquals(s.Controlled, optimizer)))
                            throw new ArgumentException("SequentialLR: a schedule belongs to another optimiser.");
                        LastEpoch = last_epoch + 1;

                        // Undo what each schedule did to the rates when it was made.
                        foreach (ILearningRateController group in optimizer.ParamGroups)
                            group.LearningRate = group.InitialLearningRate;
                        foreach (LRScheduler schedule in this.schedulers)
                            schedule.LastEpoch--;
                        this.schedulers[0].step();
                        Remember();
                    }

                    internal override IEnumerable<(string Name, double Value, Action<double> Set)> State() =>
                        base.State().Concat(Parts(schedulers));

                    /// <inheritdoc/>
                    public override void step(int? epoch)
                    {
                        LastEpoch = epoch ?? LastEpoch + 1;
                        int index = Array.FindLastIndex(milestones, m => m <= LastEpoch) + 1;
                        int start = index == 0 ? 0 : milestones[index - 1];
                        if (epoch is not null || (index > 0 && start == LastEpoch))
                            schedulers[index].step(LastEpoch - start);
                        else
                            schedulers[index].step();
                        Remember();
                    }
                }
            }

            /// <summary>One schedule after the other: schedule i starts at epoch milestones[i - 1].</summary>
            public static LRScheduler SequentialLR(
                Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones,
                int last_epoch = -1) =>
                new impl.SequentialLR(optimizer, schedulers, milestones, last_epoch);
        }
    }
}
