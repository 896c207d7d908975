namespace FinML.Agents.Tests.OnPolicy;

public sealed class PpoLossTests
{
    [Fact]
    public void PolicyLossByHand()
    {
        // ratios 1.5, .5, 1.1, .5; advantages 1, 1, -2, -1; ε .2
        // min(1.5, 1.2) = 1.2; min(.5, .8) = .5; min(-2.2, -2.2) = -2.2; min(-.5, -.8) = -.8; mean -.325
        Tensor logRatio = Logs(1.5, .5, 1.1, .5), advantages = tensor(new float[] { 1, 1, -2, -1 });
        Assert.Equal(.325, PpoLoss.Policy(logRatio, advantages, .2).item<float>(), 6);
    }

    [Fact]
    public void TheGradientIsZeroWhereTheRatioLeftTheRangeInTheGoodDirection()
    {
        Tensor logRatio = Logs(1.5, .5, 1.1, .5, 1.5).requires_grad_();
        PpoLoss.Policy(logRatio, tensor(new float[] { 1, 1, -2, -1, -1 }), .2).backward();
        float[] gradient = logRatio.grad!.data<float>().ToArray();

        // d/d(ln ρ) of -ρ A / 5 where it counts.
        Assert.Equal([0, -.5 / 5, 2 * 1.1 / 5, 0, 1.5 / 5], gradient.Select(g => (double)g), (a, b) =>
            Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void ValueLossByHand()
    {
        Tensor values = tensor(new float[] { 1, 2 }), old = tensor(new float[] { 0, 2.1f });
        Tensor returns = tensor(new float[] { 1, 3 });
        Assert.Equal(.5, PpoLoss.Value(values, old, returns, null).item<float>(), 6);

        // Clipped: 0 + .2 - 1 = -.8 -> .64 > 0; second: 2.1 - .1 = 2 -> 1.
        Assert.Equal(.82, PpoLoss.Value(values, old, returns, .2).item<float>(), 6);
    }

    [Fact]
    public void AdvantagesAreStandardized()
    {
        float[] advantages = [1, 2, 3, 6];
        PpoLoss.Normalize(advantages);
        double deviation = Math.Sqrt((4 + 1 + 0 + 9) / 3.0);
        Assert.Equal([-2 / deviation, -1 / deviation, 0, 3 / deviation], advantages.Select(a => (double)a), (a, b) =>
            Math.Abs(a - b) < 1e-6);
        float[] alone = [5];
        PpoLoss.Normalize(alone);
        Assert.Equal(5, alone[0]);
        float[] same = [2, 2, 2];
        PpoLoss.Normalize(same);
        Assert.Equal([0, 0, 0], same);
    }

    [Fact]
    public void DiagnosticsByHand()
    {
        float[] logs = [.. new[] { 1.5, .9, 1.0 }.Select(r => (float)Math.Log(r))];
        double expected = (.5 - Math.Log(1.5) + (-.1 - Math.Log(.9)) + 0) / 3;
        Assert.Equal(expected, PpoLoss.ApproximateKl(logs), 1e-7);
        Assert.Equal(1 / 3.0, PpoLoss.ClipFraction(logs, .2), 12);
    }

    private static Tensor Logs(params double[] ratios) =>
        tensor(ratios.Select(r => (float)Math.Log(r)).ToArray());
}
