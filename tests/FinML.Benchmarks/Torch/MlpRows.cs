namespace FinML.Benchmarks.Torch;

/// <summary>Multilayer perceptrons: whole training steps, acting on one observation, and a gradient penalty.</summary>
internal static class MlpRows
{
    private const int Batch = 256;

    internal static void AddTo(Dictionary<string, Func<Action>> works, List<Row> rows)
    {
        works.Add("MLP 64 step", () => Step(Small(3), 3));
        works.Add("MLP 256 step", () => Step(Wide(), 1));
        works.Add("MLP 64 forward, batch 1", () => Forward(Small(3)));
        works.Add("MLP 256 forward, batch 1", () => Forward(Wide()));
        works.Add("gradient penalty, MLP 64", Penalty);
        rows.AddRange(
        [
            new PeerRow("MLP 64 step"),
            new PeerRow("MLP 256 step"),
            new TwoThreadsRow("MLP 256 step"),
            new PeerRow("MLP 64 forward, batch 1"),
            new PeerRow("MLP 256 forward, batch 1"),
            new PeerRow("gradient penalty, MLP 64"),
        ]);
    }

    /// <summary>32-64-64-n, tanh.</summary>
    internal static Sequential Small(int outputs) => torch.nn.Sequential(
        torch.nn.Linear(32, 64), torch.nn.Tanh(), torch.nn.Linear(64, 64), torch.nn.Tanh(),
        torch.nn.Linear(64, outputs));

    /// <summary>Zero gradients, forward, squared error, backward, Adam.</summary>
    internal static Action Step(Sequential net, int outputs)
    {
        Tensor x = TorchSuite.Normal(Batch, 32), y = TorchSuite.Normal(Batch, outputs);
        var optimizer = torch.optim.Adam(net.parameters());
        return () =>
        {
            using var scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            torch.nn.functional.mse_loss(net.call(x), y).backward();
            optimizer.step();
        };
    }

    // 32-256-256-1, relu.
    private static Sequential Wide() => torch.nn.Sequential(
        torch.nn.Linear(32, 256), torch.nn.ReLU(), torch.nn.Linear(256, 256), torch.nn.ReLU(),
        torch.nn.Linear(256, 1));

    private static Action Forward(Sequential net)
    {
        Tensor x = TorchSuite.Normal(1, 32);
        return () =>
        {
            using var off = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            net.call(x);
        };
    }

    // The critic's penalty (|dy/dx| - 1)^2 of WGAN-GP, differentiated with respect to the weights.
    private static Action Penalty()
    {
        Sequential net = Small(1);
        Tensor x = TorchSuite.Normal(Batch, 32).requires_grad_();
        return () =>
        {
            using var scope = torch.NewDisposeScope();
            net.zero_grad();
            Tensor g = torch.autograd.grad([net.call(x).sum()], [x], create_graph: true)[0];
            g.mul(g).sum(1).sqrt().sub(1).pow(2).mean().backward();
        };
    }
}
