using System.Text.Json;
using static FinML.Torch.Tests.nn.NnGolden;

namespace FinML.Torch.Tests.nn;

/// <summary>Attention and the Transformer's layers against PyTorch (Golden/make_attention_golden.py).</summary>
public sealed class AttentionTests
{
    private static readonly Lazy<JsonElement> Golden = new(() => Read("attention.json"));

    private static Tensor Causal => torch.triu(ones([5, 5]), 1).to(ScalarType.Bool);

    private static Tensor Padding =>
        tensor(new[] { false, false, false, true, true, false, false, false, false, false }).reshape(2, 5);

    [Theory]
    [InlineData("plain", ScalarType.Float64)]
    [InlineData("plain", ScalarType.Float32)]
    [InlineData("causal", ScalarType.Float64)]
    [InlineData("padded", ScalarType.Float64)]
    [InlineData("padded", ScalarType.Float32)]
    [InlineData("added", ScalarType.Float64)]
    [InlineData("per head", ScalarType.Float64)]
    public void SelfAttentionEqualsPyTorch(string name, ScalarType type)
    {
        Modules.MultiheadAttention module = Fill(torch.nn.MultiheadAttention(4, 2).to(type));
        Tensor x = Wave([5, 2, 4], 0.1).to(type).requires_grad_();
        Tensor? padding = name switch
        {
            "padded" => Padding,
            "added" => zeros([2, 5], type).masked_fill(Padding, -1e9),
            _ => null,
        };
        Tensor? mask = name switch
        {
            "causal" => Causal,
            "added" => Wave([5, 5], 0.4),
            "per head" => Wave([4, 5, 5], 0.4),
            _ => null,
        };
        (Tensor y, Tensor? weights) = module.call(x, x, x, padding, true, mask);
        Check($"self {name}", [y, weights!], [x], module);
        Tensor alone = module.call(x, x, x, padding, false, mask).Item1;
        Assert.Equal(Values(y), Values(alone));
    }

    [Fact]
    public void CrossAttentionEqualsPyTorch()
    {
        Modules.MultiheadAttention module = Fill(torch.nn.MultiheadAttention(4, 2, bias: false).to(float64));
        Tensor q = Wave([3, 2, 4], 0.1).requires_grad_(), k = Wave([5, 2, 4], 0.2).requires_grad_();
        (Tensor y, Tensor? weights) = module.call(q, k, k);
        Check("cross", [y, weights!], [q, k], module);

        module = Fill(torch.nn.MultiheadAttention(
            4, 2, kdim: 3, vdim: 5, add_bias_kv: true, add_zero_attn: true).to(float64));
        q = Wave([3, 2, 4], 0).requires_grad_();
        k = Wave([5, 2, 3], 0.1).requires_grad_();
        Tensor v = Wave([5, 2, 5], 0.2).requires_grad_();
        (y, weights) = module.call(q, k, v, Padding, true, Wave([3, 5], 0.4));
        Check("different", [y, weights!], [q, k, v], module);
    }

    [Fact]
    public void OneSequenceNeedsNoBatch()
    {
        Modules.MultiheadAttention module = Fill(torch.nn.MultiheadAttention(4, 1).to(float64));
        Tensor q = Wave([3, 4], 0.1).requires_grad_();
        (Tensor y, Tensor? weights) = module.call(q, q, q, attn_mask: Causal[..3, ..3]);
        Check("unbatched", [y, weights!], [q], module);
    }

    [Theory]
    [InlineData("relu", ScalarType.Float64)]
    [InlineData("gelu", ScalarType.Float64)]
    [InlineData("relu", ScalarType.Float32)]
    public void LayersEqualPyTorch(string activation, ScalarType type)
    {
        torch.nn.Activations function = activation == "relu"
            ? torch.nn.Activations.ReLU
            : torch.nn.Activations.GELU;
        Modules.TransformerEncoderLayer encoder = Fill(
            torch.nn.TransformerEncoderLayer(4, 2, 6, 0, function).to(type));
        Tensor x = Wave([5, 2, 4], 0.1).to(type).requires_grad_();
        Check($"encoder layer {activation}", [encoder.call(x, Causal, Padding)], [x], encoder);

        Modules.TransformerDecoderLayer decoder = Fill(
            torch.nn.TransformerDecoderLayer(4, 2, 6, 0, function).to(type));
        x = Wave([5, 2, 4], 0.1).to(type).requires_grad_();
        Tensor memory = Wave([3, 2, 4], 0.2).to(type).requires_grad_();
        Tensor y = decoder.call(x, memory, Causal, Wave([5, 3], 0.3), Padding, Padding[.., 2..]);
        Check($"decoder layer {activation}", [y], [x, memory], decoder);
    }

