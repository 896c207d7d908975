using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// What <see cref="PortfolioTradingEnvironment"/> trades on: opens and closes of some assets and the features that are
/// known at each close. Immutable; made once and shared by the copies of an environment.
/// </summary>
public sealed class PortfolioMarket
{
    private readonly double[] opens; // (bars, assets), NaN where an asset cannot be traded
    private readonly double[] closes; // (bars, assets), NaN where an asset has no price
    private readonly float[] features; // (bars, featureCount)

    private PortfolioMarket(Panel panel, double[] opens, double[] closes, float[] features, int count)
    {
        Assets = panel.Assets;
        Times = panel.Times;
        this.opens = opens;
        this.closes = closes;
        this.features = features;
        FeatureCount = count;
    }

    /// <summary>The names of the assets.</summary>
    public IReadOnlyList<string> Assets { get; }

    /// <summary>The time of each bar.</summary>
    public IReadOnlyList<DateTime> Times { get; }

    /// <summary>Features in a row.</summary>
    public int FeatureCount { get; }

    /// <summary>Bars.</summary>
    public int Bars => Times.Count;

    /// <summary>
    /// The market of a panel. Prices are taken as they are: give adjusted opens and closes where assets pay dividends
    /// or split. A price that is NaN is one that there is not (before a listing, after a delisting, on a holiday).
    /// </summary>
    /// <param name="panel">The prices.</param>
    /// <param name="features">What is known at each close, for all assets together; the same rows as the panel.</param>
    /// <param name="openField">The field traded at.</param>
    /// <param name="closeField">The field marked at.</param>
    /// <exception cref="ArgumentException">Rows differ, or a price is neither missing nor positive.</exception>
    public static PortfolioMarket Create(
        Panel panel, FeatureMatrix features, string openField = "open", string closeField = "close")
    {
        float[] values = BarFeatures.Of(panel, features);
        return new PortfolioMarket(
            panel, Prices(panel, openField), Prices(panel, closeField), values, features.Columns);
    }

    /// <summary>The opens of a bar, (assets); NaN where an asset cannot be traded.</summary>
    public ReadOnlySpan<double> Opens(int bar) => opens.AsSpan(bar * Assets.Count, Assets.Count);

    /// <summary>The closes of a bar, (assets); NaN where an asset has no price.</summary>
    public ReadOnlySpan<double> Closes(int bar) => closes.AsSpan(bar * Assets.Count, Assets.Count);

    /// <summary>The features of some rows, the last of which is that of the bar; row-major.</summary>
    public ReadOnlySpan<float> Features(int bar, int rows) =>
        features.AsSpan((bar - rows + 1) * FeatureCount, rows * FeatureCount);

    private static double[] Prices(Panel panel, string field)
    {
        int assets = panel.Assets.Count;
        double[] prices = new double[panel.Length * assets];
        for (int asset = 0; asset < assets; asset++)
        {
            ReadOnlySpan<double> column = panel.Column(panel.Assets[asset], field);
            for (int t = 0; t < column.Length; t++)
            {
                if (!double.IsNaN(column[t]))
                    Require.Price(column[t], $"The {field} of {panel.Assets[asset]} at row {t}");
                prices[t * assets + asset] = column[t];
            }
        }

        return prices;
    }
}
