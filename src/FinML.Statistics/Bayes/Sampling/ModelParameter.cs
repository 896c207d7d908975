namespace FinML.Statistics;

/// <summary>
/// A parameter of a <see cref="BayesianModel"/>: its name and where it lives. Samplers move on the whole line, so a
/// bound is taken away by a logarithm or a log odds, with the Jacobian of that change in the density.
/// </summary>
public sealed record ModelParameter
{
    private ModelParameter(string name, double lower, double upper)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, Lower, Upper) = (name, lower, upper);
    }

    /// <summary>Name, for tables.</summary>
    public string Name { get; }

    /// <summary>Lower bound, -infinity where there is none.</summary>
    public double Lower { get; }

    /// <summary>Upper bound, infinity where there is none.</summary>
    public double Upper { get; }

    /// <summary>Any real number.</summary>
    public static ModelParameter Real(string name) => new(name, double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Above 0.</summary>
    public static ModelParameter Positive(string name) => new(name, 0, double.PositiveInfinity);

    /// <summary>Between two finite bounds.</summary>
    public static ModelParameter Between(string name, double lower, double upper)
    {
        Guard.Finite(lower, nameof(lower));
        Guard.Finite(upper, nameof(upper));
        if (!(lower < upper))
            throw new ArgumentException(
                $"{name} is to lie between {Guard.Text(lower)} and {Guard.Text(upper)}; the lower bound must be below "
                + "the upper.", nameof(upper));
        return new ModelParameter(name, lower, upper);
    }

    /// <summary>The parameter at a point of the line: its value, d value / d point, and log |d value / d point| with
    /// its own derivative.</summary>
    internal (double Value, double Slope, double LogSlope, double LogSlopeDerivative) At(double point)
    {
        if (double.IsNegativeInfinity(Lower))
            return (point, 1, 0, 0);
        if (double.IsPositiveInfinity(Upper))
        {
            double scale = Math.Exp(point);
            return (Lower + scale, scale, point, 1);
        }

        // The logistic function from its smaller half: neither side loses its digits.
        double small = Math.Exp(-Math.Abs(point)), share = (point >= 0 ? 1 : small) / (1 + small);
        double slope = (Upper - Lower) * small / ((1 + small) * (1 + small));
        double value = point >= 0
            ? Upper - (Upper - Lower) * small / (1 + small)
            : Lower + (Upper - Lower) * share;
        double logSlope = Math.Log(Upper - Lower) - Math.Abs(point) - 2 * Math.Log(1 + small);
        return (value, slope, logSlope, 1 - 2 * share);
    }

    /// <summary>The point of the line that gives a value.</summary>
    internal double Point(double value)
    {
        if (!(value > Lower && value < Upper))
            throw new ArgumentOutOfRangeException(
                nameof(value), $"{Name} is {Guard.Text(value)}; it must lie between {Guard.Text(Lower)} and "
                + $"{Guard.Text(Upper)}, both excluded.");
        if (double.IsNegativeInfinity(Lower))
            return value;
        return double.IsPositiveInfinity(Upper)
            ? Math.Log(value - Lower)
            : Math.Log(value - Lower) - Math.Log(Upper - value);
    }
}
