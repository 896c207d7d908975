using FsCheck;
using FsCheck.Fluent;

namespace FinML.Torch.Tests.Ops;

/// <summary>Random graphs of smooth operations: gradients agree with differences, and identities hold.</summary>
public class RandomGraphTests
{
    // Each takes two (2, 3) tensors to one, stays of order one and has no kink, so differences are accurate.
    private static readonly Func<Tensor, Tensor, Tensor>[] Steps =
    [
        (a, b) => a + b,
        (a, b) => a * b.tanh(),
        (a, b) => a.tanh() - b.sigmoid(),
        (a, b) => a / (b.square() + 1),
        (a, _) => a.t().contiguous().view(2, 3).sin(),
        (a, b) => a.matmul(b.t()).tanh().matmul(b),
        (a, b) => torch.cat([a[.., 1..], b[.., ..1]], 1),
        (a, _) => a.softmax(1) * 2,
        (a, b) => a.mean([0], keepdim: true) + b,
        (a, b) => torch.stack([a, b]).sum(0).flip(1),
        (a, b) => a.index_select(1, torch.tensor([2L, 0, 2])) + b.var(1, keepdim: true),
        (a, _) => a.clone().mul_(0.5).add_(a.cos()),
    ];

    [Fact]
    public void GradientsOfRandomGraphsAgreeWithDifferences() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte>().Three().ArrayOf(6).ToArbitrary(),
        recipe =>
        {
            Tensor[] inputs = [Input(1), Input(2)];
            GradCheck.Check(leaves => Build(recipe, leaves), inputs, twice: false);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20_260_101, 7));

    [Fact]
    public void GradientsDoNotDependOnTheScope() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte>().Three().ArrayOf(8).ToArbitrary(),
        recipe =>
        {
            Tensor[] plain = [Input(1), Input(2)], scoped = [Input(1), Input(2)], recorded = [Input(1), Input(2)];
            Build(recipe, plain).sum().backward();
            using (torch.NewDisposeScope())
            {
                Build(recipe, scoped).sum().backward();
            }

            Build(recipe, recorded).sum().backward(create_graph: true);
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(Values(plain[i]), Values(scoped[i]));
                Assert.Equal(Values(plain[i]), Values(recorded[i]));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20_260_102, 7));

    private static double[] Values(Tensor leaf) => leaf.grad is null ? [] : leaf.grad.data<double>().ToArray();

    private static Tensor Build((byte, byte, byte)[] recipe, Tensor[] leaves)
    {
        List<Tensor> pool = [.. leaves];
        foreach ((byte step, byte first, byte second) in recipe)
        {
            pool.Add(Steps[step % Steps.Length](pool[first % pool.Count], pool[second % pool.Count]));
        }

        return pool[^1] + pool[^2];
    }

    private static Tensor Input(int seed) =>
        torch.randn([2, 3], float64, generator: new torch.Generator((ulong)seed)).requires_grad_();
}
