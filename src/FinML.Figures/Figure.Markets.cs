using System.Globalization;
using FinML.Figures.Traces;

namespace FinML.Figures;

// Figures of markets and models that are made of other traces.
public sealed partial class Figure
{
    /// <summary>The depth of an order book: the size that can be traded up to each price, as steps from the best bid
    /// down and from the best ask up, with the mid price as a line.</summary>
    /// <param name="bidPrices">Finite prices, in any order, all below the asks.</param>
    /// <param name="bidSizes">Sizes above 0, as many as bid prices.</param>
    /// <param name="askPrices">Finite prices, in any order.</param>
    /// <param name="askSizes">Sizes above 0, as many as ask prices.</param>
    /// <exception cref="ArgumentException">Lengths differ, a side is empty, a size is not above 0, or the book is
    /// crossed.</exception>
    public Figure Depth(IEnumerable<double> bidPrices, IEnumerable<double> bidSizes, IEnumerable<double> askPrices,
        IEnumerable<double> askSizes)
    {
        (double Price, double Size)[] bids = Side(bidPrices, bidSizes, "bid"), asks = Side(askPrices, askSizes, "ask");
        double bid = bids[^1].Price, ask = asks[0].Price;
        if (bid >= ask)
            throw new ArgumentException(
                $"The book is crossed: the best bid {Show(bid)} is not below the best ask {Show(ask)}.");
        double lead = (asks[^1].Price - bids[0].Price) * 0.02;
        // A step holds to the right: between two bids stands what is bid at the higher one and above.
        var below = new double[bids.Length + 1];
        for (int i = bids.Length - 1; i >= 0; i--)
            below[i] = below[i + 1] + bids[i].Size;
        var above = new double[asks.Length + 2];
        for (int i = 0; i < asks.Length; i++)
            above[i + 1] = above[i] + asks[i].Size;
        above[^1] = above[^2];
        string label = string.Create(CultureInfo.InvariantCulture,
            $"mid {NumberText((bid + ask) / 2)}, spread {NumberText(ask - bid)}");
        return Area([bids[0].Price - lead, .. bids.Select(b => b.Price)], below, "bids", step: true)
            .Area([ask, .. asks.Select(a => a.Price), asks[^1].Price + lead], above, "asks", step: true)
            .VerticalLine((bid + ask) / 2, label, allRows: false);
    }

    /// <summary>Points and those of them that no other one beats on both axes, joined by the frontier of what can be
    /// had.</summary>
    /// <param name="x">Finite values.</param>
    /// <param name="y">Finite values, as many as x.</param>
    /// <param name="labels">Names of the points, written at those on the front; null writes none.</param>
    /// <param name="higherXIsBetter">Whether more of x is better (false for risk or cost).</param>
    /// <param name="higherYIsBetter">Whether more of y is better.</param>
    /// <param name="name">Name of the front in the legend.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite.</exception>
    public Figure ParetoFront(IEnumerable<double> x, IEnumerable<double> y, IEnumerable<string>? labels = null,
        bool higherXIsBetter = false, bool higherYIsBetter = true, string name = "Pareto front")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        string owner = Trace.Describe("Pareto front", name);
        AxisValues at = AxisValues.Create(x, owner);
        double[] px = at.Values, py = Values(y, at, "y", owner);
        int bad = Array.FindIndex(py, v => !double.IsFinite(v));
        if (bad >= 0)
            throw new ArgumentException($"y of {owner} must be finite; got {Show(py[bad])} at index {bad}.");
        string[] names = labels is null ? [] : [.. labels];
        if (labels is not null && names.Length != px.Length)
            throw new ArgumentException($"{owner} has {px.Length} points but {names.Length} labels.");
        int[] front = [.. Front(px, py, higherXIsBetter, higherYIsBetter).Order()];
        int[] beaten = [.. Enumerable.Range(0, px.Length).Except(front)];
        int[] along = [.. front.OrderBy(i => px[i]).ThenBy(i => py[i])];
        var corners = new List<(double X, double Y)>();
        foreach (int i in along)
        {
            if (corners.Count > 0 && px[i] != corners[^1].X)
                corners.Add(higherXIsBetter ? (corners[^1].X, py[i]) : (px[i], corners[^1].Y));
            corners.Add((px[i], py[i]));
        }

