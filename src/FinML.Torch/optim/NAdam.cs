using System.Runtime.Intrinsics;
using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// Adam with Nesterov's momentum (Dozat, 2016), in PyTorch's formulas: mu_t = beta1 (1 - 0.96^(t momentum_decay) /
    /// 2); p -= lr ((1 - mu_t) / (1 - M_t) g + mu_(t+1) / (1 - M_(t+1)) m) / (sqrt(v / (1 - beta2^t)) + eps), M being the
    /// running product of mu.
    /// </summary>
    public sealed class NAdam : OptimizerHelper
    {
        private readonly Settings defaults;

        internal NAdam(
            IEnumerable<ParamGroup> parameters, double lr, double beta1, double beta2, double eps, double weight_decay,
            double momentum_decay)
            : base(lr)
        {
            defaults = new Settings(beta1, beta2, eps, weight_decay, momentum_decay).Checked();
            Start(parameters);
        }

        private protected override OptimizerSlots Slots { get; } = new(["exp_avg", "exp_avg_sq"], "mu_product");

        private protected override void Complete(Modules.ParamGroup group) => Own<ParamGroup>(group).Own ??= defaults;

        private protected override void Update<T>(
            Modules.ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            Settings own = ((ParamGroup)group).Own!;
            OptimizerSlots.Slot slot = Slots.Next(index, parameter, Slots.Count);
            Span<T> mean = slot.Buffers[0].Span<T>(), square = slot.Buffers[1].Span<T>();
            double now = own.Mu(slot.Step), next = own.Mu(slot.Step + 1), rate = group.LearningRate;
            double product = slot.Numbers[0] *= now;
            Vector512<T> ofGradient = Vector512.Create(T.CreateTruncating(-rate * (1 - now) / (1 - product)));
            Vector512<T> ofMean = Vector512.Create(T.CreateTruncating(-rate * next / (1 - (product * next))));
            Vector512<T> correction = Vector512.Create(T.CreateTruncating(1 - Math.Pow(own.Beta2, slot.Step)));
            Vector512<T> b1 = Vector512.Create(T.CreateTruncating(own.Beta1));
            Vector512<T> b2 = Vector512.Create(T.CreateTruncating(own.Beta2));
            Vector512<T> rest1 = Vector512.Create(T.CreateTruncating(1 - own.Beta1));
            Vector512<T> rest2 = Vector512.Create(T.CreateTruncating(1 - own.Beta2));
            Vector512<T> l2 = Vector512.Create(T.CreateTruncating(own.WeightDecay));
            Vector512<T> small = Vector512.Create(T.CreateTruncating(own.Eps));
            for (int i = 0; i < values.Length; i += Vector512<T>.Count)
            {
                Vector512<T> p = LanePart.Load<T>(values, i);
                Vector512<T> g = VectorMath.MultiplyAdd(l2, p, LanePart.Load(gradient, i));
                Vector512<T> m = VectorMath.MultiplyAdd(b1, LanePart.Load<T>(mean, i), rest1 * g);
                Vector512<T> v = VectorMath.MultiplyAdd(b2, LanePart.Load<T>(square, i), rest2 * g * g);
                LanePart.Store(m, mean, i);
                LanePart.Store(v, square, i);
                Vector512<T> update = VectorMath.MultiplyAdd(ofGradient, g, ofMean * m);
                LanePart.Store(p + (update / (Vector512.Sqrt(v / correction) + small)), values, i);
            }
        }

        /// <summary>Parameters with settings of their own.</summary>
        public sealed class ParamGroup : Modules.ParamGroup, torch.optim.IBetas
        {
            /// <summary>With the optimiser's settings.</summary>
            public ParamGroup()
            {
            }

            /// <summary>All settings are the group's own.</summary>
            public ParamGroup(
                IEnumerable<torch.Tensor> parameters, double lr = 1.0, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3)
                : base(parameters, lr) =>
                Own = new Settings(beta1, beta2, eps, weight_decay, momentum_decay).Checked();

            /// <summary>Both decays, in [0, 1).</summary>
            public (double, double) Betas
            {
                get => Own is null ? (0.9, 0.999) : (Own.Beta1, Own.Beta2);
                set => Own = ((Own ?? new Settings(0.9, 0.999, 1e-8, 0, 4e-3)) with
                {
                    Beta1 = value.Item1,
                    Beta2 = value.Item2,
                }).Checked();
            }

            internal Settings? Own { get; set; }
        }

        internal sealed record Settings(
            double Beta1, double Beta2, double Eps, double WeightDecay, double MomentumDecay)
        {
            internal double Mu(long step) => Beta1 * (1 - (0.5 * Math.Pow(0.96, step * MomentumDecay)));

            internal Settings Checked()
            {
                InRange("beta1", Beta1, 0, 1 - 1e-12);
                InRange("beta2", Beta2, 0, 1 - 1e-12);
                InRange("eps", Eps, 0, double.MaxValue);
                InRange("weight_decay", WeightDecay, 0, double.MaxValue);
                InRange("momentum_decay", MomentumDecay, 0, double.MaxValue);
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
            /// <summary>NAdam.</summary>
            /// <param name="parameters">Trainable tensors.</param>
            /// <param name="lr">Learning rate, at least 0.</param>
            /// <param name="beta1">Decay of the mean gradient, in [0, 1).</param>
            /// <param name="beta2">Decay of the mean square, in [0, 1).</param>
            /// <param name="eps">Added to the root, at least 0.</param>
            /// <param name="weight_decay">L2 coefficient, at least 0.</param>
            /// <param name="momentum_decay">How fast the momentum grows to beta1, at least 0.</param>
            public static NAdam NAdam(
                IEnumerable<Tensor> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3) =>
                new([new NAdam.ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay,
                momentum_decay);

            /// <summary>The same of a module's named_parameters().</summary>
            public static NAdam NAdam(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.002, double beta1 = 0.9,
                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3) =>
                NAdam(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, momentum_decay);

            /// <summary>The same over groups with settings of their own.</summary>
            public static NAdam NAdam(
                IEnumerable<NAdam.ParamGroup> parameters, double lr = 0.002, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, double momentum_decay = 4e-3) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, momentum_decay);
        }
    }
}
