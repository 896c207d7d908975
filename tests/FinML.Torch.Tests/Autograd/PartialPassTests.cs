namespace FinML.Torch.Tests.Autograd;

/// <summary>autograd.grad runs the nodes between its outputs and its inputs, and no others.</summary>
public sealed class PartialPassTests
{
    [Fact]
    public void What_does_not_lead_to_the_inputs_is_not_run()
    {
        Tensor x = torch.tensor(new[] { 1f, 2f }).requires_grad_(), w = torch.tensor(new[] { 3f, 4f }).requires_grad_();
        int besides = 0, between = 0;
        Tensor side = w.exp(), way = x.mul(x);
        side.register_hook(g =>
        {
            besides++;
            return g;
        });
        way.register_hook(g =>
        {
            between++;
            return g;
        });
        Tensor gradient = torch.autograd.grad([way.mul(side).sum()], [x])[0];
        Assert.Equal((0, 1), (besides, between));
        Assert.Equal([2 * MathF.Exp(3), 4 * MathF.Exp(4)], gradient.data<float>().ToArray(), (a, b) =>
            Math.Abs(a - b) < 1e-4f * Math.Abs(a));
    }

    [Fact]
    public void A_second_derivative_reaches_what_the_first_left_out()
    {
        // d/dw of (d/dx of w x^3) = 3 x^2, through layers whose weights the first pass does not need.
        Tensor x = torch.tensor(new[] { 2.0 }).requires_grad_(), w = torch.tensor(new[] { 5.0 }).requires_grad_();
        Tensor y = w.mul(x).mul(x).mul(x).sum();
        Tensor dx = torch.autograd.grad([y], [x], create_graph: true)[0];
        Assert.Equal(60.0, dx.item<double>(), 1e-12);
        dx.sum().backward();
        Assert.Equal(12.0, w.grad!.item<double>(), 1e-12);
        Assert.Equal(60.0, x.grad!.item<double>(), 1e-12);
    }

    [Fact]
    public void An_input_on_the_way_to_another_gets_its_gradient_too()
    {
        Tensor x = torch.tensor(new[] { 3.0 }).requires_grad_();
        Tensor inner = x.mul(2);
        IList<Tensor> gradients = torch.autograd.grad([inner.mul(inner).sum()], [inner, x]);
        Assert.Equal(12.0, gradients[0].item<double>(), 1e-12);
        Assert.Equal(24.0, gradients[1].item<double>(), 1e-12);
    }
}
