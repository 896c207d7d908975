namespace FinML.Shared;

/// <summary>
/// The checks of public entry points: one sentence with the value and the valid range. One source, compiled into each
/// project that uses it.
/// </summary>
internal static class Require
{
    internal static void InRange(double value, double minimum, double maximum, string name)
    {
        if (!(value >= minimum && value <= maximum))
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} has to be from {minimum} to {maximum}; it is {value}.");
    }

    internal static void InRange(long value, long minimum, long maximum, string name)
    {
        if (value < minimum || value > maximum)
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} has to be from {minimum} to {maximum}; it is {value}.");
    }

    internal static void Price(double price, string name)
    {
        if (!(price > 0 && double.IsFinite(price)))
            throw new ArgumentOutOfRangeException(
                name, price, $"{name} has to be a positive, finite price; it is {price}.");
    }

    internal static void Finite(double value, string name)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} has to be finite; it is {value}.");
    }

    internal static void Defined<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} has to be one of {string.Join(", ", Enum.GetNames<T>())}; it is {value}.");
        }
    }

    internal static void SameLength(int length, int expected, string name, string expectedName)
    {
        if (length != expected)
            throw new ArgumentException($"{name} has {length} values where {expectedName} has {expected}.", name);
    }

    internal static void Prices(ReadOnlySpan<double> prices, int start, int end, string name)
    {
        for (int t = start; t < end; t++)
        {
            if (!(prices[t] > 0 && double.IsFinite(prices[t])))
                throw new ArgumentException(
                    $"{name}[{t}] has to be a positive, finite price; it is {prices[t]}.", name);
        }
    }
}
