using System.Text.Json;

namespace FinML.Torch.Tests;

/// <summary>Values of PyTorch from a file in Golden; the script that made it stands beside it.</summary>
internal sealed class GoldenFile(string name)
{
    private readonly Lazy<JsonElement> root = new(() => JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name))).RootElement.Clone());

    internal JsonElement At(params string[] path) =>
        path.Aggregate(root.Value, (element, key) => element.GetProperty(key));

    internal double[] Numbers(params string[] path) => Numbers(At(path));

    internal static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    internal string[] Names(params string[] path) => [.. At(path).EnumerateObject().Select(p => p.Name)];

    /// <summary>Both to a relative and absolute tolerance; NaN equals NaN.</summary>
    internal static void AssertClose(IReadOnlyList<double> expected, Tensor actual, double tolerance, string what = "")
    {
        double[] got = actual.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        AssertClose(expected, got, tolerance, what);
    }

    internal static void AssertClose(
        IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what = "")
    {
        Assert.True(expected.Count == actual.Count, $"{what}: {expected.Count} values expected, got {actual.Count}");
        for (int i = 0; i < expected.Count; i++)
        {
            bool same = expected[i].Equals(actual[i])
                || Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(same, $"{what}[{i}]: PyTorch has {expected[i]:R}, here it is {actual[i]:R}");
        }
    }

    // JSON has no infinities: they are strings.
    private static double Number(JsonElement value) => value.ValueKind != JsonValueKind.String
        ? value.GetDouble()
        : value.GetString() switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" => double.NaN,
            var text => throw new InvalidDataException($"'{text}' is no number."),
        };
}
