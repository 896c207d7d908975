namespace FinML.Figures.Svg;

/// <summary>Maps an interval of values (or of their logarithms) to an interval of pixels.</summary>
internal sealed record LinearScale(double Minimum, double Maximum, bool Log, double Start, double End)
{
    public double Map(double value) => Start + (End - Start) * Fraction(value);

    /// <summary>0 at the minimum, 1 at the maximum; clamped far outside, where SVG renderers lose precision.</summary>
    public double Fraction(double value)
    {
        double fraction = Log
            ? (Math.Log10(value) - Math.Log10(Minimum)) / (Math.Log10(Maximum) - Math.Log10(Minimum))
            : (value - Minimum) / (Maximum - Minimum);
        return Math.Clamp(fraction, -20, 21);
    }

    public bool Contains(double value) => value >= Minimum && value <= Maximum;
}
