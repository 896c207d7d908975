namespace FinML.Statistics;

/// <summary>Any function of two series: O(n) to resample, plus the function itself.</summary>
internal sealed class DelegatePair : PairStatistic
{
    private readonly PairFunction _function;

    internal DelegatePair(string name, PairFunction function)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
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
    }
}
