namespace FinML.Torch.Tests.optimizers;

public sealed class MovingAverageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheMeanIsTheFormulasAndSwapsInAndOut(bool corrected)
    {
        Modules.Linear layer = torch.nn.Linear(2, 2, hasBias: false, dtype: float64);
        torch.nn.init.constant_(layer.weight, 1);
        using var average = new ExponentialMovingAverage(layer, 0.8, corrected);
        double mean = corrected ? 0 : 1;
        for (int i = 1; i <= 5; i++)
        {
            torch.nn.init.constant_(layer.weight, i * i);
            average.update();
            mean = (0.8 * mean) + (0.2 * i * i);
        }

        double expected = corrected ? mean / (1 - Math.Pow(0.8, 5)) : mean;
        Assert.Equal(expected, average.averages()["weight"][0, 1].item<double>(), 1e-12);
        using (average.swap_in())
        {
            Assert.True(average.is_swapped_in);
            Assert.Equal(expected, layer.weight[1, 1].item<double>(), 1e-12);
            Assert.Throws<InvalidOperationException>(average.update);
            Assert.Throws<InvalidOperationException>(average.swap_in);
        }

        Assert.Equal(25, layer.weight[1, 1].item<double>());
        Assert.False(average.is_swapped_in);
    }

    [Fact]
    public void AConstantModelIsItsOwnCorrectedMean()
    {
        Modules.Linear layer = torch.nn.Linear(3, 2);
        using var average = new ExponentialMovingAverage(layer, 0.999, bias_correction: true);
        Assert.Throws<InvalidOperationException>(average.swap_in);
        for (int i = 0; i < 3; i++)
            average.update();
        Assert.True(average.averages()["weight"].allclose(layer.weight, 1e-5, 1e-6));
        Assert.True(average.averages()["bias"].allclose(layer.bias!, 1e-5, 1e-6));
    }

    [Fact]
    public void AStateIsTakenUpWithTheSameBitsOrRefused()
    {
        Modules.Linear layer = torch.nn.Linear(3, 2);
        using var first = new ExponentialMovingAverage(layer, 0.9, bias_correction: true);
        using var second = new ExponentialMovingAverage(layer, 0.9, bias_correction: true);
        first.update();
        first.update();
        second.load_state_dict(safetensors.load(safetensors.save(first.state_dict())));
        Assert.True(first.averages()["weight"].equal(second.averages()["weight"]));
        Dictionary<string, Tensor> state = first.state_dict();
        state["weight"] = zeros([2, 2]);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => second.load_state_dict(state)).Message);
        state.Remove("bias");
        Assert.Contains("bias", Assert.Throws<ArgumentException>(() => second.load_state_dict(state)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialMovingAverage(layer, 1));
    }
}
