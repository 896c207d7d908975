using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>
/// A weight packed for products with few rows: a policy that acts on one observation after another reads its weights in
/// one stream. Packing costs about as much as two such products, so that it waits for the second product with the same
/// version of the elements; a weight that training changes after each use is never packed. The bits are those of the
/// product without packing.
/// </summary>
internal sealed class PackedWeight
{
    private const int FewestElements = 1024;

    private readonly int version;
    private PackedMatrix? matrix;

    private PackedWeight(int version) => this.version = version;

    /// <summary>The packed weight (out, in), or null where it does not pay or not yet.</summary>
    internal static PackedMatrix? Of(Tensor weight, int rows)
    {
        int outputs = (int)weight.Sizes[0];
        if (rows > GemmRow.MaxRows || outputs <= GemmNarrow.MaxColumns || weight.Count < FewestElements)
            return null;
        Storage storage = weight.Storage;
        if (!storage.IsOwn || weight.Offset != 0 || weight.Count != storage.Length)
            return null;
        if (storage.Packed is not { } packed || packed.version != storage.Version)
        {
            storage.Packed = new PackedWeight(storage.Version);
            return null;
        }

        return packed.matrix ??= new PackedMatrix(outputs, (int)weight.Sizes[1], weight.Span<float>());
    }
}
