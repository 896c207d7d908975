using FinML.Data;

namespace FinML.Markets;

/// <summary>Weights that are a function of the covariance of the last rows, decided every so many rows.</summary>
internal sealed class CovarianceRule
{
    private readonly string field;
    private readonly Solver solve;

    internal CovarianceRule(int lookback, int every, string field, Solver solve)
    {
        Require.InRange(lookback, 2, 1_000_000, nameof(lookback));
        Require.InRange(every, 1, 1_000_000, nameof(every));
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        (Lookback, Every, this.field, this.solve) = (lookback, every, field, solve);
    }

    internal delegate WeightSolution Solver(ReadOnlySpan<double> covariance, int assets);

    internal int Lookback { get; }

    internal int Every { get; }

    internal void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        if (!Universe.IsDue(view, previous, Every))
        {
            targets.Fill(double.NaN);
            return;
        }

        List<int> moving = [];
        foreach (int asset in Universe.Of(view, field, Lookback + 1))
        {
            ReadOnlySpan<double> prices = view.Window(asset, field, Lookback + 1);
            if (prices.ContainsAnyExcept(prices[0]))
                moving.Add(asset);
        }

        if (moving.Count == 0)
            return;
        int[] assets = [.. moving];
        WeightSolution solution = solve(RollingCovariance.Of(view, field, assets, Lookback), assets.Length);
        for (int i = 0; i < assets.Length; i++)
            targets[assets[i]] = solution.Weights[i];
    }
}
