namespace FinML.Statistics;

/// <summary>
/// The integral of exp(f) by the trapezoidal rule, for f analytic near the line and falling without end on both sides:
/// there the error is exp(-c / step), and so is squared each time the step is halved (Trefethen and Weideman 2014). The
/// points and their weights remain, so that means under the density exp(f) / integral cost nothing more.
/// </summary>
internal sealed class LogTrapezoid
{
    private const double Negligible = 36, Agreement = 1e-7; // the error of the last is the square of what two agree to
    private const int Halvings = 9;

    private readonly List<double> _points = [], _weights = [];

    private LogTrapezoid(Func<double, double> log, double lower, double upper)
    {
        // A step of 1 first: all on a line where f is smooth on the scale of 1 or so.
        int count = (int)Math.Ceiling(upper - lower) + 1;
        var scan = new double[count];
        for (int k = 0; k < count; k++)
            scan[k] = log(lower + k);
        double largest = scan.Max();
        int first = Math.Max(0, Array.FindIndex(scan, value => value > largest - Negligible) - 1);
        int end = Math.Min(count - 1, Array.FindLastIndex(scan, value => value > largest - Negligible) + 1);
        double sum = 0;
        for (int k = first; k <= end; k++)
            sum += Keep(lower + k, scan[k]);

        double step = 1, difference = 1;
        for (int halving = 0; halving < Halvings && difference > Agreement; halving++)
        {
            double added = 0;
            for (double x = lower + first + 0.5 * step; x < lower + end; x += step)
                added += Keep(x, log(x));
            difference = Math.Abs(added - sum) / (added + sum); // of T(step / 2) and T(step)
            sum += added;
            step *= 0.5;
        }

        Value = largest + Math.Log(sum * step);
        RelativeError = Math.Max(difference * difference, 1e-15);

        double Keep(double x, double value)
        {
            double weight = Math.Exp(value - largest);
            _points.Add(x);
            _weights.Add(weight);
            return weight;
        }
    }

    /// <summary>Logarithm of the integral.</summary>
    internal double Value { get; }

    /// <summary>Square of the relative difference of the last two steps.</summary>
    internal double RelativeError { get; }

    /// <summary>Integrates.</summary>
    /// <param name="log">f, of no features narrower than 0.01.</param>
    /// <param name="lower">Below all that counts.</param>
    /// <param name="upper">Above all that counts.</param>
    internal static LogTrapezoid Over(Func<double, double> log, double lower, double upper) => new(log, lower, upper);

    /// <summary>The mean of a function under the density.</summary>
    internal double Mean(Func<double, double> of)
    {
        double sum = 0, total = 0;
        for (int k = 0; k < _points.Count; k++)
        {
            sum += _weights[k] * of(_points[k]);
            total += _weights[k];
        }

        return sum / total;
    }
}
