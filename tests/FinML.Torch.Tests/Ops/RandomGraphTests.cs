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
        (a, b) => Changed(a, x => x[0] = b[1]),
        (a, b) => Changed(a, x => x.select(1, 0).mul_(b.select(1, 1).tanh())),
        (a, b) => Changed(a, x => x.view(3, 2).t()[1].add_(b.flatten()[..3].sin())),
        (a, b) => Changed(a, x => x.index_put_(b[.., 1..], TensorIndex.Colon, torch.tensor([2L, 0]))),
        (a, b) => Changed(a, x => x.diagonal().copy_(b.diagonal(1).cos())),
        (a, b) => Changed(a, x => x.narrow(1, 1, 2).sub_(x.narrow(1, 0, 2).clone() * b.narrow(1, 0, 2).sin())),
        (a, b) => a.gather(1, torch.tensor([0L, 2, 2, 1, 0, 0], [2, 3])).sin() + b,
        (a, b) => a.scatter_add(0, torch.tensor([0L, 0, 1], [1, 3]), b).tanh(),
        (a, b) => torch.where(torch.tensor(new[] { true, false, true }), a, b.flip(0)),
        (a, b) => torch.nn.functional.pad(a.unfold(1, 2, 1).sum(-1), (1, 0)).tanh() * b.roll(1, 1).cos(),
        (a, b) => torch.einsum("ij,kj->ik", a, b).tanh().matmul(a.sin()),
        (a, b) => a.tril(1) + b.cumsum(1).tanh(),
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
    public void ViewsAliasAndWritesAreSeen() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte>().Two().ArrayOf(4).ToArbitrary(),
        recipe =>
        {
            Tensor whole = torch.arange(24, float64).reshape(2, 3, 4), view = View(recipe, whole);
            double[] before = view.clone().data<double>().ToArray();
            Assert.Equal(before, View(recipe, whole.clone()).clone().data<double>().ToArray());
            double sum = whole.sum().ToDouble();
            view.add_(100);
            Assert.Equal(sum + (100 * view.numel()), whole.sum().ToDouble());
            Assert.Equal(before.Select(x => x + 100), View(recipe, whole.clone()).clone().data<double>().ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_260_103, 7));

    [Fact]
    public void WritesToWhatAGraphSavedAreRefused() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<byte>().Two().ArrayOf(4).ToArbitrary(),
        recipe =>
        {
            Tensor leaf = torch.ones(2, 3, 4, dtype: float64).requires_grad_(), whole = leaf.exp();
            Tensor squares = whole.square(), view = View(recipe, whole);
            if (view.numel() == 0)
                return;
            view.mul_(2);
            InvalidOperationException error =
                Assert.Throws<InvalidOperationException>(() => squares.sum().backward());
            Assert.Contains("mul_", error.Message, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20_260_104, 7));

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

    private static Tensor Changed(Tensor a, Action<Tensor> write)
    {
        Tensor copy = a.clone();
        write(copy);
        return copy;
    }

    /// <summary>A chain of views that repeats no element.</summary>
    private static Tensor View((byte Kind, byte Choice)[] recipe, Tensor x)
    {
        foreach ((byte kind, byte choice) in recipe)
        {
            long n = x.dim(), axis = n == 0 ? 0 : choice % n, size = n == 0 ? 0 : x.shape[axis];
            x = (kind % 9) switch
            {
                0 when n > 0 => x.transpose(axis, -1),
                1 when size > 0 => x.select(axis, choice % size),
                2 when size > 1 => x.narrow(axis, 1, size - 1),
                3 when n > 0 => x.slice(axis, choice % 2, size, 2),
                4 when n > 1 => x.diagonal(0, 0, 1),
                5 when size > 1 => x.unfold(axis, 2, 2),
                6 => x.unsqueeze(axis),
                7 when n > 0 => x.movedim(0, -1),
                _ when n > 1 => x.swapaxes(0, 1),
                _ => x,
            };
        }

        return x;
    }

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
