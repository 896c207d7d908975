using FinML.Torch.Tests.Onnx;

namespace FinML.Torch.Tests.Inference;

/// <summary>Running extremes and distinct elements in plans and files.</summary>
public class TracedScanTests
{
    private static readonly Tensor Ties = tensor(
        new float[] { 1, 3, 3, 2, 5, 5, -1, 0, 0, 7, 7, 2, 4, 4, 4, 4, 1, 1 }, [3, 6]);

    private static readonly Tensor Nans = tensor(
        new[] { 1, float.NaN, 3, float.NaN, 2, 5, float.NaN, 1, 1, 2, 0, 9, 4, 3, 2, 1, float.NaN, 0 }, [3, 6]);

    public static TheoryData<int, bool> Axes => new() { { 0, true }, { 1, true }, { 0, false }, { 1, false } };

    [Theory]
    [MemberData(nameof(Axes))]
    public void RunningExtremesKeepTheLastOfEquals(int axis, bool largest)
    {
        foreach (Tensor input in (Tensor[])[Ties, Nans, Ties.neg(), TracedModels.Draw(3, 6)])
        {
            TracedPair.Agree("values", x => Running(x).Values, ones(3, 6), input);
            TracedPair.Agree("positions", x => Running(x).Positions.to(float32), ones(3, 6), input);
        }

        if (axis == 0)
            TracedPair.Agree("any batch", x => Running(x.t()).Values.t(), ones(2, 6), Ties, dynamic: true);
        (Tensor Values, Tensor Positions) Running(Tensor x) => largest ? x.cummax(axis) : x.cummin(axis);
    }

    [Fact]
    public void DistinctElementsAreOutputsOfAFile()
    {
        OnnxFile file = TracedPair.Export(x =>
        {
            (Tensor values, Tensor? places, Tensor? counts) = x.unique(return_inverse: true, return_counts: true);
            return [values, places!, counts!, places! * 2];
        }, Ties, "values", "places", "counts", "doubled");
        Assert.Equal(["distinct"], file.Outputs[0].Shape);
        foreach (Tensor input in (Tensor[])[Ties, Ties.clamp(max: 3), TracedModels.Draw(3, 6)])
        {
            OnnxValue[] results = TracedPair.Run(file, input);
            (Tensor values, Tensor? places, Tensor? counts) = input.unique(return_inverse: true, return_counts: true);
            TracedPair.AssertSame("values", values, results[0].Data, 0);
            TracedPair.AssertSame("places", places!, results[1].Data, 0);
            TracedPair.AssertSame("counts", counts!, results[2].Data, 0);
            TracedPair.AssertSame("doubled", places! * 2, results[3].Data, 0);
            Assert.Equal(input.shape, results[1].Shape);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void DistinctSlicesAreOutputsOfAFile(int axis)
    {
        Tensor rows = tensor(new float[] { 2, 1, 2, 0, 5, 0, 2, 1, 2, 2, 0, 2 }, [4, 3]);
        OnnxFile file = TracedPair.Export(x =>
        {
            (Tensor values, Tensor? places, Tensor? counts) = x.unique(true, true, true, axis);
            return [values, places!, counts!];
        }, rows, "values", "places", "counts");
        (Tensor values, Tensor? places, Tensor? counts) = rows.unique(true, true, true, axis);
        OnnxValue[] results = TracedPair.Run(file, rows);
        Assert.Equal(values.shape, results[0].Shape);
        TracedPair.AssertSame("values", values, results[0].Data, 0);
        TracedPair.AssertSame("places", places!, results[1].Data, 0);
        TracedPair.AssertSame("counts", counts!, results[2].Data, 0);
    }

    [Fact]
    public void ANumberOfElementsThatTheInputDecidesIsRefused()
    {
        Refused(() => TracedModels.Of(x => x.unique().output).compile_inference(Ties), "'unique'", "sort");
        Refused(
            () => TracedPair.Export(x => [x.unique().output * 2], Ties, "y"), "'unique'", "as many elements as differ",
            "inverse indices");
        Refused(() => TracedPair.Export(x => [x.unique_consecutive().output], Ties, "y"), "'unique_consecutive'");
    }

    private static void Refused(Action action, params string[] parts)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(action);
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }
}
