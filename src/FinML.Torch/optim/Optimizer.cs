using System.Globalization;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>What a schedule moves.</summary>
        public interface ILearningRateController
        {
            double LearningRate { get; set; }

            double InitialLearningRate { get; set; }
        }

        /// <summary>Parameters that share a learning rate.</summary>
        public sealed class ParamGroup : ILearningRateController
        {
            private double learningRate;

            /// <param name="parameters">Trainable tensors, each in one group only.</param>
            /// <param name="lr">Learning rate; left out: the optimiser's.</param>
            /// <param name="weight_decay">L2 coefficient; left out: the optimiser's.</param>
            public ParamGroup(IEnumerable<Tensor> parameters, double? lr = null, double? weight_decay = null)
            {
                ArgumentNullException.ThrowIfNull(parameters);
                Items = parameters.ToArray();
                GivenRate = lr;
                GivenDecay = weight_decay;
            }

            public IReadOnlyList<Tensor> Parameters => Items;

            /// <summary>As an array: a loop over it makes no garbage.</summary>
            internal Tensor[] Items { get; }

            /// <summary>The step size, finite and at least 0.</summary>
            public double LearningRate
            {
                get => learningRate;
                set => learningRate = Optimizer.InRange("lr", value, 0, double.MaxValue);
            }

            public double InitialLearningRate { get; set; }

            internal double? GivenRate { get; }

            internal double? GivenDecay { get; }

            internal double WeightDecay { get; set; }
        }

        /// <summary>
        /// Changes parameters along their gradients. <see cref="step"/> updates; <see cref="zero_grad"/> forgets the
        /// gradients; <see cref="state_dict"/> holds all that a resumed run needs to continue with the same bits.
        /// </summary>
        public abstract class Optimizer
        {
            private readonly ParamGroup[] groups;

            /// <exception cref="ArgumentException">No parameters, one given twice, or one that is no floating leaf.
            /// </exception>
            private protected Optimizer(IEnumerable<ParamGroup> parameters, double lr, double weight_decay)
            {
                ArgumentNullException.ThrowIfNull(parameters);
                groups = parameters.ToArray();
                InRange("lr", lr, 0, double.MaxValue);
                InRange("weight_decay", weight_decay, 0, double.MaxValue);
                var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
                foreach (ParamGroup group in groups)
                {
                    group.LearningRate = group.InitialLearningRate = group.GivenRate ?? lr;
                    group.WeightDecay = InRange("weight_decay", group.GivenDecay ?? weight_decay, 0, double.MaxValue);
                    foreach (Tensor parameter in group.Parameters)
                    {
                        if (!parameter.is_leaf || !parameter.dtype.IsFloating())
                        {
                            throw new ArgumentException(
                                $"an optimiser trains floating leaves; got a {parameter.dtype} of shape "
                                + $"{Shapes.Text(parameter.Sizes)} made by '{parameter.grad_fn}'.");
                        }

                        if (!seen.Add(parameter))
                        {
                            throw new ArgumentException(
                                $"a parameter of shape {Shapes.Text(parameter.Sizes)} was given twice.");
                        }
                    }
                }

                if (seen.Count == 0)
                {
                    throw new ArgumentException(
                        "an optimiser needs at least one parameter; did the module call RegisterComponents()?");
                }
            }

            public IEnumerable<ParamGroup> ParamGroups => groups;

            /// <summary>The parameters of all groups, in order.</summary>
            public IEnumerable<Tensor> parameters() => groups.SelectMany(g => g.Parameters);

            /// <summary>Drops the gradients, or sets them to zero.</summary>
            public void zero_grad(bool set_to_none = true)
            {
                foreach (ParamGroup group in groups)
                {
                    foreach (Tensor parameter in group.Items)
                    {
                        Clear(parameter, set_to_none);
                    }
                }
            }

            /// <summary>One update of every parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients first; its result is returned.</param>
            public Tensor? step(Func<Tensor>? closure = null)
            {
                Tensor? loss = null;
                if (closure is not null)
                {
                    using (enable_grad())
                    {
                        loss = closure();
                    }
                }

                int index = 0;
                foreach (ParamGroup group in groups)
                {
                    foreach (Tensor parameter in group.Items)
                    {
                        if (parameter.Meta?.Gradient is { } gradient)
                        {
                            UpdateOne(group, index, parameter, gradient);
                        }

                        index++;
                    }
                }

                return loss;
            }

            /// <summary>
            /// Copies of everything that decides the next steps: <c>group.G.lr</c>, <c>group.G.initial_lr</c> and
            /// <c>state.I.NAME</c> for parameter I, counted over all groups. For safetensors.
            /// </summary>
            public Dictionary<string, Tensor> state_dict()
            {
                Dictionary<string, Tensor> state = [];
                for (int g = 0; g < groups.Length; g++)
                {
                    state[Key("group", g, "lr")] = Tensor.Of(groups[g].LearningRate);
                    state[Key("group", g, "initial_lr")] = Tensor.Of(groups[g].InitialLearningRate);
                }

                int index = 0;
                foreach (Tensor parameter in parameters())
                {
                    foreach ((string name, Tensor value) in SaveState(index))
                    {
                        state[Key("state", index, name)] = value;
                    }

                    index++;
                }

                return state;
            }

            /// <summary>Takes up a state; nothing changes when it does not fit.</summary>
            /// <exception cref="ArgumentException">A key is missing or unknown, or a shape or dtype differs.
            /// </exception>
            public void load_state_dict(Dictionary<string, Tensor> state)
            {
                ArgumentNullException.ThrowIfNull(state);
                var unread = new HashSet<string>(state.Keys, StringComparer.Ordinal);
                Tensor Read(string key)
                {
                    unread.Remove(key);
                    return state.TryGetValue(key, out Tensor? value)
                        ? value
                        : throw new ArgumentException($"the optimiser's state lacks '{key}'.", nameof(state));
                }

                var rates = new (double Rate, double Initial)[groups.Length];
                for (int g = 0; g < groups.Length; g++)
                {
                    rates[g] = (
                        InRange("lr", Number(Key("group", g, "lr"), Read(Key("group", g, "lr"))), 0, double.MaxValue),
                        Number(Key("group", g, "initial_lr"), Read(Key("group", g, "initial_lr"))));
                }

                List<Action> apply = [];
                int index = 0;
                foreach (Tensor parameter in parameters())
                {
                    string prefix = Key("state", index, "");
                    Dictionary<string, Tensor> own = state
                        .Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal))
                        .ToDictionary(s => s.Key[prefix.Length..], s => s.Value);
                    unread.RemoveWhere(k => k.StartsWith(prefix, StringComparison.Ordinal));
                    apply.Add(LoadState(index, parameter, own));
                    index++;
                }

                if (unread.Count > 0)
                {
                    throw new ArgumentException(
                        $"the optimiser's state holds unknown keys: {string.Join(", ", unread.Order())}.",
                        nameof(state));
                }

                apply.ForEach(a => a());
                for (int g = 0; g < groups.Length; g++)
                {
                    (groups[g].LearningRate, groups[g].InitialLearningRate) = rates[g];
                }
            }

            internal static void Clear(Tensor parameter, bool toNone)
            {
                if (parameter.Meta?.Gradient is not { } gradient)
                {
                    return;
                }

                if (toNone)
                {
                    parameter.Meta.DropGradient();
                }
                else
                {
                    using (no_grad())
                    {
                        gradient.detach().FillWith(0).MarkWritten("zero_grad");
                    }
                }
            }

            internal static double InRange(string name, double value, double low, double high) =>
                value >= low && value <= high
                    ? value
                    : throw new ArgumentOutOfRangeException(
                        name, value, $"{name} must be in [{low}, {high}], got {value}.");

            /// <summary>The update of contiguous elements of one parameter.</summary>
            private protected abstract void Update<T>(
                ParamGroup group, int index, Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
                where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>;

            /// <summary>Copies of the state of parameter <paramref name="index"/>; empty before its first step.
            /// </summary>
            private protected abstract IEnumerable<(string Name, Tensor Value)> SaveState(int index);

            /// <summary>Checks a saved state and returns what puts it in place.</summary>
            private protected abstract Action LoadState(int index, Tensor parameter, Dictionary<string, Tensor> saved);

            private protected static double Number(string key, Tensor value) =>
                value.dtype == ScalarType.Float64 && value.Count == 1
                    ? value.Span<double>()[0]
                    : throw new ArgumentException(
                        $"'{key}' must be one Float64, got {value.dtype}{Shapes.Text(value.Sizes)}.");

            private static string Key(string kind, int index, string name) =>
                string.Create(CultureInfo.InvariantCulture, $"{kind}.{index}.{name}");

            private void UpdateOne(ParamGroup group, int index, Tensor parameter, Tensor gradient)
            {
                if (gradient.dtype != parameter.dtype)
                {
                    throw new InvalidOperationException(
                        $"parameter {index} is {parameter.dtype}, its gradient {gradient.dtype}.");
                }

                Tensor target = parameter.IsContiguous ? parameter : parameter.detach().clone();
                Tensor source = gradient.IsContiguous ? gradient : gradient.detach().contiguous();
                if (parameter.dtype == ScalarType.BFloat16)
                {
                    throw new InvalidOperationException(
                        $"step: parameter {index} is BFloat16, too coarse to add small steps to; keep it Float32 and "
                        + "train under autocast.");
                }

                if (parameter.dtype == ScalarType.Float32)
                {
                    Update(group, index, parameter, target.Span<float>(), source.Span<float>());
                }
                else
                {
                    Update(group, index, parameter, target.Span<double>(), source.Span<double>());
                }

                if (!ReferenceEquals(target, parameter))
                {
                    Copying.Copy(target, parameter);
                }

                parameter.MarkWritten("optimizer.step");
            }
        }
    }
}
