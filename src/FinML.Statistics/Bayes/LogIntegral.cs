using MathNet.Numerics.Integration;
using MathNet.Numerics.RootFinding;

namespace FinML.Statistics;

/// <summary>
/// The integral of exp(f) over a line cut into panels, each by adaptive Gauss-Kronrod quadrature (15 points). The
/// largest value of f is taken out first, so that neither the integrand nor the result overflows, whatever the size of
/// f; what is below e^-45 of the largest is left out. The same panels give quantiles of the density exp(f) / integral.
/// </summary>
internal sealed class LogIntegral
{
    private const double Negligible = 45, Tolerance = 1e-11;
    private const int Depth = 5;

    private readonly Func<double, double> _log;
    private readonly double[] _edges, _cumulative; // of panel k: from _edges[k] to _edges[k + 1]
    private readonly double _largest;

    private LogIntegral(Func<double, double> log, double[] edges)
    {
        _log = log;
        _edges = edges;
        int panels = edges.Length - 1;
        double[] atEdges = Array.ConvertAll(edges, edge => log(edge)), atMiddles = new double[panels];
        for (int k = 0; k < panels; k++)
            atMiddles[k] = log(0.5 * (edges[k] + edges[k + 1]));
        _largest = Math.Max(atEdges.Max(), atMiddles.Max());
        _cumulative = new double[panels + 1];
        double[] heights = new double[panels]; // in logarithm, above the largest
        double bulk = 0, error = 0;
        for (int k = 0; k < panels; k++)
        {
            heights[k] = Math.Max(atMiddles[k], Math.Max(atEdges[k], atEdges[k + 1])) - _largest;
            bulk += Math.Exp(heights[k]) * (edges[k + 1] - edges[k]);
        }

        for (int k = 0; k < panels; k++)
        {
            double area = 0;
            if (heights[k] > -Negligible)
            {
                // What is a small part of the whole need not be known so well.
                double part = Math.Exp(heights[k]) * (edges[k + 1] - edges[k]) / bulk;
                area = Area(edges[k], edges[k + 1], Math.Min(Tolerance / part, 1e-6), out double panelError);
                error += panelError;
            }

            _cumulative[k + 1] = _cumulative[k] + area;
        }

        double total = _cumulative[panels];
        Value = _largest + Math.Log(total);
        RelativeError = error / total;
    }

    /// <summary>Logarithm of the integral.</summary>
    internal double Value { get; }

    /// <summary>The quadrature's estimate of its error, relative to the integral.</summary>
    internal double RelativeError { get; }

    /// <summary>Integrates.</summary>
    /// <param name="log">f; -infinity where the density is 0, never NaN.</param>
    /// <param name="edges">Ascending, so dense that no panel hides a peak much narrower than itself.</param>
    internal static LogIntegral Over(Func<double, double> log, double[] edges) => new(log, edges);

    /// <summary>log(part / (part + rest)), also where one of the two is far below rounding of the other.</summary>
    internal static double LogShare(LogIntegral part, LogIntegral rest) =>
        -Elementary.LogOnePlusExp(rest.Value - part.Value);

    /// <summary>The x below which the share <paramref name="probability"/> of the integral lies.</summary>
    internal double Quantile(double probability)
    {
        double target = probability * _cumulative[^1];
        int panel = 0;
        while (panel < _edges.Length - 2 && _cumulative[panel + 1] < target)
            panel++;
        double left = _edges[panel], right = _edges[panel + 1];
        double missing = target - _cumulative[panel];
        double Excess(double x) => (x > left ? Area(left, x, Tolerance, out _) : 0) - missing;
        return Excess(right) <= 0 ? right : Brent.FindRoot(Excess, left, right, 1e-12 * (right - left), 200);
    }

    private double Area(double left, double right, double tolerance, out double error) => GaussKronrodRule.Integrate(
        x => Math.Exp(_log(x) - _largest), left, right, out error, out _, tolerance, Depth, 15);
}
