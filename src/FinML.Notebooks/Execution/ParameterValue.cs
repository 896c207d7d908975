using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks;

/// <summary>The text of a parameter as a C# expression of the declared type.</summary>
internal static class ParameterValue
{
    private const NumberStyles Real = NumberStyles.Float;

    /// <exception cref="NotebookException">The text is not a value of the type.</exception>
    public static string ToSource(string name, string text, ITypeSymbol type) =>
        Convert(text, type) ?? throw new NotebookException(
            $"the parameter \"{name}\" is {Expected(type)}, but the value was \"{text}\".");

    private static string? Convert(string text, ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            var inner = text.Trim();
            if (inner.StartsWith('[') && inner.EndsWith(']'))
                inner = inner[1..^1];
            var items = inner.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(item => Convert(item, array.ElementType)).ToList();
            return items.Contains(null)
                ? null
                : $"new {array.ElementType.ToDisplayString()}[] {{ {string.Join(", ", items)} }}";
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return text == "null" ? "null" : Convert(text, nullable.TypeArguments[0]);

        if (type.TypeKind == TypeKind.Enum)
        {
            var member = Members(type).FirstOrDefault(m => m.Equals(text, StringComparison.OrdinalIgnoreCase));
            return member is null ? null : $"{type.ToDisplayString()}.{member}";
        }

        return type.SpecialType switch
        {
            SpecialType.System_String => SymbolDisplay.FormatLiteral(text, quote: true),
            SpecialType.System_Char => text.Length == 1 ? SymbolDisplay.FormatLiteral(text[0], quote: true) : null,
            SpecialType.System_Boolean => bool.TryParse(text, out var flag) ? (flag ? "true" : "false") : null,
            SpecialType.System_SByte => Whole<sbyte>(text, ""),
            SpecialType.System_Byte => Whole<byte>(text, ""),
            SpecialType.System_Int16 => Whole<short>(text, ""),
            SpecialType.System_UInt16 => Whole<ushort>(text, ""),
            SpecialType.System_Int32 => Whole<int>(text, ""),
            SpecialType.System_UInt32 => Whole<uint>(text, "u"),
            SpecialType.System_Int64 => Whole<long>(text, "L"),
            SpecialType.System_UInt64 => Whole<ulong>(text, "UL"),
            SpecialType.System_Single => float.TryParse(text, Real, CultureInfo.InvariantCulture, out var single)
                ? Special(single, "float") ?? single.ToString("R", CultureInfo.InvariantCulture) + "f" : null,
            SpecialType.System_Double => double.TryParse(text, Real, CultureInfo.InvariantCulture, out var number)
                ? Special(number, "double") ?? number.ToString("R", CultureInfo.InvariantCulture) + "d" : null,
            SpecialType.System_Decimal => decimal.TryParse(text, Real, CultureInfo.InvariantCulture, out var exact)
                ? exact.ToString(CultureInfo.InvariantCulture) + "m" : null,
            SpecialType.System_DateTime => DateTime.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
                ? $"new System.DateTime({time.Ticks}L, System.DateTimeKind.{time.Kind}) /* {time:yyyy-MM-dd HH:mm} */"
                : null,
            SpecialType.System_Object => SymbolDisplay.FormatLiteral(text, quote: true),
            _ => Other(text, type.ToDisplayString()),
        };
    }

    private static string? Other(string text, string type) => type switch
    {
        "System.DateOnly" when DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var date) =>
            $"new System.DateOnly({date.Year}, {date.Month}, {date.Day})",
        "System.TimeSpan" when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) =>
            $"new System.TimeSpan({span.Ticks}L) /* {span:c} */",
        _ => null,
    };

    /// <summary>A whole number, also as 1_000 or 2e5.</summary>
    private static string? Whole<T>(string text, string suffix)
        where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (T.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value.ToString(null, CultureInfo.InvariantCulture) + suffix;
        return decimal.TryParse(plain, Real, CultureInfo.InvariantCulture, out var number)
               && decimal.Truncate(number) == number
               && T.TryParse(
                   number.ToString("F0", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out value)
            ? value.ToString(null, CultureInfo.InvariantCulture) + suffix
            : null;
    }

    private static string? Special<T>(T value, string type)
        where T : IFloatingPointIeee754<T> =>
        T.IsNaN(value) ? $"{type}.NaN"
        : T.IsPositiveInfinity(value) ? $"{type}.PositiveInfinity"
        : T.IsNegativeInfinity(value) ? $"{type}.NegativeInfinity"
        : null;

    private static IEnumerable<string> Members(ITypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(f => f.Name);

    private static string Expected(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => $"one of {string.Join(", ", Members(type))}",
        IArrayTypeSymbol array => $"a list of {array.ElementType.ToDisplayString()} separated by commas",
        { SpecialType: SpecialType.System_Boolean } => "true or false",
        { SpecialType: SpecialType.System_DateTime } => "a date such as 2020-04-17",
        { SpecialType: SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal } =>
            $"a number ({type.ToDisplayString()})",
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } =>
            $"a whole number ({type.ToDisplayString()})",
        _ => $"of the type {type.ToDisplayString()}",
    };
}
