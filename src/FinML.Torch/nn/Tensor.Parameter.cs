namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Puts another storage of as many elements behind a contiguous tensor.</summary>
        internal void ReplaceStorage(Storage replacement)
        {
            if (!IsContiguous || Offset != 0 || replacement.Length != Count)
            {
                throw new InvalidOperationException(
                    $"a storage of {replacement.Length} elements cannot replace that of {Shapes.Text(Sizes)}.");
            }

            replacement.AddReference();
            Storage? old = Interlocked.Exchange(ref storage, replacement);
            old?.Release();
        }
    }
}
