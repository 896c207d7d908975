using System.Globalization;

namespace FinML.Verification;

/// <summary>
/// The textbook samples that published numbers were computed from, embedded so that <c>finml verify</c> has them
/// everywhere: comma-separated, a header of names, a missing number empty or NA.
/// </summary>
internal static class Samples
{
    /// <summary>One numeric column; a missing number is NaN.</summary>
    internal static double[] Column(string file, string column) =>
        Array.ConvertAll(Texts(file, column), text => text is "" or "NA"
            ? double.NaN
            : double.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>One column as it is written.</summary>
    internal static string[] Texts(string file, string column)
    {
        using Stream stream = typeof(Samples).Assembly.GetManifestResourceStream(file)
            ?? throw new ArgumentException($"There is no embedded sample '{file}'.", nameof(file));
        using var reader = new StreamReader(stream);
        string[] header = reader.ReadLine()!.Split(',');
        int index = Array.IndexOf(header, column);
        if (index < 0)
            throw new ArgumentException(
                $"'{file}' has no column '{column}'; it has {string.Join(", ", header)}.", nameof(column));
        var texts = new List<string>();
        while (reader.ReadLine() is { } line)
            texts.Add(line.Split(',')[index]);
        return [.. texts];
    }
}
