namespace FinML.Statistics;

/// <summary>
/// What a constant for each unit and each period leaves of a variable: by subtracting unit and period means in turn
/// until nothing is left to subtract (alternating projections, which end at the least-squares residual). A balanced
/// panel needs one round.
/// </summary>
internal static class TwoWayResiduals
{
    private const int MaximumRounds = 10_000;

    internal static double[] Of(TreatmentPanel panel, double[] values)
    {
        double[] residuals = (double[])values.Clone();
        double scale = Math.Max(values.Max(Math.Abs), double.Epsilon);
        for (int round = 0; round < MaximumRounds; round++)
        {
            double moved = Math.Max(
                Subtract(residuals, panel.UnitOf, panel.Units.Count),
                Subtract(residuals, panel.PeriodOf, panel.Periods.Count));
            if (round > 0 && moved <= 1e-14 * scale)
                return residuals;
        }

        throw new InvalidOperationException(
            $"Unit and period effects did not settle in {MaximumRounds} rounds: the panel hangs together too loosely.");
    }

    /// <summary>Subtracts group means; the largest of them comes back.</summary>
    private static double Subtract(double[] values, int[] groupOf, int groups)
    {
        double[] sums = new double[groups], counts = new double[groups];
        for (int row = 0; row < values.Length; row++)
        {
            sums[groupOf[row]] += values[row];
            counts[groupOf[row]]++;
        }

        double largest = 0;
        for (int g = 0; g < groups; g++)
        {
            sums[g] /= counts[g];
            largest = Math.Max(largest, Math.Abs(sums[g]));
        }

        for (int row = 0; row < values.Length; row++)
            values[row] -= sums[groupOf[row]];
        return largest;
    }
}
