using System.Text.Json;
using FinML.Torch.Modules;
using FinML.Torch.Tests.Ops;

namespace FinML.Torch.Tests.Precision;

/// <summary>bfloat16 against PyTorch's bits (Golden/make_bfloat16_golden.py).</summary>
public class BFloat16Tests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "bfloat16.json"))).RootElement.Clone();

    [Fact]
    public void RoundingIsToNearestTiesToEven()
    {
        float[] floats = [.. Golden.GetProperty("rounding").GetProperty("float").EnumerateArray()
            .Select(w => BitConverter.UInt32BitsToSingle(w.GetUInt32()))];
        ushort[] expected = Bits(Golden.GetProperty("rounding").GetProperty("bfloat16"));
        Assert.Equal(expected, Bits(torch.tensor(floats).bfloat16()));
        Assert.Equal(expected, Bits(torch.tensor([.. floats.Select(f => new BFloat16(f))])));
        Assert.Equal(expected, Bits(torch.tensor([.. floats.Select(f => (double)f)]).to(bfloat16)));

        // The vector loop and the remainder agree at every length, NaN included.
        floats[3] = float.NaN;
        floats[4] = BitConverter.UInt32BitsToSingle(0xFF800001); // a NaN whose upper half is an infinity
        for (int n = 0; n < 70; n++)
        {
            Tensor narrow = torch.tensor(floats[..n]).bfloat16();
            Assert.Equal(floats[..n].Select(f => BitsOf(new BFloat16(f))), Bits(narrow));
            Assert.Equal(floats[..n].Select(f => new BFloat16(f).ToSingle()), narrow.@float().data<float>().ToArray());
        }
    }

    public static TheoryData<string> Operations =>
        [.. Golden.GetProperty("ops").EnumerateObject().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void OperationsHaveTheBitsOfPyTorch(string name)
    {
        Tensor result = Evaluate(name, Input("x", 4, 5), Input("y", 5));
        Assert.Equal(bfloat16, result.dtype);
        Assert.Equal(Bits(Golden.GetProperty("ops").GetProperty(name)), Bits(result));
    }

    public static TheoryData<string> Table => OperationTable.Names(_ => true);

    [Theory]
    [MemberData(nameof(Table))]
    public void EveryOperationTakesItForwardAndBack(string name)
    {
        Operation operation = OperationTable.All[name];
        Tensor[] leaves = [.. operation.Leaves().Select(t => t.detach().bfloat16().requires_grad_())];
        Tensor result = operation.Function(leaves);
        Tensor exact = operation.Function([.. leaves.Select(t => t.detach().@float())]);
        Assert.Equal(exact.shape, result.shape);
        if (result.requires_grad)
            result.@float().sum().backward();
        if (operation.IllConditioned || exact.numel() == 0)
            return;

        // Of a product of matrices, a power or a determinant each of several steps rounds to 2^-9.
        double scale = Math.Max(1, exact.abs().max().ToDouble());
        Assert.True((result.@float() - exact.@float()).abs().max().ToDouble() <= 0.05 * scale);
    }

    [Fact]
    public void SumsOfFloat32AreRoundedOnce()
    {
        Tensor x = Input("x", 4, 5);
        Close("mm", Input("a", 6, 40).mm(Input("b", 40, 3)));
        Close("softmax", x.softmax(1));
        Close("mean1", x.mean(1L));
        // Made of several operations, each of which rounds.
        Assert.Equal(x.@float().std().ToDouble(), x.std().ToDouble(), 0.01);
        Assert.Equal(x.@float().norm().ToDouble(), x.norm().ToDouble(), 0.03);
        Assert.Equal(x.@float().logsumexp(1)[0].ToDouble(), x.logsumexp(1)[0].ToDouble(), 0.01);
        Tensor many = torch.full([100_000], 0.01, bfloat16);
        Assert.Equal(new BFloat16(100_000 * new BFloat16(0.01f).ToSingle()), many.sum().item<BFloat16>());
        Assert.Equal(new BFloat16(0.01f), many.mean().item<BFloat16>());
    }

    [Fact]
    public void PromotionIsThatOfPyTorch()
    {
        foreach (JsonProperty entry in Golden.GetProperty("promotion").EnumerateObject())
        {
            ScalarType other = Enum.Parse<ScalarType>(entry.Name.Replace("0d", ""));
            Tensor narrow = entry.Name.StartsWith("0d") ? torch.ones([], bfloat16) : torch.ones([2, 5], bfloat16);
            Tensor beside = entry.Name.EndsWith("0d") ? torch.ones([], other) : torch.ones([5], other);
            Assert.Equal(Enum.Parse<ScalarType>(entry.Value.GetString()!), (narrow * beside).dtype);
        }
    }

    [Fact]
    public void ViewsWritesAndReads()
    {
        Tensor x = torch.zeros([2, 3], bfloat16), view = x.t()[1];
        view.fill_(1.5);
        x[0, 0] = torch.tensor(2.25f);
        x.add_(1);
        Assert.Equal([3.25f, 2.5f, 1f, 1f, 2.5f, 1f], x.@float().data<float>().ToArray());
        Assert.Equal("[2x3], type = BFloat16, device = cpu\n[[3.25 2.5 1]\n [1 2.5 1]]", x.str());
        Assert.Equal(new BFloat16(3.25f), x[0, 0].item<BFloat16>());
        Assert.Equal(3.25, x[0, 0].ToDouble());
        Assert.Equal([true, false, false], x[0].gt(2.75).data<bool>().ToArray());
        Assert.Equal(2L, x.argmin().ToInt64());
        Tensor put = x.scatter(1, torch.tensor(new long[,] { { 2 }, { 0 } }), torch.full([2, 1], -1.5, bfloat16));
        Assert.Equal([3.25f, 2.5f, -1.5f, -1.5f, 2.5f, 1f], put.@float().data<float>().ToArray());
        Tensor draws = torch.randn([1000], bfloat16, generator: new Generator(1));
        Assert.Equal(bfloat16, draws.dtype);
        Assert.True(draws.mean().abs().ToDouble() < 0.2);
        Assert.Throws<ArgumentException>(() => torch.set_default_dtype(bfloat16));
        Assert.Throws<ArgumentException>(() => x.data<float>());
    }

    [Fact]
    public void GradientsKeepTheDtype()
    {
        Tensor x = torch.tensor([1f, 2f, 3f], requires_grad: true), narrow = x.bfloat16();
        narrow.retain_grad();
        (narrow * narrow * torch.tensor([1f, 2f, 3f]).bfloat16()).sum().backward();
        Assert.Equal(bfloat16, narrow.grad!.dtype);
        Assert.Equal([2f, 8f, 18f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void SafetensorsKeepTheBits()
    {
        Tensor x = Input("x", 4, 5);
        Tensor loaded = safetensors.load(safetensors.save(new() { ["x"] = x, ["y"] = torch.ones(3) }))["x"];
        Assert.Equal(bfloat16, loaded.dtype);
        Assert.Equal(Bits(x), Bits(loaded));
    }

    [Fact]
    public void AnOptimizerRefusesNarrowMasterWeights()
    {
        Linear net = torch.nn.Linear(2, 2).to(bfloat16);
        Assert.Equal(bfloat16, net.weight.dtype);
        Tensor y = net.call(torch.ones([1, 2], bfloat16));
        Assert.Equal(bfloat16, y.dtype);
        y.sum().backward();
        Assert.Contains("autocast", Assert.Throws<InvalidOperationException>(
            () => torch.optim.SGD(net.parameters(), 0.1).step()).Message);
        Assert.Contains("BFloat16", Assert.Throws<ArgumentException>(() => net.call(torch.ones(1, 2))).Message);
    }

    [Fact]
    public void TheStructIsANumber()
    {
        BFloat16 two = new(2f), three = (BFloat16)3.0;
        Assert.Equal(6f, (float)(two * three));
        Assert.Equal(-1.0, (double)(two - three));
        Assert.True(two < three && two <= three && three > two && three >= two);
        Assert.True(two != three && two == new BFloat16(2));
        Assert.Equal(new BFloat16(5f), two + three);
        Assert.Equal(new BFloat16(1f), three % two);
        Assert.Equal(new BFloat16(2f / 3), two / three);
        Assert.Equal(-2f, (-two).ToSingle());
        Assert.True(BFloat16.IsNaN(BFloat16.NaN) && BFloat16.IsInfinity(BFloat16.NegativeInfinity));
        Assert.True(BFloat16.IsFinite(BFloat16.MaxValue) && !BFloat16.IsFinite(BFloat16.PositiveInfinity));
        Assert.Equal(3.3895314e38f, BFloat16.MaxValue.ToSingle());
        Assert.Equal(1, three.CompareTo((object)two));
        Assert.Throws<ArgumentException>(() => two.CompareTo("2"));
        Assert.Equal("2.50", new BFloat16(2.5f).ToString("f2", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Tensor Evaluate(string name, Tensor x, Tensor y) => name switch
    {
        "add" => x + y,
        "sub" => x - y,
        "mul" => x * y,
        "div" => x / y,
        "add_scalar" => x + 0.5,
        "mul_scalar" => x * 3,
        "neg" => -x,
        "abs" => x.abs(),
        "relu" => x.relu(),
        "exp" => x.exp(),
        "tanh" => x.tanh(),
        "sigmoid" => x.sigmoid(),
        "sqrt" => x.abs().sqrt(),
        "sum" => x.sum(),
        "sum0" => x.sum(0),
        "max" => x.max(),
        "sort" => x.sort(1).Values,
        "cat" => torch.cat([x, x.t().reshape(4, 5)], 1),
        "where" => torch.where(x.gt(0), x, -x),
        "gather" => x.gather(1, torch.tensor([0L, 4, 1, 1, 2, 0, 3, 3], [4, 2])),
        "t" => x.t(),
        "flip" => x.flip(0),
        "int" => torch.tensor([3L, -7, 1000]).to(bfloat16),
        _ => throw new ArgumentException($"no operation {name}."),
    };

    private static void Close(string name, Tensor actual)
    {
        ushort[] expected = Bits(Golden.GetProperty("close").GetProperty(name)), got = Bits(actual);
        Assert.Equal(expected.Length, got.Length);
        for (int i = 0; i < got.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - got[i]) <= 1, $"{name} {i}: {expected[i]:x4}, got {got[i]:x4}");
        }
    }

    private static Tensor Input(string name, params long[] shape) => torch.tensor(
        [.. Bits(Golden.GetProperty(name)).Select(BFloat16.FromRawValue)]).reshape(shape);

    private static ushort[] Bits(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetUInt16())];

    private static ushort[] Bits(Tensor tensor) =>
        [.. tensor.contiguous().data<BFloat16>().ToArray().Select(BitsOf)];

    private static ushort BitsOf(BFloat16 value) => BFloat16.IsNaN(value)
        ? (ushort)0x7FC0
        : (ushort)(BitConverter.SingleToUInt32Bits(value.ToSingle()) >> 16);
}
