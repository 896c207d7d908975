using System.Globalization;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>
/// A linear data set of NIST's Statistical Reference Datasets, read from its own file: certified values, then data.
/// One regressor with several coefficients stands for a polynomial.
/// </summary>
internal sealed record NistRegression
{
    internal required double[] Y { get; init; }

    internal required DesignMatrix X { get; init; }

    internal required double[] Estimates { get; init; }

    internal required double[] Errors { get; init; }

    internal required double Deviation { get; init; }

    internal required double RSquared { get; init; }

    internal required double Statistic { get; init; }

    internal static NistRegression Parse(string text)
    {
        string[][] lines = [.. text.Split('\n').Select(line => line.Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries))];
        string[][] parameters = [.. lines.Where(line =>
            line.Length == 3 && line[0][0] == 'B' && char.IsDigit(line[0][^1]))];
        int start = Array.FindLastIndex(lines, line => line.Length > 1 && line[0] == "Data:");
        double[][] rows = [.. lines.Skip(start + 1).Where(line => line.Length > 1).Select(line =>
            Array.ConvertAll(line, Number))];
        bool intercept = parameters[0][0] == "B0";
        int slopes = parameters.Length - (intercept ? 1 : 0);
        bool polynomial = rows[0].Length == 2;
        DesignMatrix x = DesignMatrix.Of([.. Enumerable.Range(1, slopes).Select(j => ($"x{j}",
            Array.ConvertAll(rows, row => polynomial ? Math.Pow(row[1], j) : row[j])))]);
        return new NistRegression
        {
            Y = Array.ConvertAll(rows, row => row[0]),
            X = intercept ? x.WithIntercept() : x,
            Estimates = Array.ConvertAll(parameters, line => Number(line[1])),
            Errors = Array.ConvertAll(parameters, line => Number(line[2])),
            Deviation = Number(lines.First(line => line is ["Standard", "Deviation", _])[2]),
            RSquared = Number(lines.First(line => line is ["R-Squared", _])[1]),
            Statistic = Number(lines.First(line => line is ["Regression", _, _, _, _])[4]),
        };
    }

    private static double Number(string text) => text == "Infinity"
        ? double.PositiveInfinity
        : double.Parse(text, CultureInfo.InvariantCulture);
}
