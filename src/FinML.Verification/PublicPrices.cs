using System.Globalization;
using System.IO.Compression;
using FinML.Data;

namespace FinML.Verification;

/// <summary>
/// The public panels that may not be shipped, as prices of one field, close: read from the folder public beside the
/// catalogue or from the folder that FINML_DATA_MIRROR names.
/// </summary>
internal static class PublicPrices
{
    private const string MirrorVariable = "FINML_DATA_MIRROR";

    /// <summary>Prices by row; rows without a date are days from 1970 on.</summary>
    /// <param name="context">Says where the catalogue is.</param>
    /// <param name="file">A gzipped CSV file.</param>
    /// <param name="hasHeader">Whether the first line names the assets.</param>
    /// <param name="areReturns">Whether the values are simple returns, of which prices are made that start with
    /// 1.</param>
    /// <param name="firstRowIsRelative">Whether a row of ones stands before the first.</param>
    /// <exception cref="MissingDataException">The file is not here.</exception>
    internal static Panel Load(
        VerificationContext context,
        string file,
        bool hasHeader = true,
        bool areReturns = false,
        bool firstRowIsRelative = false)
    {
        string[][] lines = [.. Lines(Find(context, file)).Select(line => line.Split(','))];
        int first = hasHeader ? 1 : 0;
        int skip = hasHeader && lines[0][0].Equals("Date", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        int assets = lines[0].Length - skip, lead = areReturns || firstRowIsRelative ? 1 : 0;
        double[][] prices = new double[assets][]; // (assets) of (rows)
        for (int asset = 0; asset < assets; asset++)
        {
            prices[asset] = new double[lines.Length - first + lead];
            double price = prices[asset][0] = 1;
            for (int row = first; row < lines.Length; row++)
            {
                double value = double.Parse(
                    lines[row][asset + skip], NumberStyles.Float, CultureInfo.InvariantCulture);
                price = areReturns ? price * (1 + value) : value;
                prices[asset][row - first + lead] = price;
            }
        }

        return Panel.Create(
            [.. Enumerable.Range(0, prices[0].Length).Select(row => DateTime.UnixEpoch.AddDays(row))],
            hasHeader ? lines[0][skip..] : [.. Enumerable.Range(0, assets).Select(asset => $"x{asset}")],
            ["close"],
            prices);
    }

    private static string Find(VerificationContext context, string file)
    {
        string fetched = Path.Combine(context.Catalog.Root, "public", file);
        string mirrored = Path.Combine(Environment.GetEnvironmentVariable(MirrorVariable) ?? "", file);
        return File.Exists(fetched) ? fetched
            : File.Exists(mirrored) ? mirrored
            : throw new MissingDataException(
                $"{file} may not be shipped and is not here: put it into {Path.GetDirectoryName(fetched)}, or set "
                + $"{MirrorVariable} to a folder that holds it.");
    }

    private static IEnumerable<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
                yield return line;
        }
    }
}
