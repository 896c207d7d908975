namespace FinML.Benchmarks.Torch;

/// <summary>A layer of attention over windows, d 64, 4 heads, ff 256, forward and backward.</summary>
internal static class TransformerRow
{
    private const string Name = "TransformerEncoderLayer";

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        works.Add(Name, () =>
        {
            TransformerEncoderLayer layer = torch.nn.TransformerEncoderLayer(64, 4, 256, dropout: 0);
            Tensor x = TorchSuite.Normal(SequenceRows.Steps, SequenceRows.Batch, 64); // (time, batch, features)
            return () =>
            {
                using var scope = torch.NewDisposeScope();
                layer.zero_grad();
                layer.call(x).sum().backward();
            };
        });
        rows.Add(new PeerRow(Name));
        rows.Add(new TwoThreadsRow(Name));
    }
}
