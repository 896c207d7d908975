using System.Text;

namespace FinML.Data;

/// <summary>Cuts a line of a separated file into its fields (RFC 4180; a quoted field ends on its line).</summary>
internal static class Fields
{
    /// <summary>
    /// The field at <paramref name="position"/> without its quotes and the spaces around it; the position moves behind
    /// the separator, and behind the line's length after the last field.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="position">From 0 to the length of the line.</param>
    /// <param name="separator">Ends a field outside quotes.</param>
    /// <param name="field">What stands there; quotes inside it are still doubled.</param>
    /// <returns>Whether the quotes of the field are closed, and nothing follows them.</returns>
    public static bool Take(ReadOnlySpan<byte> line, scoped ref int position, byte separator,
        out ReadOnlySpan<byte> field)
    {
        ReadOnlySpan<byte> rest = line[position..];
        int lead = 0;
        while (lead < rest.Length && rest[lead] == ' ' && separator != ' ')
        {
            lead++;
        }

        if (lead == rest.Length || rest[lead] != '"')
        {
            int length = rest.IndexOf(separator);
            field = length < 0 ? rest : rest[..length];
            position += field.Length + 1;
            field = Trim(field);
            return true;
        }

        int close = lead + 1;
        while (true)
        {
            int quote = rest[close..].IndexOf((byte)'"');
            if (quote < 0)
            {
                field = rest;
                position = line.Length + 1;
                return false;
            }

            close += quote;
            if (close + 1 == rest.Length || rest[close + 1] != '"')
            {
                break;
            }

            close += 2; // a doubled quote stands for one
        }

        field = Trim(rest[(lead + 1)..close]);
        ReadOnlySpan<byte> after = rest[(close + 1)..];
        int end = after.IndexOf(separator);
        ReadOnlySpan<byte> junk = Trim(end < 0 ? after : after[..end]);
        position += close + 1 + (end < 0 ? after.Length : end) + 1;
        return junk.IsEmpty;
    }

    /// <summary>The field's text.</summary>
    public static string Text(ReadOnlySpan<byte> field) =>
        Encoding.UTF8.GetString(field).Replace("\"\"", "\"", StringComparison.Ordinal);

    /// <summary>All fields of a line as text; null where its quotes are not closed.</summary>
    public static List<string>? All(ReadOnlySpan<byte> line, byte separator)
    {
        List<string> fields = [];
        int position = 0;
        while (position <= line.Length)
        {
            if (!Take(line, ref position, separator, out ReadOnlySpan<byte> field))
            {
                return null;
            }

            fields.Add(Text(field));
        }

        return fields;
    }

    /// <summary>Whether there is nothing in the line but separators, spaces and quotes.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line, byte separator)
    {
        foreach (byte b in line)
        {
            if (b != separator && b is not ((byte)' ' or (byte)'\t' or (byte)'"' or (byte)'\r'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text, shortened for a message.</summary>
    public static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";

    /// <summary>The first of the names, shortened, for a message.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Take(20).Select(Shorten));

    /// <inheritdoc cref="Shorten(string)"/>
    public static string Shorten(ReadOnlySpan<byte> text) => Shorten(Text(text[..Math.Min(text.Length, 200)]));

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty || (field[0] is > (byte)' ' and < 0x80 && field[^1] is > (byte)' ' and < 0x80))
        {
            return field;
        }

        // A non-breaking space (C2 A0) is a space too: spreadsheets put it around numbers.
        field = field.Trim(" \t\r"u8);
        while (field is [0xC2, 0xA0, ..])
        {
            field = field[2..].TrimStart(" \t"u8);
        }

        while (field is [.., 0xC2, 0xA0])
        {
            field = field[..^2].TrimEnd(" \t"u8);
        }

        return field;
    }
}
