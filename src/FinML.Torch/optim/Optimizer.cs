using System.Globalization;
using FinML.Torch.Modules;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>
        /// Changes parameters along their gradients. <see cref="step"/> updates; <see cref="zero_grad"/> forgets the
        /// gradients; <see cref="state_dict"/> holds all that a resumed run needs to continue with the same bits.
        /// </summary>
        public abstract class Optimizer : IDisposable
        {
            private readonly List<ParamGroup> groups = [];
            private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
            private readonly double rate;

            private protected Optimizer(double lr) => rate = InRange("lr", lr, 0, double.MaxValue);

            /// <summary>The groups, in the order they were added.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => groups;

            private protected IReadOnlyList<ParamGroup> Groups => groups;

            /// <summary>The parameters of all groups, in order.</summary>
            public virtual IEnumerable<Tensor> parameters() => groups.SelectMany(g => g.Parameters);

            /// <summary>Adds parameters, such as layers that were frozen until now.</summary>
            /// <exception cref="ArgumentException">A group of another optimiser, one without parameters, a parameter
            /// given twice, or one that is no floating leaf.</exception>
            public virtual void add_param_group(ParamGroup param_group)
            {
                ArgumentNullException.ThrowIfNull(param_group);
                if (param_group.Adopted)
                    throw new ArgumentException("the group belongs to an optimiser already.", nameof(param_group));
                Tensor[] own = param_group.Parameters.ToArray();
                if (own.Length == 0)
                {
                    throw new ArgumentException(
                        "an optimiser needs at least one parameter; did the module call RegisterComponents()?");
                }

                var added = new HashSet<object>(seen, ReferenceEqualityComparer.Instance);
                foreach (Tensor parameter in own)
                {
                    if (!parameter.is_leaf || !parameter.dtype.IsFloating())
                    {
                        throw new ArgumentException(
                            $"an optimiser trains floating leaves; got a {parameter.dtype} of shape "
                            + $"{Shapes.Text(parameter.Sizes)} made by '{parameter.grad_fn}'.");
                    }

                    if (!added.Add(parameter))
                    {
                        throw new ArgumentException(
                            $"a parameter of shape {Shapes.Text(parameter.Sizes)} was given twice.");
                    }
                }

                Complete(param_group);
                param_group.LearningRate = param_group.InitialLearningRate = param_group.GivenRate ?? rate;
                seen.UnionWith(own);
                param_group.Adopted = true;
                groups.Add(param_group);
            }

            /// <summary>Drops the gradients, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                // As arrays: the loop of every training step makes no garbage.
                foreach (ParamGroup group in groups)
                {
                    foreach (Tensor parameter in (Tensor[])group.Parameters)
                        Clear(parameter, set_to_none);
                }
            }

            /// <summary>One update of every parameter that has a gradient.</summary>
            /// <param name="closure">Computes the loss and its gradients first; its result is returned.</param>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>
            /// Copies of everything that decides the next steps: <c>group.G.lr</c>, <c>group.G.initial_lr</c>, where a
            /// schedule can move them <c>group.G.momentum</c> or <c>group.G.beta1</c> and <c>beta2</c>, and
            /// <c>state.I.NAME</c> for parameter I, counted over all groups. For safetensors.
            /// </summary>
            public Dictionary<string, Tensor> state_dict()
            {
                Dictionary<string, Tensor> state = [];
                for (int g = 0; g < groups.Count; g++)
                {
                    foreach ((string name, double value, _) in Settings(groups[g]))
                        state[Key("group", g, name)] = Tensor.Of(value);
                }

                int index = 0;
                foreach (Tensor parameter in parameters())
                {
                    foreach ((string name, Tensor value) in SaveState(index))
                        state[Key("state", index, name)] = value;
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
                List<Action> apply = [];
                for (int g = 0; g < groups.Count; g++)
                {
                    foreach ((string name, _, Action<double> set) in Settings(groups[g]))
                    {
                        string key = Key("group", g, name);
                        unread.Remove(key);
                        double value = state.TryGetValue(key, out Tensor? saved)
                            ? InRange(key, Number(key, saved), 0, double.MaxValue)
                            : throw new ArgumentException($"the optimiser's state lacks '{key}'.", nameof(state));
                        apply.Add(() => set(value));
                    }
                }

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
            }

            /// <summary>Nothing native is held; here for using statements.</summary>
            public void Dispose() => GC.SuppressFinalize(this);

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

            /// <summary>Adds the groups of the constructor; called when the defaults are in place.</summary>
            private protected void Start(IEnumerable<ParamGroup> parameters)
            {
                ArgumentNullException.ThrowIfNull(parameters);
                foreach (ParamGroup group in parameters)
                    add_param_group(group);
                if (groups.Count == 0)
                    throw new ArgumentException("an optimiser needs at least one group of parameters.");
            }

            /// <summary>Fills the settings that a group leaves out.</summary>
            /// <exception cref="ArgumentException">The group is another optimiser's.</exception>
            private protected abstract void Complete(ParamGroup group);

            /// <summary>Copies of the state of parameter <paramref name="index"/>; empty before its first step.
            /// </summary>
            private protected abstract IEnumerable<(string Name, Tensor Value)> SaveState(int index);

            /// <summary>Checks a saved state and returns what puts it in place.</summary>
            private protected abstract Action LoadState(int index, Tensor parameter, Dictionary<string, Tensor> saved);

            private protected static Tensor? Evaluate(Func<Tensor>? closure)
            {
                if (closure is null)
                    return null;
                using (enable_grad())
                    return closure();
            }

            private protected static T Own<T>(ParamGroup group)
                where T : ParamGroup =>
                group as T ?? throw new ArgumentException(
                    $"the group must be a {typeof(T).DeclaringType!.Name}.ParamGroup, got a "
                    + $"{group.GetType().FullName}.");

            internal static double Number(string key, Tensor value) =>
                value.dtype == ScalarType.Float64 && value.Count == 1
                    ? value.Span<double>()[0]
                    : throw new ArgumentException(
                        $"'{key}' must be one Float64, got {value.dtype}{Shapes.Text(value.Sizes)}.");

            private static string Key(string kind, int index, string name) =>
                string.Create(CultureInfo.InvariantCulture, $"{kind}.{index}.{name}");

            /// <summary>The numbers of a group that change while training.</summary>
            private static IEnumerable<(string Name, double Value, Action<double> Set)> Settings(ParamGroup group)
            {
                yield return ("lr", group.LearningRate, v => group.LearningRate = v);
                yield return ("initial_lr", group.InitialLearningRate, v => group.InitialLearningRate = v);
                if (group is IMomentum ball)
                    yield return ("momentum", ball.Momentum, v => ball.Momentum = v);
                if (group is IBetas betas)
                {
                    yield return ("beta1", betas.Betas.Item1, v => betas.Betas = (v, betas.Betas.Item2));
                    yield return ("beta2", betas.Betas.Item2, v => betas.Betas = (betas.Betas.Item1, v));
                }
            }
        }
    }
}
