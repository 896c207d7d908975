using System.Runtime.Intrinsics;
using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// Gradient descent with momentum (heavy ball, or Nesterov's after Sutskever et al., ICML 2013):
    /// b = momentum b + (1 - dampening) g, the first b being g; p -= lr (nesterov ? g + momentum b : b).
    /// </summary>
    public sealed class SGD : torch.optim.Optimizer
    {
        private readonly double momentum, dampening;
        private readonly bool nesterov, maximize;
        private readonly OptimizerSlots slots;

        internal SGD(
            IEnumerable<torch.optim.ParamGroup> parameters, double lr, double momentum, double dampening,
            double weight_decay, bool nesterov, bool maximize)
            : base(parameters, lr, weight_decay)
        {
            this.momentum = InRange("momentum", momentum, 0, double.MaxValue);
            this.dampening = InRange("dampening", dampening, double.MinValue, double.MaxValue);
            if (nesterov && (momentum == 0 || dampening != 0))
            {
                throw new ArgumentException(
                    $"nesterov needs momentum above 0 and dampening 0, got {momentum} and {dampening}.");
            }

            this.nesterov = nesterov;
            this.maximize = maximize;
            slots = momentum == 0 ? new OptimizerSlots() : new OptimizerSlots("momentum_buffer");
        }

        private protected override void Update<T>(
            torch.optim.ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            (long step, torch.Tensor[] buffers) = slots.Next(index, parameter);
            Span<T> buffer = momentum == 0 ? [] : buffers[0].Span<T>();
            Vector512<T> rate = Vector512.Create(T.CreateTruncating(-group.LearningRate));
            Vector512<T> l2 = Vector512.Create(T.CreateTruncating(group.WeightDecay));
            Vector512<T> keep = Vector512.Create(T.CreateTruncating(momentum));
            Vector512<T> add = Vector512.Create(T.CreateTruncating(step == 1 ? 1 : 1 - dampening));
            Vector512<T> sign = Vector512.Create(maximize ? -T.One : T.One);
            for (int i = 0; i < values.Length; i += Vector512<T>.Count)
            {
                Vector512<T> p = LanePart.Load<T>(values, i);
                Vector512<T> g = VectorMath.MultiplyAdd(l2, p, LanePart.Load(gradient, i) * sign);
                if (!buffer.IsEmpty)
                {
                    Vector512<T> b = VectorMath.MultiplyAdd(keep, LanePart.Load<T>(buffer, i), add * g);
                    LanePart.Store(b, buffer, i);
                    g = nesterov ? VectorMath.MultiplyAdd(keep, b, g) : b;
                }

                LanePart.Store(VectorMath.MultiplyAdd(rate, g, p), values, i);
            }
        }

        private protected override IEnumerable<(string Name, torch.Tensor Value)> SaveState(int index) =>
            slots.Save(index);

        private protected override Action LoadState(
            int index, torch.Tensor parameter, Dictionary<string, torch.Tensor> saved) =>
            slots.Load(index, parameter, saved);
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
                new([new ParamGroup(parameters)], learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Stochastic gradient descent over groups with learning rates of their own.</summary>
            public static SGD SGD(
                IEnumerable<ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
