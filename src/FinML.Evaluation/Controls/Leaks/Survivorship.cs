using FinML.Data;

namespace FinML.Evaluation;

/// <summary>
/// A universe must hold the assets that died. With a roster of who belonged to it when, every asset that is missing is
/// named; without one, a universe in which nobody died although several should have is called improbable.
/// </summary>
public static class Survivorship
{
    /// <summary>Checks a panel against the universe as it was known at the time.</summary>
    /// <param name="panel">What the backtest trades.</param>
    /// <param name="roster">Every asset that belonged to the universe at some time of the panel.</param>
    public static LeakFinding Check(Panel panel, IReadOnlyList<AssetLife> roster)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(roster);
        if (panel.Length == 0 || roster.Count == 0)
            throw new ArgumentException(
                $"The panel has {panel.Length} rows and the roster {roster.Count} assets; both need some.");
        DateTime first = panel.Times[0], last = panel.Times[^1];
        AssetLife[] alive = [.. roster.Where(life => life.Entered <= last && (life.Left is null || life.Left > first))];
        AssetLife[] missing = [.. alive.Where(life => !panel.Assets.Contains(life.Asset))];
        AssetLife[] dead = [.. missing.Where(life => life.Left <= last)];
        if (dead.Length > 0)
            return new LeakFinding(LeakKind.Survivorship, true,
                $"{dead.Length} of {alive.Length} assets of the universe are missing, and they died within the sample: "
                + string.Join(", ", dead.Take(5).Select(life => $"{life.Asset} ({life.Left:yyyy-MM-dd})"))
                + (dead.Length > 5 ? ", ..." : "") + ".");
        return new LeakFinding(LeakKind.Survivorship, false,
            $"all of the {alive.Count(life => life.Left <= last)} assets that left the universe within the sample are "
            + "in the panel" + (missing.Length == 0 ? "." : $"; {missing.Length} that still live are not."));
    }

    /// <summary>Checks a panel without a roster: an asset has died where it has no value on the last row.</summary>
    /// <param name="panel">What the backtest trades.</param>
    /// <param name="field">The price.</param>
    /// <param name="deathsPerYear">The share of assets that leave such a universe in a year, above 0 and below 1: about
    /// .05 of listed stocks; the default is low, so that what it calls improbable is.</param>
    public static LeakFinding Check(Panel panel, string field = "close", double deathsPerYear = 0.02)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (!(deathsPerYear > 0 && deathsPerYear < 1))
            throw new ArgumentOutOfRangeException(
                nameof(deathsPerYear), $"deathsPerYear is {deathsPerYear:R}; it must be above 0 and below 1.");
        if (panel.Length < 2)
            throw new ArgumentException($"The panel has {panel.Length} rows; at least 2 are needed.", nameof(panel));
        double years = (panel.Times[^1] - panel.Times[0]).TotalDays / 365.25;
        int dead = panel.Assets.Count(asset => double.IsNaN(panel.Column(asset, field)[^1]));
        double probability = Math.Pow(1 - deathsPerYear, panel.Assets.Count * years);
        bool found = dead == 0 && probability < 0.01;
        return new LeakFinding(LeakKind.Survivorship, found,
            $"{dead} of {panel.Assets.Count} assets died in {years:0.0} years"
            + (found
                ? $"; where {deathsPerYear:P0} a year do, that none does has probability {probability:0.0e0}: the "
                    + "universe was chosen among survivors."
                : $"; that none does has probability {probability:0.00}."));
    }
}
