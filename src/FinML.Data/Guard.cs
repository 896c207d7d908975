namespace FinML.Data;

/// <summary>The checks of options and arguments: each error says the value and its range.</summary>
internal static class Guard
{
    /// <summary>An error unless the count is at least that much.</summary>
    public static void AtLeast(int value, int least, string name)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} or more.");
        }
    }

    /// <summary>An error unless least &lt;= value &lt;= most.</summary>
    public static void InRange(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [{least}, {most}].");
        }
    }

    /// <summary>An error unless the value is above 0 and finite.</summary>
    public static void Positive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and finite.");
        }
    }

    /// <summary>An error unless the value is 0 or more, and finite.</summary>
    public static void NotNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more, and finite.");
        }
    }

    /// <summary>An error unless the value is finite.</summary>
    public static void Finite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite.");
        }
    }
}
