using System.Numerics;

namespace FinML.Torch.Kernels;

/// <summary>
/// One step of a recurrent cell, between its matrix products. The gates of a row are blocks of <c>hidden</c> numbers:
/// the first <see cref="Weights"/> take x W_ih^T, whose first <see cref="Shared"/> also take h W_hh^T; where the
/// products may not be added (the candidate of a GRU), those of h have blocks of their own behind.
/// </summary>
internal interface IRecurrentCell
{
    /// <summary>Blocks of the gates.</summary>
    static abstract int Blocks { get; }

    /// <summary>Blocks of rows of W_ih and of W_hh.</summary>
    static abstract int Weights { get; }

    /// <summary>Blocks in which both products are added.</summary>
    static abstract int Shared { get; }

    /// <summary>Blocks beside gates and h that the backward pass wants; zero for a cell without c.</summary>
    static abstract int Memory { get; }

    /// <summary>True where h reaches the next h not through W_hh alone.</summary>
    static abstract bool PassesState { get; }

    /// <param name="gates">Sums of products; leaves activated.</param>
    /// <param name="bias">One for each gate.</param>
    /// <param name="previous">h before the step.</param>
    /// <param name="h">Written: h after it.</param>
    /// <param name="c">The cell's own state, updated.</param>
    /// <param name="memory">Written.</param>
    static abstract void Forward<T>(
        Span<T> gates, ReadOnlySpan<T> bias, ReadOnlySpan<T> previous, Span<T> h, Span<T> c, Span<T> memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <param name="gates">As they left the forward pass.</param>
    /// <param name="dGates">Written: the gradient of the sums of products.</param>
    /// <param name="previous">h before the step.</param>
    /// <param name="memory">As it left the forward pass.</param>
    /// <param name="dOutput">Gradient of the h that the step gave out.</param>
    /// <param name="dh">Gradient of the h that went to the next step; leaves as what passes W_hh by.</param>
    /// <param name="dc">Gradient of c after the step; leaves as that before it.</param>
    static abstract void Backward<T>(
        ReadOnlySpan<T> gates, Span<T> dGates, ReadOnlySpan<T> previous, ReadOnlySpan<T> memory,
        ReadOnlySpan<T> dOutput, Span<T> dh, Span<T> dc)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
