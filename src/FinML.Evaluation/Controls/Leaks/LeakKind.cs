namespace FinML.Evaluation;

/// <summary>How the future, or what only hindsight knows, gets into a backtest.</summary>
public enum LeakKind
{
    /// <summary>A position earns the return of a bar that it was decided on: <see cref="LookAheadByABar"/>.</summary>
    LookAheadByABar,

    /// <summary>A scaler was fitted on rows that are not training rows: <see cref="ScalerLeak"/>.</summary>
    ScalerLeak,

    /// <summary>The universe holds only assets that lived to its end: <see cref="Survivorship"/>.</summary>
    Survivorship,

    /// <summary>The label of a training row reads rows that a test label reads: <see cref="LabelOverlap"/>.</summary>
    LabelOverlap,

    /// <summary>Values were filled in from later ones: <see cref="Backfill"/>.</summary>
    Backfill,
}
