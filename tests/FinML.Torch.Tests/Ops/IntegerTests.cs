namespace FinML.Torch.Tests.Ops;

/// <summary>Operations on integers and bools, and the dtypes of their results.</summary>
public class IntegerTests
{
    [Fact]
    public void DivisionsOfIntegersRoundAsPythons()
    {
        Tensor a = torch.tensor([7L, -7, 7, -7]), b = torch.tensor([2L, 2, -2, -2]);
        Assert.Equal([3L, -4, -4, 3], a.floor_divide(b).data<long>().ToArray());
        Assert.Equal([3L, -3, -3, 3], a.div(b, RoundingMode.trunc).data<long>().ToArray());
        Assert.Equal([1L, 1, -1, -1], a.remainder(b).data<long>().ToArray());
        Assert.Equal([1L, -1, 1, -1], a.fmod(b).data<long>().ToArray());
        Assert.Equal([3.5f, -3.5f, -3.5f, 3.5f], a.div(b).data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => a.remainder(torch.tensor(0L)));
        Assert.Equal(9.0, torch.tensor(1.0).floor_divide(torch.tensor(0.1)).ToDouble()); // 1 / 0.1 rounds to 10
    }

    [Fact]
    public void BitsAreThoseOfTheIntegers()
    {
        Tensor a = torch.tensor([12L, -1]), b = torch.tensor([10L, 3]);
        Assert.Equal([8L, 3], a.bitwise_and(b).data<long>().ToArray());
        Assert.Equal([14L, -1], a.bitwise_or(b).data<long>().ToArray());
        Assert.Equal([6L, -4], a.bitwise_xor(b).data<long>().ToArray());
        Assert.Equal([-13L, 0], a.bitwise_not().data<long>().ToArray());
        Assert.Equal([48L, -4], a.bitwise_left_shift(torch.tensor(2L)).data<long>().ToArray());
        Assert.Equal([3L, -1], a.bitwise_right_shift(torch.tensor(2L)).data<long>().ToArray());
        Assert.Equal(@bool, a.gt(0).bitwise_and(b.gt(0)).dtype);
        Assert.Throws<ArgumentException>(() => torch.ones(2).bitwise_and(a));
    }

    [Fact]
    public void DivisorsAndMultiples()
    {
        Tensor a = torch.tensor([12L, -18, 0, 5]), b = torch.tensor([18L, 12, 0, 0]);
        Assert.Equal([6L, 6, 0, 5], a.gcd(b).data<long>().ToArray());
        Assert.Equal([36L, 36, 0, 0], a.lcm(b).data<long>().ToArray());
    }

    [Fact]
    public void FunctionsOfIntegersAreFloating()
    {
        Tensor n = torch.tensor([1L, 2]);
        foreach (Tensor y in (Tensor[])[n.tan(), n.lgamma(), n.erfc(), n.atan2(n), n.logaddexp(n), n.xlogy(n)])
            Assert.Equal(float32, y.dtype);
        foreach (Tensor y in (Tensor[])[n.trunc(), n.round(), n.sign(), n.clamp(0, 1), n.nan_to_num(), n.abs()])
            Assert.Equal(int64, y.dtype);
    }

    [Fact]
    public void BoolsAreShapedAndPicked()
    {
        Tensor b = torch.tensor(new[] { true, false, true, true }).view(2, 2);
        Assert.Equal([true, true, false, true], b.t().flip(1).flip(1).data<bool>().ToArray());
        Assert.Equal([true, false, true, true], b.tril(1).data<bool>().ToArray());
        b.index_put_(torch.tensor(false), torch.tensor([1L]), torch.tensor([0L]));
        Assert.Equal([true, false, false, true], b.data<bool>().ToArray());
        Assert.Equal(2, b.masked_select(b).numel());
        Assert.Equal([0L, 0, 1, 1], b.nonzero().data<long>().ToArray());
    }

    [Fact]
    public void Float64PowersAreFloat64() =>
        Assert.Equal(float64, torch.ones(2).float_power(torch.tensor([1L, 2])).dtype);

    [Fact]
    public void AStepHasOneValueAtZero()
    {
        Tensor x = torch.tensor([-1.0, 0, 2, double.NaN]), y = x.heaviside(torch.tensor(0.5));
        Assert.Equal([0.0, 0.5, 1, double.NaN], y.data<double>().ToArray());
    }

    [Fact]
    public void NearIsRelativeAndEqualInfinitiesAreNear()
    {
        const double inf = double.PositiveInfinity;
        Tensor a = torch.tensor([1, 1, inf, inf, double.NaN]), b = torch.tensor([1 + 1e-9, 1.1, inf, -inf, double.NaN]);
        Assert.Equal([true, false, true, false, false], a.isclose(b).data<bool>().ToArray());
        Assert.Equal([true, false, true, false, true], a.isclose(b, nanEqual: true).data<bool>().ToArray());
        Assert.Equal([true, false, false], torch.tensor([1L, 2, 3]).isin(torch.tensor([1L, 4])).data<bool>().ToArray());
    }
}
