using System.Text;
using FinML.Data.Tests.Loaders;

namespace FinML.Data.Tests.Fuzz;

/// <summary>Spoils files: bytes, lines, columns, numbers, encodings, archives cut off or changed, bombs.</summary>
internal sealed class Mutator(RandomStream random)
{
    private static readonly byte[][] s_junk = [.. new[]
    {
        "", ",", ";", "\"", "\n", "\r\n", "\r", "\t", "0", "-1", "1e400", "-1e-400", "NaN", "inf", "\0", "\uFEFF", "é",
        "💥", "1.2.3", "1,234", "1.234,5", "2020-02-30", "9999-12-31", "0001-01-01", "31/12/2020", "12/31/2020", "null",
        "Date", "symbol", "Close", " ", "99999999999999999999", "9223372036854775807", "%", "9999-12-31T23:59:59-14:00",
        "99991231 23:59", "9999999999999", "'", "24:00", "\u00A0", "#", "--", "0x1F", "1_000", "٣", "sep=;\n",
        ",,,,,,,,",
        "\"\"", "1E5", "+1", ".", "86400000", "-9999999999",
    }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] s_bombs = [.. new[] { "0", "\n", "1,2\n", "9", "\"" }.SelectMany(s => Bombs(s))];

    /// <summary>The number of bombs among so many files.</summary>
    public const int FilesABomb = 4000;

    public byte[] Next(byte[] honest)
    {
        if (random.NextInt(FilesABomb) == 0)
        {
            return s_bombs[random.NextInt(s_bombs.Length)];
        }

        List<byte> file = [.. honest];
        for (int changes = random.NextInt(4); changes > 0; changes--)
        {
            Change(file);
        }

        return Pack([.. file]);
    }

    private void Change(List<byte> file)
    {
        int at = random.NextInt(file.Count + 1);
        switch (random.NextInt(9))
        {
            case 0:
                if (at < file.Count)
                {
                    file[at] = (byte)random.NextInt(256);
                }

                break;
            case 1:
                file.RemoveRange(at, Math.Min(file.Count - at, random.NextInt(12)));
                break;
            case 2:
                file.InsertRange(at, s_junk[random.NextInt(s_junk.Length)]);
                break;
            case 3: // a field or a number is another
                int end = at;
                while (end < file.Count && file[end] is not ((byte)',' or (byte)'\n'))
                {
                    end++;
                }

                file.RemoveRange(at, end - at);
                file.InsertRange(at, s_junk[random.NextInt(s_junk.Length)]);
                break;
            case 4: // a line is twice, or two are turned
                (int from, int length) = LineAt(file, at);
                byte[] line = [.. file.GetRange(from, length)];
                file.InsertRange(LineAt(file, random.NextInt(file.Count + 1)).From, line);
                break;
            case 5: // a line is gone
                (from, length) = LineAt(file, at);
                file.RemoveRange(from, length);
                break;
            case 6: // a column is twice
                string[] lines = Encoding.Latin1.GetString([.. file]).Split('\n');
                file.Clear();
                file.AddRange(Encoding.Latin1.GetBytes(
                    string.Join('\n', lines.Select(l => l + ',' + l.Split(',')[^1]))));
                break;
            case 7:
                file.RemoveRange(at, file.Count - at);
                break;
            default: // a part is somewhere else again
                byte[] part = [.. file.GetRange(at, Math.Min(file.Count - at, random.NextInt(40)))];
                file.InsertRange(random.NextInt(file.Count + 1), part);
                break;
        }
    }

    private static (int From, int Length) LineAt(List<byte> file, int at)
    {
        int from = at == 0 ? -1 : file.LastIndexOf((byte)'\n', at - 1);
        int end = at == file.Count ? -1 : file.IndexOf((byte)'\n', at);
        end = end < 0 ? file.Count : end + 1;
        return (from + 1, end - from - 1);
    }

    private byte[] Pack(byte[] text)
    {
        byte[] file = random.NextInt(40) switch
        {
            0 => Archives.Gzip(text),
            1 => Archives.Zip(("x.csv", text)),
            2 => [0xEF, 0xBB, 0xBF, .. text],
            3 => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.Latin1.GetString(text))],
            4 => [0xFE, 0xFF, .. text],
            _ => text,
        };
        if (file.Length != text.Length && random.NextInt(2) == 0)
        {
            file = random.NextInt(2) == 0 ? file[..random.NextInt(file.Length)] : file;
            for (int i = random.NextInt(3); i > 0 && file.Length > 0; i--)
            {
                file[random.NextInt(file.Length)] ^= (byte)(1 << random.NextInt(8));
            }
        }

        return file;
    }

    private static IEnumerable<byte[]> Bombs(string text)
    {
        byte[] long_ = new byte[6 << 20];
        for (int i = 0; i < long_.Length; i++)
        {
            long_[i] = (byte)text[i % text.Length];
        }

        yield return Archives.Gzip(long_);
        yield return Archives.Zip(("x.csv", long_));
        yield return Archives.Gzip(Archives.Gzip(long_));
    }
}
