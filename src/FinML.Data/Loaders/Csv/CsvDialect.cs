namespace FinML.Data;

/// <summary>What stands between the fields of a file, and what its first line is.</summary>
/// <param name="Separator">One byte.</param>
/// <param name="Header">The names of the columns; null where the first line is data.</param>
/// <param name="First">The fields of the first line of data; empty where there is none.</param>
internal sealed record CsvDialect(byte Separator, IReadOnlyList<string>? Header, IReadOnlyList<string> First)
{
    private const int Sampled = 20;

    private static readonly byte[] s_candidates = "\t;|,"u8.ToArray(); // a comma may be a decimal mark: it comes last

    /// <summary>Looks at the beginning of the text and leaves the reader at the first line of data.</summary>
    /// <exception cref="DataException">The header's quotes are not closed.</exception>
    public static CsvDialect Detect(LineReader lines, CsvOptions options, string name)
    {
        byte? separator = options.Separator is char s ? (byte)s : null;
        if (lines.Peek() is [(byte)'s', (byte)'e', (byte)'p', (byte)'=', byte named, (byte)'\r' or (byte)'\n', ..])
        {
            separator ??= named;
            lines.TryRead(out _);
        }

        ReadOnlySpan<byte> sample = lines.Peek();
        byte mark = separator ?? BestOf(sample);
        List<string> first = FieldsOfLine(ref sample, mark)
            ?? throw new DataException($"{name}, line {lines.Line + 1}: the quotes of a field are not closed.");
        bool header = options.Header ?? first.Any(f => !IsValue(f));
        if (!header)
        {
            return new CsvDialect(mark, null, first);
        }

        ReadOnlySpan<byte> line;
        while (lines.TryRead(out line) && Fields.IsBlank(line, mark))
        {
        }

        return new CsvDialect(mark, first, FieldsOfLine(ref sample, mark) ?? []);
    }

    /// <summary>Whether a field may be data: a number, a time or nothing.</summary>
    private static bool IsValue(string text)
    {
        byte[] field = System.Text.Encoding.UTF8.GetBytes(text);
        return NumberReader.IsMissing(field) || new NumberReader('.', '.').TryRead(field, 0, out _)
            || new NumberReader(',', ',').TryRead(field, 0, out _)
            || new DateReader("dmy", "dmy").TryRead(field, 0, out _, out _)
            || new DateReader("mdy", "mdy").TryRead(field, 0, out _, out _);
    }

    /// <summary>The fields of the next line that is not blank; null where its quotes are not closed.</summary>
    private static List<string>? FieldsOfLine(ref ReadOnlySpan<byte> sample, byte separator)
    {
        while (!sample.IsEmpty)
        {
            ReadOnlySpan<byte> line = NextLine(ref sample);
            if (!Fields.IsBlank(line, separator))
            {
                return Fields.All(line, separator);
            }
        }

        return [];
    }

    /// <summary>The mark that is as often in the lines as in the first one, outside quotes.</summary>
    private static byte BestOf(ReadOnlySpan<byte> sample)
    {
        Span<int> score = stackalloc int[s_candidates.Length], header = stackalloc int[s_candidates.Length];
        for (int n = 0; n < Sampled && !sample.IsEmpty; n++)
        {
            ReadOnlySpan<byte> line = NextLine(ref sample);
            for (int c = 0; c < s_candidates.Length; c++)
            {
                int count = Count(line, s_candidates[c]);
                header[c] = n == 0 ? count : header[c];
                score[c] += count > 0 && count == header[c] ? 1 : 0;
            }
        }

        int best = s_candidates.Length - 1;
        for (int c = s_candidates.Length - 1; c >= 0; c--)
        {
            best = score[c] >= score[best] && score[c] > 0 ? c : best;
        }

        return s_candidates[best];
    }

    private static int Count(ReadOnlySpan<byte> line, byte mark)
    {
        int count = 0;
        bool quoted = false;
        foreach (byte b in line)
        {
            quoted ^= b == '"';
            count += b == mark && !quoted ? 1 : 0;
        }

        return count;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> sample)
    {
        int length = sample.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = length < 0 ? sample : sample[..length];
        sample = length < 0 ? [] : sample[(length + 1)..];
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }
}
