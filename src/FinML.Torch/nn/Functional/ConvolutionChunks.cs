using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>y = W * x + b, a chunk of images at a time.</summary>
internal readonly record struct ConvolutionForward<T>(
    ConvolutionKernel Kernel, torch.Tensor X, torch.Tensor Weight, torch.Tensor? Bias, torch.Tensor Y) : IChunks
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int chunk) => Kernel.Forward(
        chunk, X.Span<T>(), Weight.Span<T>(), Bias is null ? [] : Bias.Span<T>(), Y.Span<T>());
}

/// <summary>dx = the gradient of the input, or added to what is there, a chunk of images at a time.</summary>
internal readonly record struct ConvolutionBackwardInput<T>(
    ConvolutionKernel Kernel, torch.Tensor Dy, torch.Tensor Weight, torch.Tensor Dx, bool Add) : IChunks
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int chunk) => Kernel.BackwardInput(chunk, Dy.Span<T>(), Weight.Span<T>(), Dx.Span<T>(), Add);
}

/// <summary>The gradients of weight and bias, each chunk's in a place of its own, and on the way that of the input,
/// while the chunk's dy is in cache. Null where not needed.</summary>
internal readonly record struct ConvolutionBackward<T>(
    ConvolutionKernel Kernel, torch.Tensor Dy, torch.Tensor X, torch.Tensor? Weight, torch.Tensor? Dx, T[]? Weights,
    T[]? Biases) : IChunks
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int chunk)
    {
        ReadOnlySpan<T> dy = Dy.Span<T>();
        if (Weights is not null)
        {
            Kernel.BackwardWeight(
                chunk, dy, X.Span<T>(), Weights.AsSpan(chunk * Kernel.WeightLength, Kernel.WeightLength));
        }

        if (Dx is not null)
            Kernel.BackwardInput(chunk, dy, Weight!.Span<T>(), Dx.Span<T>(), false);
        if (Biases is not null)
            Kernel.BackwardBias(chunk, dy, Biases.AsSpan(chunk * Kernel.OutChannels, Kernel.OutChannels));
    }

    /// <summary>dx = , dWeight += and dBias += the gradients.</summary>
    internal static void Run(
        ConvolutionKernel kernel, torch.Tensor dy, torch.Tensor x, torch.Tensor? weight, torch.Tensor? dx,
        torch.Tensor? dWeight, torch.Tensor? dBias)
    {
        int chunks = kernel.Chunks;
        T[]? weights = dWeight is null ? null : BufferPool<T>.Rent(chunks * kernel.WeightLength);
        T[]? biases = dBias is null ? null : BufferPool<T>.Rent(chunks * kernel.OutChannels);
        Threads.For(chunks, new ConvolutionBackward<T>(kernel, dy, x, weight, dx, weights, biases));
        if (weights is not null)
        {
            kernel.SumWeights(weights.AsSpan(0, chunks * kernel.WeightLength), dWeight!.Span<T>());
            BufferPool<T>.Return(weights);
        }

        if (biases is not null)
        {
            VectorSum.AddRows(biases.AsSpan(0, chunks * kernel.OutChannels), dBias!.Span<T>());
            BufferPool<T>.Return(biases);
        }
    }
}
