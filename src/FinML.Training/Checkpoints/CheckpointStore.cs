namespace FinML.Training;

/// <summary>
/// The checkpoints of one run, one file a key, in one folder. A run that resumes finds what was finished and the last
/// state of what was not; a run that does not resume never looks at old files.
/// </summary>
/// <param name="directory">The folder; made at the first save.</param>
/// <param name="resume">Whether files that are already there are read.</param>
public sealed class CheckpointStore(string directory, bool resume)
{
    /// <summary>A store that keeps nothing, for tests and short runs.</summary>
    public static CheckpointStore None { get; } = new(string.Empty, resume: false);

    /// <summary>
    /// The sections saved under <paramref name="key"/>, or null where there are none or the run is fresh.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyDictionary<string, byte[]>? Load(string key)
    {
        string path = PathOf(key);
        if (!resume || directory.Length == 0 || !File.Exists(path))
            return null;
        try
        {
            return CheckpointFile.Read(path);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{error.Message} Delete it, or run again without --resume.", error);
        }
    }

    /// <summary>Saves under <paramref name="key"/>, atomically.</summary>
    public void Save(string key, IReadOnlyDictionary<string, byte[]> sections)
    {
        if (directory.Length > 0)
            CheckpointFile.Write(PathOf(key), sections);
    }

    private string PathOf(string key)
    {
        if (key.Length == 0 || key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            throw new ArgumentException(
                $"A checkpoint key is made of letters, digits, '-', '_' and '.'; got '{key}'.", nameof(key));
        return Path.Combine(directory, key + ".checkpoint");
    }
}
