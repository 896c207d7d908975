using FinML.Torch.Modules;

namespace FinML.Torch.Tests.Precision;

public class GradScalerTests
{
    [Fact]
    public void AScaledStepIsThePlainStep()
    {
        (Parameter plain, Parameter scaled) = (Weight(), Weight());
        torch.optim.Optimizer first = torch.optim.SGD([plain], 0.25), second = torch.optim.SGD([scaled], 0.25);
        GradScaler scaler = new(init_scale: 1024, growth_interval: 2);
        for (int i = 0; i < 4; i++)
        {
            first.zero_grad();
            second.zero_grad();
            plain.square().sum().backward();
            first.step();
            scaler.scale(scaled.square().sum()).backward();
            scaler.unscale_(second);
            Assert.Throws<InvalidOperationException>(() => scaler.unscale_(second));
            scaler.step(second);
            scaler.update();
        }

        Assert.Equal(plain.data<float>().ToArray(), scaled.data<float>().ToArray()); // powers of two: exact
        Assert.Equal(4096, scaler.get_scale()); // doubled after every second step
    }

    [Fact]
    public void AnOverflowSkipsTheStepAndLowersTheScale()
    {
        Parameter w = Weight();
        torch.optim.Optimizer optimizer = torch.optim.SGD([w], 0.25);
        GradScaler scaler = new(init_scale: 1e30);
        float[] before = w.data<float>().ToArray();
        scaler.scale(w.square().sum() * 1e30).backward();
        Assert.Null(scaler.step(optimizer));
        scaler.update();
        Assert.Equal(before, w.data<float>().ToArray());
        Assert.Equal(5e29, scaler.get_scale(), 1e15);
        scaler.update(new_scale: 8);
        optimizer.zero_grad();
        scaler.scale(w.square().sum()).backward();
        scaler.step(optimizer);
        Assert.NotEqual(before, w.data<float>().ToArray());
    }

    [Fact]
    public void StateAndArguments()
    {
        GradScaler scaler = new(init_scale: 4, growth_interval: 3);
        scaler.update();
        GradScaler other = new(growth_interval: 3);
        other.load_state_dict(scaler.state_dict());
        other.update();
        other.update();
        Assert.Equal(8, other.get_scale());
        GradScaler off = new(enabled: false);
        Tensor loss = torch.ones(1);
        Assert.Same(loss, off.scale(loss));
        Assert.Equal(1, off.get_scale());
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradScaler(growth_factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradScaler(backoff_factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => scaler.update(new_scale: 0));
    }

    private static Parameter Weight() => torch.nn.Parameter(torch.tensor([1f, -2f, 0.5f]));
}
