using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// One fused Adam step over the elements of a parameter (Kingma and Ba, "Adam", ICLR 2015; decoupled decay: Loshchilov
/// and Hutter, ICLR 2019), in PyTorch's form:
/// m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; p -= rate / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps).
/// </summary>
internal readonly struct AdamKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 1 << 13, FewestForThreads = 1 << 15; // 32,768 elements take some 30 microseconds

    private readonly T beta1, beta2, stepSize, inverseRoot, epsilon, decay, shrink, sign;

    /// <param name="step">t, from 1.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="beta1">Decay of the mean of gradients.</param>
    /// <param name="beta2">Decay of the mean of their squares.</param>
    /// <param name="epsilon">Added to the root.</param>
    /// <param name="weightDecay">L2 coefficient, or the decoupled one.</param>
    /// <param name="decoupled">AdamW: the parameter shrinks by rate * weightDecay and the gradient stays.</param>
    /// <param name="maximize">Ascend: the gradient changes its sign.</param>
    internal AdamKernel(
        long step, double rate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled,
        bool maximize = false)
    {
        this.beta1 = T.CreateTruncating(beta1);
        this.beta2 = T.CreateTruncating(beta2);
        this.epsilon = T.CreateTruncating(epsilon);
        stepSize = T.CreateTruncating(rate / (1 - Math.Pow(beta1, step)));
        inverseRoot = T.CreateTruncating(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        sign = maximize ? -T.One : T.One;
        decay = decoupled ? T.Zero : T.CreateTruncating(weightDecay);
        shrink = decoupled ? T.CreateTruncating(1 - (rate * weightDecay)) : T.One;
    }

    /// <summary>As <see cref="Apply"/>; a large parameter is divided among threads.</summary>
    internal unsafe void ApplyOnThreads(
        Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> mean, Span<T> square, Span<T> largest)
    {
        if (parameter.Length < FewestForThreads)
        {
            Apply(parameter, gradient, mean, square, largest);
            return;
        }

        fixed (T* p = parameter, g = gradient, m = mean, v = square, top = largest)
        {
            Threads.For(
                Threads.ChunksOf(parameter.Length, Chunk), new Part(this, parameter.Length, p, g, m, v, top));
        }
    }

    /// <summary>Updates the parameter, both moments and, where <paramref name="largest"/> is not empty, the running
    /// maximum of v that AMSGrad divides by (Reddi, Kale and Kumar, ICLR 2018).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Apply(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> mean, Span<T> square, Span<T> largest)
    {
        Vector512<T> b1 = Vector512.Create(beta1), rest1 = Vector512.Create(T.One - beta1);
        Vector512<T> b2 = Vector512.Create(beta2), rest2 = Vector512.Create(T.One - beta2);
        Vector512<T> root = Vector512.Create(inverseRoot), eps = Vector512.Create(epsilon);
        Vector512<T> size = Vector512.Create(stepSize), l2 = Vector512.Create(decay), keep = Vector512.Create(shrink);
        Vector512<T> direction = Vector512.Create(sign);
        for (int i = 0; i < parameter.Length; i += Vector512<T>.Count)
        {
            Vector512<T> p = LanePart.Load<T>(parameter, i);
            Vector512<T> g = VectorMath.MultiplyAdd(l2, p, LanePart.Load(gradient, i) * direction);
            Vector512<T> m = VectorMath.MultiplyAdd(b1, LanePart.Load<T>(mean, i), rest1 * g);
            Vector512<T> v = VectorMath.MultiplyAdd(b2, LanePart.Load<T>(square, i), rest2 * g * g);
            LanePart.Store(m, mean, i);
            LanePart.Store(v, square, i);
            if (!largest.IsEmpty)
            {
                v = Vector512.Max(v, LanePart.Load<T>(largest, i));
                LanePart.Store(v, largest, i);
            }

            Vector512<T> update = size * m / VectorMath.MultiplyAdd(Vector512.Sqrt(v), root, eps);
            LanePart.Store((keep * p) - update, parameter, i);
        }
    }

    private readonly unsafe struct Part(AdamKernel<T> kernel, int length, T* p, T* g, T* m, T* v, T* largest) : IChunks
    {
        public void Run(int chunk)
        {
            int from = chunk * Chunk, count = Math.Min(Chunk, length - from);
            kernel.Apply(
                new(p + from, count), new(g + from, count), new(m + from, count), new(v + from, count),
                largest is null ? default : new(largest + from, count));
        }
    }
}
