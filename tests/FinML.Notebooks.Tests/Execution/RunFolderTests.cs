namespace FinML.Notebooks.Tests.Execution;

public sealed class RunFolderTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void ANewRunStartsEmptyAndAResumedOneDoesNot()
    {
        using var folder = new Notebooks.Folder();
        string file;
        using (var run = RunFolder.Open(folder.Path, "x", Hash, resume: false))
        {
            Assert.Equal(Path.Combine(folder.Path, "x-aaaaaaaaaaaa"), run.Directory);
            Assert.False(run.HadFiles);
            file = Path.Combine(run.Directory, "checkpoint");
            File.WriteAllText(file, "state");
            Directory.CreateDirectory(Path.Combine(run.Directory, "fold-1"));
        }

        using (var run = RunFolder.Open(folder.Path, "x", Hash, resume: true))
        {
            Assert.True(run.HadFiles);
            Assert.Equal("state", File.ReadAllText(file));
        }

        using (RunFolder.Open(folder.Path, "x", Hash, resume: false))
        {
            Assert.False(File.Exists(file));
            Assert.False(Directory.Exists(Path.Combine(Path.GetDirectoryName(file)!, "fold-1")));
        }
    }

    [Fact]
    public void TwoRunsAtOnceAreRefusedInOneSentence()
    {
        using var folder = new Notebooks.Folder();
        using var first = RunFolder.Open(folder.Path, "x", Hash, resume: false);
        var error = Assert.Throws<NotebookException>(() => RunFolder.Open(folder.Path, "x", Hash, resume: false));
        Assert.Equal(
            $"another run of x with the same parameters is under way (process {Environment.ProcessId}): "
            + "wait for it, or stop it.",
            error.Message);
    }
}
