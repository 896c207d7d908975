namespace FinML.Benchmarks.Torch;

/// <summary>What one small operation costs: 64 additions, without a graph and with one.</summary>
internal static class ElementwiseRows
{
    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        works.Add("add 64, no grad", () => Add(grad: false));
        works.Add("add 64, with grad", () => Add(grad: true));
        works.Add("tanh 1M", () =>
        {
            Tensor x = TorchSuite.Normal(1 << 20);
            return () => x.tanh().Dispose();
        });
        rows.AddRange(
        [
            new PeerRow("add 64, no grad"), new PeerRow("add 64, with grad"), new PeerRow("tanh 1M"),
            new TwoThreadsRow("tanh 1M"),
        ]);
    }

    private static Action Add(bool grad)
    {
        Tensor a = TorchSuite.Normal(64).requires_grad_(grad), b = TorchSuite.Normal(64);
        return grad
            ? () => a.add(b).Dispose()
            : () =>
            {
                using var off = torch.no_grad();
                a.add(b).Dispose();
            };
    }
}
