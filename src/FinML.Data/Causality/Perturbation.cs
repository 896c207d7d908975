namespace FinML.Data;

/// <summary>What is done to every value after the cut-off.</summary>
public enum Perturbation
{
    /// <summary>Each value is multiplied by 1.5: what depends on the future in any way moves.</summary>
    Scale,

    /// <summary>Each value is multiplied by its own factor exp(0.5 z), z standard normal.</summary>
    Random,

    /// <summary>Each value becomes missing: NaN spreads through sums, sorts and compares.</summary>
    Missing,

    /// <summary>The rows after the cut-off are cut away. Only for pipelines that do not depend on the panel's length:
    /// a walk-forward split does, by its last fold.</summary>
    Truncate,
}
