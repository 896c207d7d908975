using System.Text.Json;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.optimizers;

/// <summary>L-BFGS on Rosenbrock's function in four dimensions.</summary>
public sealed class LbfgsTests
{
    private static readonly GoldenFile Golden = new("optim.json");

    private static readonly Dictionary<string, Func<Tensor[], torch.optim.Optimizer>> Makers = new()
    {
        ["fixed"] = p => torch.optim.LBFGS(p, lr: 0.002, max_iter: 5, history_size: 3),
        ["wolfe"] = p => torch.optim.LBFGS(p, lr: 1, max_iter: 4, history_size: 10, line_search_fn: "strong_wolfe"),
        ["wolfe_short"] = p => torch.optim.LBFGS(
            p, lr: 0.1, max_iter: 6, max_eval: 5, history_size: 2, line_search_fn: "strong_wolfe"),
    };

    public static TheoryData<string> Names() => new(Makers.Keys);

    // Sums of products in another order grow along the search: Rosenbrock's curvature multiplies them a thousandfold.
    [Theory]
    [MemberData(nameof(Names))]
    public void StepsEqualPyTorch(string name)
    {
        Tensor[] p = Start();
        torch.optim.Optimizer optimizer = Makers[name](p);
        int calls = 0;
        foreach (JsonElement expected in Golden.At("lbfgs", name).EnumerateArray())
        {
            double loss = optimizer.step(() => Closure(optimizer, p, ref calls))!.ToDouble();
            GoldenFile.AssertClose(
                GoldenFile.Numbers(expected), [.. Values(p[0]), .. Values(p[1]), loss, calls], 1e-9, name);
        }
    }

    // The search comes near the ends of its bracket here, where it has a safeguard.
    [Fact]
    public void StepsAcrossKinksEqualPyTorch()
    {
        Tensor p = torch.nn.Parameter(tensor(new[] { -1.2, 2.0 }));
        torch.optim.Optimizer optimizer = torch.optim.LBFGS([p], lr: 30, max_iter: 3, line_search_fn: "strong_wolfe");
        int calls = 0;
        foreach (JsonElement expected in Golden.At("lbfgs_kinks").EnumerateArray())
        {
            optimizer.step(() =>
            {
                calls++;
                optimizer.zero_grad();
                Tensor value = ((p - 0.3).square() + 1e-4).sqrt().sum() + (p[0] * p[1] * 0.1);
                value.backward();
                return value;
            });
            GoldenFile.AssertClose(GoldenFile.Numbers(expected), [.. Values(p), calls], 1e-9, "kinks");
        }
    }

    [Fact]
    public void FindsTheMinimum()
    {
        Tensor[] p = [torch.nn.Parameter(tensor(new[] { 1.2, 0.8 })), torch.nn.Parameter(tensor(new[] { 0.7, 0.5 }))];
        torch.optim.Optimizer optimizer = torch.optim.LBFGS(
            p, lr: 1, max_iter: 100, tolerange_grad: 1e-9, tolerance_change: 1e-14, line_search_fn: "strong_wolfe");
        int calls = 0;
        optimizer.step(() => Closure(optimizer, p, ref calls));
        optimizer.step(() => Closure(optimizer, p, ref calls));
        foreach (double x in Values(p[0]).Concat(Values(p[1])))
            Assert.Equal(1, x, 1e-7);
        Assert.InRange(calls, 20, 120);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AResumedRunGoesOnWithTheSameBits(string name)
    {
        Tensor[] p = Start();
        torch.optim.Optimizer first = Makers[name](p);
        int calls = 0;
        Dictionary<string, Tensor> fresh = first.state_dict();
        first.step(() => Closure(first, p, ref calls));
        first.step(() => Closure(first, p, ref calls));
        Tensor[] q = [.. p.Select(x => torch.nn.Parameter(x.detach().clone()))];
        torch.optim.Optimizer second = Makers[name](q);
        second.load_state_dict(safetensors.load(safetensors.save(first.state_dict())));
        first.step(() => Closure(first, p, ref calls));
        second.step(() => Closure(second, q, ref calls));
        Assert.Equal(Values(p[0]), Values(q[0]));
        Assert.Equal(Values(p[1]), Values(q[1]));
        second.load_state_dict(fresh);
        Assert.DoesNotContain(second.state_dict().Keys, k => k.StartsWith("state.", StringComparison.Ordinal));
    }

    [Fact]
    public void RefusesWhatItCannotDo()
    {
        Tensor[] p = Start();
        torch.optim.Optimizer optimizer = Makers["fixed"](p);
        Assert.Throws<ArgumentNullException>(() => optimizer.step());
        Assert.Throws<InvalidOperationException>(
            () => optimizer.add_param_group(new Modules.ParamGroup([torch.nn.Parameter(zeros([1]))])));
        Assert.Contains(
            "strong_wolfe",
            Assert.Throws<ArgumentException>(() => torch.optim.LBFGS(p, line_search_fn: "armijo")).Message);
        int calls = 0;
        optimizer.step(() => Closure(optimizer, p, ref calls));
        Dictionary<string, Tensor> state = optimizer.state_dict();
        state["state.0.d"] = zeros([3], float64);
        Assert.Contains(
            "d as Float64[4], got Float64[3]",
            Assert.Throws<ArgumentException>(() => optimizer.load_state_dict(state)).Message);
    }

    private static Tensor[] Start() =>
    [
        torch.nn.Parameter(tensor(new[] { -1.2, 1.0 })), torch.nn.Parameter(tensor(new[] { 0.7, -0.5 })),
    ];

    private static Tensor Closure(torch.optim.Optimizer optimizer, Tensor[] p, ref int calls)
    {
        calls++;
        optimizer.zero_grad();
        Tensor x = torch.cat(p);
        Tensor value = (((x[1..] - x[..3].pow(2)).pow(2) * 100) + (1 - x[..3]).pow(2)).sum();
        value.backward();
        return value;
    }
}
