using System.Globalization;
using System.Text.RegularExpressions;

namespace FinML.Data;

/// <summary>
/// Reads numbers as people's files have them: 1234.5, 1,234.50, 1.234,50, 1'234.5, $5, 2.5M. Whether a comma is the
/// decimal mark is decided once for the file, from the numbers that leave no doubt.
/// </summary>
internal sealed partial class NumberReader
{
    private long _dotRow;    // the first row that proves a decimal point (or thousands commas); 0: none
    private long _commaRow;  // the first row that proves a decimal comma (or thousands points)
    private long _doubtRow;  // the first row with a number such as 1,234, which proves nothing
    private string _doubt = "";
    private char _mark;

    /// <summary>Takes note of what a number says about the marks.</summary>
    public void Observe(string text, long row)
    {
        string number = Clean(text);
        int dots = number.Count(c => c == '.'), commas = number.Count(c => c == ',');
        if (dots == 0 && commas == 0)
        {
            return;
        }

        if (dots > 0 && commas > 0)
        {
            Prove(number.LastIndexOf('.') > number.LastIndexOf(','), row);
        }
        else if (dots + commas > 1)
        {
            Prove(commas > 1, row); // 1,234,567: the mark that is there twice groups
        }
        else if (dots == 1 && !Grouped().IsMatch(number))
        {
            Prove(true, row);
        }
        else if (commas == 1 && !Grouped().IsMatch(number))
        {
            Prove(false, row);
        }
        else if (commas == 1 && _doubtRow == 0)
        {
            _doubtRow = row;
            _doubt = text;
        }
    }

    /// <summary>Decides the decimal mark; a problem where the file contradicts itself or leaves it open.</summary>
    public ImportProblem? Decide(char? given)
    {
        if (given is char mark)
        {
            _mark = mark;
            return null;
        }

        if (_dotRow > 0 && _commaRow > 0)
        {
            return new ImportProblem(Math.Max(_dotRow, _commaRow),
                $"the decimal mark is a point in row {_dotRow} and a comma "
                + $"in row {_commaRow}; a file must use one.");
        }

        if (_dotRow == 0 && _commaRow == 0 && _doubtRow > 0)
        {
            return new ImportProblem(_doubtRow,
                $"'{_doubt}' may have a decimal comma or a thousands separator, and no other "
                + "number of the file tells; say which with --decimal.");
        }

        _mark = _commaRow > 0 ? ',' : '.';
        return null;
    }

    /// <summary>Reads one number; NaN where it is missing.</summary>
    public bool TryRead(string text, out double value)
    {
        value = double.NaN;
        if (IsMissing(text))
        {
            return true;
        }

        string number = Clean(text);
        double factor = 1;
        if (number.Length > 1 && "KMBT".IndexOf(char.ToUpperInvariant(number[^1])) is int power and >= 0)
        {
            factor = Math.Pow(1000, power + 1);
            number = number[..^1];
        }

        char group = _mark == '.' ? ',' : '.';
        if (number.Contains(group, StringComparison.Ordinal))
        {
            string whole = number.Split(_mark)[0];
            if (!Groups().IsMatch(whole.Replace(group, ',')) || number.LastIndexOf(group) >= whole.Length)
            {
                return false;
            }

            number = number.Replace(group.ToString(), "", StringComparison.Ordinal);
        }

        number = number.Replace(_mark, '.');
        if (!Plain().IsMatch(number)
            || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        value *= factor;
        return double.IsFinite(value);
    }

    public static bool IsMissing(string text) => text.Trim() is "" or "-" or "NA" or "N/A" or "n/a" or "NaN" or "nan"
        or "null" or "NULL" or "None" or ".";

    private static string Clean(string text)
    {
        string number = text.Trim();
        if (number.Length > 0 && "$€£¥".Contains(number[0], StringComparison.Ordinal))
        {
            number = number[1..];
        }

        // Spaces and apostrophes group thousands in some countries; a non-breaking space is one too.
        return new string([.. number.Where(c => c != '\'' && c != '’' && !char.IsWhiteSpace(c))]);
    }

    private void Prove(bool dotIsDecimal, long row)
    {
        ref long first = ref dotIsDecimal ? ref _dotRow : ref _commaRow;
        first = first == 0 ? row : first;
    }

    /// <summary>One to three digits (not a lone 0), a mark and three digits: 1,234 or 1.234, which may group or
    /// not.</summary>
    [GeneratedRegex(@"\A[+-]?[1-9]\d{0,2}[.,]\d{3}\z")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"\A[+-]?[1-9]\d{0,2}(,\d{3})+\z")]
    private static partial Regex Groups();

    [GeneratedRegex(@"\A[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\z")]
    private static partial Regex Plain();
}
