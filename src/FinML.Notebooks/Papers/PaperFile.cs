using FinML.Shared;

namespace FinML.Notebooks.Papers;

/// <summary>A file of a paper.</summary>
/// <param name="Path">Its place in its folder, with '/'.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record PaperFile(string Path, byte[] Bytes)
{
    /// <summary>Writes it into a folder, whole or not at all; the result is where it stands.</summary>
    public string Write(string folder)
    {
        var path = System.IO.Path.Combine(folder, Path);
        AtomicFile.Write(path, Bytes);
        return path;
    }
}
