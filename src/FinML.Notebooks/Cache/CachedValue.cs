using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.CodeAnalysis;

namespace FinML.Notebooks;

/// <summary>
/// The values that a cache can hold: those that come back from JSON as they were. Which types these are is known before
/// anything runs; whether a value is of its declared type through and through, when it is stored.
/// </summary>
internal static class CachedValue
{
    public const string Kinds = "numbers, text, dates, enums, records and tuples, and arrays, lists and "
        + "dictionaries by text of those";

    private const int MostBytes = 256 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        IncludeFields = true, // of tuples
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        MaxDepth = 128,
    };

    private static readonly string[] Plain =
    [
        "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly", "System.TimeSpan", "System.Guid",
    ];

    /// <summary>Whether values of a type can be held.</summary>
    public static bool IsHeld(ITypeSymbol type) => IsHeld(type, []);

    /// <summary>A value as JSON; null where it would not come back as it is, with the reason.</summary>
    public static JsonElement? Write(object? value, Type type, out string? problem)
    {
        problem = null;
        if (!IsExact(value, type))
        {
            problem = "it holds an object of another type than the declared";
            return null;
        }

        try
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type, Json);
            if (bytes.Length > MostBytes)
                problem = $"it takes {bytes.Length >> 20} MiB, and {MostBytes >> 20} MiB are held";
            else if (!bytes.AsSpan().SequenceEqual(
                JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(bytes, type, Json), type, Json)))
                problem = "it does not come back from JSON as it was";
            else
                return JsonElement.Parse(bytes, new JsonDocumentOptions { MaxDepth = Json.MaxDepth });
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException
            or ArgumentException)
        {
            problem = error.Message.Split(" Path:")[0].TrimEnd('.');
        }

        return null;
    }

    /// <summary>The value that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not one of the type.</exception>
    public static object? Read(JsonElement json, Type type) => json.Deserialize(type, Json);

    private static bool IsHeld(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String)
            or SpecialType.System_DateTime || type.TypeKind == TypeKind.Enum)
            return true;
        if (type is IArrayTypeSymbol array)
            return array.Rank == 1 && IsHeld(array.ElementType, seen);
        if (type is not INamedTypeSymbol named || type.IsAnonymousType)
            return false;
        if (!seen.Add(type))
            return true; // a record of itself: its other parts decide
        if (named.IsTupleType)
            return named.TupleElements.All(element => IsHeld(element.Type, seen));
        var name = $"{named.ContainingNamespace?.ToDisplayString()}.{named.Name}";
        if (Plain.Contains(name))
            return true;
        if (named.IsRecord)
        {
            return named.GetMembers().All(member => member switch
            {
                IPropertySymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } property =>
                    IsHeld(property.Type, seen),
                IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field =>
                    field.DeclaredAccessibility == Accessibility.Public && IsHeld(field.Type, seen),
                _ => true,
            });
        }

        return (name, named.TypeArguments) switch
        {
            ("System.Nullable" or "System.Collections.Generic.List", [var only]) => IsHeld(only, seen),
            ("System.Collections.Generic.Dictionary", [{ SpecialType: SpecialType.System_String }, var value]) =>
                IsHeld(value, seen),
            _ => false,
        };
    }

    /// <summary>Whether a value and all in it are of their declared types: JSON drops what a derived type adds.
    /// </summary>
    private static bool IsExact(object? value, Type type)
    {
        if (value is null)
            return true;
        if (value.GetType() != (Nullable.GetUnderlyingType(type) ?? type))
            return false;
        if (type.IsPrimitive || type.IsEnum || value is string)
            return true;
        if (type.IsArray && type.GetElementType() is { } item)
            return item.IsPrimitive || ((Array)value).Cast<object?>().All(part => IsExact(part, item));
        if (value is IDictionary map)
            return map.Values.Cast<object?>().All(part => IsExact(part, type.GenericTypeArguments[1]));
        if (value is IList list)
            return list.Cast<object?>().All(part => IsExact(part, type.GenericTypeArguments[0]));
        if (value is ITuple)
            return type.GetFields().All(field => IsExact(field.GetValue(value), field.FieldType));
        return type.Namespace == "System" || type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .All(part => IsExact(part.GetValue(value), part.PropertyType));
    }
}
