using System.Globalization;
using System.Text.Json;

namespace FinML.Torch.Tests.Ops;

/// <summary>Values and gradients of operations beside PyTorch's, from Golden/operations.json (made by
/// make_golden.py).</summary>
public class GoldenTests
{
    private static readonly double[] OtherValues = [2.0, -0.5, 0.25, 1.5];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["exp"] = x => x.exp(),
        ["log"] = x => x.log(),
        ["log1p"] = x => x.log1p(),
        ["expm1"] = x => x.expm1(),
        ["sqrt"] = x => x.sqrt(),
        ["rsqrt"] = x => x.rsqrt(),
        ["abs"] = x => x.abs(),
        ["sign"] = x => x.sign(),
        ["sin"] = x => x.sin(),
        ["cos"] = x => x.cos(),
        ["tanh"] = x => x.tanh(),
        ["sigmoid"] = x => x.sigmoid(),
        ["relu"] = x => x.relu(),
        ["leaky_relu"] = x => x.leaky_relu(0.1),
        ["elu"] = x => x.elu(),
        ["gelu"] = x => x.gelu(),
        ["softplus"] = x => x.softplus(),
        ["silu"] = x => x.silu(),
        ["erf"] = x => x.erf(),
        ["round"] = x => x.round(),
        ["clamp"] = x => x.clamp(-1, 1.5),
        ["reciprocal"] = x => x.reciprocal(),
        ["square"] = x => x.square(),
        ["pow3"] = x => x.pow(3),
        ["pow_half"] = x => x.pow(-0.5),
        ["remainder"] = x => x.remainder(0.7),
        ["softmax"] = x => x.softmax(1),
        ["softmax_corner"] = x => x[1..4].softmax(0),
        ["log_softmax"] = x => x.log_softmax(0),
        ["logsumexp"] = x => x.logsumexp(1),
        ["sum"] = x => x.sum(),
        ["sum0"] = x => x.sum(0),
        ["mean1"] = x => x.mean(1, keepdim: true),
        ["var"] = x => x.var(),
        ["var_biased"] = x => x.var(1, unbiased: false),
        ["std0"] = x => x.std(0),
        ["prod"] = x => x.prod(1),
        ["norm"] = x => x.norm(),
        ["norm_inf"] = x => x.norm(float.PositiveInfinity),
        ["norm3"] = x => x.norm(1, p: 3),
        ["cumsum"] = x => x.cumsum(1),
        ["max"] = x => x.max(),
        ["min"] = x => x.min(),
        ["max1"] = x => x.max(1).values,
        ["sort"] = x => x.sort(1).Values,
        ["argsort"] = x => x.argsort(1).to(float64),
        ["sort_down"] = x => x.sort(1, descending: true).Values,
        ["topk"] = x => x.topk(2, 1).values,
        ["argmax"] = x => x.argmax(1).to(float64),
        ["argmin0"] = x => x.argmin(0).to(float64),
        ["flip"] = x => x.flip(1),
        ["add"] = x => x + Other(),
        ["div"] = x => x / Other(),
        ["rsub"] = x => 2 - x,
        ["maximum"] = x => x.maximum(Other()),
        ["where"] = x => torch.where(x.gt(0), x, Other()),
        ["matmul"] = x => x.matmul(x.t()),
        ["matmul_vector"] = x => x.matmul(Other()),
        ["outer"] = x => x[0].outer(Other()),
        ["unfold"] = x => x.unfold(1, 2, 1),
        ["tril"] = x => torch.tril(x),
        ["isfinite"] = x => x.isfinite().to(float64),
        ["isnan"] = x => x.isnan().to(float64),
        ["linspace"] = _ => torch.linspace(-1, 2, 7, float64),
        ["arange"] = _ => torch.arange(0.5, 3, 0.4, float64),
    };

    public static TheoryData<int, string> Cases
    {
        get
        {
            TheoryData<int, string> cases = [];
            int i = 0;
            foreach (JsonElement entry in Load())
            {
                cases.Add(i++, entry.GetProperty("name").GetString()!);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ValueAndGradientAreThoseOfPyTorch(int number, string name)
    {
        JsonElement entry = Load()[number];
        Tensor x = Read(entry.GetProperty("input")).requires_grad_();
        Tensor y = Functions[name](x);
        AssertClose(name, Read(entry.GetProperty("output")), y);
        if (entry.TryGetProperty("gradient", out JsonElement gradient))
        {
            y.sum().backward();
            AssertClose(name + " gradient", Read(gradient), x.grad!);
        }
    }

    // Both sides compute in float64; their elementary functions differ by an ulp or two, sums by their order.
    private static void AssertClose(string name, Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        double[] wanted = expected.data<double>().ToArray(), got = actual.detach().data<double>().ToArray();
        for (int i = 0; i < wanted.Length; i++)
        {
            bool same = wanted[i].Equals(got[i])
                || Math.Abs(wanted[i] - got[i]) <= 1e-13 + (2e-13 * Math.Abs(wanted[i]));
            Assert.True(same, $"{name}[{i}]: PyTorch has {wanted[i]:R}, here it is {got[i]:R}");
        }
    }

    private static Tensor Other() => torch.tensor(OtherValues);

    private static JsonElement[] Load()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", "operations.json");
        return [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("cases").EnumerateArray()];
    }

    private static Tensor Read(JsonElement packed)
    {
        double[] data = [.. packed.GetProperty("data").EnumerateArray().Select(v => v.GetString() switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" => double.NaN,
            { } text => double.Parse(text, CultureInfo.InvariantCulture),
            null => throw new InvalidDataException("a golden value is null"),
        })];
        return torch.tensor(data, [.. packed.GetProperty("shape").EnumerateArray().Select(v => v.GetInt64())]);
    }
}
