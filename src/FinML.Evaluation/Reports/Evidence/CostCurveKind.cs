namespace FinML.Evaluation;

/// <summary>How a cost curve was made.</summary>
public enum CostCurveKind
{
    /// <summary>The backtester ran the same decisions again under each multiple of the costs.</summary>
    Rerun,

    /// <summary>Returns before costs less a multiple of the costs that the backtest recorded: positions are not
    /// resized.</summary>
    Recorded,

    /// <summary>The turnover is not known: a constant extra cost a year is taken off the returns.</summary>
    PerYear,
}
