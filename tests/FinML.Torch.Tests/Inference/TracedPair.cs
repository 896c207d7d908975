using FinML.Torch.Tests.Onnx;

namespace FinML.Torch.Tests.Inference;

using nn = FinML.Torch.torch.nn;

/// <summary>A function in a plan and in a file, beside eager execution on the same input.</summary>
internal static class TracedPair
{
    /// <summary>All three agree to a share of the largest magnitude; NaN and infinities are the same.</summary>
    internal static void Agree(
        string name, Func<Tensor, Tensor> function, Tensor example, Tensor input, double tolerance = 1e-6,
        bool dynamic = false)
    {
        nn.Module<Tensor, Tensor> module = TracedModels.Of(function);
        Tensor expected = function(input.clone());
        if (!dynamic)
        {
            InferencePlan plan = module.compile_inference(example);
            float[] result = new float[expected.numel()];
            for (int run = 0; run < 2; run++)
                plan.Run(input.contiguous().data<float>().ToArray(), result);
            AssertSame($"{name}, plan", expected, [.. result.Select(v => (double)v)], tolerance);
        }

        AssertSame($"{name}, file", expected, Run(Export(module, example, dynamic), input).Single().Data, tolerance);
    }

    /// <summary>A plan's runs after the first allocate nothing.</summary>
    internal static void AllocatesNothing(InferencePlan plan, float[] input)
    {
        float[] output = new float[plan.OutputShapes[0].Aggregate(1L, (a, b) => a * b)];
        plan.Run(input, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            plan.Run(input, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static OnnxFile Export(nn.Module<Tensor, Tensor> module, Tensor example, bool dynamic = false) =>
        Written(path => onnx.export(module, example, path, dynamic_batch: dynamic));

    internal static OnnxFile Export(Func<Tensor, Tensor[]> function, Tensor example, params string[] outputs) =>
        Written(path => onnx.export(
            TracedModels.Of(x => x), x => function(x[0]), [example], path, ["x"], outputs));

    internal static OnnxValue[] Run(OnnxFile file, Tensor input) => OnnxReference.Run(file, [new OnnxValue(
        OnnxValue.Float, input.shape, input.to(float64).contiguous().data<double>().ToArray())]);

    internal static void AssertSame(string name, Tensor expected, double[] actual, double tolerance)
    {
        double[] values = expected.to(float64).contiguous().data<double>().ToArray();
        Assert.Equal(values.Length, actual.Length);
        double scale = values.Where(double.IsFinite).Select(Math.Abs).Append(1).Max();
        for (int i = 0; i < values.Length; i++)
        {
            bool same = double.IsFinite(values[i])
                ? Math.Abs(values[i] - actual[i]) <= tolerance * scale
                : values[i].Equals(actual[i]);
            Assert.True(same, $"{name}: element {i} is {actual[i]}, eager gives {values[i]}");
        }
    }

    private static OnnxFile Written(Action<string> export)
    {
        string path = Path.Combine(Path.GetTempPath(), $"finml-{Guid.NewGuid():N}.onnx");
        try
        {
            export(path);
            OnnxFile file = OnnxFile.Read(File.ReadAllBytes(path));
            OnnxValidator.Validate(file);
            return file;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
