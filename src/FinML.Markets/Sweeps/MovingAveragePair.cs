namespace FinML.Markets;

/// <summary>The two windows of a <see cref="MovingAverageCrossover"/>, in rows.</summary>
/// <param name="Fast">1 to Slow - 1.</param>
/// <param name="Slow">At least 2.</param>
public readonly record struct MovingAveragePair(int Fast, int Slow);
