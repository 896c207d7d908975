using System.Text;
using FinML.Torch.Modules;

namespace FinML.Torch.Tests.nn;

/// <summary>Weights in TorchSharp's file format.</summary>
public sealed class ModuleFilesTests
{
    /// <summary>Linear(2, 1) as TorchSharp writes it: the number of entries, then name, dtype (6 is Float32),
    /// dimensions and sizes, elements.</summary>
    private static readonly byte[] Known =
    [
        2,
        6, .. "weight"u8, 6, 2, 1, 2, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0, // 1.5, -2
        4, .. "bias"u8, 6, 1, 1, 0, 0, 0, 0x3F, // 0.5
    ];

    [Fact]
    public void ReadsABytewiseKnownFile()
    {
        Linear linear = torch.nn.Linear(2, 1);
        Dictionary<string, bool> loaded = [];
        Assert.Same(linear, linear.load(new MemoryStream(Known), loadedParameters: loaded));
        Assert.Equal([1.5f, -2f], linear.weight.data<float>().ToArray());
        Assert.Equal([0.5f], linear.bias!.data<float>().ToArray());
        Assert.Equal(new Dictionary<string, bool> { ["weight"] = true, ["bias"] = true }, loaded);
        Assert.True(linear.weight.requires_grad);
    }

    [Fact]
    public void WritesTheSameBytes()
    {
        Linear linear = torch.nn.Linear(2, 1);
        linear.load(new MemoryStream(Known));
        using var stream = new MemoryStream();
        linear.save(stream);
        Assert.Equal(Known, stream.ToArray());
    }

    [Fact]
    public void LengthsAboveOneByteAreLeb128()
    {
        using var stream = new MemoryStream();
        string name = new('n', 300);
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            torch.nn.Module.save_state_dict(writer, new() { [name] = zeros([200, 0]) });
        Assert.Equal([1, 0xAC, 0x02, .. Encoding.ASCII.GetBytes(name), 6, 2, 0xC8, 0x01, 0], stream.ToArray());
    }

