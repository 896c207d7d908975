using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// A smooth statistic of given data by sums over whole blocks. Its standard error inside a resample is the blockwise
/// one of Goetze and Kuensch (1996), se*^2 = sum_blocks (sum_block psi*)^2 / n^2, psi* the influence values at the
/// means of the resample: with single observations as blocks it is the ordinary one (Mertens' for a Sharpe ratio).
/// </summary>
internal sealed class BoundSmooth : BoundStatistic
{
    private readonly SmoothForm _form;
    private readonly BlockSums _sums;

    internal BoundSmooth(string name, SmoothForm form)
        : base(name, form.Rows.Length)
    {
        _form = form;
        _sums = new BlockSums(form.Rows);
        Estimate = form.Value(form.Means, Count);
    }

    internal override double Estimate { get; }

    internal override double Evaluate(BootstrapWorkspace workspace) =>
        _form.Value(_sums.Over(workspace) / Vector256.Create((double)workspace.Drawn), workspace.Drawn);

    internal override (double Value, double Error) WithError(BootstrapWorkspace workspace)
    {
        Span<Vector256<double>> blocks = workspace.BlockRows.AsSpan(0, workspace.Blocks);
        int n = workspace.Drawn;
        Vector256<double> means = _sums.Over(workspace, blocks) / Vector256.Create((double)n);
        Vector256<double> gradient = _form.Gradient(means, n);
        double centre = Vector256.Dot(gradient, means), squares = 0;
        ReadOnlySpan<int> lengths = workspace.Lengths.AsSpan(0, workspace.Blocks);
        for (int block = 0; block < blocks.Length; block++)
        {
            double influence = Vector256.Dot(gradient, blocks[block]) - lengths[block] * centre;
            squares += influence * influence;
        }

        return (_form.Value(means, n), Math.Sqrt(squares) / n);
    }

    /// <summary>
    /// sqrt(long-run variance of psi / n): the kernel estimate with prewhitening for dependent data, as Ledoit and Wolf
    /// (2008) advise (a triangular kernel, which the blocks themselves amount to, is too small for this purpose).
    /// </summary>
    internal override double StandardError(bool dependent)
    {
        double[] influence = _form.Influence();
        if (!Array.TrueForAll(influence, double.IsFinite))
            return double.NaN;
        if (Guard.IsConstant(influence))
            return 0;
        double variance = dependent
            ? ParzenCovariance.PrewhitenedVariance(influence)
            : Moments.Of(influence).Variance(0);
        return Math.Sqrt(variance / Count);
    }

    internal override double Weighted(ReadOnlySpan<double> weights)
    {
        Vector256<double> means = Vector256<double>.Zero;
        for (int t = 0; t < weights.Length; t++)
            means += weights[t] * _form.Rows[t];
        return _form.Value(means, Count);
    }
}
