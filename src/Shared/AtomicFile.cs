namespace FinML.Shared;

/// <summary>
/// Writes a file whole or not at all: to a temporary file in the same folder, flushed to the disk, then renamed over
/// the old one, so that a reader finds the old file or the new one and never a part of either. One source, compiled
/// into each project that writes files.
/// </summary>
internal static class AtomicFile
{
    /// <summary>
    /// Replaces what stands at <paramref name="path"/>, making its folder where needed. The temporary name is unique,
    /// so that two writers never share it, and the file under it is removed when writing or renaming fails.
    /// </summary>
    internal static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        WriteInFolder(path, bytes);
    }

    /// <summary>The same where the folder has to be there: a missing one is an error.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    internal static void WriteInFolder(string path, ReadOnlySpan<byte> bytes) =>
        WriteInFolder(path, bytes, static (stream, content) => stream.Write(content));

    /// <summary>The same with a content that <paramref name="write"/> puts into the stream, which it leaves
    /// open.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    internal static void WriteInFolder<T>(string path, T content, Action<Stream, T> write)
        where T : allows ref struct
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream, content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // gone already where the rename succeeded
        }
    }
}
