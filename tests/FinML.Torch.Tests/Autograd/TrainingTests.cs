namespace FinML.Torch.Tests.Autograd;

public class TrainingTests
{
    [Fact]
    public void TwoThreadsTrainAsOneDoes()
    {
        float[] alone = Train(1, 200), alsoAlone = Train(2, 200);
        float[][] together = new float[2][];
        Thread[] threads = [new(() => together[0] = Train(1, 200)), new(() => together[1] = Train(2, 200))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.Equal(alone, together[0]);
        Assert.Equal(alsoAlone, together[1]);
    }

    /// <summary>Plain gradient descent on a small tanh network; gives the weights.</summary>
    internal static float[] Train(ulong seed, int steps)
    {
        Generator generator = new(seed);
        Tensor x = torch.randn(64, 16, generator: generator), y = x.narrow(1, 0, 1).sin();
        Tensor first = (torch.randn(16, 32, generator: generator) * 0.3).requires_grad_();
        Tensor bias = torch.zeros(32, requires_grad: true);
        Tensor second = (torch.randn(32, 1, generator: generator) * 0.3).requires_grad_();
        Tensor[] parameters = [first.detach().requires_grad_(), bias, second.detach().requires_grad_()];
        float start = 0, loss = 0;
        for (int i = 0; i < steps; i++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor error = (x.matmul(parameters[0]) + parameters[1]).tanh().matmul(parameters[2]) - y;
            Tensor cost = error.square().mean();
            cost.backward();
            loss = cost.ToSingle();
            start = i == 0 ? loss : start;
            using (torch.no_grad())
            {
                foreach (Tensor parameter in parameters)
                {
                    parameter.sub_(parameter.grad! * 0.05);
                    parameter.grad!.zero_();
                }
            }
        }

        Assert.True(loss < 0.5 * start, $"the loss went from {start} to {loss}");
        return [.. parameters.SelectMany(p => p.data<float>().ToArray())];
    }
}
