using System.Globalization;

namespace FinML.Notebooks;

/// <summary>Values on their way into and out of a database.</summary>
internal static class SqlValue
{
    /// <summary>The value as a type, where it is one.</summary>
    internal static bool TryConvert(object? value, Type type, out object? converted)
    {
        converted = value;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return value is null || TryConvert(value, inner, out converted);
        if (value is null)
        {
            converted = type == typeof(double) ? double.NaN : type == typeof(float) ? float.NaN : null;
            return !type.IsValueType || converted is not null;
        }

        if (type.IsInstanceOfType(value))
            return true;
        try
        {
            converted = Type.GetTypeCode(type) switch
            {
                TypeCode.Double or TypeCode.Single or TypeCode.Decimal when IsNumber(value) => Change(value, type),
                >= TypeCode.SByte and <= TypeCode.UInt64 when IsWhole(value) => Change(value, type),
                TypeCode.Boolean when value is long or int or short => Change(value, type),
                TypeCode.DateTime when value is DateOnly day => day.ToDateTime(TimeOnly.MinValue),
                TypeCode.DateTime when value is string text => DateTime.Parse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                TypeCode.String when value is not byte[] => ObjectText.Of(value),
                _ when type == typeof(DateOnly) && value is string text =>
                    DateOnly.Parse(text, CultureInfo.InvariantCulture),
                _ when type == typeof(DateOnly) && value is DateTime time && time.TimeOfDay == TimeSpan.Zero =>
                    DateOnly.FromDateTime(time),
                _ => null,
            };
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            converted = null;
        }

        return converted is not null;
    }

    /// <summary>A C# value as a parameter.</summary>
    /// <exception cref="MagicException">A database has no such value.</exception>
    internal static object ForDatabase(string name, object? value) => value switch
    {
        null => DBNull.Value,
        Enum member => member.ToString(),
        bool or string or byte[] or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => value,
        _ when IsNumber(value) => value,
        char character => character.ToString(),
        Slider<int> slider => slider.Value,
        Slider<double> slider => slider.Value,
        _ => throw new MagicException(
            $"@{name} is a {value.GetType().Name}; a query takes numbers, texts, dates, true and false, and null."),
    };

    private static object Change(object value, Type type) =>
        Convert.ChangeType(value, type, CultureInfo.InvariantCulture);

    private static bool IsWhole(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong;

    private static bool IsNumber(object value) => IsWhole(value) || value is float or double or decimal;
}
