namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>The schedules as classes.</summary>
            public static partial class impl
            {
                internal static T[] PerGroup<T>(
                    string schedule, string name, IEnumerable<T> values, int groups)
                {
                    ArgumentNullException.ThrowIfNull(values);
                    T[] result = values.ToArray();
                    return result.Length == groups
                        ? result
                        : throw new ArgumentException(
                            $"{schedule}: {name} must have one value a group ({groups}), got {result.Length}.", name);
                }

                /// <summary>Sets the momentum of a group, or beta1 in Adam's family.</summary>
                /// <exception cref="ArgumentException">The group has neither.</exception>
                internal static void SetMomentum(string schedule, ILearningRateController group, double value)
                {
                    switch (group)
                    {
                        case IMomentum ball:
                            ball.Momentum = value;
                            break;
                        case IBetas betas:
                            betas.Betas = (value, betas.Betas.Item2);
                            break;
                        default:
                            throw new ArgumentException(
                                $"{schedule}: cycle_momentum needs an optimiser with momentum or beta1; pass "
                                + "cycle_momentum: false.");
                    }
                }
            }
        }
    }
}
