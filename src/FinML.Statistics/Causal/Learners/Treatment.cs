namespace FinML.Statistics;

/// <summary>Checks of a treatment of 0 and 1.</summary>
internal static class Treatment
{
    internal static void RequireBinary(ReadOnlySpan<double> values, string name)
    {
        int treated = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is not (0 or 1))
                throw new ArgumentException(
                    $"{name} is {Guard.Text(values[i])} at index {i}; it must be 0 or 1 everywhere.", name);
            treated += values[i] == 1 ? 1 : 0;
        }

        if (treated == 0 || treated == values.Length)
            throw new ArgumentException(
                $"{name} is {(treated == 0 ? 0 : 1)} in all {values.Length} rows; both 0 and 1 are needed.", name);
    }
}