    [Fact]
    public void AModuleGoesThroughAFileAndBack()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "net.dat");
        Sequential first = Net(), second = Net();
        Assert.NotEqual(State(first), State(second));
        first.save(path);
        first.save(path); // replaces
        second.load(path);
        Assert.Equal(State(first), State(second));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal(State(first), State(torch.nn.Module.Create<Made>(path)));
    }

    [Fact]
    public void NamesMayBeSkippedOrMissing()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "net.dat");
        Linear saved = torch.nn.Linear(2, 3), other = torch.nn.Linear(2, 3);
        double[] bias = NnGolden.Values(other.bias!);
        saved.save(path);
        other.load(path, skip: ["bias"]);
        Assert.Equal(NnGolden.Values(saved.weight), NnGolden.Values(other.weight));
        Assert.Equal(bias, NnGolden.Values(other.bias!));

        saved.save(path, skip: ["weight"]);
        Linear third = torch.nn.Linear(2, 3);
        Assert.Contains("holds 1 entries", Error(() => third.load(path)));
        third.load(path, strict: false);
        Assert.Equal(NnGolden.Values(saved.bias!), NnGolden.Values(third.bias!));

        torch.nn.Linear(2, 3, hasBias: false).save(path);
        Dictionary<string, bool> loaded = [];
        Sequential named = torch.nn.Sequential(("x", torch.nn.Linear(2, 3, hasBias: false)));
        Assert.Contains("holds 'weight', which the module has not", Error(() => named.load(path)));
        named.load(path, strict: false, loadedParameters: loaded);
        Assert.Equal(new Dictionary<string, bool> { ["weight"] = false }, loaded);
        static string Error(Action act) => Assert.Throws<ArgumentException>(act).Message;
    }

    [Fact]
    public void WhatDoesNotFitChangesNothing()
    {
        Linear linear = torch.nn.Linear(2, 1);
        linear.load(new MemoryStream(Known));
        byte[] wide = [.. Known];
        wide[^5] = 2; // two biases
        Assert.Contains(
            "'bias' is Float32[1], the file holds Float32[2]",
            Assert.Throws<ArgumentException>(() => linear.load(new MemoryStream(wide))).Message);
        byte[] whole = [.. Known];
        whole[^7] = 3; // Int32
        whole[15] = 0x41; // another weight, which is read before
        Assert.Contains(
            "the file holds Int32[1]",
            Assert.Throws<ArgumentException>(() => linear.load(new MemoryStream(whole))).Message);
        Assert.Equal([1.5f, -2f], linear.weight.data<float>().ToArray());
    }

    [Fact]
    public void EveryTruncationIsRefusedWithThePlace()
    {
        Linear linear = torch.nn.Linear(2, 1);
        double[] before = NnGolden.Values(linear.weight);
        for (int length = 0; length < Known.Length; length++)
        {
            InvalidDataException error = Assert.Throws<InvalidDataException>(
                () => linear.load(new MemoryStream(Known[..length])));
            Assert.StartsWith("before byte ", error.Message);
        }

        Assert.Equal(before, NnGolden.Values(linear.weight));
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "net.dat");
        File.WriteAllBytes(path, Known[..^1]);
        Assert.Contains(
            "4 bytes of elements are announced, 3 follow",
            Assert.Throws<InvalidDataException>(() => linear.load(path)).Message);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => linear.load(path)).Message);
        Assert.Throws<FileNotFoundException>(() => linear.load(path + "x"));
    }

    [Theory]
    [InlineData("06 01 FF FF FF FF FF FF FF FF FF 01", "impossible shape [-1]")]
    [InlineData("06 02 FF FF FF FF FF FF FF FF 7F 02", "impossible shape [9223372036854775807]")]
    [InlineData("06 02 FF FF FF FF 0F FF FF FF FF 0F", "impossible shape [4294967295, 4294967295]")]
    [InlineData("06 0D", "13 dimensions; at most 12")]
    [InlineData("06 FF FF FF FF FF FF FF FF FF 01", "-1 dimensions")]
    [InlineData("05 01 00", "dtype 5 is not supported")]
    [InlineData("80 01", "128 is no dtype")]
    [InlineData("06 01 80 80 80 80 80 80 80 80 80 80", "no integer")]
    public void AnImpossibleHeaderIsRefused(string bytes, string reason)
    {
        byte[] header = Convert.FromHexString(bytes.Replace(" ", ""));
        using var reader = new BinaryReader(new MemoryStream(header));
        Assert.Contains(
            reason, Assert.Throws<InvalidDataException>(() => TensorExtensionMethods.Load(reader)).Message);
        byte[] file = [1, 1, (byte)'x', .. header];
        Linear linear = torch.nn.Linear(2, 1);
        Assert.Contains(
            reason,
            Assert.Throws<InvalidDataException>(() => linear.load(new MemoryStream(file), strict: false)).Message);
    }

    [Fact]
    public void AnyByteMayBeWrong()
    {
        Linear linear = torch.nn.Linear(2, 1);
        byte[] file = [.. Known];
        for (int at = 0; at < file.Length; at++)
        {
            for (int wrong = 0; wrong < 256; wrong++)
            {
                file[at] = (byte)wrong;
                long before = GC.GetAllocatedBytesForCurrentThread();
                Exception? error = Record.Exception(() => linear.load(new MemoryStream(file), strict: wrong % 2 == 0));
                Assert.True(error is null or InvalidDataException or ArgumentException, $"{at}, {wrong}: {error}");
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            }

            file[at] = Known[at];
        }
    }

    [Fact]
    public void TensorsGoThroughStreams()
    {
        foreach (Tensor value in new[]
                 {
                     tensor(2.5), arange(6).reshape(2, 3).t(), zeros([0, 2]), tensor(new[] { true, false }),
                     tensor(new[] { 1, -2 }),
                 })
        {
            using var stream = new MemoryStream();
            using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            {
                value.Save(writer);
                value.Save(writer);
            }

            stream.Position = 0;
            using var reader = new BinaryReader(stream);
            Tensor skipped = TensorExtensionMethods.Load(reader, skip: true);
            Assert.Equal(value.shape, skipped.shape);
            Tensor loaded = TensorExtensionMethods.Load(reader);
            Assert.Equal((value.dtype, stream.Length), (loaded.dtype, stream.Position));
            Assert.Equal(NnGolden.Values(value), NnGolden.Values(loaded));
            stream.Position = 0;
            Tensor target = zeros_like(value);
            target.Load(reader);
            Assert.Equal(NnGolden.Values(value), NnGolden.Values(target));
            stream.Position = 0;
            Assert.Contains("Load: the file holds", Assert.Throws<ArgumentException>(
                () => zeros([9, 9]).Load(reader)).Message);
        }
    }

    private static Sequential Net() => torch.nn.Sequential(
        ("in", torch.nn.Linear(3, 4)), ("norm", torch.nn.LayerNorm(4)), ("out", torch.nn.Linear(4, 2)));

    private static double[] State(torch.nn.Module module) =>
        module.state_dict().Values.SelectMany(NnGolden.Values).ToArray();

    private sealed class Made : torch.nn.Module<Tensor, Tensor>
    {
        private readonly Sequential net = Net();

        public Made()
            : base(nameof(Made))
        {
            foreach ((string name, torch.nn.Module module) in net.named_children())
                register_module(name, module);
        }

        public override Tensor forward(Tensor input) => net.call(input);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("finml-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
