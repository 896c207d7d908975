using System.Globalization;

namespace FinML.Benchmarks.Torch;

/// <summary>Matrix products: squares, and (rows, inner, columns) as layers make them.</summary>
internal static class GemmRows
{
    private static readonly int[] Squares = [64, 128, 256, 512, 1024];

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        foreach (int n in Squares)
            Add(string.Create(CultureInfo.InvariantCulture, $"gemm {n}"), () => Product(n, n, n));
        Add("gemm 256x64x64", () => Product(256, 64, 64));
        Add("gemm 4096x64x256", () => Product(4096, 64, 256));
        Add("gemm 64x256x64 dW", () => WeightGradient(64, 256, 64));
        rows.AddRange(works.Keys.Select(n => new NarrowRow(n)).ToArray());
        rows.Add(new TwoThreadsRow("gemm 512"));
        rows.Add(new TwoThreadsRow("gemm 1024"));

        void Add(string name, Func<Action> work)
        {
            works.Add(name, work);
            rows.Add(new PeerRow(name));
        }
    }

    private static Action Product(int rows, int inner, int columns)
    {
        Tensor a = TorchSuite.Normal(rows, inner), b = TorchSuite.Normal(inner, columns);
        return () => a.mm(b).Dispose();
    }

    // g (batch, out) and x (batch, in) give g^T x.
    private static Action WeightGradient(int outputs, int batch, int inputs)
    {
        Tensor g = TorchSuite.Normal(batch, outputs).t().DetachFromDisposeScope();
        Tensor x = TorchSuite.Normal(batch, inputs);
        return () => g.mm(x).Dispose();
    }
}
