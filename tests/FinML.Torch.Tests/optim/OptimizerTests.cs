using System.Text.Json;
using FinML.Torch.Tests.nn;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.optimizers;

public sealed class OptimizerTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Tensor>, torch.optim.Optimizer>> Makers = new()
    {
        ["adam"] = w => torch.optim.Adam(w, lr: 0.05),
        ["adam_decay"] = w => torch.optim.Adam(w, lr: 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.1),
        ["adam_amsgrad"] = w => torch.optim.Adam(w, lr: 0.05, amsgrad: true),
        ["adamw"] = w => torch.optim.AdamW(w, lr: 0.05, weight_decay: 0.2),
        ["sgd"] = w => torch.optim.SGD(w, 0.02),
        ["sgd_momentum"] = w => torch.optim.SGD(w, 0.02, momentum: 0.9, dampening: 0.3, weight_decay: 0.1),
        ["sgd_nesterov"] = w => torch.optim.SGD(w, 0.02, momentum: 0.9, nesterov: true),
        ["rmsprop"] = w => torch.optim.RMSProp(w, 0.02),
        ["rmsprop_centered"] = w => torch.optim.RMSProp(
            w, 0.02, alpha: 0.9, centered: true, momentum: 0.5, weight_decay: 0.1),
    };

    public static TheoryData<string> Names() => new(Makers.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void TenStepsEqualPyTorch(string name)
    {
        Modules.Parameter w = torch.nn.Parameter(Wave([5], 0.2));
        torch.optim.Optimizer optimizer = Makers[name]([w]);
        foreach (JsonElement expected in At("optim", name).EnumerateArray())
        {
            Step(optimizer, w);
            AssertEqual(expected, w, 1e-12, name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AResumedRunGoesOnWithTheSameBits(string name)
    {
        Modules.Parameter straight = torch.nn.Parameter(Wave([37], 0.2).to(ScalarType.Float32));
        torch.optim.Optimizer first = Makers[name]([straight]);
        for (int i = 0; i < 4; i++)
            Step(first, straight);
        Dictionary<string, Tensor> saved = safetensors.load(safetensors.save(first.state_dict()));
        Modules.Parameter resumed = torch.nn.Parameter(straight.detach().clone());
        torch.optim.Optimizer second = Makers[name]([resumed]);
        second.load_state_dict(saved);
        for (int i = 0; i < 5; i++)
        {
            Step(first, straight);
            Step(second, resumed);
        }

        Assert.Equal(Values(straight), Values(resumed));
    }

    [Fact]
    public void RefusesAStateThatDoesNotFitAndKeepsItsOwn()
    {
        Modules.Parameter w = torch.nn.Parameter(Wave([5], 0.2)), other = torch.nn.Parameter(Wave([6], 0.2));
        torch.optim.Optimizer adam = torch.optim.Adam([w]), wrong = torch.optim.Adam([other], lr: 0.5);
        Step(adam, w);
        Step(wrong, other);
        Dictionary<string, Tensor> before = adam.state_dict();
        ArgumentException shape = Assert.Throws<ArgumentException>(() => adam.load_state_dict(wrong.state_dict()));
        Assert.Contains("exp_avg as Float64[5], got Float64[6]", shape.Message);
        Dictionary<string, Tensor> unknown = adam.state_dict();
        unknown["state.9.step"] = tensor(1L);
        Assert.Contains("state.9.step", Assert.Throws<ArgumentException>(() => adam.load_state_dict(unknown)).Message);
        unknown.Remove("state.9.step");
        unknown.Remove("group.0.lr");
        Assert.Contains("group.0.lr", Assert.Throws<ArgumentException>(() => adam.load_state_dict(unknown)).Message);
        foreach ((string key, Tensor value) in adam.state_dict())
            Assert.Equal(Values(before[key]), Values(value));
    }

    [Fact]
    public void RefusesBadOptions()
    {
        Modules.Parameter w = torch.nn.Parameter(Wave([5], 0.2));
        Assert.Contains("lr must be in [0,", Error(() => torch.optim.Adam([w], lr: -1)));
        Assert.Contains("got NaN", Error(() => torch.optim.Adam([w], lr: double.NaN)));
        Assert.Contains("beta1", Error(() => torch.optim.Adam([w], beta1: 1)));
        Assert.Contains("given twice", Error(() => torch.optim.SGD([w, w], 0.1)));
        Assert.Contains("RegisterComponents", Error(() => torch.optim.SGD(Array.Empty<Tensor>(), 0.1)));
        Assert.Contains("nesterov", Error(() => torch.optim.SGD([w], 0.1, nesterov: true)));
        Assert.Contains("floating leaves", Error(() => torch.optim.SGD([w * 2], 0.1)));
        static string Error(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
    }

    [Fact]
    public void GroupsHaveRatesOfTheirOwnAndParametersWithoutGradientStay()
    {
        Modules.Parameter a = torch.nn.Parameter(zeros([1])), b = torch.nn.Parameter(zeros([1]));
        Modules.Parameter c = torch.nn.Parameter(ones([1]));
        torch.optim.Optimizer sgd = torch.optim.SGD(
            [new Modules.SGD.ParamGroup { Parameters = [a, c] }, new Modules.SGD.ParamGroup([b], lr: 0.5)], 0.1);
        (a + b).sum().backward();
        sgd.step();
        Assert.Equal(-0.1f, a.item<float>());
        Assert.Equal(-0.5f, b.item<float>());
        Assert.Equal(1f, c.item<float>());
        sgd.zero_grad();
        Assert.Null(a.grad);
    }

    [Theory]
    [InlineData("1.0", 1.0)]
    [InlineData("2.0", 2.0)]
    [InlineData("3.0", 3.0)]
    [InlineData("inf", double.PositiveInfinity)]
    public void ClippingByNormEqualsPyTorch(string key, double kind)
    {
        Modules.Parameter a = torch.nn.Parameter(zeros([4], float64)), b = torch.nn.Parameter(zeros([2, 3], float64));
        a.grad = Wave([4], 0.1, 3);
        b.grad = Wave([2, 3], 0.4, 3);
        double norm = torch.nn.utils.clip_grad_norm_([a, b], 1.5, kind);
        Assert.Equal(At("clip", key, "norm").GetDouble(), norm, 1e-12);
        AssertEqual(At("clip", key, "first"), a.grad!);
        AssertEqual(At("clip", key, "second"), b.grad!);
    }

    [Fact]
    public void ClippingLeavesSmallGradientsAndReportsBadOnes()
    {
        Modules.Parameter a = torch.nn.Parameter(zeros([2]));
        a.grad = tensor(new[] { 0.3f, 0.4f });
        Assert.Equal(0.5, torch.nn.utils.clip_grad_norm_([a], 1), 1e-7);
        Assert.Equal(tensor(new[] { 0.3f, 0.4f }).data<float>().ToArray(), a.grad!.data<float>().ToArray());
        torch.nn.utils.clip_grad_value_([a], 0.35);
        Assert.Equal([0.3f, 0.35f], a.grad!.data<float>().ToArray());
        a.grad = tensor(new[] { float.NaN, 1f });
        Assert.Throws<InvalidOperationException>(
            () => torch.nn.utils.clip_grad_norm_([a], 1, error_if_nonfinite: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.nn.utils.clip_grad_norm_([a], 0));
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("step")]
    [InlineData("cosine")]
    [InlineData("lambda")]
    public void SchedulesEqualPyTorch(string name)
    {
        torch.optim.Optimizer optimizer = torch.optim.SGD([torch.nn.Parameter(zeros([1]))], 0.4);
        torch.optim.lr_scheduler.LRScheduler schedule = name switch
        {
            "linear" => torch.optim.lr_scheduler.LinearLR(optimizer, 0.25, 0.75, 6),
            "step" => torch.optim.lr_scheduler.StepLR(optimizer, 4, 0.3),
            "cosine" => torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 11, 0.05),
            _ => torch.optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Pow(0.9, epoch)),
        };
        foreach (JsonElement expected in At("schedules", name).EnumerateArray())
        {
            Assert.Equal(expected.GetDouble(), optimizer.ParamGroups.Single().LearningRate, 1e-12);
            schedule.step();
        }
    }

    // The script's loss: sum((w - target)^2 scale).
    private static void Step(torch.optim.Optimizer optimizer, Tensor w)
    {
        Tensor target = Wave(w.shape, 1.5).to(w.dtype);
        Tensor scale = w.Count == 5
            ? tensor(new[] { 1.0, 3.0, 0.3, 10.0, 0.1 })
            : Wave(w.shape, 0.3).square().to(w.dtype);
        optimizer.zero_grad();
        ((w - target).pow(2) * scale).sum().backward();
        optimizer.step();
    }
}
