using System.Globalization;
using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>The indicators against R's package TTR on the S&amp;P 500; Golden/ttr.R made the numbers.</summary>
public sealed class TtrGoldenTests
{
    // TTR's averages begin with the data. Begun 900 rows back they weigh their start by less than 1e-24.
    private const int History = 900;

    private static readonly Dictionary<string, double[]> Golden = Read();

    private static readonly Lazy<FeatureMatrix> Features = new(() =>
    {
        Panel index = DataCatalog.Open().Load("sp500");
        return All().Compute(index, index.Assets[0]);
    });

    public static TheoryData<string> Names => new(Golden.Keys.Where(name => name != "row"));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_what_R_says(string name)
    {
        double[] column = Features.Value.Column(name);
        for (int i = 0; i < Golden["row"].Length; i++)
        {
            double expected = Golden[name][i], got = column[(int)Golden["row"][i]];
            // TTR adds and subtracts in running sums of prices up to 3,000 and volumes up to 1e10: their rounding.
            Assert.Equal(expected, got, 1e-9 * Math.Max(1e-3, Math.Abs(expected)));
        }
    }

    [Fact]
    public void Every_indicator_is_in_the_golden_file() =>
        Assert.Equal(Golden.Keys.Where(name => name != "row").Order(), All().Names.Order());

    private static FeatureSet All() => new(
        new LogReturn(5), new RollingVolatility(), new ParkinsonVolatility(), new GarmanKlassVolatility(),
        new RogersSatchellVolatility(), new YangZhangVolatility(), new Rsi(history: History),
        new Macd(history: History), new AverageTrueRange(history: History), new BollingerPosition(),
        new BollingerWidth(), new OnBalanceVolume(), new VwapRatio(), new ExponentialAverageRatio(history: History),
        new MovingAverageRatio(), new DrawdownFromHigh(), new RelativeVolume(), new AmihudIlliquidity(),
        new Momentum(), new RollSpread(), new EwmaVolatility(history: History));

    private static Dictionary<string, double[]> Read()
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Features/Golden/ttr.csv"))
            .Select(line => line.Split(','))];
        return lines[0].Select((name, j) => (name, j)).ToDictionary(
            column => column.name,
            column => lines[1..].Select(line => double.Parse(line[column.j], CultureInfo.InvariantCulture)).ToArray());
    }
}
