using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>A statistic of two series that is a smooth function of means: see <see cref="SmoothForm"/>.</summary>
internal sealed class SmoothPair : PairStatistic
{
    private readonly FormOf _form;

    internal SmoothPair(string name, FormOf form)
        : base(name) => _form = form;

    /// <summary>The rows, the function and its gradient for these data.</summary>
    internal delegate SmoothForm FormOf(ReadOnlySpan<double> first, ReadOnlySpan<double> second);

    public override double Evaluate(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        SmoothForm form = _form(first, second);
        return form.Value(form.Means, first.Length);
    }

    internal override BoundStatistic Bind(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        new BoundSmooth(Name, _form(first, second));

    internal override double[] Influence(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        _form(first, second).Influence();

    /// <summary>One row for each pair.</summary>
    internal static Vector256<double>[] Rows(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Func<double, double, Vector256<double>> row)
    {
        var rows = new Vector256<double>[first.Length];
        for (int t = 0; t < rows.Length; t++)
            rows[t] = row(first[t], second[t]);
        return rows;
    }
}
