using System.Text.Json;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.optimizers;

/// <summary>Every optimiser over two groups beside PyTorch's, and resumed in the middle.</summary>
public sealed class OptimizerGoldenTests
{
    private static readonly GoldenFile Golden = new("optim.json");

    private static readonly Dictionary<string, Func<Tensor, Tensor, torch.optim.Optimizer>> Makers = new()
    {
        ["sgd"] = (a, b) => torch.optim.SGD([a, b], 0.02, momentum: 0.9, dampening: 0.3, weight_decay: 0.1),
        ["sgd_maximize"] = (a, b) => torch.optim.SGD([a, b], 0.002, momentum: 0.5, maximize: true),
        ["sgd_groups"] = (a, b) => torch.optim.SGD(
            [
                new Modules.SGD.ParamGroup { Parameters = [a] },
                new Modules.SGD.ParamGroup([b], lr: 0.01, momentum: 0.8, weight_decay: 0.2, nesterov: true),
            ],
            0.02),
        ["adam_groups"] = (a, b) => torch.optim.Adam(
            [
                new Modules.Adam.ParamGroup { Parameters = [a] },
                new Modules.Adam.ParamGroup([b], 0.02, 0.7, 0.9, 1e-4, 0.3, amsgrad: true),
            ],
            lr: 0.05),
        ["adam_maximize"] = (a, b) => torch.optim.Adam([a, b], lr: 0.05, maximize: true),
        ["adamw_groups"] = (a, b) => torch.optim.AdamW(
            [
                new Modules.AdamW.ParamGroup { Parameters = [a] },
                new Modules.AdamW.ParamGroup([b], 0.02, 0.7, 0.9, weight_decay: 0.3, amsgrad: true),
            ],
            lr: 0.05, weight_decay: 0.1),
        ["rmsprop_groups"] = (a, b) => torch.optim.RMSProp(
            [
                new Modules.RMSProp.ParamGroup { Parameters = [a] },
                new Modules.RMSProp.ParamGroup(
                    [b], 0.01, alpha: 0.9, weight_decay: 0.1, momentum: 0.5, centered: true),
            ],
            lr: 0.02, weight_decay: 0.1),
        ["adagrad"] = (a, b) => torch.optim.Adagrad([a, b], lr: 0.1),
        ["adagrad_groups"] = (a, b) => torch.optim.Adagrad(
            [
                new Modules.Adagrad.ParamGroup { Parameters = [a] },
                new Modules.Adagrad.ParamGroup([b], 0.05, initial_accumulator_value: 0.3, eps: 1e-3),
            ],
            lr: 0.1, lr_decay: 0.05, weight_decay: 0.1, initial_accumulator_value: 0.3),
        ["nadam"] = (a, b) => torch.optim.NAdam([a, b], lr: 0.05),
        ["nadam_groups"] = (a, b) => torch.optim.NAdam(
            [
                new Modules.NAdam.ParamGroup { Parameters = [a] },
                new Modules.NAdam.ParamGroup([b], 0.02, 0.8, 0.95, momentum_decay: 0.02),
            ],
            lr: 0.05, weight_decay: 0.1),
        ["rmsprop_tf/plain"] = (a, b) => new RMSpropTF([(Modules.Parameter)a, (Modules.Parameter)b], 0.05, 0.9, 1e-2),
        ["rmsprop_tf/centered"] = (a, b) => new RMSpropTF(
            [(Modules.Parameter)a, (Modules.Parameter)b], 0.02, 0.95, 1e-3, momentum: 0.6, centered: true),
    };

    private static readonly int[] Shown = [0, 1, 2, 9, 19];

    public static TheoryData<string> Names() => new(Makers.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void TwentyStepsEqualPyTorch(string name)
    {
        (Tensor a, Tensor b) = Problem(ScalarType.Float64);
        torch.optim.Optimizer optimizer = Makers[name](a, b);
        string[] path = name.StartsWith("rmsprop_tf", StringComparison.Ordinal) ? name.Split('/') : ["steps", name];
        JsonElement[] expected = [.. Golden.At(path).EnumerateArray()];
        for (int i = 0; i < 20; i++)
        {
            Step(optimizer, a, b);
            int at = Array.IndexOf(Shown, i);
            if (at >= 0)
            {
                GoldenFile.AssertClose(
                    GoldenFile.Numbers(expected[at]), torch.cat([a.detach(), b.detach()]), 1e-11, $"{name}, step {i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AResumedRunGoesOnWithTheSameBits(string name)
    {
        (Tensor a, Tensor b) = Problem(ScalarType.Float32);
        torch.optim.Optimizer first = Makers[name](a, b);
        for (int i = 0; i < 4; i++)
            Step(first, a, b);
        Dictionary<string, Tensor> saved = safetensors.load(safetensors.save(first.state_dict()));
        Tensor c = torch.nn.Parameter(a.detach().clone()), d = torch.nn.Parameter(b.detach().clone());
        torch.optim.Optimizer second = Makers[name](c, d);
        second.load_state_dict(saved);
        for (int i = 0; i < 4; i++)
        {
            Step(first, a, b);
            Step(second, c, d);
        }

        Assert.Equal(Values(a), Values(c));
        Assert.Equal(Values(b), Values(d));
    }

    [Fact]
    public void AGroupKeepsItsOptimiserAndItsKind()
    {
        (Tensor a, Tensor b) = Problem(ScalarType.Float64);
        var group = new Modules.Adam.ParamGroup([a], 0.1);
        using torch.optim.Optimizer adam = torch.optim.Adam([group]);
        Assert.Contains("belongs to", Assert.Throws<ArgumentException>(() => torch.optim.Adam([group])).Message);
        Assert.Throws<InvalidOperationException>(() => group.Parameters = [b]);
        Assert.Contains(
            "must be a Adam.ParamGroup",
            Assert.Throws<ArgumentException>(
                () => adam.add_param_group(new Modules.SGD.ParamGroup { Parameters = [b] })).Message);
        adam.add_param_group(new Modules.Adam.ParamGroup { Parameters = [b] });
        Assert.Equal([0.1, 0.001], adam.ParamGroups.Select(g => g.LearningRate));
        Assert.Throws<ArgumentOutOfRangeException>(() => group.Betas = (1, 0.9));
    }

    [Fact]
    public void NamedParametersTrainToo()
    {
        var layer = torch.nn.Linear(2, 1);
        torch.optim.Optimizer sgd = torch.optim.SGD(layer.named_parameters(), 0.1);
        layer.forward(torch.ones(1, 2)).sum().backward();
        float before = layer.bias!.item<float>();
        sgd.step();
        Assert.Equal(before - 0.1f, layer.bias.item<float>());
    }

    internal static (Tensor A, Tensor B) Problem(ScalarType type) =>
        (torch.nn.Parameter(Wave([5], 0.2).to(type)), torch.nn.Parameter(Wave([3], 1.1).to(type)));

    internal static void Step(torch.optim.Optimizer optimizer, Tensor a, Tensor b)
    {
        Tensor target = Wave([8], 1.5).to(a.dtype);
        Tensor scale = tensor(new[] { 1.0, 3.0, 0.3, 10.0, 0.1, 2.0, 0.7, 5.0 }).to(a.dtype);
        optimizer.zero_grad();
        ((torch.cat([a, b]) - target).pow(2) * scale).sum().backward();
        optimizer.step();
    }
}
