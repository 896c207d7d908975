namespace FinML.Data;

/// <summary>Where a <see cref="RandomStream"/> stands: all of it, for checkpoints.</summary>
/// <param name="Seed">The key of the generator.</param>
/// <param name="Stream">The number of the stream under that key.</param>
/// <param name="Position">How many 64-bit words were drawn.</param>
public readonly record struct RandomState(ulong Seed, ulong Stream, ulong Position);
