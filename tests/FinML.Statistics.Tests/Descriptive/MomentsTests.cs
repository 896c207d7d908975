using FsCheck;
using FsCheck.Fluent;

namespace FinML.Statistics.Tests;

public class MomentsTests
{
    // R 4.2: mean, var, mean(d^3)/mean(d^2)^1.5, mean(d^4)/mean(d^2)^2 of Nile.
    [Fact]
    public void Nile_MatchesR()
    {
        Moments moments = Moments.Of(Fixture.Nile);
        Fixture.Near(919.35, moments.Mean, 1e-14);
        Fixture.Near(2.8637946969696968e+04, moments.Variance(), 1e-13);
        Fixture.Near(3.2236968172375269e-01, moments.Skewness, 1e-12);
        Fixture.Near(2.6950931549795198, moments.Kurtosis.Value, 1e-12);
        Fixture.Near(2.6950931549795198 - 3, moments.Kurtosis.ToExcess().Value, 1e-11);
        Assert.Equal(moments.Kurtosis.Value, moments.Kurtosis.ToExcess().ToRaw().Value, 1e-15);
    }

    // The idea of NIST's NumAcc4: mean 1e7 + .2, standard deviation .1, by construction.
    [Fact]
    public void LargeOffset_KeepsDigits()
    {
        var values = new double[1001];
        values[0] = 10000000.2;
        for (int i = 1; i < values.Length; i++)
            values[i] = i % 2 == 1 ? 10000000.1 : 10000000.3;
        Moments moments = Moments.Of(values);
        Fixture.Near(10000000.2, moments.Mean, 1e-15);
        Fixture.Near(0.1, moments.StandardDeviation(), 1e-8);
    }

    [Fact]
    public void Ddof_ChangesTheDivisor()
    {
        Moments moments = Moments.Of([1, 2, 3, 4]);
        Assert.Equal(1.25, moments.Variance(0), 1e-15);
        Assert.Equal(5.0 / 3, moments.Variance(1), 1e-15);
        Fixture.Says<ArgumentOutOfRangeException>(() => moments.Variance(4), "ddof is 4", "from 0 to 3");
    }

    [Fact]
    public void ShiftAndScale_MoveMomentsAsTheyShould() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NormalFloat A, NormalFloat B, NormalFloat C, NormalFloat D)>()
            .Filter(x => new[] { x.A, x.B, x.C, x.D }.All(v => Math.Abs(v.Get) is > 1e-3 and < 1e6)),
        x =>
        {
            double[] values = [x.A.Get, x.B.Get, x.C.Get, x.D.Get, 0.5];
            Moments before = Moments.Of(values);
            Moments after = Moments.Of(values.Select(v => -2 * v + 3).ToArray());
            return Math.Abs(after.Mean - (-2 * before.Mean + 3)) <= 1e-9 * (1 + Math.Abs(before.Mean))
                && Math.Abs(after.Variance() - 4 * before.Variance()) <= 1e-9 * before.Variance()
                && Math.Abs(after.Skewness + before.Skewness) < 1e-7
                && Math.Abs(after.Kurtosis.Value - before.Kurtosis.Value) < 1e-7;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Constant_HasNoShape()
    {
        Moments moments = Moments.Of(Enumerable.Repeat(0.1, 1000).ToArray());
        Assert.True(moments.IsConstant);
        Assert.Equal(0, moments.Variance());
        Fixture.Says<InvalidOperationException>(() => _ = moments.Skewness, "skewness of 1000 constant values (0.1)");
        Fixture.Says<InvalidOperationException>(() => _ = moments.Kurtosis, "kurtosis");
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void NotFinite_IsNamed(double bad, string text) =>
        Fixture.Says<ArgumentException>(() => Moments.Of([1, bad]), "values is " + text + " at index 1");

    [Fact]
    public void Empty_IsRefused() => Fixture.Says<ArgumentException>(() => Moments.Of([]), "0 values", "at least 1");
}
