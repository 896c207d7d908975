using FinML.Figures.Traces;

namespace FinML.Figures;

// Samples, forecasts and estimates with their spread.
public sealed partial class Figure
{
    private const int DensityPoints = 256, ViolinPoints = 128;

    /// <summary>The density of a sample: Gaussian kernels, drawn three bandwidths beyond the outermost values. NaN and
    /// infinite values are left out.</summary>
    /// <param name="values">The sample, at least two different values.</param>
    /// <param name="bandwidth">Standard deviation of the kernel, above 0; null is Silverman's rule of thumb
    /// (1986): 0.9 min(s, IQR / 1.34) n^(-1/5).</param>
    /// <param name="name">Name in the legend; also picks the colour.</param>
    /// <param name="color">#rrggbb, or null for the palette's next.</param>
    /// <exception cref="ArgumentException">Fewer than two different finite values.</exception>
    public Figure Density(IEnumerable<double> values, double? bandwidth = null, string? name = null,
        string? color = null)
    {
        string owner = Trace.Describe("density", name);
        (double[] sorted, _) = Sample(values, owner);
        double h = Bandwidth(sorted, bandwidth, owner);
        double[] grid = KernelDensity.Grid(sorted[0] - 3 * h, sorted[^1] + 3 * h, DensityPoints);
        double[] density = KernelDensity.At(sorted, h, grid);
        return Add(new LineTrace(AxisValues.Numbers(grid), density, Step: false, Fill: true)
        {
            Name = name,
            Color = Checked(color),
        });
    }

    /// <summary>A box plot of a sample over a label of the x axis (Tukey 1977): quartiles, median, whiskers to the
    /// outermost values within 1.5 interquartile ranges, and the values beyond as points.</summary>
    /// <param name="label">Where the box stands; call again for the next box.</param>
    /// <param name="values">The sample; NaN and infinite values are left out, and counted in the text.</param>
    /// <param name="name">Name in the legend: boxes of several names stand beside each other at a label.</param>
    /// <param name="color">#rrggbb, or null for the name's.</param>
    /// <exception cref="ArgumentException">No finite value.</exception>
    public Figure Box(string label, IEnumerable<double> values, string? name = null, string? color = null)
    {
        ArgumentNullException.ThrowIfNull(label);
        string owner = Trace.Describe("box", label);
        (double[] sorted, int missing) = Sample(values, owner);
        return Add(new BoxTrace(AxisValues.Single(label, owner), sorted, BoxSummary.Of(sorted), missing)
        {
            Name = name,
            Color = Checked(color),
        });
    }

    /// <summary>A violin of a sample over a label of the x axis: the kernel density from the smallest to the largest
    /// value, mirrored, with box and median inside. All violins have one greatest width.</summary>
    /// <param name="label">Where the violin stands; call again for the next one.</param>
    /// <param name="values">The sample, at least two different values.</param>
    /// <param name="bandwidth">Standard deviation of the kernel, above 0; null is Silverman's rule of thumb.</param>
    /// <param name="name">Name in the legend: violins of several names stand beside each other at a label.</param>
    /// <param name="color">#rrggbb, or null for the name's.</param>
    /// <exception cref="ArgumentException">Fewer than two different finite values, or a log axis.</exception>
    public Figure Violin(string label, IEnumerable<double> values, double? bandwidth = null, string? name = null,
        string? color = null)
    {
        ArgumentNullException.ThrowIfNull(label);
        string owner = Trace.Describe("violin", label);
        (double[] sorted, int missing) = Sample(values, owner);
        double h = Bandwidth(sorted, bandwidth, owner);
        double[] grid = KernelDensity.Grid(sorted[0], sorted[^1], ViolinPoints);
        return Add(new ViolinTrace(AxisValues.Single(label, owner), sorted, BoxSummary.Of(sorted), missing, h, grid,
            KernelDensity.At(sorted, h, grid))
        {
            Name = name,
            Color = Checked(color),
        });
    }

    /// <summary>A fan of quantiles over x, as of a forecast: nested bands, darker towards the median. The
    /// level of each edge is written at its end.</summary>
    /// <param name="x">Dates, numbers or labels; dates must not decrease.</param>
    /// <param name="levels">Levels in (0, 1), rising and symmetric: 0.05, 0.25, 0.5, 0.75, 0.95.</param>
    /// <param name="quantiles">Quantiles, (x, level), not falling in the level.</param>
    /// <param name="name">Name in the legend; also picks the colour.</param>
    /// <param name="color">#rrggbb, or null for the palette's next.</param>
    /// <exception cref="ArgumentException">Shapes differ, levels are not symmetric, or quantiles cross.</exception>
    public Figure Fan<T>(IEnumerable<T> x, IEnumerable<double> levels, double[,] quantiles, string name = "forecast",
        string? color = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(quantiles);
        string owner = Trace.Describe("fan", name);
        T[] at = [.. x];
        double[] p = [.. levels];
        if (quantiles.GetLength(0) != at.Length || quantiles.GetLength(1) != p.Length || quantiles.Length == 0)
            throw new ArgumentException(
                $"quantiles of {owner} is ({quantiles.GetLength(0)}, {quantiles.GetLength(1)}) but there are "
                + $"{at.Length} x values and {p.Length} levels.");
        CheckLevels(p, owner);
        double[][] curves = [.. p.Select((_, k) => at.Select((_, i) => quantiles[i, k]).ToArray())];
        for (int k = 1; k < p.Length; k++)
        {
            int bad = Array.FindIndex(curves[k].Zip(curves[k - 1], (high, low) => high < low).ToArray(), b => b);
            if (bad >= 0)
                throw new ArgumentException(
                    $"Quantiles of {owner} cross at index {bad}: {Show(curves[k - 1][bad])} at level "
                    + $"{Show(p[k - 1])} but {Show(curves[k][bad])} at level {Show(p[k])}.");
        }

        Figure figure = this;
        for (int k = 0; k < p.Length / 2; k++)
            figure = figure.Band(at, curves[k], curves[p.Length - 1 - k], name, color);
        if (p.Length % 2 == 1)
            figure = figure.Line(at, curves[p.Length / 2], name, color);
        for (int k = p.Length - 1; k >= 0; k--)
        {
            if (2 * k + 1 != p.Length && double.IsFinite(curves[k][^1]))
                figure = figure.Annotate(at[^1], curves[k][^1], NumberText(p[k] * 100) + "%");
        }

        return figure;
    }