    [Fact]
    public void StacksEqualPyTorch()
    {
        Modules.TransformerEncoder encoder = torch.nn.TransformerEncoder(
            Fill(torch.nn.TransformerEncoderLayer(4, 2, 6, 0).to(float64)), 2);
        Tensor x = Wave([5, 2, 4], 0.1).requires_grad_();
        Check("encoder", [encoder.call(x, Causal)], [x], null);
        Assert.Equal(2 * 12, encoder.parameters().Count());

        Modules.TransformerDecoder decoder = torch.nn.TransformerDecoder(
            Fill(torch.nn.TransformerDecoderLayer(4, 2, 6, 0).to(float64)), 2);
        x = Wave([5, 2, 4], 0.1).requires_grad_();
        Tensor memory = Wave([3, 2, 4], 0.2).requires_grad_();
        Check("decoder", [decoder.call(x, memory, Causal)], [x, memory], null);

        Modules.Transformer both = Fill(torch.nn.Transformer(4, 2, 2, 1, 6, 0).to(float64));
        x = Wave([5, 2, 4], 0.1).requires_grad_();
        Tensor source = Wave([3, 2, 4], 0.2).requires_grad_();
        Check("transformer", [both.call(source, x, null, Causal)], [source, x], null);
        JsonElement golden = Golden.Value.GetProperty("transformer");
        Assert.Equal(
            golden.GetProperty("names").EnumerateArray().Select(e => e.GetString()),
            both.named_parameters().Select(p => p.name));
        foreach ((string key, Modules.Parameter parameter) in both.named_parameters())
        {
            double expected = golden.GetProperty("norms").GetProperty(key).GetDouble();
            Assert.Equal(expected, parameter.grad!.square().sum().sqrt().ToDouble(), 1e-10);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("causal")]
    [InlineData("boolean")]
    [InlineData("added")]
    public void TheFunctionEqualsItsFormula(string name)
    {
        Tensor q = Wave([2, 3, 4, 6], 0).requires_grad_(), k = Wave([2, 3, 5, 6], 0.2).requires_grad_();
        Tensor v = Wave([2, 3, 5, 7], 0.4).requires_grad_();
        Tensor? mask = name switch
        {
            "boolean" => Wave([4, 5], 0.3).gt(-0.5),
            "added" => Wave([3, 4, 5], 0.3),
            _ => null,
        };
        Tensor y = torch.nn.functional.scaled_dot_product_attention(
            q, k, v, mask, is_casual: name == "causal");
        Check($"function {name}", [y], [q, k, v], null);
    }

    [Fact]
    public void BlocksOfQueriesAreTheWhole()
    {
        // 150 queries are three blocks of the kernel; causal blocks see fewer keys.
        Tensor q = Wave([1, 150, 4], 0.1), k = Wave([1, 150, 4], 0.2), v = Wave([1, 150, 3], 0.3);
        Tensor scores = q.matmul(k.transpose(1, 2)) / 2;
        Tensor seen = torch.tril(ones([150, 150])).to(ScalarType.Bool);
        Tensor expected = scores.masked_fill(seen.logical_not(), double.NegativeInfinity).softmax(-1).matmul(v);
        Tensor y = torch.nn.functional.scaled_dot_product_attention(q, k, v, is_casual: true);
        AssertClose(expected, y);
        AssertClose(scores.softmax(-1).matmul(v), torch.nn.functional.scaled_dot_product_attention(q, k, v));
    }

    [Fact]
    public void AQueryThatMaySeeNothingIsNaN()
    {
        Tensor q = Wave([2, 3], 0.1), mask = tensor(new[] { false, false, true, true }).reshape(2, 2);
        double[] y = Values(torch.nn.functional.scaled_dot_product_attention(q, q, q, mask));
        Assert.All(y[..3], value => Assert.Equal(double.NaN, value));
        Assert.All(y[3..], value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void DropoutDropsWeightsWhileTraining()
    {
        Tensor q = Wave([1, 40, 4], 0.1), v = ones([1, 40, 2], float64);
        Tensor y = torch.nn.functional.scaled_dot_product_attention(
            q, q, v, p: 0.5, generator: new Generator(3));
        Assert.Equal(1, y.mean().ToDouble(), 0.1); // 80 averages of 40 factors of 0 or 2: sd 0.02
        Assert.True(y.sub(1).abs().max().ToDouble() > 0.01);
        Tensor again = torch.nn.functional.scaled_dot_product_attention(
            q, q, v, p: 0.5, generator: new Generator(3));
        Assert.Equal(Values(y), Values(again));

        Modules.TransformerEncoderLayer layer = torch.nn.TransformerEncoderLayer(4, 2, 8, 0.5);
        Tensor x = Wave([5, 2, 4], 0.1).to(float32);
        Assert.NotEqual(Values(layer.call(x)), Values(layer.call(x)));
        layer.eval();
        Assert.Equal(Values(layer.call(x)), Values(layer.call(x)));
    }

    [Fact]
    public void DroppedWeightsPassNoGradient()
    {
        Tensor Function(Tensor[] x) => torch.nn.functional.scaled_dot_product_attention(
            x[0], x[1], x[2], p: 0.4, generator: new Generator(5));
        GradCheck.Check(Function, [Wave([2, 3, 2], 0.1), Wave([2, 4, 2], 0.2), Wave([2, 4, 3], 0.3)]);
    }

    [Fact]
    public void GradientsAndTheirGradientsAgreeWithDifferences()
    {
        Modules.MultiheadAttention module = Fill(torch.nn.MultiheadAttention(4, 2).to(float64));
        GradCheck.Check(
            x =>
            {
                (Tensor y, Tensor? weights) = module.call(x[0], x[1], x[1], attn_mask: x[2]);
                return torch.cat([y.flatten(), weights!.flatten()]);
            },
            [Wave([2, 2, 4], 0.1), Wave([3, 2, 4], 0.2), Wave([2, 3], 0.3)]);
        GradCheck.Check(
            x => module.call(x[0], x[0], x[0], need_weights: false).Item1, [Wave([3, 2, 4], 0.1)]);
        GradCheck.Check(
            x => torch.nn.functional.scaled_dot_product_attention(x[0], x[1], x[2], is_casual: true),
            [Wave([2, 3, 2], 0.1), Wave([3, 2], 0.2), Wave([3, 3], 0.3)]);
    }

    [Fact]
    public void WrongShapesAreRefusedWithWhatWasExpected()
    {
        Modules.MultiheadAttention module = torch.nn.MultiheadAttention(4, 2);
        Tensor x = ones([5, 2, 4]);
        Assert.Contains("(keys, batch, 4)", Error(() => module.call(x, ones([5, 2, 3]), x)));
        Assert.Contains("(keys, batch, 4)", Error(() => module.call(x, ones([5, 3, 4]), ones([5, 3, 4]))));
        Assert.Contains("[5, 5]", Error(() => module.call(x, x, x, attn_mask: ones([5, 4]))));
        Assert.Contains("[2, 5]", Error(() => module.call(x, x, x, key_padding_mask: ones([5, 2]))));
        Assert.Contains("Bool or floating", Error(() => module.call(
            x, x, x, attn_mask: ones([5, 5], ScalarType.Int64))));
        Assert.Contains("divide", Error(() => torch.nn.MultiheadAttention(4, 3)));
        Assert.Contains("takes no mask", Error(() =>
            torch.nn.functional.scaled_dot_product_attention(x, x, x, ones([2, 2]), is_casual: true)));
        Assert.Contains("queries", Error(() =>
            torch.nn.functional.scaled_dot_product_attention(x, ones([5, 2, 3]), x)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            torch.nn.functional.scaled_dot_product_attention(x, x, x, p: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.nn.MultiheadAttention(4, 2, dropout: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            torch.nn.TransformerEncoder(torch.nn.TransformerEncoderLayer(4, 2, 6), 0));
    }

    private static string Error(Action action) => Assert.Throws<ArgumentException>(action).Message;

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        double[] a = Values(expected), b = Values(actual);
        Assert.Equal(a.Length, b.Length);
        for (int i = 0; i < a.Length; i++)
            Assert.Equal(a[i], b[i], 1e-12);
    }

    private static void Check(string name, Tensor[] outputs, Tensor[] leaves, torch.nn.Module? module)
    {
        // float32: a few normalised sums of order one.
        ScalarType type = outputs[0].dtype;
        double tolerance = type == ScalarType.Float64 ? 1e-11 : 1e-4;
        JsonElement golden = Golden.Value.GetProperty(name);
        Tensor loss = torch.zeros([], type);
        for (int i = 0; i < outputs.Length; i++)
        {
            Assert.Equal(golden.GetProperty("shapes")[i].EnumerateArray().Select(e => e.GetInt64()), outputs[i].shape);
            AssertEqual(golden.GetProperty("outputs")[i], outputs[i], tolerance, $"{name} output {i}");
            loss = loss + (outputs[i] * Wave(outputs[i].shape, 0.9 - (0.1 * i)).to(type)).sum();
        }

        loss.backward();
        for (int i = 0; i < leaves.Length; i++)
            AssertEqual(golden.GetProperty("gradients")[i], leaves[i].grad!, tolerance, $"{name} gradient {i}");
        foreach ((string key, Modules.Parameter parameter) in module?.named_parameters() ?? [])
            AssertEqual(golden.GetProperty("parameters").GetProperty(key), parameter.grad!, tolerance, key);
    }
}
