namespace FinML.Statistics;

/// <summary>
/// The likelihood of a noncentrality mu given Student's t with nu degrees of freedom, relative to its value at mu = 0.
/// With z = mu t / sqrt(nu + t^2) the density is proportional to exp(-mu^2 nu / (2 (nu + t^2))) H(z), H(z) the integral
/// over y &gt; 0 of y^nu exp(-(y - z)^2 / 2) (Johnson, Kotz and Balakrishnan 1995, chapter 31). With y = e^v the
/// integrand is analytic and falls off on both sides, so that the trapezoidal rule converges geometrically.
/// </summary>
internal sealed class NoncentralTLikelihood
{
    private readonly double _power, _weight, _slope, _atZero;

    internal NoncentralTLikelihood(double t, double degrees)
    {
        _power = degrees + 1;
        _weight = degrees / (2 * (degrees + t * t));
        _slope = t / Math.Sqrt(degrees + t * t);
        _atZero = LogMoment(0);
    }

    /// <summary>Log of the likelihood ratio of mu to 0.</summary>
    internal double LogRatio(double mu) => -_weight * mu * mu + LogMoment(_slope * mu) - _atZero;

    /// <summary>
    /// log H(z) less a constant of nu. The mode of (nu + 1) v - (e^v - z)^2 / 2 is at sqrt(nu + 1) e^a with
    /// a = asinh(z / (2 sqrt(nu + 1))); all is measured from there, without the loss of digits for large nu.
    /// </summary>
    private double LogMoment(double z)
    {
        double root = Math.Sqrt(_power), a = Math.Asinh(z / (2 * root));
        double mode = root * Math.Exp(a), excess = _power / mode; // excess = mode - z
        double peak = _power * a - 0.5 * _power * Math.Exp(-2 * a) + 0.5 * _power;
        double step = 0.25 / Math.Sqrt(mode * mode + _power);
        double sum = 1;
        foreach (int direction in (ReadOnlySpan<int>)[-1, 1])
        {
            double v = 0, term;
            do
            {
                v += direction * step;
                double d = mode * Elementary.ExpMinusOne(v);
                term = Math.Exp(_power * v - 0.5 * d * (2 * excess + d));
                sum += term;
            }
            while (term > 1e-18 * sum);
        }

        return peak + Math.Log(step * sum);
    }
}
