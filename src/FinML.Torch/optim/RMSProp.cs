using System.Runtime.Intrinsics;
using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// RMSprop (Tieleman and Hinton, lecture 6.5, 2012), in PyTorch's form: s = alpha s + (1 - alpha) g^2;
    /// p -= lr g / (sqrt(s) + eps), centred (Graves, 2013) or with momentum where asked.
    /// </summary>
    public sealed class RMSProp : torch.optim.Optimizer
    {
        private readonly double alpha, eps, momentum;
        private readonly bool centered, maximize;
        private readonly OptimizerSlots slots;

        internal RMSProp(
            IEnumerable<torch.optim.ParamGroup> parameters, double lr, double alpha, double eps, double weight_decay,
            double momentum, bool centered, bool maximize)
            : base(parameters, lr, weight_decay)
        {
            this.alpha = InRange("alpha", alpha, 0, 1);
            this.eps = InRange("eps", eps, 0, double.MaxValue);
            this.momentum = InRange("momentum", momentum, 0, double.MaxValue);
            this.centered = centered;
            this.maximize = maximize;
            slots = new OptimizerSlots("square_avg", "grad_avg", "momentum_buffer");
        }

        private protected override void Update<T>(
            torch.optim.ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
        {
            (_, torch.Tensor[] buffers) = slots.Next(index, parameter);
            Span<T> square = buffers[0].Span<T>(), mean = buffers[1].Span<T>(), buffer = buffers[2].Span<T>();
            Vector512<T> rate = Vector512.Create(T.CreateTruncating(-group.LearningRate));
            Vector512<T> l2 = Vector512.Create(T.CreateTruncating(group.WeightDecay));
            Vector512<T> keep = Vector512.Create(T.CreateTruncating(alpha));
            Vector512<T> add = Vector512.Create(T.CreateTruncating(1 - alpha));
            Vector512<T> ball = Vector512.Create(T.CreateTruncating(momentum));
            Vector512<T> small = Vector512.Create(T.CreateTruncating(eps));
            Vector512<T> sign = Vector512.Create(maximize ? -T.One : T.One);
            for (int i = 0; i < values.Length; i += Vector512<T>.Count)
            {
                Vector512<T> p = LanePart.Load<T>(values, i);
                Vector512<T> g = VectorMath.MultiplyAdd(l2, p, LanePart.Load(gradient, i) * sign);
                Vector512<T> s = VectorMath.MultiplyAdd(keep, LanePart.Load<T>(square, i), add * g * g);
                LanePart.Store(s, square, i);
                if (centered)
                {
                    Vector512<T> m = VectorMath.MultiplyAdd(keep, LanePart.Load<T>(mean, i), add * g);
                    LanePart.Store(m, mean, i);
                    s -= m * m;
                }

                Vector512<T> update = g / (Vector512.Sqrt(s) + small);
                if (momentum > 0)
                {
                    update = VectorMath.MultiplyAdd(ball, LanePart.Load<T>(buffer, i), update);
                    LanePart.Store(update, buffer, i);
                }

                LanePart.Store(VectorMath.MultiplyAdd(rate, update, p), values, i);
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
                new([new ParamGroup(parameters)], lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}
