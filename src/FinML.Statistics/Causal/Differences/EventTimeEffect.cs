namespace FinML.Statistics;

/// <summary>The effect a number of periods after the treatment began; before it, what should be 0.</summary>
/// <param name="EventTime">Periods since the first treated one: 0 in it, negative before.</param>
/// <param name="Effect">Mean over the units for which that period is seen.</param>
/// <param name="StandardError">Clustered by unit; 0 for the base period -1, which is 0 by construction.</param>
/// <param name="Units">Treated units behind it.</param>
public sealed record EventTimeEffect(int EventTime, double Effect, double StandardError, int Units);
