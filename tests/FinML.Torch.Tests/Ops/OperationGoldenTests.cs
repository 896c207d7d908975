using System.Text.Json;

namespace FinML.Torch.Tests.Ops;

/// <summary>Every operation of the table beside PyTorch's values and gradients, from Golden/operations-*.json (made by
/// make_operation_golden.py), and on inputs with zeros, infinities, NaN and ties.</summary>
public class OperationGoldenTests
{
    // Both sides compute in float64; their elementary functions differ by an ulp or two, sums by their order.
    private const double Tolerance = 2e-13;

    // Factorisations gather the roundings of their steps, and functions of them divide by gaps.
    private const double LooseTolerance = 1e-9;

    public static TheoryData<string> Cases => [.. Golden.Keys];

    private static Dictionary<string, JsonElement> Golden { get; } = Load();

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueAndGradientAreThoseOfPyTorch(string key)
    {
        JsonElement golden = Golden[key];
        Operation operation = OperationTable.All[golden.GetProperty("name").GetString()!];
        Tensor[] leaves = golden.TryGetProperty("inputs", out JsonElement special)
            ? [.. special.EnumerateArray().Select(one => Read(one).requires_grad_())]
            : operation.Leaves();
        (Tensor y, Tensor[] gradients) = OperationTests.Run(operation, leaves, leaves);
        double tolerance = operation.IllConditioned || operation.LooseReference ? LooseTolerance : Tolerance;
        OperationTests.AssertClose(key, Read(golden.GetProperty("output")), y, tolerance);
        if (golden.TryGetProperty("gradients", out JsonElement expected))
        {
            for (int i = 0; i < leaves.Length; i++)
                OperationTests.AssertClose($"{key}: gradient {i}", Read(expected[i]), gradients[i], tolerance);
        }
    }

    [Fact]
    public void PyTorchHasAnAnswerForEveryOperation()
    {
        HashSet<string> answered = [.. Golden.Values.Select(one => one.GetProperty("name").GetString()!)];
        // Where several values are written to one place PyTorch leaves the order, and so the gradient, undefined.
        IEnumerable<string> missing = OperationTable.All.Keys.Where(
            name => !answered.Contains(name) && !name.EndsWith("twice at one place", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static Dictionary<string, JsonElement> Load()
    {
        Dictionary<string, JsonElement> cases = [];
        foreach (string path in Directory.GetFiles(
            Path.Combine(AppContext.BaseDirectory, "Golden"), "operations-*.json").Order())
        {
            foreach (JsonElement one in JsonDocument.Parse(File.ReadAllText(path)).RootElement
                .GetProperty("cases").EnumerateArray())
                cases.Add($"{one.GetProperty("name")}{one.GetProperty("variant")}", one);
        }

        return cases;
    }

    private static Tensor Read(JsonElement packed)
    {
        double[] data = [.. packed.GetProperty("data").EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number
            ? v.GetDouble()
            : v.GetString() switch
            {
                "inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                _ => Math.CopySign(double.NaN, 1), // as Python's; copysign tells them apart
            })];
        return torch.tensor(data, [.. packed.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64())]);
    }
}
