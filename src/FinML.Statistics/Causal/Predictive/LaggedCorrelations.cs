using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// The correlations of all series at all lags 0 to L over one sample, the periods L + 1 to n. Every partial correlation
/// is read from a Cholesky factor of a part of them, so that no test goes through the data again.
/// </summary>
internal sealed class LaggedCorrelations
{
    private const double Collinear = 1e-10; // share of a variable's variance that the conditions must leave
    private readonly int _series, _count;
    private readonly double[,] _correlation;
    private readonly string[] _names;

    internal LaggedCorrelations(IReadOnlyList<(string Name, double[] Values)> data, int maximumLag)
    {
        _series = data.Count;
        _names = [.. data.Select(s => s.Name)];
        _count = data[0].Values.Length - maximumLag;
        int variables = _series * (maximumLag + 1);
        var standard = new DenseMatrix(_count, variables);
        for (int variable = 0; variable < variables; variable++)
        {
            (int lag, int j) = Math.DivRem(variable, _series);
            double[] column = data[j].Values[(maximumLag - lag)..(maximumLag - lag + _count)];
            Guard.NotConstant(column, data[j].Name);
            Moments moments = Moments.Of(column);
            double scale = 1 / Math.Sqrt(moments.Variance(0) * _count);
            standard.SetColumn(variable, Array.ConvertAll(column, value => (value - moments.Mean) * scale));
        }

        _correlation = standard.TransposeThisAndMultiply(standard).ToArray();
    }

    /// <summary>Periods.</summary>
    internal int Count => _count;

    /// <summary>Partial correlation of two lagged series, its two-sided p-value by t with n - 2 -
    /// |conditions|.</summary>
    internal (double Value, double PValue) Partial(
        (int Series, int Lag) x, (int Series, int Lag) y, ReadOnlySpan<(int Series, int Lag)> conditions)
    {
        int size = conditions.Length + 2, freedom = _count - size;
        if (freedom < 1)
            throw new ArgumentException(
                $"{_count} periods are too few for a test with {conditions.Length} conditions; at least {size + 1} " +
                $"are needed: take fewer lags or a stricter selection level.", "series");
        double[,] factor = Factor([.. conditions, x, y]);
        double along = factor[size - 1, size - 2], across = factor[size - 1, size - 1];
        double value = along / Math.Sqrt(along * along + across * across);
        double t = value * Math.Sqrt(freedom / ((1 - value) * (1 + value)));
        return (value, Tails.StudentTwoSided(t, freedom));
    }

    /// <summary>Share of the variance of y that the conditions leave.</summary>
    internal double Unexplained((int Series, int Lag) y, ReadOnlySpan<(int Series, int Lag)> conditions)
    {
        double last = Factor([.. conditions, y])[conditions.Length, conditions.Length];
        return last * last;
    }

    private double[,] Factor((int Series, int Lag)[] variables)
    {
        var l = new double[variables.Length, variables.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = _correlation[Index(variables[i]), Index(variables[j])];
                for (int k = 0; k < j; k++)
                    sum -= l[i, k] * l[j, k];
                if (j < i)
                {
                    l[i, j] = sum / l[j, j];
                    continue;
                }

                if (sum < Collinear)
                    throw new ArgumentException(
                        $"{_names[variables[i].Series]} at lag {variables[i].Lag} is a linear combination of " +
                        $"{string.Join(", ", variables.Take(i).Select(v => $"{_names[v.Series]}(t-{v.Lag})"))}: " +
                        $"given them nothing of it is left to correlate; leave one series out.", "series");
                l[i, i] = Math.Sqrt(sum);
            }
        }

        return l;
    }

    private int Index((int Series, int Lag) variable) => variable.Lag * _series + variable.Series;
}