        Figure figure = Line(corners.Select(c => c.X), corners.Select(c => c.Y), name)
            .Scatter(along.Select(i => px[i]), along.Select(i => py[i]), name, size: 8);
        if (beaten.Length > 0)
            figure = figure.Scatter(
                beaten.Select(i => px[i]), beaten.Select(i => py[i]), "dominated", Palette.Colors[^1]);
        return names.Length == 0 ? figure
            : along.Aggregate(figure, (f, i) => f.Annotate(px[i], py[i], names[i]));
    }

    /// <summary>Attention weights as a heatmap with the tokens as labels; a token that occurs again is numbered. It
    /// stands alone in its panel.</summary>
    /// <param name="queries">Tokens that attend, from the top.</param>
    /// <param name="keys">Tokens that are attended to.</param>
    /// <param name="weights">Weights, (query, key), not negative; each row sums to 1 (to 0.001). NaN is a masked
    /// key.</param>
    /// <exception cref="ArgumentException">Shapes differ, a weight is negative, or a row does not sum to
    /// 1.</exception>
    public Figure Attention(IEnumerable<string> queries, IEnumerable<string> keys, double[,] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        string[] from = Numbered(queries), to = Numbered(keys);
        if (weights.GetLength(0) != from.Length || weights.GetLength(1) != to.Length || weights.Length == 0)
            throw new ArgumentException(
                $"weights of the attention map is ({weights.GetLength(0)}, {weights.GetLength(1)}) but there are "
                + $"{from.Length} queries and {to.Length} keys.");
        for (int q = 0; q < from.Length; q++)
        {
            double sum = 0;
            for (int k = 0; k < to.Length; k++)
            {
                if (weights[q, k] < 0 || double.IsInfinity(weights[q, k]))
                    throw new ArgumentException(
                        $"A weight of the attention map must be in [0, 1]; got {Show(weights[q, k])} at ({q}, {k}).");
                sum += double.IsNaN(weights[q, k]) ? 0 : weights[q, k];
            }

            if (Math.Abs(sum - 1) > 1e-3)
                throw new ArgumentException(
                    $"The weights of query {q} ('{from[q]}') of the attention map must sum to 1; got {Show(sum)}.");
        }

        return Heatmap(to, from, weights, ColorScale.Sequential, "attention", showValues: true)
            .XAxis("key").YAxis("query");
    }

    private static (double Price, double Size)[] Side(
        IEnumerable<double> prices, IEnumerable<double> sizes, string side)
    {
        ArgumentNullException.ThrowIfNull(prices);
        ArgumentNullException.ThrowIfNull(sizes);
        double[] price = [.. prices], size = [.. sizes];
        if (price.Length == 0 || price.Length != size.Length)
            throw new ArgumentException($"The book has {price.Length} {side} prices but {size.Length} {side} sizes.");
        for (int i = 0; i < price.Length; i++)
        {
            if (!double.IsFinite(price[i]) || !(size[i] > 0 && double.IsFinite(size[i])))
                throw new ArgumentException(
                    $"A {side} needs a finite price and a size above 0; got {Show(size[i])} at {Show(price[i])} "
                    + $"(index {i}).");
        }

        return [.. price.Zip(size).OrderBy(level => level.First)];
    }

    /// <summary>Points that no other one beats: not worse on both axes and better on one.</summary>
    private static IEnumerable<int> Front(double[] x, double[] y, bool higherX, bool higherY)
    {
        double sx = higherX ? 1 : -1, sy = higherY ? 1 : -1, best = double.NegativeInfinity, at = double.NaN;
        // From the best x on, a point is on the front where its y exceeds all before; equal points both are.
        foreach (int i in Enumerable.Range(0, x.Length)
            .OrderByDescending(i => sx * x[i]).ThenByDescending(i => sy * y[i]))
        {
            if (sy * y[i] > best || sy * y[i] == best && x[i] == at)
            {
                (best, at) = (sy * y[i], x[i]);
                yield return i;
            }
        }
    }

    private static string[] Numbered(IEnumerable<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var labels = new HashSet<string>(StringComparer.Ordinal);
        return [.. tokens.Select(token =>
        {
            string label = token;
            while (!labels.Add(label))
            {
                seen[token] = seen.GetValueOrDefault(token, 1) + 1;
                label = string.Create(CultureInfo.InvariantCulture, $"{token} ({seen[token]})");
            }

            return label;
        })];
    }
}
