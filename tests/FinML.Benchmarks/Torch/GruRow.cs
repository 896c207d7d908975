namespace FinML.Benchmarks.Torch;

/// <summary>A gated recurrent unit over windows, forward and backward.</summary>
internal static class GruRow
{
    private const string Name = "GRU 16-64";

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        works.Add(Name, () =>
        {
            GRU layer = torch.nn.GRU(16, 64, batchFirst: true);
            Tensor x = TorchSuite.Normal(SequenceRows.Batch, SequenceRows.Steps, 16);
            return () =>
            {
                using var scope = torch.NewDisposeScope();
                layer.zero_grad();
                layer.call(x).Item1.sum().backward();
            };
        });
        rows.Add(new PeerRow(Name));
        rows.Add(new TwoThreadsRow(Name));
    }
}
