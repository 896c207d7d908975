namespace FinML.Torch;

public static partial class safetensors
{
    /// <summary>Where the bytes of a file are.</summary>
    private interface ISource
    {
        long Length { get; }

        void Read(long offset, scoped Span<byte> target);
    }

    private readonly ref struct SpanSource(ReadOnlySpan<byte> bytes) : ISource
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;

        public long Length => bytes.Length;

        public void Read(long offset, scoped Span<byte> target) =>
            bytes.Slice((int)offset, target.Length).CopyTo(target);
    }

    private readonly struct FileSource(FileStream stream) : ISource
    {
        public long Length => stream.Length;

        public void Read(long offset, scoped Span<byte> target)
        {
            stream.Position = offset;
            stream.ReadExactly(target);
        }
    }
}
