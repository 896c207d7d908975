using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FinML.Notebooks;

/// <summary>A value on one line, the same in every culture.</summary>
internal static class ObjectText
{
    private const int DepthLimit = 4;

    public static string Of(object? value) => Of(value, 0);

    public static bool IsNumber(object? value) =>
        value is sbyte or byte or short or ushort or int or uint or long or ulong or nint or nuint
            or Int128 or UInt128 or System.Numerics.BigInteger or Half or float or double or decimal;

    /// <summary>Whether a value is shown as one piece of text rather than by its parts.</summary>
    public static bool IsScalar(object? value) =>
        value is null or string or Enum or Type or Delegate or IFormattable or bool or Exception or ITuple or Task
        || (value is not IEnumerable && Properties(value).Length == 0);

    /// <summary>The public properties that a value shows, in declaration order.</summary>
    public static PropertyInfo[] Properties(object value) =>
    [
        .. value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike)
            .OrderBy(p => p.MetadataToken),
    ];

    /// <summary>A property's value; where the getter throws, what it threw.</summary>
    public static object? Read(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException error)
        {
            return error.InnerException ?? error;
        }
    }

    private static string Of(object? value, int depth)
    {
        switch (value)
        {
            case null:
                return "null";
            case string text:
                return text;
            case bool flag:
                return flag ? "true" : "false";
            case DateTime time:
                return time.TimeOfDay == TimeSpan.Zero
                    ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
            case DateOnly date:
                return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case Exception error:
                return $"{error.GetType().Name}: {error.Message}";
            case Type type:
                return type.ToString();
            case ITuple tuple:
                return "(" + string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i], depth + 1)))
                    + ")";
            case IFormattable formattable:
                return formattable.ToString(null, CultureInfo.InvariantCulture);
            case IDictionary dictionary when depth < DepthLimit:
                return List(dictionary.Cast<DictionaryEntry>()
                    .Select(pair => $"{Of(pair.Key, depth + 1)}: {Of(pair.Value, depth + 1)}"), "{", "}");
            case IEnumerable sequence when depth < DepthLimit && !OverridesToString(value):
                return List(sequence.Cast<object?>().Select(item => Of(item, depth + 1)), "[", "]");
        }

        // A record prints its numbers in the current culture, so its properties are read instead of its ToString.
        var properties = Properties(value);
        var byParts = IsRecordLike(value.GetType()) || !OverridesToString(value);
        if (!byParts || properties.Length == 0 || depth >= DepthLimit)
            return value.ToString() ?? value.GetType().Name;
        var name = value.GetType().Name.Contains('<') ? "" : value.GetType().Name + " ";
        return name + List(properties.Select(p => $"{p.Name} = {Of(Read(p, value), depth + 1)}"), "{ ", " }");
    }

    private static string List(IEnumerable<string> items, string open, string close)
    {
        var shown = items.Take(ValueFormatter.ListLimit + 1).ToList();
        var cut = shown.Count > ValueFormatter.ListLimit;
        var more = cut ? ", \u2026" : "";
        return open + string.Join(", ", shown.Take(ValueFormatter.ListLimit)) + more + close;
    }

    /// <summary>Compiler-made ToString: records (by their PrintMembers) and anonymous types.</summary>
    private static bool IsRecordLike(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null
        || type.Name.Contains("AnonymousType", StringComparison.Ordinal);

    private static bool OverridesToString(object value)
    {
        var declaring = value.GetType().GetMethod(nameof(ToString), [])?.DeclaringType;
        return declaring is not null && declaring != typeof(object) && declaring != typeof(ValueType);
    }
}
