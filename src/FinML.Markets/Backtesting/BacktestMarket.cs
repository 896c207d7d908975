namespace FinML.Markets;

/// <summary>What a backtest reads of its panel: prices, volumes and corporate actions, bar by bar.</summary>
/// <param name="Times">Bar times, (bars).</param>
/// <param name="Assets">Names, (assets).</param>
/// <param name="Opens">(assets) of (bars); NaN where an asset cannot be traded.</param>
/// <param name="Closes">(assets) of (bars); NaN leaves the mark as it is.</param>
internal sealed record BacktestMarket(
    IReadOnlyList<DateTime> Times, IReadOnlyList<string> Assets, double[][] Opens, double[][] Closes)
{
    /// <summary>(assets) of (bars), or empty where volumes do not matter.</summary>
    internal double[][] Volumes { get; init; } = [];

    /// <summary>Cash per unit, (assets) of (bars), or empty.</summary>
    internal double[][] Dividends { get; init; } = [];

    /// <summary>New units for an old one, (assets) of (bars), or empty.</summary>
    internal double[][] Splits { get; init; } = [];

    /// <summary>Funding rates, (assets) of (bars), or empty.</summary>
    internal double[][] Funding { get; init; } = [];

    /// <summary>Rows that volatilities are measured on; 0 where they do not matter.</summary>
    internal int VolatilityRows { get; init; }

    /// <summary>The bar's opens with their liquidity, and its closes.</summary>
    internal void Read(int bar, Span<BarPrices> bars, Span<double> closes)
    {
        for (int asset = 0; asset < bars.Length; asset++)
        {
            double volume = Volumes.Length > 0 ? Volumes[asset][bar] : double.NaN;
            if (Volumes.Length > 0 && double.IsNaN(volume))
                volume = 0; // a volume that should be known and is not: nothing trades
            double volatility = VolatilityRows > 0 ? Volatility(Closes[asset], bar) : double.NaN;
            bars[asset] = new BarPrices(Opens[asset][bar], double.NaN, double.NaN, new Liquidity(volume, volatility));
            closes[asset] = Closes[asset][bar];
        }
    }

    /// <summary>Splits and dividends before the open of a bar: splits first, dividends per new unit.</summary>
    internal void Distribute(int bar, Portfolio portfolio)
    {
        for (int asset = 0; asset < Splits.Length; asset++)
        {
            double ratio = Splits[asset][bar];
            if (!double.IsNaN(ratio) && ratio != 1)
                portfolio.Split(asset, ratio);
        }

        for (int asset = 0; asset < Dividends.Length; asset++)
        {
            double amount = Dividends[asset][bar];
            if (!double.IsNaN(amount) && amount != 0)
                portfolio.PayDividend(asset, amount);
        }
    }

    /// <summary>Funding at the close of a bar.</summary>
    internal void SettleFunding(int bar, Portfolio portfolio)
    {
        for (int asset = 0; asset < Funding.Length; asset++)
        {
            double rate = Funding[asset][bar];
            if (!double.IsNaN(rate) && rate != 0)
                portfolio.SettleFunding(asset, rate);
        }
    }

    /// <summary>The standard deviation of the returns of the closes before the bar; 0 where fewer than two are
    /// known.</summary>
    private double Volatility(double[] closes, int bar)
    {
        double sum = 0, squares = 0;
        int count = 0;
        for (int t = Math.Max(1, bar - VolatilityRows); t < bar; t++)
        {
            double change = closes[t] / closes[t - 1] - 1;
            if (!double.IsFinite(change))
                continue;
            sum += change;
            squares += change * change;
            count++;
        }

        return count < 2 ? 0 : Math.Sqrt(Math.Max(0, squares - sum * sum / count) / (count - 1));
    }
}
