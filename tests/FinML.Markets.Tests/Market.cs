using FinML.Data;

namespace FinML.Markets.Tests;

/// <summary>A made-up market: log returns of opens and closes are independent normal draws.</summary>
internal static class Market
{
    internal static (double[] Opens, double[] Closes) Prices(int bars, ulong seed = 11, double sigma = 0.01)
    {
        var random = new RandomStream(seed);
        double[] opens = new double[bars], closes = new double[bars];
        double log = Math.Log(100);
        for (int t = 0; t < bars; t++)
        {
            opens[t] = Math.Exp(log += 0.5 * sigma * random.NextNormal());
            closes[t] = Math.Exp(log += sigma * random.NextNormal());
        }

        return (opens, closes);
    }

    internal static DateTime[] Times(int bars) =>
        [.. Enumerable.Range(0, bars).Select(t => new DateTime(2000, 1, 3, 0, 0, 0, DateTimeKind.Utc).AddDays(t))];

    internal static Panel Panel(int bars, ulong seed = 11, double sigma = 0.01)
    {
        (double[] opens, double[] closes) = Prices(bars, seed, sigma);
        return Data.Panel.OfAsset("X", Times(bars), ("open", opens), ("close", closes));
    }

    /// <summary>Opens and closes of some assets.</summary>
    internal static Panel Portfolio(int bars, int assets, ulong seed = 11, double sigma = 0.01)
    {
        List<double[]> columns = [];
        for (int asset = 0; asset < assets; asset++)
        {
            (double[] opens, double[] closes) = Prices(bars, seed + 1_000 * (ulong)asset, sigma * (1 + 0.2 * asset));
            columns.AddRange([opens, closes]);
        }

        return Data.Panel.Create(
            Times(bars), [.. Enumerable.Range(0, assets).Select(asset => $"A{asset}")], ["open", "close"], columns);
    }

    /// <summary>Features that tell where they come from: column j of bar t is t + j / 10.</summary>
    internal static float[] Features(int bars, int count) =>
        [.. Enumerable.Range(0, bars * count).Select(i => i / count + i % count / 10f)];

    internal static TradingEnvironment Environment(
        TradingOptions options, int bars = 300, ulong seed = 11, double sigma = 0.01)
    {
        (double[] opens, double[] closes) = Prices(bars, seed, sigma);
        return new TradingEnvironment(opens, closes, Features(bars, 2), 2, options);
    }

    /// <summary>A panel of independent assets A, B, C ...; with gaps, asset i lacks bars 40 + 20 i .. 49 + 20 i and the
    /// last asset the first 30 too.</summary>
    internal static Panel Panel(int bars, int assets, bool gaps = false, ulong seed = 11, double sigma = 0.01)
    {
        List<double[]> columns = [];
        for (int asset = 0; asset < assets; asset++)
        {
            (double[] opens, double[] closes) = Prices(bars, seed + 100 * (ulong)asset, sigma);
            if (gaps)
            {
                opens.AsSpan(40 + 20 * asset, 10).Fill(double.NaN);
                closes.AsSpan(40 + 20 * asset, 10).Fill(double.NaN);
            }

            if (gaps && asset == assets - 1)
            {
                opens.AsSpan(0, 30).Fill(double.NaN);
                closes.AsSpan(0, 30).Fill(double.NaN);
            }

            columns.AddRange([opens, closes]);
        }

        string[] names = [.. Enumerable.Range(0, assets).Select(i => ((char)('A' + i)).ToString())];
        return Data.Panel.Create(Times(bars), names, ["open", "close"], columns);
    }

    /// <summary>That panel with features that tell where they come from.</summary>
    internal static PortfolioMarket Portfolio(Panel panel, int features = 2) => PortfolioMarket.Create(
        panel,
        FeatureMatrix.Create(
            panel.Times, [.. Enumerable.Range(0, features).Select(j => $"f{j}")],
            [.. Features(panel.Length, features).Select(value => (double)value)]));
}
