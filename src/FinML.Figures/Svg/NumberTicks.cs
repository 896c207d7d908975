using System.Globalization;

namespace FinML.Figures.Svg;

/// <summary>Ticks at 1, 2 or 5 times a power of ten, linear or logarithmic, and how they are written.</summary>
internal static class NumberTicks
{
    private const string Minus = "\u2212";

    public static List<Tick> Create(double minimum, double maximum, int count, AxisFormat format, bool log)
    {
        double[] values = log ? LogValues(minimum, maximum, count) : LinearValues(minimum, maximum, count);
        double step = double.PositiveInfinity;
        for (int i = 1; i < values.Length; i++)
            step = Math.Min(step, values[i] - values[i - 1]);
        if (!double.IsFinite(step))
            step = Math.Abs(values.FirstOrDefault(1));
        double largest = values.Length == 0 ? 1 : values.Max(Math.Abs);
        // Log ticks span magnitudes: each is written with the decimals it needs itself.
        return [.. values.Select(v => new Tick(v, log ? Format(v, v, v, format) : Format(v, step, largest, format)))];
    }

    /// <summary>Writes a value with the decimals that a step asks for.</summary>
    public static string Format(double value, double step, double largest, AxisFormat format)
    {
        if (format == AxisFormat.Percent)
            return Sign(Fixed(value * 100, Decimals(step * 100), grouped: largest >= 100)) + "%";
        if (largest >= 1e15 || largest < 1e-4)
            return value == 0 ? "0" : Sign(Scientific(value, step));
        (double unit, string suffix) = largest switch
        {
            >= 1e12 => (1e12, "T"),
            >= 1e9 => (1e9, "B"),
            >= 1e6 => (1e6, "M"),
            _ => (1.0, ""),
        };
        if (value == 0 && suffix.Length > 0)
            return "0";
        return Sign(Fixed(value / unit, Decimals(step / unit), grouped: largest >= 10_000)) + suffix;
    }

    /// <summary>A single value in about three significant digits, for labels outside an axis.</summary>
    public static string Short(double value, AxisFormat format)
    {
        if (value == 0 || !double.IsFinite(value))
            return format == AxisFormat.Percent ? "0%" : "0";
        double step = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return Format(value, format == AxisFormat.Percent ? Math.Max(step, 1e-3) : step, Math.Abs(value), format);
    }

    /// <summary>At most about <paramref name="count"/> ticks; three where the round steps would leave but one, which
    /// says nothing of the scale (-1.05 to 1.05 in two steps of 2 shows 0 alone).</summary>
    private static double[] LinearValues(double minimum, double maximum, int count)
    {
        double[] values = LinearValuesAt(minimum, maximum, count);
        return values.Length >= 2 || count >= 3 ? values : LinearValuesAt(minimum, maximum, 3);
    }

    private static double[] LinearValuesAt(double minimum, double maximum, int count)
    {
        double raw = (maximum - minimum) / Math.Max(count, 1);
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double ratio = raw / power;
        // A hair of slack, so that a ratio of 2 that came out as 2.0000000001 stays 2.
        double step = (ratio <= 1.0001 ? 1 : ratio <= 2.0001 ? 2 : ratio <= 5.0001 ? 5 : 10) * power;
        double first = Math.Ceiling(minimum / step - 1e-9), last = Math.Floor(maximum / step + 1e-9);
        var values = new List<double>();
        for (double k = first; k <= last && values.Count < 1000; k++)
        {
            // Through decimal digits: 3 * 0.1 is to be 0.3.
            double value = k * step;
            values.Add(Math.Abs(value) is > 1e-20 and < 1e20 ? Round(value, step) : value);
        }

        return [.. values];
    }

    private static double[] LogValues(double minimum, double maximum, int count)
    {
        int low = (int)Math.Ceiling(Math.Log10(minimum) - 1e-9), high = (int)Math.Floor(Math.Log10(maximum) + 1e-9);
        int decades = high - low + 1;
        if (decades >= 3 || decades == 2 && count <= 3)
        {
            int every = Math.Max(1, (decades + count - 1) / Math.Max(count, 1));
            return [.. Enumerable.Range(0, decades).Where(i => i % every == 0).Select(i => Power(low + i))];
        }

        var values = new List<double>();
        for (int k = low - 1; k <= high; k++)
        {
            foreach (int mantissa in (ReadOnlySpan<int>)[1, 2, 5])
            {
                double value = mantissa * Power(k);
                if (value >= minimum * (1 - 1e-9) && value <= maximum * (1 + 1e-9))
                    values.Add(value);
            }
        }

        // Within a factor of about 4 the linear ticks are the denser ones, and nearly even.
        double[] linear = [.. LinearValues(minimum, maximum, count).Where(v => v > 0)];
        return values.Count >= 3 && values.Count <= Math.Max(count, 3) || maximum / minimum > 6 ? [.. values] : linear;
    }

    // Exact decimal powers: Math.Pow(10, -5) is not the double nearest to 1e-5 on every platform.
    private static double Power(int exponent) =>
        double.Parse($"1e{exponent.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);

    private static double Round(double value, double step)
    {
        int decimals = Decimals(step);
        return decimals <= 15 ? Math.Round(value, decimals) : value;
    }

    private static int Decimals(double step)
    {
        if (!(step > 0))
            return 0;
        // The decimals of the step itself: 0.25 needs two where its power of ten would say one.
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        double scaled = step * Math.Pow(10, decimals);
        return Math.Min(Math.Abs(scaled - Math.Round(scaled)) > 1e-6 ? decimals + 1 : decimals, 12);
    }

    private static string Fixed(double value, int decimals, bool grouped) =>
        value.ToString((grouped ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);

    private static string Scientific(double value, double step)
    {
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-12);
        int digits = Math.Clamp(exponent - (int)Math.Floor(Math.Log10(step) + 1e-9), 0, 6);
        string mantissa = (value / Math.Pow(10, exponent)).ToString(
            "F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return $"{mantissa}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Sign(string text) =>
        text.StartsWith('-') && text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text.Replace("-", Minus);
}
