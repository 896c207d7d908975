using FinML.Torch.Modules;
using FinML.Torch.Tests.Inference;

namespace FinML.Torch.Tests.Onnx;

using nn = FinML.Torch.torch.nn;

/// <summary>Exported files obey the specification and compute, in another implementation, what eager execution gives.
/// </summary>
public sealed class OnnxExportTests : IDisposable
{
    /// <summary>Traced functions whose shapes or numbers follow the batch size in a way that a file cannot say: a mean
    /// over the batch, a flattened batch beside sizes, weights expanded over the batch.</summary>
    private static readonly HashSet<string> FixedBatch =
    [
        "lstm deep", "reductions", "views", "expand", "matmul broadcast", "factories",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("finml-onnx").FullName;

    public static TheoryData<string> Models => TracedModels.Names;

    public static TheoryData<string> BatchModels =>
        new(TracedModels.All.Keys.Where(name => !FixedBatch.Contains(name)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void AReferenceEvaluatorAgreesWithEager(string name)
    {
        manual_seed(3);
        (nn.Module<Tensor, Tensor> module, Tensor example) = TracedModels.All[name]();
        OnnxFile file = Export(module, example, dynamic: false);
        Compare(file, module, example);
        Assert.All(file.Inputs.Concat(file.Outputs), info => Assert.All(info.Shape, size => Assert.IsType<long>(size)));
    }

    [Theory]
    [MemberData(nameof(BatchModels))]
    public void ASymbolicBatchTakesAnySize(string name)
    {
        manual_seed(3);
        (nn.Module<Tensor, Tensor> module, Tensor example) = TracedModels.All[name]();
        OnnxFile file = Export(module, example, dynamic: true);
        Assert.Equal("batch", file.Inputs[0].Shape[0]);
        Compare(file, module, example);
        Compare(file, module, example[0..1]);
        Compare(file, module, cat([example, example.flip(0), example]));
    }

    [Fact]
    public void ASymbolicBatchOfAnEncoderLayerIsItsSecondAxis()
    {
        TransformerEncoderLayer layer = nn.TransformerEncoderLayer(8, 2, 16);
        layer.eval();
        string path = Path.Combine(folder, "encoder.onnx");
        Tensor example = TracedModels.Draw(4, 2, 8);
        onnx.export(layer, x => [layer.call(x[0])], [example], path, ["x"], ["y"], [1]);
        OnnxFile file = OnnxFile.Read(File.ReadAllBytes(path));
        OnnxValidator.Validate(file);
        Assert.Equal([4L, "batch", 8L], file.Inputs[0].Shape);
        Compare(file, layer, example);
        Compare(file, layer, example[.., 0..1]);
        Compare(file, layer, cat([example, example.flip(1), example], 1));
    }

    [Theory]
    [InlineData("lstm deep", "depends on the batch size")]
    [InlineData("reductions", "depends on the batch size")]
    [InlineData("factories", "depends on the batch size")]
    public void ATieToTheBatchSizeIsRefused(string name, string reason)
    {
        (nn.Module<Tensor, Tensor> module, Tensor example) = TracedModels.All[name]();
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => Export(module, example, dynamic: true));
        Assert.Contains(reason, error.Message);
        Assert.Contains("fixed batch", error.Message);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void InitializersHaveTheirNamesInTheState()
    {
        nn.Module<Tensor, Tensor> module = TracedModels.Mlp();
        OnnxFile file = Export(module, TracedModels.Draw(2, 32), dynamic: true);
        Dictionary<string, Tensor> state = module.state_dict();
        Assert.Equal(state.Keys.Order(), file.Initializers.Keys.Order());
        Assert.All(state, entry => Assert.Equal(entry.Value.shape, file.Initializers[entry.Key].Shape));
        Assert.Equal(["Gemm", "Tanh", "Gemm", "Relu", "Gemm", "Sigmoid"], file.Nodes.Select(n => n.Type));
    }

    [Fact]
    public void AnLstmIsOneNodeWithItsGatesReordered()
    {
        LSTM lstm = nn.LSTM(3, 2);
        string path = Path.Combine(folder, "lstm.onnx");
        Tensor x = TracedModels.Draw(4, 2, 3), h = TracedModels.Draw(1, 2, 2), c = TracedModels.Draw(1, 2, 2) * 0.5;
        onnx.export(
            lstm,
            inputs =>
            {
                (Tensor y, Tensor lastH, Tensor lastC) = lstm.call(inputs[0], (inputs[1], inputs[2]));
                return [y, lastH, lastC];
            },
            [x, h, c], path, ["x", "h0", "c0"], ["y", "h", "c"], [1, 1, 1]);
        OnnxFile file = OnnxFile.Read(File.ReadAllBytes(path));
        OnnxValidator.Validate(file);
        Assert.Single(file.Nodes, n => n.Type == "LSTM");
        double[] weight = lstm.get_parameter("weight_ih_l0")!.to(float64).flatten().data<double>().ToArray();
        Assert.Equal(
            [.. weight[..6], .. weight[18..], .. weight[6..12], .. weight[12..18]],
            file.Initializers["weight_ih_l0.onnx"].Data);
        OnnxValue[] results = OnnxReference.Run(file, [Value(x), Value(h), Value(c)]);
        using (no_grad())
        {
            (Tensor y, Tensor lastH, Tensor lastC) = lstm.call(x, (h, c));
            AssertClose(y, results[0]);
            AssertClose(lastH, results[1]);
            AssertClose(lastC, results[2]);
        }
    }

    [Fact]
    public void TheLargestOfAnAxisAreOneSearch()
    {
        nn.Module<Tensor, Tensor> module = TracedModels.Of(x => x.topk(2, 1).values);
        Tensor example = tensor(new float[] { 1, 3, 3, 2, 0, 0 }).reshape(2, 3);
        OnnxFile file = Export(module, example, dynamic: true);
        Assert.Equal(["TopK", "GatherElements"], file.Nodes.Select(n => n.Type));
        Compare(file, module, example);
        Compare(file, module, example[1..]);
    }

    [Fact]
    public void AConstantAnInputAndARepeatedOutputAreCopied()
    {
        string path = Path.Combine(folder, "identity.onnx");
        nn.Module<Tensor, Tensor> module = TracedModels.Of(x => x);
        onnx.export(
            module,
            x =>
            {
                Tensor y = x[0] * 2;
                return [x[0], y, y, ones(2)];
            },
            [ones(3)], path, ["x"], ["same", "y", "y2", "one"]);
        OnnxFile file = OnnxFile.Read(File.ReadAllBytes(path));
        OnnxValidator.Validate(file);
        OnnxValue[] results = OnnxReference.Run(file, [Value(tensor(new float[] { 1, 2, 3 }))]);
        Assert.Equal([[1, 2, 3], [2, 4, 6], [2, 4, 6], [1, 1]], results.Select(r => r.Data));
    }

    [Fact]
    public void AnOperationWithoutACounterpartIsNamedWithItsModules()
    {
        nn.Module<Tensor, Tensor> module = nn.Sequential(new Flipper());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => Export(module, ones(2, 3), dynamic: false));
        Assert.Contains("'gate' in Sequential > Flipper", error.Message);
        Assert.Contains("opset 17", error.Message);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void NamesAreChecked()
    {
        nn.Module<Tensor, Tensor> module = nn.ReLU();
        string path = Path.Combine(folder, "names.onnx");
        Assert.Throws<ArgumentException>(() => onnx.export(module, ones(2), path, input_names: []));
        Assert.Throws<ArgumentException>(() => onnx.export(module, ones(2), path, output_names: ["a", "b"]));
        Assert.Throws<ArgumentException>(() => onnx.export(module, ones(2), path, ["same"], ["same"]));
        Assert.False(File.Exists(path));
        onnx.export(module, ones(2), path, ["x"], ["y"]);
        Assert.Equal("x", OnnxFile.Read(File.ReadAllBytes(path)).Inputs.Single().Name);
    }

    [Fact]
    public void DoublesStayDoubles()
    {
        nn.Module<Tensor, Tensor> module = nn.Linear(3, 2, dtype: float64);
        Tensor example = TracedModels.Draw(2, 3).to(float64);
        OnnxFile file = Export(module, example, dynamic: true);
        Assert.Equal(OnnxValue.Double, file.Outputs.Single().Type);
        Compare(file, module, example);
    }

    private static void Compare(OnnxFile file, nn.Module<Tensor, Tensor> module, Tensor input)
    {
        Tensor expected;
        using (no_grad())
            expected = module.call(input);
        AssertClose(expected, OnnxReference.Run(file, [Value(input)]).Single());
    }

    private OnnxFile Export(nn.Module<Tensor, Tensor> module, Tensor example, bool dynamic)
    {
        string path = Path.Combine(folder, "model.onnx");
        onnx.export(module, example, path, dynamic_batch: dynamic);
        OnnxFile file = OnnxFile.Read(File.ReadAllBytes(path));
        OnnxValidator.Validate(file);
        return file;
    }

    private static OnnxValue Value(Tensor tensor) => new(
        tensor.dtype == int64 ? OnnxValue.Int64 : tensor.dtype == float64 ? OnnxValue.Double : OnnxValue.Float,
        tensor.shape, tensor.to(float64).contiguous().data<double>().ToArray());

    // The reference works in double precision: 1e-5 of the largest magnitude is eager's own rounding.
    private static void AssertClose(Tensor expected, OnnxValue actual)
    {
        Assert.Equal(expected.shape, actual.Shape);
        double[] values = expected.detach().to(float64).contiguous().data<double>().ToArray();
        double scale = Math.Max(1, values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                Assert.InRange(actual.Data[i], values[i] - (1e-5 * scale), values[i] + (1e-5 * scale));
            else
                Assert.Equal(values[i], actual.Data[i]);
        }
    }

    /// <summary>Runs an operation that only backward passes have otherwise.</summary>
    private sealed class Flipper() : nn.Module<Tensor, Tensor>("Flipper")
    {
        public override Tensor forward(Tensor input) =>
            Elementwise.Binary<GateOperation>("gate", input, input, input.dtype);
    }
}
