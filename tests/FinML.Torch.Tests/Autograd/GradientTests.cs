namespace FinML.Torch.Tests.Autograd;

/// <summary>Every differentiable operation against finite differences, once and twice.</summary>
public class GradientTests
{
    private static readonly Dictionary<string, (Func<Tensor[], Tensor> Function, Func<Tensor[]> Inputs)> Cases = new()
    {
        ["add"] = (x => x[0] + x[1], () => [Normal(1, 2, 3), Normal(2, 2, 3)]),
        ["add broadcast"] = (x => x[0] + x[1], () => [Normal(1, 2, 3), Normal(2, 3)]),
        ["add column"] = (x => x[0] + x[1], () => [Normal(1, 2, 1), Normal(2, 3)]),
        ["add zero-dim"] = (x => x[0] + x[1], () => [Normal(1, 2, 3), Normal(2)]),
        ["add alpha"] = (x => x[0].add(x[1], 2.5), () => [Normal(1, 2), Normal(2, 2)]),
        ["add scalar"] = (x => (2 + x[0] + 3.5).square(), () => [Normal(1, 4)]),
        ["sub"] = (x => x[0] - x[1], () => [Normal(1, 2, 3), Normal(2, 1, 3)]),
        ["sub scalar"] = (x => (1.5 - x[0]).square(), () => [Normal(1, 3)]),
        ["mul"] = (x => x[0] * x[1], () => [Normal(1, 2, 3), Normal(2, 2, 3)]),
        ["mul broadcast"] = (x => x[0] * x[1], () => [Normal(1, 4, 1, 3), Normal(2, 2, 1)]),
        ["mul self"] = (x => x[0] * x[0] * x[0], () => [Normal(1, 3)]),
        ["mul transposed"] = (x => x[0].t() * x[1], () => [Normal(1, 3, 2), Normal(2, 2, 3)]),
        ["div"] = (x => x[0] / x[1], () => [Normal(1, 2, 3), Positive(2, 3)]),
        ["div scalar"] = (x => (x[0] / 2.5).square(), () => [Normal(1, 3)]),
        ["rdiv"] = (x => 2 / x[0], () => [Positive(1, 3)]),
        ["neg"] = (x => (-x[0]).exp(), () => [Normal(1, 3)]),
        ["reciprocal"] = (x => x[0].reciprocal(), () => [Positive(1, 3)]),
        ["addcmul"] = (x => x[0].addcmul(x[1], x[2], 0.7), () => [Normal(1, 3), Normal(2, 3), Normal(3, 3)]),
        ["addcdiv"] = (x => x[0].addcdiv(x[1], x[2], 0.7), () => [Normal(1, 3), Normal(2, 3), Positive(3, 3)]),
        ["lerp"] = (x => x[0].lerp(x[1], x[2]), () => [Normal(1, 3), Normal(2, 3), Normal(3, 3)]),
        ["exp"] = (x => x[0].exp(), () => [Normal(1, 2, 3)]),
        ["exp zero-dim"] = (x => x[0].exp(), () => [Normal(1)]),
        ["exp strided"] = (x => x[0].t().exp(), () => [Normal(1, 2, 3)]),
        ["log"] = (x => x[0].log(), () => [Positive(1, 4)]),
        ["log1p"] = (x => x[0].log1p(), () => [Positive(1, 4)]),
        ["expm1"] = (x => x[0].expm1(), () => [Normal(1, 4)]),
        ["sqrt"] = (x => x[0].sqrt(), () => [Positive(1, 4)]),
        ["rsqrt"] = (x => x[0].rsqrt(), () => [Positive(1, 4)]),
        ["sin"] = (x => x[0].sin(), () => [Normal(1, 4)]),
        ["cos"] = (x => x[0].cos(), () => [Normal(1, 4)]),
        ["erf"] = (x => x[0].erf(), () => [Normal(1, 4)]),
        ["abs"] = (x => x[0].abs().square(), () => [Normal(1, 4)]),
        ["sign"] = (x => x[0].sign() * x[0], () => [Normal(1, 4)]),
        ["square"] = (x => x[0].square(), () => [Normal(1, 4)]),
        ["tanh"] = (x => x[0].tanh(), () => [Normal(1, 2, 3)]),
        ["sigmoid"] = (x => x[0].sigmoid(), () => [Normal(1, 2, 3)]),
        ["relu"] = (x => x[0].relu().square(), () => [Normal(1, 2, 3)]),
        ["leaky_relu"] = (x => x[0].leaky_relu(0.1).square(), () => [Normal(1, 2, 3)]),
        ["elu"] = (x => x[0].elu(1.5), () => [Normal(1, 2, 3)]),
        ["gelu"] = (x => x[0].gelu(), () => [Normal(1, 2, 3)]),
        ["silu"] = (x => x[0].silu(), () => [Normal(1, 2, 3)]),
        ["softplus"] = (x => x[0].softplus(2), () => [Normal(1, 2, 3)]),
        ["softmax"] = (x => x[0].softmax(1), () => [Normal(1, 2, 3)]),
        ["softmax first"] = (x => x[0].softmax(0), () => [Normal(1, 2, 3)]),
        ["log_softmax"] = (x => x[0].log_softmax(-1), () => [Normal(1, 2, 3)]),
        ["clamp"] = (x => x[0].clamp(-0.5, 0.5).square(), () => [Normal(1, 8)]),
        ["maximum"] = (x => x[0].maximum(x[1]).square(), () => [Normal(1, 4), Normal(2, 4)]),
        ["minimum broadcast"] = (x => x[0].minimum(x[1]).square(), () => [Normal(1, 2, 4), Normal(2, 4)]),
        ["where"] = (x => torch.where(x[0].detach().gt(0), x[0].square(), x[1]), () => [Normal(1, 2, 3), Normal(2, 3)]),
        ["masked_fill"] = (x => x[0].masked_fill(x[0].detach().gt(0), 3).square(), () => [Normal(1, 5)]),
        ["pow scalar"] = (x => x[0].pow(3.3), () => [Positive(1, 4)]),
        ["pow cube"] = (x => x[0].pow(3), () => [Normal(1, 4)]),
        ["pow tensor"] = (x => x[0].pow(x[1]), () => [Positive(1, 2, 3), Normal(2, 3)]),
        ["remainder"] = (x => x[0].remainder(10).square(), () => [Positive(1, 3)]),
        ["sum"] = (x => x[0].square().sum(), () => [Normal(1, 2, 3)]),
        ["sum dims"] = (x => x[0].square().sum([0, 2]), () => [Normal(1, 2, 3, 2)]),
        ["sum rows"] = (x => x[0].exp().sum(0), () => [Normal(1, 3, 2)]),
        ["sum keepdim"] = (x => x[0].exp().sum(1, keepdim: true), () => [Normal(1, 3, 2)]),
        ["mean"] = (x => x[0].exp().mean([1], keepdim: true), () => [Normal(1, 3, 2)]),
        ["var"] = (x => x[0].var(1), () => [Normal(1, 2, 4)]),
        ["std"] = (x => x[0].std(0, unbiased: false), () => [Normal(1, 4, 2)]),
        ["prod"] = (x => x[0].prod(1), () => [Normal(1, 2, 3)]),
        ["prod zero"] = (x => x[0].prod(0), () => [torch.tensor([2.0, 0.0, 3.0])]),
        ["logsumexp"] = (x => x[0].logsumexp(1), () => [Normal(1, 2, 3)]),
        ["norm"] = (x => x[0].norm(), () => [Normal(1, 4)]),
        ["norm dim"] = (x => x[0].norm(1, keepdim: true), () => [Normal(1, 2, 3)]),
        ["norm 1"] = (x => x[0].norm(1f), () => [Normal(1, 4)]),
        ["norm 3"] = (x => x[0].norm(3f), () => [Normal(1, 4)]),
        ["max"] = (x => x[0].max().square(), () => [Normal(1, 5)]),
        ["max dim"] = (x => x[0].max(1).values.square(), () => [Normal(1, 2, 5)]),
        ["min dim"] = (x => x[0].min(0, keepdim: true).values.square(), () => [Normal(1, 3, 2)]),
        ["amax"] = (x => x[0].amax([1]).square(), () => [Normal(1, 2, 3)]),
        ["cumsum"] = (x => x[0].square().cumsum(1), () => [Normal(1, 2, 4)]),
        ["mm"] = (x => x[0].mm(x[1]), () => [Normal(1, 2, 3), Normal(2, 3, 4)]),
        ["mm transposed"] = (x => x[0].t().mm(x[1].t()), () => [Normal(1, 3, 2), Normal(2, 4, 3)]),
        ["bmm"] = (x => x[0].bmm(x[1]), () => [Normal(1, 2, 2, 3), Normal(2, 2, 3, 2)]),
        ["matmul vector"] = (x => x[0].matmul(x[1]), () => [Normal(1, 3), Normal(2, 3, 2)]),
        ["matmul column"] = (x => x[0].matmul(x[1]), () => [Normal(1, 2, 3), Normal(2, 3)]),
        ["matmul batch"] = (x => x[0].matmul(x[1]), () => [Normal(1, 2, 1, 2, 3), Normal(2, 2, 3, 2)]),
        ["matmul shared"] = (x => x[0].matmul(x[1]), () => [Normal(1, 2, 2, 3), Normal(2, 3, 2)]),
        ["dot"] = (x => x[0].dot(x[1]), () => [Normal(1, 3), Normal(2, 3)]),
        ["outer"] = (x => x[0].outer(x[1]), () => [Normal(1, 3), Normal(2, 2)]),
        ["addmm"] = (x => torch.addmm(x[0], x[1], x[2], 0.5f, 2f),
            () => [Normal(3, 4), Normal(1, 2, 3), Normal(2, 3, 4)]),
        ["view"] = (x => x[0].view(3, 2).exp(), () => [Normal(1, 2, 3)]),
        ["reshape strided"] = (x => x[0].t().reshape(6).exp(), () => [Normal(1, 2, 3)]),
        ["permute"] = (x => x[0].permute(2, 0, 1).exp(), () => [Normal(1, 2, 3, 2)]),
        ["squeeze"] = (x => x[0].squeeze(1).exp(), () => [Normal(1, 2, 1, 3)]),
        ["unsqueeze"] = (x => x[0].unsqueeze(-1).exp(), () => [Normal(1, 2)]),
        ["expand"] = (x => x[0].expand(3, 2, 4).exp(), () => [Normal(1, 2, 1)]),
        ["repeat"] = (x => x[0].repeat(2, 3).exp(), () => [Normal(1, 2)]),
        ["narrow"] = (x => x[0].narrow(1, 1, 2).exp(), () => [Normal(1, 2, 4)]),
        ["select"] = (x => x[0].select(0, -1).exp(), () => [Normal(1, 2, 3)]),
        ["slice"] = (x => x[0][.., TensorIndex.Slice(0, 5, 2)].exp(), () => [Normal(1, 2, 5)]),
        ["unfold"] = (x => x[0].unfold(1, 3, 2).exp(), () => [Normal(1, 2, 7)]),
        ["unfold overlap"] = (x => x[0].unfold(0, 3, 1).square(), () => [Normal(1, 5)]),
        ["split"] = (x => x[0].split(2, 1)[1].exp(), () => [Normal(1, 2, 3)]),
        ["flip"] = (x => x[0].flip(0, 1).exp() * x[0], () => [Normal(1, 2, 3)]),
        ["roll"] = (x => x[0].roll(2, 1).exp() * x[0], () => [Normal(1, 2, 3)]),
        ["cat"] = (x => torch.cat([x[0], x[1], x[0]], 1).exp(), () => [Normal(1, 2, 3), Normal(2, 2, 1)]),
        ["stack"] = (x => torch.stack([x[0], x[1]], -1).exp(), () => [Normal(1, 2), Normal(2, 2)]),
        ["pad"] = (x => x[0].PadConstant([1, 2, -1, 1], 0.5).exp(), () => [Normal(1, 2, 3)]),
        ["gather"] = (x => x[0].gather(1, Index([0, 2, 2, 1], 2, 2)).exp(), () => [Normal(1, 2, 3)]),
        ["scatter_add"] = (x => x[0].scatter_add(1, Index([0, 2, 2, 1], 2, 2), x[1]).exp(),
            () => [Normal(1, 2, 3), Normal(2, 2, 2)]),
        ["scatter"] = (x => x[0].scatter(1, Index([0, 2, 0, 1], 2, 2), x[1]).exp(),
            () => [Normal(1, 2, 3), Normal(2, 2, 2)]),
        ["index_select"] = (x => x[0].index_select(1, Index([2, 0, 2], 3)).exp(), () => [Normal(1, 2, 3)]),
        ["index_add"] = (x => x[0].index_add(0, Index([1, 1], 2), x[1]).exp(),
            () => [Normal(1, 2, 3), Normal(2, 2, 3)]),
        ["index tensor"] = (x => x[0][Index([1, 0, 1, 1], 2, 2)].exp(), () => [Normal(1, 2, 3)]),
        ["index pairs"] = (x => x[0][Index([1, 0], 2), Index([2, 2], 2)].exp(), () => [Normal(1, 2, 3)]),
        ["masked_select"] = (x => x[0].masked_select(x[0].detach().gt(0)).exp(), () => [Normal(1, 6)]),
        ["sort"] = (x => x[0].sort(1).Values.cumsum(1).square(), () => [Normal(1, 2, 4)]),
        ["topk"] = (x => x[0].topk(2).values.square(), () => [Normal(1, 2, 4)]),
        ["clone"] = (x => x[0].clone().exp(), () => [Normal(1, 3)]),
        ["contiguous"] = (x => x[0].t().contiguous().exp(), () => [Normal(1, 2, 3)]),
        ["tril"] = (x => torch.tril(x[0]).exp(), () => [Normal(1, 3, 3)]),
        ["in-place chain"] = (x => x[0].clone().mul_(x[1]).add_(1).exp_().sub_(x[0]),
            () => [Normal(1, 3), Normal(2, 3)]),
        ["in-place slices"] = (x =>
        {
            Tensor y = x[0].exp().clone();
            y[0] = x[1].square();
            y[TensorIndex.Colon, 1].mul_(x[1][0]);
            return y * x[0];
        }, () => [Normal(1, 2, 3), Normal(2, 3)]),
        ["buffer of steps"] = (x =>
        {
            Tensor buffer = torch.zeros(2, 3, dtype: float64);
            Tensor first = x[0].exp();
            buffer[0] = first;
            buffer[1] = first * x[0];
            return buffer.square();
        }, () => [Normal(1, 3)]),
    };

    public static TheoryData<string> Names
    {
        get
        {
            TheoryData<string> names = [];
            foreach (string name in Cases.Keys)
            {
                names.Add(name);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientAndItsGradientAgreeWithDifferences(string name)
    {
        (Func<Tensor[], Tensor> function, Func<Tensor[]> inputs) = Cases[name];
        GradCheck.Check(function, [.. inputs().Select(t => t.requires_grad_())]);
    }

    private static Tensor Normal(int seed, params long[] sizes) =>
        torch.randn(sizes, float64, generator: new Generator((ulong)seed));

    private static Tensor Positive(int seed, params long[] sizes) =>
        torch.rand(sizes, float64, generator: new Generator((ulong)seed)) + 0.5;

    private static Tensor Index(long[] values, params long[] sizes) => torch.tensor(values, sizes);
}
