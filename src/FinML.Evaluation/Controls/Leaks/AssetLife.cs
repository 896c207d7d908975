namespace FinML.Evaluation;

/// <summary>When an asset was part of the universe, as it was known at the time.</summary>
/// <param name="Asset">Its name in the panel.</param>
/// <param name="Entered">When it entered: nothing before belongs to the universe.</param>
/// <param name="Left">When it left (delisted, merged, dropped from the index); null where it is still there.</param>
public sealed record AssetLife(string Asset, DateTime Entered, DateTime? Left = null);
