using FinML.Torch.Modules;

namespace FinML.Torch.Tests.Inference;

using nn = FinML.Torch.torch.nn;

/// <summary>A module of a function, with parts that are registered.</summary>
internal sealed class Lambda(Func<Tensor, Tensor> function, params nn.Module[] parts)
    : nn.Module<Tensor, Tensor>("Lambda")
{
    internal Lambda Registered()
    {
        for (int i = 0; i < parts.Length; i++)
            register_module($"part{i}", parts[i]);
        return this;
    }

    public override Tensor forward(Tensor input) => function(input);
}

/// <summary>The models and functions that plans and ONNX files are checked with: name, module, example.</summary>
internal static class TracedModels
{
    internal static readonly Dictionary<string, Func<(nn.Module<Tensor, Tensor> Module, Tensor Example)>> All = new()
    {
        ["mlp"] = () => (Mlp(), Draw(1, 32)),
        ["mlp batch"] = () => (Mlp(), Draw(5, 32)),
        ["mlp odd sizes"] = () => (nn.Sequential(nn.Linear(7, 19), nn.Tanh(), nn.Linear(19, 2)), Draw(2, 7)),
        ["mlp wide"] = () => (nn.Sequential(nn.Linear(300, 257), nn.ReLU(), nn.Linear(257, 33)), Draw(1, 300)),
        ["linear without bias"] = () => (nn.Linear(6, 4, hasBias: false), Draw(2, 3, 6)),
        ["cnn lstm"] = () => (new CnnLstm(11), Draw(1, 64, 11)),
        ["cnn lstm batch"] = () => (new CnnLstm(5), Draw(3, 20, 5)),
        ["conv"] = () => (nn.Conv1d(6, 4, 3L, stride: 2, padding: 2, dilation: 2, groups: 2), Draw(2, 6, 17)),
        ["conv2d"] = () => (nn.Conv2d(2, 3, (3L, 2L), stride: (2L, 1L), padding: (1L, 0L)), Draw(2, 2, 7, 5)),
        ["conv transposed"] = () => (nn.ConvTranspose1d(3, 2, 3L, stride: 2), Draw(2, 3, 5)),
        ["average pool"] = () => (nn.AvgPool1d(2), Draw(2, 3, 8)),
        ["max pool"] = () => (nn.MaxPool1d(2), Draw(2, 3, 8)),
        ["encoder layer"] = () => (Of(new Func<Tensor, Tensor>(Encoder())), Draw(4, 2, 8)),
        ["lstm deep"] = () => (Recurrent(nn.LSTM(4, 6, 2, batchFirst: true)), Draw(2, 7, 4)),
        ["lstm two-way"] = () => (Recurrent(nn.LSTM(4, 17, bidirectional: true)), Draw(5, 3, 4)),
        ["lstm without bias"] = () => (Recurrent(nn.LSTM(3, 5, bias: false)), Draw(4, 1, 3)),
        ["gru"] = () => (Recurrent(nn.GRU(4, 6, 2, batchFirst: true)), Draw(2, 7, 4)),
        ["gru two-way"] = () => (Recurrent(nn.GRU(4, 17, bidirectional: true)), Draw(5, 3, 4)),
        ["gru without bias"] = () => (Recurrent(nn.GRU(3, 5, bias: false)), Draw(4, 1, 3)),
        ["rnn"] = () => (Recurrent(nn.RNN(4, 6, bidirectional: true)), Draw(4, 2, 4)),
        ["rnn relu"] = () => (Recurrent(nn.RNN(4, 6, nonLinearity: nn.NonLinearities.ReLU)), Draw(4, 2, 4)),
        ["layer norm"] = () => (nn.Sequential(nn.LayerNorm(9), nn.Linear(9, 4), nn.GELU()), Draw(2, 5, 9)),
        ["layer norm two axes"] = () => (nn.LayerNorm([3L, 4L]), Draw(2, 3, 4)),
        ["dropout"] = () => (Eval(nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))), Draw(2, 4)),
        ["embedding"] = () => (nn.Embedding(9, 4), tensor(new long[] { 1, 8, 0, 3, 3, 2 }).reshape(2, 3)),
        ["attention"] = () => (new SelfAttention(8, 2), Draw(2, 5, 8)),
        ["unary"] = () => (Of(x => x.exp() + x.abs().add(0.1).log() + x.abs().sqrt() - x.sin() * x.cos()), Draw(3, 4)),
        ["unary 2"] = () => (
            Of(x => x.abs().add(1).rsqrt() + x.sign() + x.floor() + x.ceil() + x.round() + x.erf()), Draw(3, 4)),
        ["unary 3"] = () => (Of(x => x.abs().log1p() + x.expm1() + x.reciprocal() + x.square() - (-x)), Draw(3, 4)),
        ["activations"] = () => (
            Of(x => x.relu() + x.silu() + x.softplus() + x.elu() + x.leaky_relu(0.1) + x.sigmoid()), Draw(3, 4)),
        ["broadcasts"] = () => (
            Of(x => (x.unsqueeze(1) * x.unsqueeze(2) - x.mean(1, keepdim: true).unsqueeze(2)) / 3), Draw(3, 4)),
        ["scalars"] = () => (
            Of(x => (2 - x) / (1 + x.abs()) + 1 / (x * x + 1) + x.pow(3) + x.pow(-0.5).isnan().to(float32)),
            Draw(3, 4)),
        ["pow"] = () => (Of(x => x.abs().pow(x) + x.remainder(0.7)), Draw(3, 4)),
        ["compare"] = () => (
            Of(x => where(x > 0.5, x, x * 2) + where((x < 0) | !(x <= -1), x, 0) + x.eq(x).to(float32)), Draw(3, 4)),
        ["extremes"] = () => (
            Of(x => maximum(x, x.flip(1)) - minimum(x, -x).clamp(-0.5, 0.5) + x.clamp(min: 0)), Draw(3, 4)),
        ["reductions"] = () => (
            Of(x => x.sum(0) + x.mean() + x.prod(0) + x.amax([0L]) - x.amin([0L]) + x.var(0) + x.logsumexp(0)),
            Draw(3, 4)),
        ["sum of two axes"] = () => (Of(x => x.sum([0L, 2L]) + x.amax([0L, 2L]) + x.norm()), Draw(3, 4, 5)),
        ["bool sum"] = () => (
            Of(x => (x > 0).sum(1).to(float32) + x.argmax(1).to(float32) - x.argmin(1).to(float32)), Draw(3, 4)),
        ["softmax"] = () => (
            Of(x => x.softmax(-1) + x.softmax(0) + x.log_softmax(1) + x.cumsum(1) + x.cumsum(0)), Draw(3, 4)),
        ["views"] = () => (
            Of(x => x.transpose(0, 2).reshape(5, 12)[1..4, 2..].contiguous().view(-1) * 2), Draw(3, 4, 5)),
        ["views 2"] = () => (
            Of(x => cat([x.select(1, 2), x.narrow(1, 0, 1).squeeze(1), x[.., -1]], 1).permute(1, 0)), Draw(3, 4, 5)),
        ["views 3"] = () => (
            Of(x => stack([x.slice(2, 1, 5, 2), x.slice(2, 0, 4, 2)], 0).unflatten(2, 2, 2).flatten(1, 2)),
            Draw(3, 4, 5)),
        ["expand"] = () => (Of(x => x.unsqueeze(1).expand(3, 2, 4).reshape(6, 4) + x.mean(0)), Draw(3, 4)),
        ["unfold"] = () => (Of(x => x.unfold(1, 3, 2) * 2), Draw(2, 9)),
        ["pad"] = () => (Of(x => nn.functional.pad(x, [1L, 2L, 0L, 3L], value: 0.5)), Draw(2, 3, 4)),
        ["matmul"] = () => (Of(x => x.matmul(x.transpose(1, 2)).bmm(x)), Draw(2, 3, 4)),
        ["matmul broadcast"] = () => (Of(x => matmul(x, ones(4, 2)) + x[0].matmul(x[0, 0]).sum()), Draw(2, 3, 4)),
        ["gather"] = () => (
            Of(x => x.gather(1, x.argmax(1, keepdim: true)) + x.index_select(1, tensor(new long[] { 2, 0 }))),
            Draw(3, 4)),
        ["factories"] = () => (
            Of(x => x + arange(4, float32) + zeros_like(x) + full([4L], 2.0) + tensor(1.5f)), Draw(3, 4)),
    };

    public static TheoryData<string> Names => new(All.Keys);

    internal static Tensor Draw(params long[] shape) =>
        randn(shape, generator: new Generator((ulong)shape.Sum() + 5));

    internal static nn.Module<Tensor, Tensor> Mlp() =>
        nn.Sequential(nn.Linear(32, 64), nn.Tanh(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 3), nn.Sigmoid());

    internal static Lambda Of(Func<Tensor, Tensor> function) => new(function);

    private static Func<Tensor, Tensor> Encoder()
    {
        TransformerEncoderLayer layer = nn.TransformerEncoderLayer(8, 2, 16);
        layer.eval();
        return x => layer.call(x, null!, null!);
    }

    private static Lambda Recurrent(LSTM lstm) => new Lambda(
        x =>
        {
            (Tensor y, Tensor h, Tensor c) = lstm.call(x);
            return y.flatten() + h.sum() - c.mean();
        },
        lstm).Registered();

    private static Lambda Recurrent(nn.Module<Tensor, Tensor?, (Tensor, Tensor)> layer) => new Lambda(
        x =>
        {
            (Tensor y, Tensor h) = layer.call(x, null);
            return y.flatten() + h.sum();
        },
        layer).Registered();

    private static nn.Module<Tensor, Tensor> Eval(nn.Module<Tensor, Tensor> module)
    {
        module.eval();
        return module;
    }
}

