namespace FinML.Benchmarks.Torch;

/// <summary>Networks over windows of 64 steps, batch 64, forward and backward.</summary>
internal static class SequenceRows
{
    internal const int Batch = 64, Steps = 64;

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        works.Add("LSTM 16-64", Lstm);
        works.Add("Conv1d stack", Convolutions);
        foreach (string name in (string[])["LSTM 16-64", "Conv1d stack"])
        {
            rows.Add(new PeerRow(name));
            rows.Add(new TwoThreadsRow(name));
        }
    }

    private static Action Lstm()
    {
        LSTM layer = torch.nn.LSTM(16, 64, batchFirst: true);
        Tensor x = TorchSuite.Normal(Batch, Steps, 16);
        return () =>
        {
            using var scope = torch.NewDisposeScope();
            layer.zero_grad();
            layer.call(x).Item1.sum().backward();
        };
    }

    // 16-32-32-32-32 channels, kernel 3, dilations 1, 2, 4, 8, padded to keep the length.
    private static Action Convolutions()
    {
        Sequential net = torch.nn.Sequential(
            torch.nn.Conv1d(16, 32, 3, padding: 1), torch.nn.ReLU(),
            torch.nn.Conv1d(32, 32, 3, padding: 2, dilation: 2), torch.nn.ReLU(),
            torch.nn.Conv1d(32, 32, 3, padding: 4, dilation: 4), torch.nn.ReLU(),
            torch.nn.Conv1d(32, 32, 3, padding: 8, dilation: 8), torch.nn.ReLU());
        Tensor x = TorchSuite.Normal(Batch, 16, Steps);
        return () =>
        {
            using var scope = torch.NewDisposeScope();
            net.zero_grad();
            net.call(x).sum().backward();
        };
    }
}
