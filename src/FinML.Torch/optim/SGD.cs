using System.Runtime.Intrinsics;
using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// Gradient descent with momentum (heavy ball, or Nesterov's after Sutskever et al., ICML 2013):
    /// b = momentum b + (1 - dampening) g, the first b being g; p -= lr (nesterov ? g + momentum b : b).
    /// </summary>
    public sealed class SGD : OptimizerHelper
    {
        private readonly Settings defaults;

        internal SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum, double dampening, double weight_decay,
            bool nesterov, bool maximize)
            : base(lr)
        {
            defaults = new Settings(momentum, dampening, weight_decay, nesterov, maximize).Checked();
            Start(parameters);
        }

        private protected override OptimizerSlots Slots { get; } = new(["momentum_buffer"]);

        private protected override void Complete(Modules.ParamGroup group) => Own<ParamGroup>(group).Own ??= defaults;

        private protected override void Update<T>(
            Modules.ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            Settings own = ((ParamGroup)group).Own!;
            Span<T> buffer = [];
            double share = 1;
            if (own.Momentum != 0)
            {
                OptimizerSlots.Slot slot = Slots.Next(index, parameter, Slots.Count);
                buffer = slot.Buffers[0].Span<T>();
                share = slot.Step == 1 ? 1 : 1 - own.Dampening;
            }

            Vector512<T> rate = Vector512.Create(T.CreateTruncating(-group.LearningRate));
            Vector512<T> l2 = Vector512.Create(T.CreateTruncating(own.WeightDecay));
            Vector512<T> keep = Vector512.Create(T.CreateTruncating(own.Momentum));
            Vector512<T> add = Vector512.Create(T.CreateTruncating(share));
            Vector512<T> sign = Vector512.Create(own.Maximize ? -T.One : T.One);
            for (int i = 0; i < values.Length; i += Vector512<T>.Count)
            {
                Vector512<T> p = LanePart.Load<T>(values, i);
                Vector512<T> g = VectorMath.MultiplyAdd(l2, p, LanePart.Load(gradient, i) * sign);
                if (!buffer.IsEmpty)
                {
                    Vector512<T> b = VectorMath.MultiplyAdd(keep, LanePart.Load<T>(buffer, i), add * g);
                    LanePart.Store(b, buffer, i);
                    g = own.Nesterov ? VectorMath.MultiplyAdd(keep, b, g) : b;
                }

                LanePart.Store(VectorMath.MultiplyAdd(rate, g, p), values, i);
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
                IEnumerable<torch.Tensor> parameters, double lr = 1e-3, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, lr) =>
                Own = new Settings(momentum, dampening, weight_decay, nesterov, maximize).Checked();

            /// <summary>At least 0.</summary>
            public double Momentum
            {
                get => Own?.Momentum ?? 0;
                set => Own = (Own ?? new Settings(0, 0, 0, false, false)) with
                {
                    Momentum = torch.optim.Optimizer.InRange("momentum", value, 0, double.MaxValue),
                };
            }

            internal Settings? Own { get; set; }
        }

        internal sealed record Settings(
            double Momentum, double Dampening, double WeightDecay, bool Nesterov, bool Maximize)
        {
            internal Settings Checked()
            {
                InRange("momentum", Momentum, 0, double.MaxValue);
                InRange("dampening", Dampening, double.MinValue, double.MaxValue);
                InRange("weight_decay", WeightDecay, 0, double.MaxValue);
                return Nesterov && (Momentum == 0 || Dampening != 0)
                    ? throw new ArgumentException(
                        $"nesterov needs momentum above 0 and dampening 0, got {Momentum} and {Dampening}.")
                    : this;
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
            /// <summary>Stochastic gradient descent.</summary>
            /// <param name="parameters">Trainable tensors.</param>
            /// <param name="learningRate">At least 0.</param>
            /// <param name="momentum">At least 0; 0 keeps no buffer.</param>
            /// <param name="dampening">Share of the gradient that the buffer does not take.</param>
            /// <param name="weight_decay">L2 coefficient, at least 0.</param>
            /// <param name="nesterov">Look ahead; needs momentum.</param>
            /// <param name="maximize">Ascend.</param>
            public static SGD SGD(
                IEnumerable<Tensor> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new([new SGD.ParamGroup { Parameters = parameters }], learningRate, momentum, dampening, weight_decay,
                nesterov, maximize);

            /// <summary>The same of a module's named_parameters().</summary>
            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0,
                double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                SGD(parameters.Select(p => p.parameter), learningRate, momentum, dampening, weight_decay, nesterov,
                maximize);

            /// <summary>The same over groups with settings of their own.</summary>
            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
