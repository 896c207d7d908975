namespace FinML.Training.Tests.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("finml-checkpoint-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_store_reads_old_files_only_when_it_resumes()
    {
        new CheckpointStore(folder, resume: false).Save("fold-1", new Dictionary<string, byte[]> { ["x"] = [7] });

        Assert.Null(new CheckpointStore(folder, resume: false).Load("fold-1"));
        Assert.Equal([7], new CheckpointStore(folder, resume: true).Load("fold-1")!["x"]);
        Assert.Null(new CheckpointStore(folder, resume: true).Load("fold-2"));
        Assert.Null(CheckpointStore.None.Load("fold-1"));
    }

    [Fact]
    public void A_damaged_file_is_refused_with_what_to_do()
    {
        var store = new CheckpointStore(folder, resume: true);
        store.Save("fold-1", new Dictionary<string, byte[]> { ["x"] = [7] });
        string path = Directory.GetFiles(folder).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        var error = Assert.Throws<InvalidDataException>(() => store.Load("fold-1"));
        Assert.Equal(
            $"Checkpoint '{path}' is damaged: its checksum differs. Delete it, or run again without --resume.",
            error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void A_key_that_could_leave_the_folder_is_refused(string key)
    {
        var store = new CheckpointStore(folder, resume: true);
        Assert.Contains($"'{key}'", Assert.Throws<ArgumentException>(() => store.Load(key)).Message);
    }
}
