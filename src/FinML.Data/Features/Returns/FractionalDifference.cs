using System.Numerics;
using System.Runtime.InteropServices;

namespace FinML.Data.Features;

/// <summary>
/// The logarithmic price differenced d times, d a fraction: stationary like returns (d = 1) and yet with memory like
/// the price (d = 0). (1 - L)^d = sum of w[k] L^k with w[0] = 1, w[k] = -w[k-1] (d - k + 1) / k, cut off before the
/// first weight below the threshold, so that every row sees a window of the same width. Lookback width - 1.
/// </summary>
/// <remarks>
/// The weights fall as a power, which no recurrence of fixed order gives: a row costs a dot product of
/// <see cref="Weights"/>, whatever the length of the series. The weights of a cut-off window do not sum to nothing: the
/// level of the logarithm, hence the unit of the price, shifts the value by a constant. Sources: J. R. M. Hosking,
/// "Fractional differencing", Biometrika 68 (1981); M. Lopez de Prado, Advances in Financial Machine Learning (2018),
/// section 5.5.
/// </remarks>
public sealed class FractionalDifference : StreamingFeature
{
    private const int MaximumWidth = 100_000;

    private readonly double[] _reversed; // the oldest row's weight first

    /// <summary>The difference of order <paramref name="d"/> in (0, 2).</summary>
    /// <param name="d">The order of the difference.</param>
    /// <param name="threshold">The smallest weight that is kept, in (0, 1).</param>
    /// <param name="field">The price.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, or the threshold keeps more than
    /// 100,000 weights.</exception>
    public FractionalDifference(double d = 0.4, double threshold = 1e-4, string field = "close")
        : this(d, WeightsOf(FeatureGuard.Between(d, 0, 2, nameof(d)),
            FeatureGuard.Between(threshold, 0, 1, nameof(threshold))), field)
    {
    }

    private FractionalDifference(double d, double[] weights, string field)
        : base(FormattableString.Invariant($"fractional_difference_{d:0.###}").Replace('.', 'p')
            + FeatureGuard.Suffix(field), weights.Length - 1, field)
    {
        Weights = Array.AsReadOnly(weights);
        _reversed = [.. weights.Reverse()];
    }

    /// <summary>The weights, of the newest row first.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_reversed), Fields, firstRow);

    private static double[] WeightsOf(double d, double threshold)
    {
        List<double> weights = [1];
        for (int k = 1; ; k++)
        {
            double next = -weights[^1] * (d - k + 1) / k;
            if (Math.Abs(next) < threshold)
            {
                return [.. weights];
            }

            weights.Add(weights.Count < MaximumWidth
                ? next
                : throw new ArgumentOutOfRangeException(nameof(threshold), threshold,
                    $"threshold must be so large that at most {MaximumWidth} weights are above it."));
        }
    }

    private struct State : IFeatureState
    {
        private readonly double[] _weights;
        private readonly double[] _values; // twice the window, so that the last rows always lie together
        private int _at;

        public State(double[] weights)
        {
            _weights = weights;
            _values = new double[2 * weights.Length];
            Array.Fill(_values, double.NaN);
        }

        public double Next(in FeatureRow row)
        {
            int width = _weights.Length;
            double value = Math.Log(FeatureGuard.Positive(row[0]));
            _values[_at] = value;
            _values[_at + width] = value;
            _at = _at + 1 == width ? 0 : _at + 1;
            return Dot(_weights, _values.AsSpan(_at, width));
        }

        private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            ReadOnlySpan<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(a);
            ReadOnlySpan<Vector<double>> y = MemoryMarshal.Cast<double, Vector<double>>(b);
            Vector<double> even = Vector<double>.Zero, odd = even;
            int i = 0;
            for (; i + 2 <= x.Length; i += 2)
            {
                even += x[i] * y[i];
                odd += x[i + 1] * y[i + 1];
            }

            double sum = Vector.Sum(even + odd);
            for (int j = i * Vector<double>.Count; j < a.Length; j++)
            {
                sum += a[j] * b[j];
            }

            return sum;
        }
    }
}
