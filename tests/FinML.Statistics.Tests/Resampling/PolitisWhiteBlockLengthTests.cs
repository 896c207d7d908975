namespace FinML.Statistics.Tests;

public class PolitisWhiteBlockLengthTests
{
    // The same algorithm written down apart in R, on R's data; the DAX is below 1 and is held to 1.
    [Theory]
    [InlineData("lh", 2.61203747746, 2.99003650253, 4)]
    [InlineData("nile", 12.3334942583, 14.1183265379, 15)]
    [InlineData("sunspots", 19.0031997785, 21.7532334405, 22)]
    [InlineData("dax", .112054534761, .128270421883, 2)]
    [InlineData("ftse", 3.19667693481, 3.65928161612, 4)]
    public void Lengths_MatchReference(string name, double stationary, double circular, int bandwidth)
    {
        double[] values = name switch
        {
            "lh" => Fixture.Lh,
            "nile" => Fixture.Nile,
            "sunspots" => Fixture.Sunspots,
            "dax" => Fixture.Dax,
            _ => Fixture.Ftse,
        };
        PolitisWhiteBlockLength chosen = PolitisWhiteBlockLength.Select(values);
        Fixture.Near(stationary, chosen.StationaryUnclamped, 1e-10);
        Fixture.Near(circular, chosen.CircularUnclamped, 1e-10);
        Assert.Equal(Math.Max(1, chosen.StationaryUnclamped), chosen.Stationary);
        Assert.Equal(Math.Max(1, chosen.CircularUnclamped), chosen.Circular);
        Assert.Equal(bandwidth, chosen.Bandwidth);
    }

    [Fact]
    public void Statistic_ChoosesByItsInfluence()
    {
        // Signs at random, sizes persistent: the mean sees no dependence, the variance sees much.
        double[] sizes = Fixture.Autoregression(2000, .95, 1), signs = Fixture.Normals(2000, 2);
        double[] values = sizes.Zip(signs, (size, sign) => Math.Exp(size / 3) * Math.Sign(sign)).ToArray();
        double forMean = PolitisWhiteBlockLength.Select(values, SampleStatistic.Mean).Stationary;
        double forVariance = PolitisWhiteBlockLength.Select(values, SampleStatistic.Variance()).Stationary;
        Assert.Equal(PolitisWhiteBlockLength.Select(values).Stationary, forMean, 1e-9);
        Assert.True(forVariance > 5 * forMean, $"{forVariance} against {forMean}");
    }

    [Fact]
    public void PairStatistic_ChoosesByItsInfluence()
    {
        // The difference of two persistent series that share their persistence has none.
        double[] common = Fixture.Autoregression(1000, .95, 3);
        double[] a = Fixture.Normals(1000, 4), b = Fixture.Normals(1000, 5);
        double[] first = [.. common.Zip(a, (c, e) => .2 * c + e)], second = [.. common.Zip(b, (c, e) => .2 * c + e)];
        double pair = PolitisWhiteBlockLength.Select(first, second, PairStatistic.InformationRatio).Stationary;
        Assert.True(PolitisWhiteBlockLength.Select(first).Stationary > 3 * pair);
        Fixture.Says<ArgumentException>(
            () => PolitisWhiteBlockLength.Select(first, second, PairStatistic.Of("own", (_, _) => 0)),
            "own", "unknown");
        Fixture.Says<ArgumentException>(
            () => PolitisWhiteBlockLength.Select(first, second[1..], PairStatistic.Beta), "999", "aligned");
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(
            () => PolitisWhiteBlockLength.Select(new double[15]), "15 values", "at least 16");
        Fixture.Says<ArgumentException>(() => PolitisWhiteBlockLength.Select(new double[50]), "constant at 0");
    }
}
