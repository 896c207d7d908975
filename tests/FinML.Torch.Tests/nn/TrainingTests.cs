using FinML.Torch.Modules;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.nn;

/// <summary>The parts together: they learn, they resume, and threads do not show in the bits.</summary>
public sealed class TrainingTests
{
    [Fact]
    public void AnMlpLearnsXor()
    {
        Generator g = new(1);
        Sequential net = torch.nn.Sequential(
            torch.nn.Linear(2, 8, generator: g), torch.nn.Tanh(), torch.nn.Linear(8, 1, generator: g));
        Tensor x = tensor(new[] { 0f, 0, 0, 1, 1, 0, 1, 1 }).reshape(4, 2);
        Tensor y = tensor(new[] { 0f, 1, 1, 0 }).reshape(4, 1);
        torch.optim.Optimizer adam = torch.optim.Adam(net.parameters(), lr: 0.05);
        double loss = Train(adam, 300, () => torch.nn.functional.binary_cross_entropy_with_logits(net.call(x), y));
        Assert.True(loss < 0.01, $"loss {loss}");
    }

    [Fact]
    public void ConvolutionLearnsAFilter()
    {
        Generator g = new(2);
        Conv1d teacher = Fill(torch.nn.Conv1d(2, 3, 3, padding: 2, dilation: 2));
        Conv1d student = torch.nn.Conv1d(2, 3, 3, padding: 2, dilation: 2, generator: g);
        Tensor x = randn([8, 2, 20], generator: g), y = teacher.call(x).detach();
        torch.optim.Optimizer sgd = torch.optim.SGD(student.parameters(), 0.1, momentum: 0.9);
        Assert.True(Train(sgd, 200, () => torch.nn.functional.mse_loss(student.call(x), y)) < 1e-6);
    }

    [Fact]
    public void AnLstmLearnsASine()
    {
        (double loss, _) = TrainLstm(150, 150);

        // Predicting the mean leaves 0.5. The first of 16 steps sees one value, which leaves two next ones possible:
        // sin^2(0.7) / 2 / 16 = 0.013 is the best that can be.
        Assert.True(loss < 0.025, $"loss {loss}");
    }

    [Fact]
    public void ATrainingThatIsResumedHasTheSameBits()
    {
        (_, double[] straight) = TrainLstm(12, 12);
        (_, double[] resumed) = TrainLstm(12, 5);
        Assert.Equal(straight, resumed);
    }

    [Fact]
    public async Task TwoTrainingsInTwoThreadsHaveTheBitsOfOne()
    {
        (_, double[] alone) = TrainLstm(10, 10);
        Task<(double, double[])> a = Task.Run(() => TrainLstm(10, 10)), b = Task.Run(() => TrainLstm(10, 10));
        Assert.Equal(alone, (await a).Item2);
        Assert.Equal(alone, (await b).Item2);
    }

    [Fact]
    public void ARowsOutputDoesNotDependOnTheRestOfTheBatch()
    {
        Generator g = new(4);
        LSTM lstm = torch.nn.LSTM(5, 12, numLayers: 2, batchFirst: true, generator: g);
        Linear head = torch.nn.Linear(12, 7, generator: g);
        using IDisposable off = no_grad();
        Tensor x = randn([33, 9, 5], generator: g);
        double[] all = Values(head.call(lstm.call(x).Item1));
        for (int row = 0; row < 33; row += 8)
        {
            double[] one = Values(head.call(lstm.call(x.narrow(0, row, 1)).Item1));
            Assert.Equal(all.AsSpan(row * 63, 63).ToArray(), one);
        }
    }

    // Next value of a sine, with dropout, AdamW, clipping and a schedule; saved and loaded after some steps.
    private static (double Loss, double[] Weights) TrainLstm(int steps, int saveAt)
    {
        Generator g = new(3);
        (LSTM lstm, Linear head, torch.optim.Optimizer adam, torch.optim.lr_scheduler.LRScheduler schedule) = Make();
        Tensor x = Wave([8, 16, 1], 0).to(float32), y = Wave([8, 16, 1], 0.7).to(float32);
        double loss = 0;
        for (int i = 0; i < steps; i++)
        {
            if (i == saveAt)
            {
                byte[] model = safetensors.save(lstm.state_dict()), top = safetensors.save(head.state_dict());
                byte[] optimizer = safetensors.save(adam.state_dict());
                Tensor state = g.get_state();
                g = new Generator(99);
                Dictionary<string, Tensor> epoch = schedule.state_dict();
                (lstm, head, adam, schedule) = Make();
                lstm.load_state_dict(safetensors.load(model));
                head.load_state_dict(safetensors.load(top));
                adam.load_state_dict(safetensors.load(optimizer));
                schedule.load_state_dict(epoch);
                g.set_state(state);
            }

            loss = Train(adam, 1, () =>
            {
                Tensor h = torch.nn.functional.dropout(lstm.call(x).Item1, 0.02, generator: g);
                return torch.nn.functional.mse_loss(head.call(h), y);
            }, () => torch.nn.utils.clip_grad_norm_(lstm.parameters(), 1));
            schedule.step();
        }

        lstm.eval();
        using IDisposable off = no_grad();
        loss = torch.nn.functional.mse_loss(head.call(lstm.call(x).Item1), y).item<float>();
        return (loss, [.. lstm.parameters().Concat(head.parameters()).SelectMany(Values)]);

        (LSTM, Linear, torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler) Make()
        {
            LSTM layer = torch.nn.LSTM(1, 12, batchFirst: true, generator: g);
            Linear last = torch.nn.Linear(12, 1, generator: g);
            torch.optim.Optimizer optimizer = torch.optim.AdamW(layer.parameters().Concat(last.parameters()), lr: 0.02);
            return (layer, last, optimizer, torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 200));
        }
    }

    private static double Train(torch.optim.Optimizer optimizer, int steps, Func<Tensor> loss, Action? clip = null)
    {
        double last = double.NaN;
        for (int i = 0; i < steps; i++)
        {
            using IDisposable scope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor value = loss();
            value.backward();
            clip?.Invoke();
            optimizer.step();
            last = value.item<float>();
        }

        return last;
    }
}
