namespace FinML.Torch.Tests.Additions;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("finml-checkpoint-").FullName;

    private string PathOf(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        var sections = new Dictionary<string, byte[]> { ["weights"] = [1, 2, 3], ["empty"] = [], ["größe"] = [255] };
        CheckpointFile.Write(PathOf("a"), sections);

        var read = CheckpointFile.Read(PathOf("a"));

        Assert.Equal(sections.Keys.Order(), read.Keys.Order());
        Assert.All(sections, section => Assert.Equal(section.Value, read[section.Key]));
        Assert.Equal(["a"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void TheSameSectionsGiveTheSameBytesInAnyOrder()
    {
        CheckpointFile.Write(PathOf("a"), new Dictionary<string, byte[]> { ["x"] = [1], ["y"] = [2] });
        CheckpointFile.Write(PathOf("b"), new Dictionary<string, byte[]> { ["y"] = [2], ["x"] = [1] });

        Assert.Equal(File.ReadAllBytes(PathOf("a")), File.ReadAllBytes(PathOf("b")));
    }

    [Fact]
    public void EveryFlippedByteAndEveryTruncationIsRefused()
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
}
