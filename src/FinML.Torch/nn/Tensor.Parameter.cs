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

        /// <summary>Elements and graph that a tensor had before another stood for it.</summary>
        internal readonly record struct Identity(Storage? Storage, AutogradMeta? Meta);

        /// <summary>Shows the elements and the graph of <paramref name="value"/>, a contiguous tensor of this shape,
        /// until <see cref="Resume"/>.</summary>
        internal Identity Become(Tensor value)
        {
            Storage shared = value.Storage;
            shared.AddReference();
            Identity own = new(Interlocked.Exchange(ref storage, shared), meta);
            meta = value.Meta;
            return own;
        }

        internal void Resume(Identity own)
        {
            Interlocked.Exchange(ref storage, own.Storage)?.Release();
            meta = own.Meta;
        }
    }
}
