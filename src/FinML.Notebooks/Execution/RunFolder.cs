using System.Globalization;

namespace FinML.Notebooks;

/// <summary>
/// The folder of one notebook with one set of parameters, where its checkpoints live: emptied for a new run, kept for
/// one that resumes, and locked while a run uses it. The operating system gives the lock back when a process dies.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private const string LockName = ".lock";
    private const string OwnerName = ".owner";
    private readonly FileStream handle;

    private RunFolder(string path, bool hadFiles, FileStream handle)
    {
        Directory = path;
        HadFiles = hadFiles;
        this.handle = handle;
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>Whether an earlier run left files there, which a resumed run goes on from.</summary>
    public bool HadFiles { get; }

    /// <summary>The folder of a notebook with a hash, which need not exist.</summary>
    public static string PathOf(string runs, string name, string hash) =>
        Path.GetFullPath(Path.Combine(runs, $"{name}-{hash[..12]}"));

    /// <summary>Locks <c>runs/NAME-HASH</c> and empties it unless the run resumes.</summary>
    /// <param name="runs">The folder of all runs.</param>
    /// <param name="name">The notebook's name without extension.</param>
    /// <param name="hash">The notebook's <see cref="Notebook.SourceHash"/>.</param>
    /// <param name="resume">Whether what is there is kept.</param>
    /// <exception cref="NotebookException">Another run uses the folder.</exception>
    public static RunFolder Open(string runs, string name, string hash, bool resume)
    {
        var path = PathOf(runs, name, hash);
        System.IO.Directory.CreateDirectory(path);
        FileStream handle;
        try
        {
            handle = new FileStream(
                Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            var owner = Path.Combine(path, OwnerName);
            var process = File.Exists(owner) ? $" (process {File.ReadAllText(owner).Trim()})" : "";
            throw new NotebookException(
                $"another run of {name} with the same parameters is under way{process}: wait for it, or stop it.");
        }

        File.WriteAllText(
            Path.Combine(path, OwnerName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var entries = new DirectoryInfo(path).EnumerateFileSystemInfos()
            .Where(entry => entry.Name is not (LockName or OwnerName)).ToList();
        if (!resume)
        {
            foreach (var entry in entries)
            {
                if (entry is DirectoryInfo folder)
                    folder.Delete(recursive: true);
                else
                    entry.Delete();
            }
        }

        return new RunFolder(path, entries.Count > 0, handle);
    }

    /// <summary>Gives the lock back; the files stay.</summary>
    public void Dispose() => handle.Dispose();
}
