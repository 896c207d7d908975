using FinML.Data;

namespace FinML.Markets;

/// <summary>Which assets can be judged at a view: those with a price on every one of the last rows.</summary>
internal static class Universe
{
    /// <summary>The indices of the assets whose last <paramref name="rows"/> prices are all there.</summary>
    internal static int[] Of(in PointInTimeView view, string field, int rows = 1)
    {
        List<int> assets = new(view.Assets.Count);
        for (int asset = 0; asset < view.Assets.Count; asset++)
        {
            bool complete = true;
            foreach (double price in view.Window(asset, field, rows))
                complete &= price > 0;
            if (complete)
                assets.Add(asset);
        }

        return [.. assets];
    }

    /// <summary>
    /// Whether a rule that decides every <paramref name="every"/> rows decides at this one: at rows 0, every, 2 every,
    /// ... and as long as nothing has been decided.
    /// </summary>
    internal static bool IsDue(in PointInTimeView view, ReadOnlySpan<double> previous, int every) =>
        (view.Length - 1) % every == 0 || !previous.ContainsAnyExcept(0);
}
