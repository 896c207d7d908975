using System.Text.Json;

namespace FinML.Torch.Tests.nn;

/// <summary>PyTorch's values (Golden/make_nn_golden.py) and the inputs they were made from.</summary>
internal static class NnGolden
{
    private static readonly Lazy<JsonElement> Root = new(() => Read("nn.json"));

    internal static JsonElement At(params string[] path) =>
        path.Aggregate(Root.Value, (element, name) => element.GetProperty(name));

    /// <summary>scale sin(0.7 i + phase), as in the script.</summary>
    internal static Tensor Wave(long[] shape, double phase, double scale = 1) => tensor(
        Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b))
            .Select(i => scale * Math.Sin((0.7 * i) + phase)).ToArray()).reshape(shape);

    /// <summary>Every parameter a wave, the phase being its number.</summary>
    internal static T Fill<T>(T module)
        where T : torch.nn.Module
    {
        using IDisposable off = no_grad();
        int i = 0;
        foreach ((_, Modules.Parameter parameter) in module.named_parameters())
            parameter.copy_(Wave(parameter.shape, 0.3 * i++, 0.5));
        return module;
    }

    internal static double[] Values(Tensor tensor) =>
        tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();

    internal static void AssertEqual(JsonElement expected, Tensor actual, double tolerance = 1e-12, string what = "")
    {
        double[] wanted = expected.EnumerateArray().Select(e => e.GetDouble()).ToArray();
        double[] got = Values(actual);
        Assert.Equal(wanted.Length, got.Length);
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.True(
                Math.Abs(wanted[i] - got[i]) <= tolerance * Math.Max(1, Math.Abs(wanted[i])),
                $"{what} element {i}: expected {wanted[i]}, got {got[i]}");
        }
    }

    /// <summary>A file of Golden.</summary>
    internal static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(), file))).RootElement.Clone();

    private static string Folder()
    {
        for (string? at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            string folder = Path.Combine(at, "tests", "FinML.Torch.Tests", "Golden");
            if (Directory.Exists(folder))
                return folder;
        }

        throw new DirectoryNotFoundException($"no tests/FinML.Torch.Tests/Golden above {AppContext.BaseDirectory}");
    }
}
