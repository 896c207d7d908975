namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning-rate schedules: the rate of each group is its initial rate times a factor of the epoch, so
        /// that a schedule's whole state is the epoch.</summary>
        public static class lr_scheduler
        {
            /// <summary>Moves the learning rates of an optimiser at each <see cref="step"/>.</summary>
            public sealed class LRScheduler
            {
                private readonly Optimizer optimizer;
                private readonly Func<double, long, double> rate;

                internal LRScheduler(Optimizer optimizer, Func<double, long, double> rate)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    this.optimizer = optimizer;
                    this.rate = rate;
                    Apply();
                }

                /// <summary>Steps taken; set it to take up a schedule where a checkpoint left it.</summary>
                public long last_epoch
                {
                    get;
                    set
                    {
                        ArgumentOutOfRangeException.ThrowIfNegative(value);
                        field = value;
                        Apply();
                    }
                }

                /// <summary>The next epoch: call it after the optimiser's step.</summary>
                public void step() => last_epoch++;

                /// <summary>The current rate of each group.</summary>
                public IEnumerable<double> get_last_lr() => optimizer.ParamGroups.Select(g => g.LearningRate);

                private void Apply()
                {
                    foreach (ParamGroup group in optimizer.ParamGroups)
                    {
                        group.LearningRate = rate(group.InitialLearningRate, last_epoch);
                    }
                }
            }

            /// <summary>The factor goes from start to end in equal parts over <paramref name="total_iters"/> steps.
            /// </summary>
            public static LRScheduler LinearLR(
                Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5)
            {
                Optimizer.InRange("start_factor", start_factor, 0, double.MaxValue);
                Optimizer.InRange("end_factor", end_factor, 0, double.MaxValue);
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total_iters);
                return new(optimizer, (initial, epoch) => initial
                    * (start_factor + ((end_factor - start_factor) * Math.Min(epoch, total_iters) / total_iters)));
            }

            /// <summary>The rate is multiplied by <paramref name="gamma"/> every <paramref name="step_size"/> steps.
            /// </summary>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step_size);
                Optimizer.InRange("gamma", gamma, 0, double.MaxValue);
                return new(optimizer, (initial, epoch) => initial * Math.Pow(gamma, epoch / step_size));
            }

            /// <summary>Half a cosine from the initial rate to <paramref name="eta_min"/> over <paramref name="T_max"/>
            /// steps (Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts).</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0)
            {
                Optimizer.InRange("T_max", T_max, double.Epsilon, double.MaxValue);
                Optimizer.InRange("eta_min", eta_min, 0, double.MaxValue);
                return new(optimizer, (initial, epoch) =>
                    eta_min + ((initial - eta_min) * (1 + Math.Cos(Math.PI * epoch / T_max)) / 2));
            }

            /// <summary>The factor is a function of the epoch.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda)
            {
                ArgumentNullException.ThrowIfNull(lr_lambda);
                return new(optimizer, (initial, epoch) => initial * lr_lambda(checked((int)epoch)));
            }
        }
    }
}
