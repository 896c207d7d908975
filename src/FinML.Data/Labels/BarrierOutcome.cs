namespace FinML.Data;

/// <summary>How a position between three barriers ended.</summary>
/// <param name="Row">The row of the decision.</param>
/// <param name="EndRow">The row at which the position was left: the last that the outcome reads.</param>
/// <param name="Return">Simple return of the position from entry to exit, before costs: that of the side taken.</param>
/// <param name="Touched">+1: the profit barrier; -1: the loss barrier; 0: time ran out.</param>
public readonly record struct BarrierOutcome(int Row, int EndRow, double Return, int Touched);
