namespace FinML.Statistics;

/// <summary>Any function of two series: O(n) to resample, plus the function itself.</summary>
internal sealed class DelegatePair : PairStatistic
{
    private readonly PairFunction _function;
    private readonly PairFunction? _standardError;

    internal DelegatePair(string name, PairFunction function, PairFunction? standardError)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
        _standardError = standardError;
    }

    public override double Evaluate(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        _function(first, second);

    internal override BoundStatistic Bind(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        new Bound(this, first.ToArray(), second.ToArray());

    internal override double[]? Influence(ReadOnlySpan<double> first, ReadOnlySpan<double> second) => null;

    private sealed class Bound(DelegatePair statistic, double[] first, double[] second)
        : BoundStatistic(statistic.Name, first.Length)
    {
        internal override double Estimate { get; } = statistic._function(first, second);

        internal override double Evaluate(BootstrapWorkspace workspace)
        {
            workspace.ExpandIndices();
            return statistic._function(workspace.Gather(first), workspace.GatherSecond(second));
        }

        internal override (double Value, double Error) WithError(BootstrapWorkspace workspace)
        {
            if (statistic._standardError is null)
                return base.WithError(workspace);
            workspace.ExpandIndices();
            ReadOnlySpan<double> a = workspace.Gather(first), b = workspace.GatherSecond(second);
            return (statistic._function(a, b), statistic._standardError(a, b));
        }

        internal override double StandardError(bool dependent) =>
            statistic._standardError?.Invoke(first, second) ?? base.StandardError(dependent);
    }
}
