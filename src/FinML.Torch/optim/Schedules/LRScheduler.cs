using System.Globalization;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Learning-rate schedules, with PyTorch's formulas.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Moves the learning rates of an optimiser at each <see cref="step()"/>; call it after the optimiser's.
            /// A schedule changes the current rate by what the epoch changes, so that several can act on one optimiser.
            /// To take one up where a checkpoint left it, load the optimiser's state and then the schedule's.
            /// </summary>
            public abstract class LRScheduler
            {
                private readonly bool verbose;
                private List<double> lastRates;

                /// <param name="optimizer">Whose rates move.</param>
                /// <param name="last_epoch">The epoch before the first; -1 for a start.</param>
                /// <param name="verbose">Write each change to the console.</param>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    ArgumentOutOfRangeException.ThrowIfLessThan(last_epoch, -1);
                    Controlled = optimizer;
                    LastEpoch = last_epoch;
                    this.verbose = verbose;
                    BaseRates = optimizer.ParamGroups.Select(g => g.InitialLearningRate).ToList();
                    lastRates = Rates();
                }

                internal Optimizer Controlled { get; }

                /// <summary>Steps taken; -1 before the first.</summary>
                internal int LastEpoch { get; set; }

                private protected List<double> BaseRates { get; init; }

                private protected bool Verbose => verbose;

                /// <summary>The next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>The next epoch, or the given one.</summary>
                public virtual void step(int? epoch)
                {
                    LastEpoch = epoch ?? LastEpoch + 1;
                    double[] rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToArray();
                    int i = 0;
                    foreach (ILearningRateController group in Controlled.ParamGroups)
                        group.LearningRate = rates[i++];
                    if (verbose && !rates.SequenceEqual(lastRates))
                    {
                        Console.WriteLine(string.Create(
                            CultureInfo.InvariantCulture,
                            $"Epoch {LastEpoch}: learning rate {string.Join(", ", rates.Select(Text))}"));
                    }

                    lastRates = [.. rates];
                }

                /// <summary>The next epoch; most schedules do not look at the metric.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The rates that the last step set, one a group.</summary>
                public IEnumerable<double> get_last_lr() => lastRates;

                /// <summary>What a resumed run needs beside the optimiser's state to continue with the same bits.
                /// </summary>
                public Dictionary<string, Tensor> state_dict() =>
                    State().ToDictionary(s => s.Name, s => Tensor.Of(s.Value));

                /// <summary>Takes up a state; the optimiser keeps its rates, which its own state holds.</summary>
                /// <exception cref="ArgumentException">A key is missing or unknown, or no single Float64.</exception>
                public void load_state_dict(Dictionary<string, Tensor> state)
                {
                    ArgumentNullException.ThrowIfNull(state);
                    (string Name, double Value, Action<double> Set)[] own = State().ToArray();
                    string[] names = Array.ConvertAll(own, s => s.Name);
                    if (!names.ToHashSet().SetEquals(state.Keys))
                    {
                        throw new ArgumentException(
                            $"the schedule's state must hold {string.Join(", ", names)}; got "
                            + $"{string.Join(", ", state.Keys)}.", nameof(state));
                    }

                    double[] values = Array.ConvertAll(names, name => Optimizer.Number(name, state[name]));
                    for (int i = 0; i < own.Length; i++)
                        own[i].Set(values[i]);
                    Remember();
                }

                /// <summary>The numbers that change from step to step.</summary>
                internal virtual IEnumerable<(string Name, double Value, Action<double> Set)> State()
                {
                    yield return ("last_epoch", LastEpoch, v => LastEpoch = (int)v);
                }

                /// <summary>The rates of this epoch from those of the one before.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates();

                /// <summary>The rates of this epoch from the initial ones, where there is such a formula.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();

                /// <summary>The numbers of parts, under prefixes.</summary>
                private protected static IEnumerable<(string Name, double Value, Action<double> Set)> Parts(
                    LRScheduler[] parts) => parts.SelectMany(
                        (part, i) => part.State().Select(s => ($"{i}.{s.Name}", s.Value, s.Set)));

                private protected void Remember() => lastRates = Rates();

                private protected List<double> Rates() => Controlled.ParamGroups.Select(g => g.LearningRate).ToList();

                /// <summary>The current rates times a factor.</summary>
                private protected IEnumerable<double> Scaled(double factor) => Rates().Select(rate => rate * factor);

                private static string Text(double rate) => rate.ToString("g4", CultureInfo.InvariantCulture);
            }
        }
    }
}
