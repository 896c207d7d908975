namespace FinML.Benchmarks.Torch;

/// <summary>What a warm training step leaves to the garbage collector.</summary>
internal static class Allocation
{
    private const int Steps = 100, Samples = 9;

    /// <summary>Bytes a step of the 64-wide perceptron.</summary>
    internal static double[] OfStep()
    {
        Action step = MlpRows.Step(MlpRows.Small(3), 3);
        for (int i = 0; i < Steps; i++)
            step();
        return [.. Enumerable.Range(0, Samples).Select(_ =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Steps; i++)
                step();
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Steps;
        })];
    }
}
