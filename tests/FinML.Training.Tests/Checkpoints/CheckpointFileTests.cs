namespace FinML.Training.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("finml-checkpoint-").FullName;

    private string PathOf(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var sections = new Dictionary<string, byte[]> { ["weights"] = [1, 2, 3], ["empty"] = [], ["größe"] = [255] };
        CheckpointFile.Write(PathOf("a"), sections);

        var read = CheckpointFile.Read(PathOf("a"));

        Assert.Equal(sections.Keys.Order(), read.Keys.Order());
        Assert.All(sections, section => Assert.Equal(section.Value, read[section.Key]));
        Assert.Equal(["a"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void The_same_sections_give_the_same_bytes_in_any_order()
    {
        CheckpointFile.Write(PathOf("a"), new Dictionary<string, byte[]> { ["x"] = [1], ["y"] = [2] });
        CheckpointFile.Write(PathOf("b"), new Dictionary<string, byte[]> { ["y"] = [2], ["x"] = [1] });

        Assert.Equal(File.ReadAllBytes(PathOf("a")), File.ReadAllBytes(PathOf("b")));
    }

    [Fact]
    public void Every_flipped_byte_and_every_truncation_is_refused()
    {
        CheckpointFile.Write(PathOf("a"), new Dictionary<string, byte[]> { ["x"] = [1, 2, 3, 4], ["y"] = [5] });
        byte[] good = File.ReadAllBytes(PathOf("a"));

        for (int i = 0; i < good.Length; i++)
        {
            byte[] flipped = (byte[])good.Clone();
            flipped[i] ^= 0x10;
            File.WriteAllBytes(PathOf("b"), flipped);
            Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(PathOf("b")));

            File.WriteAllBytes(PathOf("b"), good[..i]);
            var error = Assert.Throws<InvalidDataException>(() => CheckpointFile.Read(PathOf("b")));
            Assert.Contains(PathOf("b"), error.Message);
        }
    }

    [Fact]
    public void A_store_reads_old_files_only_when_it_resumes()
    {
        new CheckpointStore(folder, resume: false).Save("fold-1", new Dictionary<string, byte[]> { ["x"] = [7] });

        Assert.Null(new CheckpointStore(folder, resume: false).Load("fold-1"));
        Assert.Equal([7], new CheckpointStore(folder, resume: true).Load("fold-1")!["x"]);
        Assert.Null(new CheckpointStore(folder, resume: true).Load("fold-2"));
        Assert.Null(CheckpointStore.None.Load("fold-1"));
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
