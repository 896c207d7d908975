namespace FinML.Data;

/// <summary>The check that the options of the splits share.</summary>
internal static class SplitGuard
{
    /// <summary>An error that says the value and its range.</summary>
    public static void AtLeast(int value, int least, string name)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} or more.");
        }
    }
}
