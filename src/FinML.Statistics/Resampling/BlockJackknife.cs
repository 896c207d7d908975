namespace FinML.Statistics;

/// <summary>
/// Acceleration of the BCa interval from a jackknife that deletes one block of consecutive values at a time (Künsch
/// 1989): a = sum l^3 / (6 (sum l^2)^1.5), l the mean of the jackknife values less each of them.
/// </summary>
internal static class BlockJackknife
{
    internal static double Acceleration(BoundStatistic statistic, double blockLength)
    {
        int n = statistic.Count;
        int length = Math.Max(1, (int)Math.Round(blockLength));
        int groups = n / length;
        if (groups < 3)
            throw new ArgumentException(
                $"BCa needs at least 3 blocks; the series has {n} values and the blocks {Guard.Text(blockLength)}.");

        var estimates = new double[groups];
        var workspace = new BootstrapWorkspace(n) { Blocks = 2 };
        for (int group = 0; group < groups; group++)
        {
            // What is kept is two blocks, before and after the gap; the last group takes the values that are left over.
            int start = group * length, end = group == groups - 1 ? n : start + length;
            (workspace.Starts[0], workspace.Lengths[0]) = (0, start);
            (workspace.Starts[1], workspace.Lengths[1]) = (end % n, n - end);
            workspace.Drawn = n - (end - start);
            estimates[group] = statistic.Evaluate(workspace);
        }

        Guard.Finite(estimates, "The jackknife of the " + statistic.Name);
        double mean = Moments.Of(estimates).Mean;
        return Guard.IsConstant(estimates) ? 0 : Of(Array.ConvertAll(estimates, estimate => mean - estimate));
    }

    /// <summary>sum l^3 / (6 (sum l^2)^1.5).</summary>
    internal static double Of(ReadOnlySpan<double> influence)
    {
        double cubes = 0, squares = 0;
        foreach (double l in influence)
        {
            squares += l * l;
            cubes += l * l * l;
        }

        return squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
    }
}
