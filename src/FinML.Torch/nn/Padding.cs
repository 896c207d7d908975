namespace FinML.Torch;

/// <summary>How much a convolution pads.</summary>
public enum Padding
{
    /// <summary>Nothing.</summary>
    Valid = 0,

    /// <summary>As much as keeps the size.</summary>
    Same = 1,
}
