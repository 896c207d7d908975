using System.Runtime.Intrinsics;
using FinML.Torch.Kernels;
using FinML.Torch.Modules;

namespace FinML.Torch;

/// <summary>
/// RMSprop as TensorFlow has it: s = alpha s + (1 - alpha) g^2 from s = 1, the epsilon inside the root, and the rate
/// inside the momentum: b = momentum b + lr g / sqrt(s + eps); p -= b; centred, the running mean's square is taken off
/// s in the root. Published reinforcement learning results were made with it: early steps are smaller than PyTorch's.
/// </summary>
public sealed class RMSpropTF : OptimizerHelper
{
    private readonly double alpha, eps, momentum, decay;
    private readonly bool centered;

    /// <param name="parameters">Trainable tensors.</param>
    /// <param name="lr">Learning rate, at least 0.</param>
    /// <param name="alpha">Decay of the mean square, in [0, 1].</param>
    /// <param name="eps">Added under the root, at least 0.</param>
    /// <param name="weight_decay">L2 coefficient, at least 0.</param>
    /// <param name="momentum">At least 0.</param>
    /// <param name="centered">Divide by the standard deviation in place of the root mean square.</param>
    public RMSpropTF(
        IEnumerable<torch.Tensor> parameters, double lr = 0.01, double alpha = 0.9, double eps = 1e-10,
        double weight_decay = 0, double momentum = 0, bool centered = false)
        : base(lr)
    {
        this.alpha = InRange("alpha", alpha, 0, 1);
        this.eps = InRange("eps", eps, 0, double.MaxValue);
        decay = InRange("weight_decay", weight_decay, 0, double.MaxValue);
        this.momentum = InRange("momentum", momentum, 0, double.MaxValue);
        this.centered = centered;
        Start([new ParamGroup(parameters)]);
    }

    private protected override OptimizerSlots Slots { get; } = new(["square_avg", "grad_avg", "momentum_buffer"]);

    private protected override void Complete(ParamGroup group)
    {
    }

    private protected override void Update<T>(
        ParamGroup group, int index, torch.Tensor parameter, Span<T> values, ReadOnlySpan<T> gradient)
    {
        torch.Tensor[] buffers = Slots.Next(index, parameter, Slots.Count, 1).Buffers;
        Span<T> square = buffers[0].Span<T>(), mean = buffers[1].Span<T>(), buffer = buffers[2].Span<T>();
        Vector512<T> rate = Vector512.Create(T.CreateTruncating(group.LearningRate));
        Vector512<T> l2 = Vector512.Create(T.CreateTruncating(decay));
        Vector512<T> keep = Vector512.Create(T.CreateTruncating(alpha));
        Vector512<T> add = Vector512.Create(T.CreateTruncating(1 - alpha));
        Vector512<T> ball = Vector512.Create(T.CreateTruncating(momentum));
        Vector512<T> small = Vector512.Create(T.CreateTruncating(eps));
        for (int i = 0; i < values.Length; i += Vector512<T>.Count)
        {
            Vector512<T> p = LanePart.Load<T>(values, i);
            Vector512<T> g = VectorMath.MultiplyAdd(l2, p, LanePart.Load(gradient, i));
            Vector512<T> s = VectorMath.MultiplyAdd(keep, LanePart.Load<T>(square, i), add * g * g);
            LanePart.Store(s, square, i);
            if (centered)
            {
                Vector512<T> m = VectorMath.MultiplyAdd(keep, LanePart.Load<T>(mean, i), add * g);
                LanePart.Store(m, mean, i);
                s -= m * m;
            }

            Vector512<T> update = VectorMath.MultiplyAdd(
                ball, LanePart.Load<T>(buffer, i), rate * g / Vector512.Sqrt(s + small));
            LanePart.Store(update, buffer, i);
            LanePart.Store(p - update, values, i);
        }
    }
}