/// <summary>The quickstart's forecaster: dilated causal convolutions, an LSTM, one linear unit.</summary>
internal sealed class CnnLstm : nn.Module<Tensor, Tensor>
{
    private readonly Conv1d first = null!, shortcut = null!, second, third;
    private readonly LSTM recurrent = nn.LSTM(16, 32, batchFirst: true);
    private readonly Linear head = nn.Linear(32, 1);

    internal CnnLstm(int features)
        : base("CnnLstm")
    {
        first = nn.Conv1d(features, 16, 3L);
        shortcut = nn.Conv1d(features, 16, 1L);
        second = nn.Conv1d(16, 16, 3L, dilation: 2);
        third = nn.Conv1d(16, 16, 3L, dilation: 4);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor x = input.transpose(1, 2); // (batch, features, time)
        x = Block(x, first, shortcut.call(x), 2);
        x = Block(x, second, x, 4);
        x = Block(x, third, x, 8);
        (Tensor states, _, _) = recurrent.call(x.transpose(1, 2).contiguous());
        return head.call(states.select(1, states.shape[1] - 1)).squeeze(-1);
    }

    private static Tensor Block(Tensor x, Conv1d convolution, Tensor residual, long padding) =>
        nn.functional.relu(convolution.call(nn.functional.pad(x, [padding, 0L])) + residual);
}

/// <summary>Causal self-attention from the elementary operations.</summary>
internal sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly Linear project, merge;
    private readonly int heads;

    internal SelfAttention(int width, int heads)
        : base("SelfAttention")
    {
        this.heads = heads;
        project = nn.Linear(width, 3 * width);
        merge = nn.Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        long batch = input.shape[0], steps = input.shape[1], width = input.shape[2];
        Tensor[] parts = project.call(input).chunk(3, -1);
        Tensor q = Split(parts[0]), k = Split(parts[1]), v = Split(parts[2]);
        Tensor scores = q.matmul(k.transpose(-2, -1)) / Math.Sqrt((double)width / heads);
        Tensor time = arange(steps);
        Tensor future = time.unsqueeze(0) > time.unsqueeze(1);
        Tensor mixed = scores.masked_fill(future, double.NegativeInfinity).softmax(-1).matmul(v);
        return merge.call(mixed.transpose(1, 2).reshape(batch, steps, width));

        Tensor Split(Tensor x) => x.view(batch, steps, heads, width / heads).transpose(1, 2);
    }
}
