using FinML.Torch.Tests.Onnx;
using FinML.Torch.Tests.Ops;

namespace FinML.Torch.Tests.Inference;

using nn = FinML.Torch.torch.nn;

/// <summary>
/// Every operation of the table in a plan and in a file: traced on one input and run on another, it gives what eager
/// execution gives there, or it is refused. What is refused stands here.
/// </summary>
public sealed class TraceCoverageTests : IDisposable
{
    /// <summary>Shapes made from elements, and functions that only eager execution has.</summary>
    private static readonly HashSet<string> NotInPlans =
    [
        "index mask", "lstsq", "lstsq residuals", "masked_select", "nanmedian", "polygamma", "polygamma second",
        "unique", "unique_consecutive",
    ];

    /// <summary>Functions for which opset 17 has no operator.</summary>
    private static readonly HashSet<string> NotInFiles =
    [
        .. NotInPlans.Except(["unique"]),
        "digamma", "erfinv", "lgamma", "mvlgamma",
    ];

    private readonly string path = Path.Combine(Path.GetTempPath(), $"finml-{Guid.NewGuid():N}.onnx");

    public static TheoryData<string> All => OperationTable.Names(_ => true);

    public void Dispose() => File.Delete(path);

    [Theory]
    [MemberData(nameof(All))]
    public void APlanGivesWhatEagerGivesOnOtherInputs(string name)
    {
        Operation operation = OperationTable.All[name];
        (Tensor[] example, Tensor[] other, nn.Module module) = Inputs(operation);
        InferencePlan plan;
        try
        {
            plan = module.compile_inference(x => [operation.Function([.. x])], example);
        }
        catch (InvalidOperationException error)
        {
            Assert.Matches("^(trace|compile_inference): ", error.Message);
            Assert.True(NotInPlans.Contains(name), $"{name}: {error.Message}");
            return;
        }

        Assert.DoesNotContain(name, NotInPlans);
        Tensor expected = Expected(operation, other);
        float[] result = new float[expected.numel()];
        plan.Run(Array.ConvertAll(other, t => t.contiguous().data<float>().ToArray()), [result]);
        AssertClose(name, expected, [.. result.Select(v => (double)v)], operation.IllConditioned ? 1e-3 : 1e-5);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AFileGivesWhatEagerGivesOnOtherInputs(string name)
    {
        Operation operation = OperationTable.All[name];
        (Tensor[] example, Tensor[] other, nn.Module module) = Inputs(operation);
        try
        {
            string[] names = [.. example.Select((_, i) => $"x{i}")];
            onnx.export(module, x => [operation.Function([.. x])], example, path, names, ["y"]);
        }
        catch (InvalidOperationException error)
        {
            Assert.Matches("^(trace|onnx.export): ", error.Message);
            Assert.True(NotInFiles.Contains(name), $"{name}: {error.Message}");
            return;
        }

        Assert.DoesNotContain(name, NotInFiles);
        OnnxFile file = OnnxFile.Read(File.ReadAllBytes(path));
        OnnxValidator.Validate(file);
        OnnxValue result = OnnxReference.Run(file, [.. other.Select(t => new OnnxValue(
            OnnxValue.Float, t.shape, t.to(float64).contiguous().data<double>().ToArray()))]).Single();
        Tensor expected = Expected(operation, other);
        Assert.Equal(expected.shape, result.Shape);
        AssertClose(name, expected, result.Data, operation.IllConditioned ? 1e-2 : 2e-5);
    }

    private static (Tensor[] Example, Tensor[] Other, nn.Module Module) Inputs(Operation operation)
    {
        Tensor[] Make(int seed) => [.. operation.Inputs.Select((s, i) => s.Make(seed + i).to(float32))];
        return (Make(1), Make(51), TracedModels.Of(x => x));
    }

    private static Tensor Expected(Operation operation, Tensor[] inputs)
    {
        using (no_grad())
            return operation.Function(inputs).to(float32).contiguous();
    }

    private static void AssertClose(string name, Tensor expected, double[] actual, double tolerance)
    {
        float[] values = expected.data<float>().ToArray();
        double scale = values.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (int i = 0; i < values.Length; i++)
        {
            bool close = float.IsFinite(values[i])
                ? Math.Abs(values[i] - actual[i]) <= tolerance * Math.Max(scale, 1)
                : values[i].Equals((float)actual[i]);
            Assert.True(close, $"{name}: element {i} is {actual[i]}, eager gives {values[i]}");
        }
    }
}
