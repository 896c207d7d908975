using System.Globalization;
using System.Text.RegularExpressions;

namespace FinML.Notebooks.Papers;

/// <summary>
/// How a claim's numbers are written: a pattern of claims.json such as <c>0.000</c>, <c>#,##0</c> or <c>0.0%</c>, which
/// multiplies by 100. Minus is U+2212 and every culture gets the same text.
/// </summary>
public sealed partial record ClaimFormat
{
    private readonly string pattern;

    private ClaimFormat(string pattern) => this.pattern = pattern;

    /// <summary>The format of a pattern; null where it is not one.</summary>
    public static ClaimFormat? Parse(string pattern) => Pattern().IsMatch(pattern) ? new ClaimFormat(pattern) : null;

    /// <summary>A fixed number of decimals, 0 to 15.</summary>
    public static ClaimFormat Fixed(int decimals) =>
        new(decimals == 0 ? "#,##0" : "#,##0." + new string('0', decimals));

    /// <summary>A number with its unit: "0.318", "−1.2%", "12 bp".</summary>
    public string Write(double value, string unit)
    {
        var text = value.ToString(pattern, CultureInfo.InvariantCulture);
        // A small negative number is zero once it is rounded.
        if (text.StartsWith('-') && text.AsSpan().IndexOfAnyInRange('1', '9') < 0)
            text = text[1..];
        return text.Replace('-', '−') + (unit.Length == 0 ? "" : "\u00A0" + unit);
    }

    /// <summary>A difference with its sign.</summary>
    public string WriteDifference(double value, string unit) => value == 0
        ? Write(0, unit)
        : (value > 0 ? "+" : "−") + WriteSmall(Math.Abs(value), unit);

    /// <summary>A difference or tolerance, 0 or above: the pattern's decimals, or two digits where those would show
    /// none.</summary>
    public string WriteSmall(double value, string unit)
    {
        var percent = pattern.EndsWith('%');
        var shown = percent ? 100 * value : value;
        var decimals = pattern.Contains('.') ? pattern.TrimEnd('%').Length - pattern.IndexOf('.') - 1 : 0;
        var least = Math.Pow(10, -decimals);
        string text;
        if (shown == 0)
        {
            text = "0";
        }
        else if (shown >= 9.5 * least)
        {
            text = shown.ToString("#,##0." + new string('0', decimals), CultureInfo.InvariantCulture).TrimEnd('.');
        }
        else
        {
            // Two digits, and no zero behind the first: 0.0005, 0.00042.
            var digits = 1 - (int)Math.Floor(Math.Log10(shown) + 1e-12);
            text = digits > 15
                ? shown.ToString("0.#e+0", CultureInfo.InvariantCulture)
                : shown.ToString("0." + new string('#', Math.Max(digits, 0)), CultureInfo.InvariantCulture)
                    .TrimEnd('.');
        }

        return text.Replace('-', '−') + (percent ? "%" : "") + (unit.Length == 0 ? "" : "\u00A0" + unit);
    }

    /// <inheritdoc/>
    public override string ToString() => pattern;

    [GeneratedRegex(@"^(#,##)?0(\.0{1,15})?%?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
