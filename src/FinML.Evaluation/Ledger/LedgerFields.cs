using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FinML.Evaluation;

/// <summary>The fields of an entry by name, each as text: doubles to the bit, times in UTC. One text for one content:
/// names in ordinal order.</summary>
internal sealed class LedgerFields
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, string> Values => _values;

    internal string this[string name] => _values.TryGetValue(name, out string? value)
        ? value
        : throw new FormatException($"the field {name} is missing");

    internal string? Optional(string name) => _values.GetValueOrDefault(name);

    internal double Double(string name) =>
        double.Parse(this[name], NumberStyles.Float, CultureInfo.InvariantCulture);

    internal int Integer(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);

    internal DateTime Time(string name) => DateTime.ParseExact(
        this[name], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    internal IReadOnlyList<string> List(string name)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(this[name])
                ?? throw new FormatException($"the field {name} is null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"the field {name} is not a list of texts ({error.Message})", error);
        }
    }

    internal LedgerFields Add(string name, string? value)
    {
        if (value is not null)
            _values.Add(name, value);
        return this;
    }

    internal LedgerFields Add(string name, double value) =>
        Add(name, value.ToString("R", CultureInfo.InvariantCulture));

    internal LedgerFields Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    internal LedgerFields Add(string name, DateTime value) =>
        Add(name, value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture));

    internal LedgerFields Add(string name, IReadOnlyList<string> values) =>
        Add(name, JsonSerializer.Serialize(values));

    /// <exception cref="FormatException">The text is not one of <see cref="ToText"/>.</exception>
    internal static LedgerFields Parse(string text)
    {
        var fields = new LedgerFields();
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
                fields.Add(property.Name, property.Value.GetString());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"its fields are not a JSON object of texts ({error.Message})", error);
        }

        return fields;
    }

    internal string ToText()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach ((string name, string value) in _values)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
