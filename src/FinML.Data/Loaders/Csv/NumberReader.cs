using System.Globalization;
using System.Text.RegularExpressions;

namespace FinML.Data;

/// <summary>
/// Reads numbers as people's files have them: 1234.5, 1,234.50, 1.234,50, 1'234.5, $5, 2.5M. Whether a comma is the
/// decimal mark is decided once for the file, from the numbers that leave no doubt: a point is assumed until a number
/// proves the comma, and then the file is read again.
/// </summary>
/// <param name="given">The mark, where the user says it.</param>
/// <param name="assumed">The mark to begin with where the user does not.</param>
internal sealed partial class NumberReader(char? given, char assumed)
{
    private const NumberStyles PlainStyle =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private const byte NoMark = 0;

    private readonly char _mark = given ?? assumed;
    private readonly byte _markByte = (byte)(given ?? assumed);
    private long _dotRow;    // the first row that proves a decimal point (or thousands commas); 0: none
    private long _commaRow;  // the first row that proves a decimal comma (or thousands points)
    private long _doubtRow;  // the first row with a number such as 1,234, which proves nothing
    private string _doubt = "";
    private bool _settled = given is not null;

    /// <summary>Whether the file has to be read again, with a decimal comma.</summary>
    public bool Again => given is null && _commaRow > 0 && _mark == '.';

    /// <summary>Whether the file contradicts itself.</summary>
    public bool Torn => given is null && _commaRow > 0 && _dotRow > 0;

    /// <summary>Reads a plain number at the position in a line and moves behind its separator, or leaves the position
    /// to the slower way.</summary>
    public bool TryTake(ReadOnlySpan<byte> line, ref int position, byte separator, long row, out double value)
    {
        byte mark = separator == _markByte ? NoMark : _markByte; // between commas a decimal comma stands in quotes
        if (!FastNumber.TryRead(line, ref position, separator, mark, out value, out int whole, out int fraction))
        {
            return false;
        }

        if (!_settled && fraction >= 0 && (fraction != 3 || whole is 0 or > 3))
        {
            Prove(_mark == '.', row); // 1.234 proves nothing: its mark may group thousands
        }

        return true;
    }

    /// <summary>Reads the number of a field; NaN where it is missing.</summary>
    public bool TryRead(ReadOnlySpan<byte> field, long row, out double value)
    {
        value = double.NaN;
        if (IsMissing(field))
        {
            return true;
        }

        int position = 0;
        if (TryTake(field, ref position, 0, row, out value) && position == field.Length + 1)
        {
            return true;
        }

        if (_mark == '.' && field[0] != '+'
            && double.TryParse(field, PlainStyle, CultureInfo.InvariantCulture, out value) && double.IsFinite(value))
        {
            if (field.Contains((byte)'.'))
            {
                Prove(true, row); // so many digits, or an exponent
            }

            return true;
        }

        value = double.NaN;
        if (field.Length > 200)
        {
            return false;
        }

        string text = Fields.Text(field);
        if (given is null)
        {
            Observe(text, row);
        }

        return TryRead(text, out value);
    }

    /// <summary>The problem where the file contradicts itself or leaves the mark open.</summary>
    public ImportProblem? Decide() => Torn
        ? new ImportProblem(Math.Max(_dotRow, _commaRow),
            $"the decimal mark is a point in row {_dotRow} and a comma in row {_commaRow}; a file must use one.")
        : given is null && _dotRow == 0 && _commaRow == 0 && _doubtRow > 0
        ? new ImportProblem(_doubtRow,
            $"'{_doubt}' may have a decimal comma or a thousands separator, and no other number of the file tells; say "
            + "which with --decimal.")
        : null;

    /// <summary>Whether a field says that there is no value.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> field) => field.Length switch
    {
        0 => true,
        1 => field[0] is (byte)'-' or (byte)'.',
        2 => field.SequenceEqual("NA"u8),
        3 => field.SequenceEqual("NaN"u8) || field.SequenceEqual("nan"u8) || field.SequenceEqual("N/A"u8)
            || field.SequenceEqual("n/a"u8),
        4 => field.SequenceEqual("null"u8) || field.SequenceEqual("NULL"u8) || field.SequenceEqual("None"u8),
        _ => false,
    };

    /// <summary>Takes note of what a number says about the marks.</summary>
    private void Observe(string text, long row)
    {
        string number = Clean(text);
        int dots = number.Count(c => c == '.'), commas = number.Count(c => c == ',');
        if (dots > 0 && commas > 0)
        {
            Prove(number.LastIndexOf('.') > number.LastIndexOf(','), row);
        }
        else if (dots + commas > 1)
        {
            Prove(commas > 1, row); // 1,234,567: the mark that is there twice groups
        }
        else if (dots + commas == 1 && !Grouped().IsMatch(number))
        {
            Prove(dots == 1, row);
        }
        else if (commas == 1 && _doubtRow == 0)
        {
            _doubtRow = row;
            _doubt = text;
        }
    }

    private bool TryRead(string text, out double value)
    {
        string number = Clean(text);
        double factor = 1;
        value = double.NaN;
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
        _settled = dotIsDecimal == (_mark == '.');
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
