namespace FinML.Statistics;

/// <summary>Any function of the series: O(n) to resample, plus the function itself.</summary>
internal sealed class DelegateStatistic : SampleStatistic
{
    private readonly SeriesFunction _function;

    internal DelegateStatistic(string name, SeriesFunction function)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    public override double Evaluate(ReadOnlySpan<double> sample) => _function(sample);

    internal override double[] Influence(ReadOnlySpan<double> values) => values.ToArray();
}
