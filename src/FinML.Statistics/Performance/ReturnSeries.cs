namespace FinML.Statistics;

/// <summary>
/// Returns of one strategy, one per period, with what is needed to read them: how many periods make a year, and whether
/// they are simple or logarithmic. Checked once, here; every metric takes this type, so that no frequency or
/// compounding is ever guessed.
/// </summary>
public sealed class ReturnSeries
{
    private readonly double[] _values;

    private ReturnSeries(double[] values, double periodsPerYear, ReturnKind kind)
    {
        _values = values;
        PeriodsPerYear = periodsPerYear;
        Kind = kind;
    }

    /// <summary>The returns, as fractions (0.01 is one per cent), oldest first.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Number of returns.</summary>
    public int Count => _values.Length;

    /// <summary>Periods in a year: 252 for daily, 12 for monthly returns.</summary>
    public double PeriodsPerYear { get; }

    /// <summary>Simple or logarithmic.</summary>
    public ReturnKind Kind { get; }

    /// <summary>A series of simple returns (wealth is multiplied by 1 + r).</summary>
    /// <param name="values">One or more finite fractions, each at least -1.</param>
    /// <param name="periodsPerYear">Above 0: 252 daily, 52 weekly, 12 monthly.</param>
    /// <exception cref="ArgumentException">Empty, not finite, or a loss of more than everything.</exception>
    public static ReturnSeries Simple(ReadOnlySpan<double> values, double periodsPerYear)
    {
        Guard.Series(values, 1, nameof(values));
        Guard.Positive(periodsPerYear, nameof(periodsPerYear));
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < -1)
                throw new ArgumentException(
                    $"The simple return at index {i} is {Guard.Text(values[i])}; it must be -1 (all is lost) or more.",
                    nameof(values));
        }

        return new ReturnSeries(values.ToArray(), periodsPerYear, ReturnKind.Simple);
    }

    /// <summary>A series of logarithmic returns (wealth is multiplied by exp(r)).</summary>
    /// <param name="values">One or more finite numbers.</param>
    /// <param name="periodsPerYear">Above 0: 252 daily, 52 weekly, 12 monthly.</param>
    /// <exception cref="ArgumentException">Empty, or not finite.</exception>
    public static ReturnSeries Log(ReadOnlySpan<double> values, double periodsPerYear)
    {
        Guard.Series(values, 1, nameof(values));
        Guard.Positive(periodsPerYear, nameof(periodsPerYear));
        return new ReturnSeries(values.ToArray(), periodsPerYear, ReturnKind.Log);
    }

    /// <summary>The same wealth path as simple returns.</summary>
    public ReturnSeries ToSimple() => Kind == ReturnKind.Simple
        ? this
        : new ReturnSeries(Array.ConvertAll(_values, value => Math.Exp(value) - 1), PeriodsPerYear, ReturnKind.Simple);

    /// <summary>The same wealth path as logarithmic returns.</summary>
    /// <exception cref="InvalidOperationException">A return of -1, whose logarithm is not finite.</exception>
    public ReturnSeries ToLog()
    {
        if (Kind == ReturnKind.Log)
            return this;
        int ruin = Array.IndexOf(_values, -1.0);
        if (ruin >= 0)
            throw new InvalidOperationException(
                $"The simple return at index {ruin} is -1 (all is lost); its logarithm does not exist.");
        double[] logs = Array.ConvertAll(_values, value => Math.Log(1 + value));
        return new ReturnSeries(logs, PeriodsPerYear, ReturnKind.Log);
    }

    /// <summary>Wealth of one unit invested at the start: [0] is 1, [i] is the wealth after i returns.</summary>
    public double[] Wealth()
    {
        var wealth = new double[Count + 1];
        wealth[0] = 1;
        for (int i = 0; i < Count; i++)
            wealth[i + 1] = wealth[i] * (Kind == ReturnKind.Simple ? 1 + _values[i] : Math.Exp(_values[i]));
        return wealth;
    }

    /// <summary>Throws unless <paramref name="other"/> has as many returns, of the same kind and frequency.</summary>
    internal void RequireAligned(ReturnSeries other, string name)
    {
        ArgumentNullException.ThrowIfNull(other, name);
        if (other.Count != Count)
            throw new ArgumentException(
                $"{name} has {other.Count} returns against {Count}; the two must be aligned, one for one.", name);
        if (other.Kind != Kind)
            throw new ArgumentException(
                $"{name} holds {other.Kind} returns against {Kind}; convert one of the two.", name);
        if (other.PeriodsPerYear != PeriodsPerYear)
            throw new ArgumentException(
                $"{name} has {Guard.Text(other.PeriodsPerYear)} periods per year against " +
                $"{Guard.Text(PeriodsPerYear)}; the frequencies must be equal.", name);
    }

    /// <summary>Throws where fewer than <paramref name="minimum"/> returns are here.</summary>
    internal void RequireCount(int minimum, string what)
    {
        if (Count < minimum)
            throw new ArgumentException($"{what} needs at least {minimum} returns; the series has {Count}.");
    }
}
