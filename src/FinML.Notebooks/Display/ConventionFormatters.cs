using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace FinML.Notebooks;

/// <summary>
/// Formatters found by .NET Interactive's convention, so that a library needs no reference to a notebook package: an
/// attribute NAMED TypeFormatterSourceAttribute, with FormatterSourceType and PreferredMimeTypes, on the type, a base
/// type or an interface; the source has CreateTypeFormatters(); a formatter has MimeType and
/// <c>bool Format(object, TextWriter)</c>.
/// </summary>
internal static class ConventionFormatters
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Entry>> Cache = new();

    private sealed record Entry(string MimeType, Func<object, TextWriter, bool> Format);

    /// <summary>The value in each media type that its formatters prefer; empty where it has no formatters.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Format(object value)
    {
        var parts = new List<KeyValuePair<string, string>>();
        foreach (var entry in Cache.GetOrAdd(value.GetType(), Find))
        {
            using var writer = new StringWriter { NewLine = "\n" };
            if (entry.Format(value, writer) && parts.All(part => part.Key != entry.MimeType))
                parts.Add(new(entry.MimeType, writer.ToString()));
        }

        return parts;
    }

    private static IReadOnlyList<Entry> Find(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Attribute(current) is { } attribute)
                return Read(attribute);
        }

        // Interfaces in a fixed order: reflection promises none.
        foreach (var contract in type.GetInterfaces().OrderBy(i => i.FullName, StringComparer.Ordinal))
        {
            if (Attribute(contract) is { } attribute)
                return Read(attribute);
        }

        return [];
    }

    private static object? Attribute(Type type) =>
        type.GetCustomAttributes(inherit: false)
            .FirstOrDefault(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");

    private static IReadOnlyList<Entry> Read(object attribute)
    {
        if (Property(attribute, "FormatterSourceType") is not Type sourceType)
            return [];
        var source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        if (Call(source, "CreateTypeFormatters") is not System.Collections.IEnumerable formatters)
            return [];

        var entries = new List<Entry>();
        foreach (var formatter in formatters)
        {
            var format = formatter.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public)
                .FirstOrDefault(m => m.Name == "Format" && m.ReturnType == typeof(bool)
                                     && m.GetParameters() is [_, { ParameterType: var second }]
                                     && second.IsAssignableFrom(typeof(StringWriter)));
            if (Property(formatter, "MimeType") is string mime && format is not null)
                entries.Add(new Entry(mime, (value, writer) => (bool)Invoke(format, formatter, [value, writer])!));
        }

        return Property(attribute, "PreferredMimeTypes") is IEnumerable<string> preferred && preferred.Any()
            ? [.. preferred.Append("text/plain").Distinct().SelectMany(mime => entries.Where(e => e.MimeType == mime))]
            : entries;
    }

    private static object? Property(object target, string name) => target.GetType().GetProperty(name)?.GetValue(target);

    private static object? Call(object target, string name) =>
        target.GetType().GetMethod(name, BindingFlags.Instance | BindingFlags.Public, []) is { } method
            ? Invoke(method, target, [])
            : null;

    /// <summary>Calls and rethrows what the method threw, not reflection's wrapper.</summary>
    private static object? Invoke(MethodInfo method, object target, object?[] arguments)
    {
        try
        {
            return method.Invoke(target, arguments);
        }
        catch (TargetInvocationException error) when (error.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(error.InnerException);
            throw;
        }
    }
}
