namespace FinML.Evaluation;

/// <summary>Why a backtest was run: only what could have been selected counts as a trial.</summary>
public enum TrialKind
{
    /// <summary>A candidate: it could have been chosen for its result, so it counts.</summary>
    Trial,

    /// <summary>
    /// A yardstick that was fixed beforehand (buy-and-hold): it is never chosen, so it does not count.
    /// </summary>
    Baseline,

    /// <summary>A check of the pipeline itself (planted signal, shuffled returns): it does not count.</summary>
    Control,
}
