namespace FinML.Notebooks.Papers;

/// <summary>A file that a build makes.</summary>
/// <param name="Path">Its place in the output folder, with '/'.</param>
/// <param name="Bytes">What it holds.</param>
public sealed record PaperFile(string Path, byte[] Bytes);
