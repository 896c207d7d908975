namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            public static partial class rnn
            {
                /// <summary>
                /// Sequences of several lengths, step by step without the padding: first the first step of all, longest
                /// sequence first, then the second step of those that have one, and so on.
                /// </summary>
                public sealed class PackedSequence : IDisposable
                {
                    /// <summary>(rows of all sequences, features).</summary>
                    public readonly Tensor data;

                    /// <summary>Int64: sequences alive at each step.</summary>
                    public readonly Tensor batch_sizes;

                    /// <summary>Int64: which sequence stands at each place of the batch; invalid where they were given
                    /// by falling length.</summary>
                    public readonly Tensor sorted_indices;

                    /// <summary>Int64: where each sequence stands; invalid where they were given by falling length.
                    /// </summary>
                    public readonly Tensor unsorted_indices;

                    internal PackedSequence(Tensor data, Tensor batchSizes, Tensor? sorted, Tensor? unsorted)
                    {
                        this.data = data;
                        batch_sizes = batchSizes;
                        sorted_indices = sorted ?? Invalid();
                        unsorted_indices = unsorted ?? Invalid();
                    }

                    public void Dispose()
                    {
                        foreach (Tensor tensor in Parts())
                            tensor.Dispose();
                    }

                    /// <summary>Hands the tensors to the dispose scope around the current one.</summary>
                    public PackedSequence MoveToOuterDisposeScope()
                    {
                        foreach (Tensor tensor in Parts())
                            tensor.MoveToOuterDisposeScope();
                        return this;
                    }

                    /// <summary>Takes the tensors out of their dispose scope.</summary>
                    public PackedSequence DetachFromDisposeScope()
                    {
                        foreach (Tensor tensor in Parts())
                            tensor.DetachFromDisposeScope();
                        return this;
                    }

                    /// <summary>Other data in the same layout.</summary>
                    internal PackedSequence With(Tensor other) =>
                        new(other, batch_sizes.alias(), Copy(sorted_indices), Copy(unsorted_indices));

                    private static Tensor? Copy(Tensor indices) => indices.IsInvalid ? null : indices.alias();

                    private static Tensor Invalid()
                    {
                        Tensor tensor = empty([0L], ScalarType.Int64);
                        tensor.Dispose();
                        return tensor;
                    }

                    private Tensor[] Parts() => [data, batch_sizes, sorted_indices, unsorted_indices];
                }
            }
        }
    }
}
