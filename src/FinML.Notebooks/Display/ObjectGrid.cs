using System.Collections;
using System.Globalization;
using System.Reflection;

namespace FinML.Notebooks;

/// <summary>A value that reads best as a table: a dictionary, or a sequence of objects with properties.</summary>
internal sealed record ObjectGrid(
    IReadOnlyList<string> Columns, IReadOnlyList<ObjectGrid.Cell[]> Rows, string? Note)
{
    public readonly record struct Cell(string Text, bool IsNumber)
    {
        public static Cell Of(object? value) => new(ObjectText.Of(value), ObjectText.IsNumber(value));
    }

    /// <summary>The table of a value, or null where text says it better.</summary>
    public static ObjectGrid? TryRead(object value)
    {
        if (value is string or not IEnumerable)
            return null;

        var items = ((IEnumerable)value).Cast<object?>().Take(ValueFormatter.ListLimit + 1).ToList();
        var more = items.Count > ValueFormatter.ListLimit;
        if (more)
            items.RemoveAt(items.Count - 1);
        var note = more ? Remark(value) : null;

        if (items.Count > 0 && items.All(IsPair))
        {
            return new ObjectGrid(
                ["key", "value"],
                [.. items.Select(item => new[] { Cell.Of(Part(item!, "Key")), Cell.Of(Part(item!, "Value")) })],
                note);
        }

        if (items.Count == 0 || items.Any(ObjectText.IsScalar) || items.Any(item => item is IEnumerable))
            return null;

        // The columns are the union of the items' properties, in the order in which they first appear.
        var columns = items.SelectMany(item => ObjectText.Properties(item!).Select(p => p.Name)).Distinct().ToList();
        var rows = items.Select(item =>
        {
            var properties = ObjectText.Properties(item!).ToDictionary(p => p.Name);
            return columns.Select(name => properties.TryGetValue(name, out var p)
                ? Cell.Of(ObjectText.Read(p, item!))
                : new Cell("", false)).ToArray();
        });
        return new ObjectGrid(columns, [.. rows], note);
    }

    private static bool IsPair(object? item) =>
        item is DictionaryEntry
        || (item?.GetType() is { IsGenericType: true } type
            && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    private static object? Part(object pair, string name) =>
        pair.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public)!.GetValue(pair);

    private static string Remark(object value) => value is ICollection { Count: var count }
        ? string.Create(CultureInfo.InvariantCulture, $"\u2026 {ValueFormatter.ListLimit} of {count} rows shown")
        : $"\u2026 the first {ValueFormatter.ListLimit} rows shown";
}
