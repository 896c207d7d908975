using System.Runtime.Intrinsics;
using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>Adagrad (Duchi, Hazan and Singer, JMLR 2011): s += g^2; p -= lr / (1 + (t - 1) lr_decay) g /
    /// (sqrt(s) + eps).</summary>
    public sealed class Adagrad : OptimizerHelper
    {
        private readonly Settings defaults;

        internal Adagrad(
            IEnumerable<ParamGroup> parameters, double lr, double lr_decay, double weight_decay,
            double initial_accumulator_value, double eps)
            : base(lr)
        {
            defaults = new Settings(lr_decay, weight_decay, initial_accumulator_value, eps).Checked();
            Start(parameters);
        }

        private protected override OptimizerSlots Slots { get; } = new(["sum"]);

        private protected override void Complete(Modules.ParamGroup group) => Own<ParamGroup>(group).Own ??= defaults;

        private protected override void Update<T>(
            Modules.ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            Settings own = ((ParamGroup)group).Own!;
            OptimizerSlots.Slot slot = Slots.Next(index, parameter, Slots.Count, own.InitialAccumulator);
            Span<T> sum = slot.Buffers[0].Span<T>();
            double size = -group.LearningRate / (1 + ((slot.Step - 1) * own.RateDecay));
            Vector512<T> rate = Vector512.Create(T.CreateTruncating(size));
            Vector512<T> l2 = Vector512.Create(T.CreateTruncating(own.WeightDecay));
            Vector512<T> small = Vector512.Create(T.CreateTruncating(own.Eps));
            for (int i = 0; i < values.Length; i += Vector512<T>.Count)
            {
                Vector512<T> p = LanePart.Load<T>(values, i);
                Vector512<T> g = VectorMath.MultiplyAdd(l2, p, LanePart.Load(gradient, i));
                Vector512<T> s = VectorMath.MultiplyAdd(g, g, LanePart.Load<T>(sum, i));
                LanePart.Store(s, sum, i);
                LanePart.Store(VectorMath.MultiplyAdd(rate, g / (Vector512.Sqrt(s) + small), p), values, i);
            }
        }

        /// <summary>Parameters with settings of their own.</summary>
        public sealed class ParamGroup : Modules.ParamGroup
        {
            /// <summary>With the optimiser's settings.</summary>
            public ParamGroup()
            {
            }

            /// <summary>All settings are the group's own.</summary>
            public ParamGroup(
                IEnumerable<torch.Tensor> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10)
                : base(parameters, lr) =>
                Own = new Settings(lr_decay, weight_decay, initial_accumulator_value, eps).Checked();

            internal Settings? Own { get; set; }
        }

        internal sealed record Settings(double RateDecay, double WeightDecay, double InitialAccumulator, double Eps)
        {
            internal Settings Checked()
            {
                InRange("lr_decay", RateDecay, 0, double.MaxValue);
                InRange("weight_decay", WeightDecay, 0, double.MaxValue);
                InRange("initial_accumulator_value", InitialAccumulator, 0, double.MaxValue);
                InRange("eps", Eps, 0, double.MaxValue);
                return this;
            }
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adagrad.</summary>
            /// <param name="parameters">Trainable tensors.</param>
            /// <param name="lr">Learning rate, at least 0.</param>
            /// <param name="lr_decay">The rate is divided by 1 + (t - 1) lr_decay; at least 0.</param>
            /// <param name="weight_decay">L2 coefficient, at least 0.</param>
            /// <param name="initial_accumulator_value">Start of the sum of squares, at least 0.</param>
            /// <param name="eps">Added to the root, at least 0.</param>
            public static Adagrad Adagrad(
                IEnumerable<Tensor> parameters, double lr = 1e-2, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10) =>
                new([new Adagrad.ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay,
                initial_accumulator_value, eps);

            /// <summary>The same of a module's named_parameters().</summary>
            public static Adagrad Adagrad(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-2, double lr_decay = 0,
                double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                Adagrad(
                    parameters.Select(p => p.parameter), lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            /// <summary>The same over groups with settings of their own.</summary>
            public static Adagrad Adagrad(
                IEnumerable<Adagrad.ParamGroup> parameters, double lr = 1e-2, double lr_decay = 0,
                double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);
        }
    }
}
