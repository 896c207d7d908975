namespace FinML.Statistics;

/// <summary>Any function of the series: O(n) to resample, plus the function itself.</summary>
internal sealed class DelegateStatistic : SampleStatistic
{
    private readonly SeriesFunction _function;
    private readonly SeriesFunction? _standardError;

    internal DelegateStatistic(string name, SeriesFunction function, SeriesFunction? standardError)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
        _standardError = standardError;
    }

    public override double Evaluate(ReadOnlySpan<double> sample) => _function(sample);

    internal override BoundStatistic Bind(ReadOnlySpan<double> values, double blockLength) =>
        new Bound(this, values.ToArray());

    internal override double[] Influence(ReadOnlySpan<double> values) => values.ToArray();

    private sealed class Bound(DelegateStatistic statistic, double[] data)
        : BoundStatistic(statistic.Name, data.Length)
    {
        internal override double Estimate { get; } = statistic._function(data);

        internal override double Evaluate(BootstrapWorkspace workspace)
        {
            workspace.ExpandIndices();
            return statistic._function(workspace.Gather(data));
        }

        internal override (double Value, double Error) WithError(BootstrapWorkspace workspace)
        {
            if (statistic._standardError is null)
                return base.WithError(workspace);
            workspace.ExpandIndices();
            ReadOnlySpan<double> sample = workspace.Gather(data);
            return (statistic._function(sample), statistic._standardError(sample));
        }

        internal override double StandardError(bool dependent) =>
            statistic._standardError?.Invoke(data) ?? base.StandardError(dependent);
    }
}
