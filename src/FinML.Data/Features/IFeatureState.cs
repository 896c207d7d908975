namespace FinML.Data;

/// <summary>
/// The recurrence that defines a feature: what it remembers of the rows so far, and how one row more changes it. The
/// one place where the feature's formula stands; a struct, so that the loop over a column is compiled for it.
/// </summary>
public interface IFeatureState
{
    /// <summary>Takes the next row and gives the feature there, in constant time on average; NaN where it is not
    /// defined.</summary>
    double Next(in FeatureRow row);
}
