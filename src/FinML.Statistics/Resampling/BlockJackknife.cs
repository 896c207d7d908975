namespace FinML.Statistics;

/// <summary>
/// Acceleration of the BCa interval from a jackknife that deletes one block of consecutive values at a time (Künsch
/// 1989): a = sum l^3 / (6 (sum l^2)^1.5), l the mean of the jackknife values less each of them.
/// </summary>
internal static class BlockJackknife
{
    internal static double Acceleration(ReadOnlySpan<double> values, SampleStatistic statistic, double blockLength)
    {
        int n = values.Length;
        int length = Math.Max(1, (int)Math.Round(blockLength));
        int groups = n / length;
        if (groups < 3)
            throw new ArgumentException(
                $"BCa needs at least 3 blocks; the series has {n} values and the blocks {Guard.Text(blockLength)}.",
                nameof(values));

        var estimates = new double[groups];
        var sums = statistic is MomentStatistic ? new PrefixSums(values) : null;
        var workspace = new BootstrapWorkspace(n);
        var kept = new double[n];
        for (int group = 0; group < groups; group++)
        {
            // The last group takes the values that are left over.
            int start = group * length, end = group == groups - 1 ? n : start + length;
            if (sums is not null)
            {
                // What is kept is one block of the circle: from the end of the gap to its start.
                workspace.Blocks = 1;
                workspace.Starts[0] = end % n;
                workspace.Lengths[0] = n - (end - start);
                (double sum, double squares) = sums.Over(workspace);
                estimates[group] = ((MomentStatistic)statistic)
                    .FromSums(sum, squares, n - (end - start), sums.Centre, sums.Variance);
            }
            else
            {
                values[..start].CopyTo(kept);
                values[end..].CopyTo(kept.AsSpan(start));
                estimates[group] = statistic.Evaluate(kept.AsSpan(0, n - (end - start)));
            }
        }

        Guard.Finite(estimates, "The jackknife of the " + statistic.Name);
        double mean = Moments.Of(estimates).Mean;
        double cubes = 0, squaresSum = 0;
        foreach (double estimate in estimates)
        {
            double l = mean - estimate;
            squaresSum += l * l;
            cubes += l * l * l;
        }

        return squaresSum > 0 && !Guard.IsConstant(estimates) ? cubes / (6 * Math.Pow(squaresSum, 1.5)) : 0;
    }
}
