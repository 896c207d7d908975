namespace FinML.Torch.Tests.Autograd;

public class ModeTests
{
    [Fact]
    public void InferenceModeNestsAndBelongsToTheThread()
    {
        Tensor x = torch.ones(2, requires_grad: true);
        using (torch.inference_mode())
        {
            Assert.True(torch.is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
            using (torch.inference_mode(false))
            {
                Assert.False(torch.is_inference_mode_enabled());
                Assert.True((x * 2).requires_grad);
            }

            Assert.True(torch.is_inference_mode_enabled());
            bool other = true;
            Thread thread = new(() => other = torch.is_inference_mode_enabled());
            thread.Start();
            thread.Join();
            Assert.False(other);
        }

        Assert.False(torch.is_inference_mode_enabled());
        Assert.True(torch.is_grad_enabled());
    }

    [Fact]
    public void ModesAreRestoredByAnException()
    {
        Assert.Throws<ArgumentException>(() =>
        {
            using IDisposable mode = torch.set_grad_enabled(false);
            _ = torch.ones(2) + torch.ones(3);
        });
        Assert.True(torch.is_grad_enabled());
        using IDisposable off = torch.enable_grad(false);
        Assert.False(torch.is_grad_enabled());
    }

    [Fact]
    public void LeavesAndGraphs()
    {
        Tensor x = torch.ones(2, requires_grad: true), y = x * 2, plain = torch.ones(2);
        Assert.True(x.is_leaf && plain.is_leaf && !y.is_leaf);
        Assert.Null(x.grad_fn());
        Assert.True(y.detach().is_leaf);
        Assert.Throws<InvalidOperationException>(() => y.requires_grad_(false));
        y.detach_();
        Assert.True(y.is_leaf && !y.requires_grad);
        Tensor z = torch.ones(2);
        z.add_(x); // a plain tensor joins the graph by a recorded write
        Assert.False(z.is_leaf);
        z.sum().backward();
        Assert.Equal([1f, 1f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void BackwardOfSeveralRootsAndIntoChosenInputs()
    {
        Tensor a = torch.tensor([1f, 2f], requires_grad: true), b = torch.tensor([3f, 4f], requires_grad: true);
        autograd.backward([a * b, a.sum()], [torch.tensor([1f, 10f]), torch.tensor(100f)], inputs: [a]);
        Assert.Equal([103f, 140f], a.grad!.data<float>().ToArray());
        Assert.Null(b.grad);
        autograd.backward(a * 2, torch.ones(2));
        Assert.Equal([105f, 142f], a.grad!.data<float>().ToArray());
    }
}
