using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using FinML.Torch.Tests.nn;

namespace FinML.Torch.Tests.IO;

public sealed class SafetensorsTests
{
    [Fact]
    public void WhatIsSavedIsLoaded()
    {
        Dictionary<string, Tensor> tensors = Sample();
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.safetensors");
        safetensors.save_file(tensors, path, new() { ["format"] = "pt", ["note"] = "ä \"quoted\" 雪" });
        Dictionary<string, Tensor> loaded = safetensors.load_file(path);
        Assert.Equal(tensors.Keys.Order(), loaded.Keys.Order());
        foreach ((string name, Tensor tensor) in tensors)
        {
            Assert.Equal(tensor.dtype, loaded[name].dtype);
            Assert.Equal(tensor.shape, loaded[name].shape);
            Assert.Equal(NnGolden.Values(tensor), NnGolden.Values(loaded[name]));
        }

        Assert.Equal("ä \"quoted\" 雪", safetensors.load_metadata(path)["note"]);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal(safetensors.save(tensors), safetensors.save(loaded));
    }

    [Fact]
    public void ReadsABytewiseKnownFile()
    {
        // As Python's safetensors.torch.save({"a": tensor([1., -2.]), "b": tensor([[True], [False]])}) lays it out.
        byte[] header = Encoding.UTF8.GetBytes(
            """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":"""
            + """{"dtype":"BOOL","shape":[2,1],"data_offsets":[8,10]}}""");
        byte[] file = [.. Prefix(header.Length), .. header, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 1, 0];
        Dictionary<string, Tensor> loaded = safetensors.load(file);
        Assert.Equal([1f, -2f], loaded["a"].data<float>().ToArray());
        Assert.Equal([2, 1], loaded["b"].shape);
        Assert.Equal([true, false], loaded["b"].data<bool>().ToArray());
    }

    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        byte[] file = safetensors.save(new() { ["w"] = tensor(new[] { 1f, -2f }) });
        long length = BinaryPrimitives.ReadInt64LittleEndian(file);
        string header = Encoding.UTF8.GetString(file, 8, (int)length);
        Assert.Equal("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", header.TrimEnd(' '));
        Assert.Equal(0, length % 8);
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], file[(8 + (int)length)..]);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "no JSON")]
    [InlineData("""["a"]""", 0, "starts with")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "'F16'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "-2 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "2.5 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "impossible")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "data_offsets [8, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "starts at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "ends at byte 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "1 bytes follow")]
    [InlineData("""{"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}""", 1, "holds the byte 7")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":"""
            + """{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":"""
            + """{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "starts at byte 0")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "not as text")]
    [InlineData("""{"a":5}""", 0, "not an object")]
    public void RefusesACorruptHeaderWithItsReason(string header, int dataBytes, string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] data = new byte[dataBytes];
        data.AsSpan().Fill(7);
        byte[] file = [.. Prefix(text.Length), .. text, .. data];
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => safetensors.load(file));
        Assert.Contains(reason, error.Message);
        Assert.StartsWith("at byte ", error.Message);
    }

    [Fact]
    public void RefusesEveryTruncation()
    {
        byte[] file = safetensors.save(Sample());
        for (int length = 0; length < file.Length; length++)
        {
            byte[] part = file[..length];
            Assert.Throws<InvalidDataException>(() => safetensors.load(part));
        }
    }

    [Fact]
    public void AnyMutationIsLoadedWholeOrRefused()
    {
        byte[] file = safetensors.save(Sample(), new() { ["k"] = "v" });
        var random = new Random(20260722);
        int refused = 0;
        for (int trial = 0; trial < 5_000; trial++)
        {
            byte[] mutant = (byte[])file.Clone();
            int changes = 2 + random.Next(3);
            int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            for (int i = 0; i < changes; i++)
            {
                // Mostly the header: there lies what can be wrong.
                int at = random.Next(random.Next(10) == 0 ? mutant.Length : header);
                mutant[at] = random.Next(3) == 0
                    ? (byte)random.Next(256)
                    : (byte)"0123456789[]{}\",:-eF "[random.Next(21)];
            }

            if (random.Next(5) == 0)
                mutant = [.. mutant[..random.Next(mutant.Length)], .. mutant[random.Next(mutant.Length)..]];
            try
            {
                Dictionary<string, Tensor> loaded = safetensors.load(mutant);
                Assert.All(loaded.Values, t => Assert.Equal(t.numel(), t.to(float64).data<double>().ToArray().Length));
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("at byte ", error.Message);
                refused++;
            }
        }

        Assert.InRange(refused, 2_500, 5_000);
    }

    [Fact]
    public void AFailedSaveLeavesTheOldFileAndNoOther()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.safetensors");
        safetensors.save_file(new() { ["w"] = ones([2]) }, path);
        Tensor gone = ones([2]);
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => safetensors.save_file(new() { ["w"] = gone }, path));
        Assert.Throws<ArgumentException>(() => safetensors.save_file(new() { ["__metadata__"] = ones([2]) }, path));
        Assert.Throws<DirectoryNotFoundException>(
            () => safetensors.save_file(new() { ["w"] = ones([2]) }, Path.Combine(folder.Path, "none", "m.bin")));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal([1f, 1f], safetensors.load_file(path)["w"].data<float>().ToArray());
    }

    [Fact]
    public void EverySingleByteOfTheHeaderMayBeWrong()
    {
        byte[] file = safetensors.save(new() { ["w"] = tensor(new[] { 1f, -2f }), ["m"] = tensor(new[] { true }) });
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        int refused = 0;
        for (int at = 0; at < header; at++)
        {
            byte right = file[at];
            for (int wrong = 0; wrong < 256; wrong++)
            {
                if (wrong == right)
                    continue;
                file[at] = (byte)wrong;
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    // Other names and as many elements are as good.
                    Assert.Equal([1, 2], safetensors.load(file).Values.Select(t => t.numel()).Order());
                }
                catch (InvalidDataException error)
                {
                    Assert.Matches("^at byte [0-9]+: .+[.]$", error.Message);
                    refused++;
                }

                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            }

            file[at] = right;
        }

        // Of the 255 values a byte can wrongly have, all but the letters of a name and some spaces matter.
        Assert.InRange(refused, header * 240, header * 255 - 1);
    }

    [Fact]
    public void AHeaderCannotMakeItTakeMemoryThatTheFileHasNot()
    {
        string[] lies =
        [
            """{"a":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}""",
            """{"a":{"dtype":"BOOL","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""",
            """{"a":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[0,8]}}""",
        ];
        foreach (string lie in lies)
        {
            byte[] file = [.. Prefix(lie.Length), .. Encoding.ASCII.GetBytes(lie), 1, 2, 3, 4, 5, 6, 7, 8];
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<InvalidDataException>(() => safetensors.load(file));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }

        byte[] longHeader = [.. Prefix(99_999_999), (byte)'{', (byte)'}'];
        long start = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => safetensors.load(longHeader));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - start, 0, 1 << 20);
    }

    [Fact]
    public void AFileGoesThroughMemoryOnce()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "large.safetensors");
        Dictionary<string, Tensor> tensors = new() { ["w"] = zeros([1000, 2000]) };
        long before = GC.GetAllocatedBytesForCurrentThread();
        safetensors.save_file(tensors, path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        before = GC.GetAllocatedBytesForCurrentThread();
        Dictionary<string, Tensor> loaded = safetensors.load_file(path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 11_000_000); // 8 MB, up to a size class
        Assert.Equal(2_000_000, loaded["w"].numel());
    }

    [Fact]
    public void ReadsWhatAPythonScriptWroteByTheFormatsDocumentation()
    {
        using JsonDocument golden = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "safetensors.json")));
        foreach (JsonElement file in golden.RootElement.GetProperty("files").EnumerateArray())
        {
            using var folder = new TemporaryFolder();
            string path = Path.Combine(folder.Path, "python.safetensors");
            File.WriteAllBytes(path, Convert.FromHexString(file.GetProperty("hex").GetString()!));
            Dictionary<string, Tensor> loaded = safetensors.load_file(path);
            JsonElement tensors = file.GetProperty("tensors");
            Assert.Equal(tensors.EnumerateObject().Select(t => t.Name).Order(), loaded.Keys.Order());
            foreach (JsonProperty expected in tensors.EnumerateObject())
            {
                Tensor tensor = loaded[expected.Name];
                Assert.Equal(expected.Value.GetProperty("dtype").GetString(), tensor.dtype.ToString());
                Assert.Equal(
                    expected.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64()), tensor.shape);
                Assert.Equal(
                    expected.Value.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()),
                    NnGolden.Values(tensor));
            }

            Assert.Equal(
                file.GetProperty("metadata").EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetString()!),
                safetensors.load_metadata(path));
            if (file.GetProperty("ours").GetBoolean())
                Assert.Equal(File.ReadAllBytes(path), safetensors.save(loaded, safetensors.load_metadata(path)));
        }
    }

    [Fact]
    public void NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "short.safetensors");
        File.WriteAllBytes(path, [1, 2, 3]);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => safetensors.load_file(path)).Message);
        Assert.Throws<FileNotFoundException>(() => safetensors.load_file(path + "x"));
    }

    private static Dictionary<string, Tensor> Sample() => new()
    {
        ["weight"] = NnGolden.Wave([3, 2], 0.1).to(float32),
        ["transposed"] = NnGolden.Wave([3, 2], 0.1).t(),
        ["scalar"] = tensor(2.5),
        ["empty"] = zeros([0, 3]),
        ["step"] = tensor(new long[] { 7, -1 }),
        ["count"] = tensor(new[] { 7, -1, 3 }),
        ["mask"] = tensor(new[] { true, false, true }),
    };

    private static byte[] Prefix(long length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("finml-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
