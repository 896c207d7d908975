namespace FinML.Notebooks.Papers;

/// <summary>What a tolerance is measured in.</summary>
public enum ToleranceUnit
{
    /// <summary>The value's own unit.</summary>
    Absolute,

    /// <summary>The published value: 0.05 is five per cent of it.</summary>
    Relative,

    /// <summary>Standard errors of the difference: of ours, and of the published value where it is known.</summary>
    StandardErrors,
}
