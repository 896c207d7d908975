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

/// <summary>dx += the gradient of the input, a chunk of images at a time.</summary>
internal readonly record struct ConvolutionBackwardInput<T>(
    ConvolutionKernel Kernel, torch.Tensor Dy, torch.Tensor Weight, torch.Tensor Dx) : IChunks
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int chunk) => Kernel.BackwardInput(chunk, Dy.Span<T>(), Weight.Span<T>(), Dx.Span<T>());
}

/// <summary>The gradient of the weight, each chunk's in a place of its own.</summary>
internal readonly record struct ConvolutionBackwardWeight<T>(
    ConvolutionKernel Kernel, torch.Tensor Dy, torch.Tensor X, T[] Partials) : IChunks
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public void Run(int chunk) => Kernel.BackwardWeight<T>(
        chunk, Dy.Span<T>(), X.Span<T>(), Partials.AsSpan(chunk * Kernel.WeightLength, Kernel.WeightLength));

    /// <summary>dWeight += the gradient.</summary>
    internal static void Run(ConvolutionKernel kernel, torch.Tensor dy, torch.Tensor x, torch.Tensor dWeight)
    {
        T[] partials = BufferPool<T>.Rent(kernel.Chunks * kernel.WeightLength);
        Threads.For(kernel.Chunks, new ConvolutionBackwardWeight<T>(kernel, dy, x, partials));
        kernel.SumWeights(partials.AsSpan(0, kernel.Chunks * kernel.WeightLength), dWeight.Span<T>());
        BufferPool<T>.Return(partials);
    }
}
