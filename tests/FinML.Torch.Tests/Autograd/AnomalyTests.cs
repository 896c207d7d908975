namespace FinML.Torch.Tests.Autograd;

public class AnomalyTests
{
    [Fact]
    public void ANanNamesTheOperationAndItsCaller()
    {
        using (AnomalyMode mode = autograd.detect_anomaly())
        {
            Assert.True(AnomalyMode.IsEnabled);
            Assert.True(AnomalyMode.ShouldCheckNaN);
            Tensor x = torch.zeros(3, requires_grad: true);
            Tensor y = TheCulprit(x);
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => (y * 2).sum().backward());
            Assert.Contains("'div' gave NaN in the gradient of input 1, of shape [3]", error.Message);
            Assert.Contains(nameof(TheCulprit), error.Message);
        }

        Assert.False(AnomalyMode.IsEnabled);
    }

    [Fact]
    public void WithoutTheModeOrTheCheckNanPasses()
    {
        Tensor x = torch.zeros(3, requires_grad: true);
        TheCulprit(x).sum().backward();
        Assert.True(x.grad!.isnan().all().ToBoolean());
        using AnomalyMode mode = autograd.set_detect_anomaly(true, check_nan: false);
        TheCulprit(x).sum().backward();
    }

    [Fact]
    public void AGraphFromBeforeTheModeIsCheckedToo()
    {
        Tensor y = TheCulprit(torch.zeros(3, requires_grad: true)).sum();
        using AnomalyMode mode = autograd.set_detect_anomaly(true);
        Assert.Contains("outside the mode", Assert.Throws<InvalidOperationException>(() => y.backward()).Message);
    }

    [Fact]
    public void TheModeBelongsToTheThread()
    {
        using AnomalyMode mode = autograd.detect_anomaly();
        bool other = true;
        Thread thread = new(() =>
        {
            other = AnomalyMode.IsEnabled;
            TheCulprit(torch.zeros(3, requires_grad: true)).sum().backward();
        });
        thread.Start();
        thread.Join();
        Assert.False(other);
        using (autograd.set_detect_anomaly(false))
        {
            Assert.False(AnomalyMode.IsEnabled);
        }

        Assert.True(AnomalyMode.IsEnabled);
    }

    // 0 / 0: the gradient with respect to the divisor is -0 / 0^2.
    private static Tensor TheCulprit(Tensor x) => x.detach() / x;
}