    /// <summary>Estimates with intervals, one a line, the numbers beside them; the summary is a diamond whose width is
    /// its interval. It stands alone in its panel.</summary>
    /// <param name="labels">One label a line, all different.</param>
    /// <param name="estimates">As many estimates as labels.</param>
    /// <param name="summary">The pooled estimate, below the others.</param>
    /// <param name="summaryLabel">Label of the summary.</param>
    /// <param name="weights">Weights above 0, as many as labels, which the areas of the squares show; null draws equal
    /// squares.</param>
    /// <param name="reference">Value of no effect, as a line; null draws none.</param>
    /// <exception cref="ArgumentException">Lengths differ, a label occurs twice, or an estimate is not finite or lies
    /// outside its interval.</exception>
    public Figure Forest(IEnumerable<string> labels, IEnumerable<Estimate> estimates, Estimate? summary = null,
        string summaryLabel = "all", IEnumerable<double>? weights = null, double? reference = 0)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(estimates);
        const string Owner = "the forest plot";
        string[] names = [.. labels];
        Estimate[] lines = [.. estimates];
        double[] shares = weights is null ? [] : [.. weights];
        if (names.Length == 0 || names.Length != lines.Length)
            throw new ArgumentException($"{Owner} has {names.Length} labels but {lines.Length} estimates.");
        if (weights is not null && shares.Length != names.Length)
            throw new ArgumentException($"{Owner} has {names.Length} labels but {shares.Length} weights.");
        int light = Array.FindIndex(shares, w => !(w > 0) || !double.IsFinite(w));
        if (light >= 0)
            throw new ArgumentException(
                $"A weight of {Owner} must be above 0; got {Show(shares[light])} at index {light}.");
        if (reference is { } none && !double.IsFinite(none))
            throw new ArgumentException($"The reference of {Owner} must be finite; got {Show(none)}.");
        if (summary is { } pooled)
            (names, lines) = ([.. names, summaryLabel], [.. lines, pooled]);
        RequireDifferent(names, Owner);
        for (int i = 0; i < names.Length; i++)
        {
            Estimate e = lines[i];
            if (!double.IsFinite(e.Lower) || !double.IsFinite(e.Upper) || !(e.Lower <= e.Value && e.Value <= e.Upper))
                throw new ArgumentException(
                    $"The estimate '{names[i]}' of {Owner} must be finite and inside its interval; got "
                    + $"{Show(e.Value)} in [{Show(e.Lower)}, {Show(e.Upper)}].");
        }

        double[] relative = shares.Length == 0 ? [] : [.. shares.Select(w => w / shares.Max())];
        Figure figure = Add(
            new ForestTrace(AxisValues.Create(names, Owner), lines, relative, summary is not null, reference));
        return reference is { } effectless ? figure.VerticalLine(effectless, allRows: false) : figure;
    }

    private static (double[] Sorted, int Missing) Sample(IEnumerable<double> values, string owner)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] all = [.. values], sorted = [.. all.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            throw new ArgumentException($"{owner} has no finite value.");
        return (sorted, all.Length - sorted.Length);
    }

    private static double Bandwidth(double[] sorted, double? bandwidth, string owner)
    {
        if (sorted[0] == sorted[^1])
            throw new ArgumentException(
                $"{owner} needs at least two different values; got {Show(sorted[0])}, {sorted.Length} times.");
        if (bandwidth is { } set && !(set > 0 && double.IsFinite(set)))
            throw new ArgumentException($"The bandwidth of {owner} must be above 0; got {Show(set)}.");
        return bandwidth ?? KernelDensity.Silverman(sorted);
    }

    private static void CheckLevels(double[] levels, string owner)
    {
        for (int k = 0; k < levels.Length; k++)
        {
            if (!(levels[k] > 0 && levels[k] < 1) || k > 0 && levels[k] <= levels[k - 1])
                throw new ArgumentException(
                    $"Levels of {owner} must rise within (0, 1); got {Show(levels[k])} at index {k}.");
            if (Math.Abs(levels[k] + levels[^(k + 1)] - 1) > 1e-9)
                throw new ArgumentException(
                    $"Levels of {owner} must be symmetric about 0.5; {Show(levels[k])} has no partner.");
        }
    }

    private static string NumberText(double value) =>
        Math.Round(value, 6).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
