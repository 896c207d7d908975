namespace FinML.Torch;

/// <summary>What stands beyond the ends of an axis that is padded.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>The elements before the end, backwards; the end itself once.</summary>
    Reflect = 1,

    /// <summary>The end itself.</summary>
    Replicate = 2,

    /// <summary>The elements from the other end.</summary>
    Circular = 3,

    /// <summary>One value, in functional.pad.</summary>
    Constant = 4,
}
