using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>A statistic that is a smooth function of means: see <see cref="SmoothForm"/>.</summary>
internal sealed class SmoothStatistic : SampleStatistic
{
    private readonly FormOf _form;

    internal SmoothStatistic(string name, FormOf form)
        : base(name) => _form = form;

    /// <summary>The rows, the function and its gradient for these data.</summary>
    internal delegate SmoothForm FormOf(ReadOnlySpan<double> values);

    public override double Evaluate(ReadOnlySpan<double> sample)
    {
        SmoothForm form = Form(sample);
        return form.Value(form.Means, sample.Length);
    }

    internal SmoothForm Form(ReadOnlySpan<double> values) => _form(values);

    internal override BoundStatistic Bind(ReadOnlySpan<double> values, double blockLength) =>
        new BoundSmooth(Name, Form(values));

    internal override double[] Influence(ReadOnlySpan<double> values) => Form(values).Influence();

    /// <summary>One row for each value.</summary>
    internal static Vector256<double>[] Rows(ReadOnlySpan<double> values, Func<double, Vector256<double>> row)
    {
        var rows = new Vector256<double>[values.Length];
        for (int t = 0; t < rows.Length; t++)
            rows[t] = row(values[t]);
        return rows;
    }
}
