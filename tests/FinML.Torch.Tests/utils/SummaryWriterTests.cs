using System.Text;
using System.Text.Json;
using FinML.Torch.Modules;
using FinML.Torch.Utils.tensorboard;
using FinML.Torch.Utils.tensorboard.Enums;

namespace FinML.Torch.Tests.utils;

/// <summary>Expected bytes and histograms: Golden/make_tensorboard_golden.py.</summary>
public sealed class SummaryWriterTests : IDisposable
{
    private const long Wall = 1_700_000_000;

    private readonly string folder = Directory.CreateTempSubdirectory("finml-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("123456789", 0xE3069283)] // the check value of the catalogue of CRCs
    [InlineData("", 0)]
    [InlineData("a", 0xC1D04330)]
    public void TheChecksumIsCastagnolis(string text, uint expected) =>
        Assert.Equal(expected, EventFile.Crc32C(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void TheChecksumsOfRfc3720()
    {
        Assert.Equal(0x8A9136AAu, EventFile.Crc32C(new byte[32]));
        Assert.Equal(0x62A8AB43u, EventFile.Crc32C(Enumerable.Repeat((byte)0xff, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, EventFile.Crc32C(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0x113FDB5Cu, EventFile.Crc32C(Enumerable.Range(0, 32).Select(i => (byte)(31 - i)).ToArray()));
    }

    [Fact]
    public void TheBytesAreThoseOfTheFormat()
    {
        using SummaryWriter writer = Open();
        writer.add_scalar("loss/train", 0.125f, 7, walltime: Wall + 1);
        writer.add_text("note", "**größe** 雪", 300, walltime: Wall + 2);
        JsonElement expected = Golden().GetProperty("file");
        Assert.Equal(
            string.Concat(new[] { "version", "scalar", "text" }.Select(k => expected.GetProperty(k).GetString())),
            Convert.ToHexStringLower(EventFileReader.ReadShared(FileIn(folder))));
    }

    [Fact]
    public void AFileIsNamedAsTensorBoardExpects()
    {
        using SummaryWriter writer = torch.utils.tensorboard.SummaryWriter(folder, "lstm", timeProvider: new Clock());
        string name = Path.GetFileName(FileIn(folder));
        Assert.StartsWith($"events.out.tfevents.{Wall}.{Environment.MachineName}.{Environment.ProcessId}.", name);
        Assert.EndsWith(".lstm", name);
        Assert.Equal(folder, writer.LogDir);
        using SummaryWriter run =
            torch.utils.tensorboard.SummaryWriter(folder, createRunName: true, timeProvider: new Clock());
        Assert.Equal(Path.Combine(folder, $"Nov14_22-13-20_{Environment.MachineName}"), run.LogDir);
        Assert.True(File.Exists(FileIn(run.LogDir)));
    }

    [Fact]
    public void EachCallIsInTheFileWhenItReturns()
    {
        using SummaryWriter writer = Open();
        for (int step = 0; step < 3; step++)
        {
            writer.add_scalar("nan", float.NaN, step);
            List<EventFileReader.Fields> events = EventFileReader.Read(FileIn(folder));
            Assert.Equal(step + 2, events.Count);
            Assert.Equal((double)Wall, events[^1][1]);
            Assert.Equal((ulong)step, events[^1][2]);
            EventFileReader.Fields value = events[^1].Message(5).Message(1);
            Assert.Equal("nan", value.Text(1));
            Assert.Equal(float.NaN, value[2]);
        }

        writer.add_scalar("x", 1, -1);
        Assert.Equal(ulong.MaxValue, EventFileReader.Read(FileIn(folder))[^1][2]);
        writer.flush();
        writer.close();
        Assert.Throws<ObjectDisposedException>(() => writer.add_scalar("x", 1, 4));
    }

    [Fact]
    public void SeveralCurvesOfAChartAreRunsOfTheirOwn()
    {
        using SummaryWriter writer = Open();
        for (int step = 0; step < 2; step++)
        {
            writer.add_scalars("loss/all", new Dictionary<string, float> { ["train"] = step, ["test"] = -step }, step);
            writer.add_scalars("other", [("train", 9f)], step);
        }

        Assert.Equal([0f, 1f], Curve("loss_all_train", "loss/all"));
        Assert.Equal([0f, -1f], Curve("loss_all_test", "loss/all"));
        Assert.Equal([9f, 9f], Curve("other_train", "other"));

        float[] Curve(string name, string tag) => EventFileReader.Read(FileIn(Path.Combine(folder, name))).Skip(1)
            .Select(e => e.Message(5).Message(1)).Where(v => v.Text(1) == tag).Select(v => (float)v[2]).ToArray();
    }

    [Fact]
    public void HistogramsAreNumPysAndTensorBoards()
    {
        foreach (JsonElement expected in Golden().GetProperty("histograms").EnumerateArray())
        {
            string bins = expected.GetProperty("bins").GetString()!;
            int n = expected.GetProperty("n").GetInt32();
            JsonElement max = expected.GetProperty("max_bins");
            double[] values = Enumerable.Range(0, n)
                .Select(i => (((i * 37) % 101) - 50) / 16.0 * (1 + (i % 7))).ToArray();
            string sub = Path.Combine(folder, $"{bins}-{n}-{max}");
            using SummaryWriter writer = torch.utils.tensorboard.SummaryWriter(sub, timeProvider: new Clock());
            writer.add_histogram(
                "h", tensor(values).reshape(n, 1), 3, Enum.Parse<HistogramBinSelector>(bins, ignoreCase: true),
                max_bins: max.ValueKind == JsonValueKind.Null ? null : max.GetInt64());

            EventFileReader.Fields value = EventFileReader.Read(FileIn(sub))[1].Message(5).Message(1);
            Assert.Equal("h", value.Text(1));
            EventFileReader.Fields histogram = value.Message(5);
            Assert.Equal(expected.GetProperty("min").GetDouble(), histogram[1]);
            Assert.Equal(expected.GetProperty("max").GetDouble(), histogram[2]);
            Assert.Equal((double)n, histogram[3]);
            Assert.Equal(expected.GetProperty("sum").GetDouble(), histogram[4]);
            Assert.Equal(expected.GetProperty("sum_squares").GetDouble(), histogram[5]);
            AssertClose(expected.GetProperty("limits"), histogram.Doubles(6), sub);
            AssertClose(expected.GetProperty("counts"), histogram.Doubles(7), sub);
        }
    }

    [Fact]
    public void AHistogramIsOfAnyDtypeAndCountsEveryValue()
    {
        Histogram outside = Histogram.Of([1e25, -1e25, 0, 3], HistogramBinSelector.Tensorflow, null);
        Assert.Equal(4, outside.Counts.Sum());
        using SummaryWriter writer = Open();
        writer.add_histogram("int", tensor(new[] { 1, 2, 2 }), 0);
        Tensor weight = ones([2, 2], requires_grad: true);
        writer.add_histogram("transposed", weight.t(), 0);
        Assert.Equal(3, EventFileReader.Read(FileIn(folder)).Count);
    }

    [Fact]
    public void RefusesWhatCannotBeShown()
    {
        using SummaryWriter writer = Open();
        Assert.Contains("got 0 values", Message(() => writer.add_histogram("h", zeros([0]), 0)));
        Assert.Contains(
            "2 values of which 1 are not finite",
            Message(() => writer.add_histogram("h", tensor(new[] { 1.0, double.NaN }), 0)));
        Assert.Contains(
            "max_bins must be at least 1", Message(() => writer.add_histogram("h", ones([2]), 0, max_bins: 0)));
        Assert.Contains(
            "no rule", Message(() => writer.add_histogram("h", arange(3), 0, (HistogramBinSelector)99)));
        Assert.Contains("empty", Message(() => writer.add_scalar("", 1, 0)));
        Assert.Single(EventFileReader.Read(FileIn(folder)));
        static string Message(Action act) => Assert.ThrowsAny<ArgumentException>(act).Message;
    }

    [Fact]
    public void ThreadsMayShareAWriter()
    {
        using SummaryWriter writer = Open();
        Parallel.For(0, 400, i => writer.add_scalar("x", i, i));
        Assert.Equal(
            Enumerable.Range(0, 400).Select(i => (float)i),
            EventFileReader.Read(FileIn(folder)).Skip(1).Select(e => (float)e.Message(5).Message(1)[2]).Order());
    }

    private SummaryWriter Open() => torch.utils.tensorboard.SummaryWriter(folder, timeProvider: new Clock());

    private static string FileIn(string folder) => Directory.GetFiles(folder).Single();

    private static JsonElement Golden() => JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "tensorboard.json"))).RootElement.Clone();

    // The edges of a rule are computed through roots and logarithms.
    private static void AssertClose(JsonElement expected, double[] actual, string what)
    {
        double[] wanted = expected.EnumerateArray().Select(e => e.GetDouble()).ToArray();
        Assert.True(wanted.Length == actual.Length, $"{what}: {wanted.Length} buckets expected, {actual.Length} found");
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - actual[i]) <= 1e-12 * Math.Max(1, Math.Abs(wanted[i])), $"{what} at {i}");
    }

    private sealed class Clock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Wall);
    }
}
