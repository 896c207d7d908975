using FinML.Torch.Modules;

namespace FinML.Torch.Tests.nn;

public class HookTests
{
    [Fact]
    public void HooksRunInOrderAndNullChangesNothing()
    {
        Linear net = torch.nn.Linear(2, 2);
        List<string> order = [];
        net.register_forward_pre_hook(module => order.Add($"plain before {module.GetName()}"));
        net.register_forward_pre_hook((_, input) =>
        {
            order.Add("before");
            return null!;
        });
        net.register_forward_hook(_ => order.Add("plain after"));
        net.register_forward_hook((_, _, _) =>
        {
            order.Add("after");
            return null!;
        });
        Tensor x = torch.ones(1, 2);
        Assert.Equal(net.forward(x).data<float>().ToArray(), net.call(x).data<float>().ToArray());
        Assert.Equal(["plain before Linear", "before", "after", "plain after"], order);
    }

    [Fact]
    public void AModuleOfTwoInputsHasPreHooks()
    {
        Difference module = new();
        var before = module.register_forward_pre_hook((_, a, b) => (b, a));
        Tensor one = torch.tensor(1f), three = torch.tensor(3f);
        Assert.Equal(2f, module.call(one, three).ToSingle());
        before.remove();
        Assert.Equal(-2f, module.call(one, three).ToSingle());
        var after = module.register_forward_hook((_, _, _, y) => y * 10);
        Assert.Equal(-20f, module.call(one, three).ToSingle());
        after.remove();
        after.remove();
        Assert.Equal(-2f, module.call(one, three).ToSingle());
    }

    [Fact]
    public void AHookMayRemoveItself()
    {
        Linear net = torch.nn.Linear(2, 2);
        int calls = 0;
        Action remove = () => { };
        var handle = net.register_forward_hook(_ =>
        {
            calls++;
            remove();
        });
        remove = handle.remove;
        net.call(torch.ones(1, 2));
        net.call(torch.ones(1, 2));
        Assert.Equal(1, calls);
    }

    private sealed class Difference() : torch.nn.Module<Tensor, Tensor, Tensor>("difference")
    {
        public override Tensor forward(Tensor input1, Tensor input2) => input1 - input2;
    }
}
