using System.Runtime.Intrinsics;
using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// RMSprop (Tieleman and Hinton, lecture 6.5, 2012), in PyTorch's form: s = alpha s + (1 - alpha) g^2;
    /// p -= lr g / (sqrt(s) + eps), centred (Graves, 2013) or with momentum where asked.
    /// </summary>
    public sealed class RMSProp : OptimizerHelper
    {
        private readonly Settings defaults;

        internal RMSProp(
            IEnumerable<ParamGroup> parameters, double lr, double alpha, double eps, double weight_decay,
            double momentum, bool centered, bool maximize)
            : base(lr)
        {
            defaults = new Settings(alpha, eps, weight_decay, momentum, centered, maximize).Checked();
            Start(parameters);
        }

        private protected override OptimizerSlots Slots { get; } = new(["square_avg", "grad_avg", "momentum_buffer"]);

        private protected override void Complete(Modules.ParamGroup group) => Own<ParamGroup>(group).Own ??= defaults;

        private protected override void Update<T>(
            Modules.ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            Settings own = ((ParamGroup)group).Own!;
            torch.Tensor[] buffers = Slots.Next(index, parameter, Slots.Count).Buffers;
            Span<T> square = buffers[0].Span<T>(), mean = buffers[1].Span<T>(), buffer = buffers[2].Span<T>();
            Vector512<T> rate = Vector512.Create(T.CreateTruncating(-group.LearningRate));
            Vector512<T> l2 = Vector512.Create(T.CreateTruncating(own.WeightDecay));
            Vector512<T> keep = Vector512.Create(T.CreateTruncating(own.Alpha));
            Vector512<T> add = Vector512.Create(T.CreateTruncating(1 - own.Alpha));
            Vector512<T> ball = Vector512.Create(T.CreateTruncating(own.Momentum));
            Vector512<T> small = Vector512.Create(T.CreateTruncating(own.Eps));
            Vector512<T> sign = Vector512.Create(own.Maximize ? -T.One : T.One);
            for (int i = 0; i < values.Length; i += Vector512<T>.Count)
            {
                Vector512<T> p = LanePart.Load<T>(values, i);
                Vector512<T> g = VectorMath.MultiplyAdd(l2, p, LanePart.Load(gradient, i) * sign);
                Vector512<T> s = VectorMath.MultiplyAdd(keep, LanePart.Load<T>(square, i), add * g * g);
                LanePart.Store(s, square, i);
                if (own.Centered)
                {
                    Vector512<T> m = VectorMath.MultiplyAdd(keep, LanePart.Load<T>(mean, i), add * g);
                    LanePart.Store(m, mean, i);
                    s -= m * m;
                }

                Vector512<T> update = g / (Vector512.Sqrt(s) + small);
                if (own.Momentum > 0)
                {
                    update = VectorMath.MultiplyAdd(ball, LanePart.Load<T>(buffer, i), update);
                    LanePart.Store(update, buffer, i);
                }

                LanePart.Store(VectorMath.MultiplyAdd(rate, update, p), values, i);
            }
        }

        /// <summary>Parameters with settings of their own.</summary>
        public sealed class ParamGroup : Modules.ParamGroup, torch.optim.IMomentum
        {
            /// <summary>With the optimiser's settings.</summary>
            public ParamGroup()
            {
            }

            /// <summary>All settings are the group's own.</summary>
            public ParamGroup(
                IEnumerable<torch.Tensor> parameters, double lr = 1e-3, double eps = 1e-8, double alpha = 0.99,
                double weight_decay = 0, double momentum = 0, bool centered = false)
                : base(parameters, lr) =>
                Own = new Settings(alpha, eps, weight_decay, momentum, centered, false).Checked();

            /// <summary>At least 0.</summary>
            public double Momentum
            {
                get => Own?.Momentum ?? 0;
                set => Own = (Own ?? new Settings(0.99, 1e-8, 0, 0, false, false)) with
                {
                    Momentum = torch.optim.Optimizer.InRange("momentum", value, 0, double.MaxValue),
                };
            }

            internal Settings? Own { get; set; }
        }

        internal sealed record Settings(
            double Alpha, double Eps, double WeightDecay, double Momentum, bool Centered, bool Maximize)
        {
            internal Settings Checked()
            {
                InRange("alpha", Alpha, 0, 1);
                InRange("eps", Eps, 0, double.MaxValue);
                InRange("weight_decay", WeightDecay, 0, double.MaxValue);
                InRange("momentum", Momentum, 0, double.MaxValue);
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
            /// <summary>RMSprop.</summary>
            /// <param name="parameters">Trainable tensors.</param>
            /// <param name="lr">Learning rate, at least 0.</param>
            /// <param name="alpha">Decay of the mean square, in [0, 1].</param>
            /// <param name="eps">Added to the root, at least 0.</param>
            /// <param name="weight_decay">L2 coefficient, at least 0.</param>
            /// <param name="momentum">At least 0.</param>
            /// <param name="centered">Divide by the standard deviation in place of the root mean square.</param>
            /// <param name="maximize">Ascend.</param>
            public static RMSProp RMSProp(
                IEnumerable<Tensor> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new([new RMSProp.ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum,
                centered, maximize);

            /// <summary>The same of a module's named_parameters().</summary>
            public static RMSProp RMSProp(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01, double alpha = 0.99,
                double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false,
                bool maximize = false) =>
                RMSProp(
                    parameters.Select(p => p.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);

            /// <summary>The same over groups with settings of their own.</summary>
            public static RMSProp RMSProp(
                IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}
