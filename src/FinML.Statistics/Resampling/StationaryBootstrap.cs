namespace FinML.Statistics;

/// <summary>
/// Politis and Romano (1994), "The stationary bootstrap": blocks of geometric length, P(L = k) = p (1 - p)^(k-1) with
/// mean 1 / p, from a series that is bent into a circle. The resampled series is stationary, and the choice of the mean
/// length matters less than for fixed blocks.
/// </summary>
public sealed class StationaryBootstrap : BlockBootstrap
{
    private const int GuideBits = 10;
    private readonly uint[] _cumulative; // (longest - 1): 2^32 P(L <= k + 1)
    private readonly int[] _guide; // (2^GuideBits): where the search for a length begins
    private readonly double _meanBlockLength;

    /// <param name="meanBlockLength">From 1 (independence) to 100,000, at most the length of the series.</param>
    public StationaryBootstrap(double meanBlockLength)
    {
        if (!(meanBlockLength >= 1 && meanBlockLength <= 100_000))
            throw new ArgumentOutOfRangeException(
                nameof(meanBlockLength),
                $"meanBlockLength is {Guard.Text(meanBlockLength)}; it must be from 1 to 100000.");
        _meanBlockLength = meanBlockLength;
        (_cumulative, _guide) = Tables(1 / meanBlockLength);
    }

    /// <inheritdoc/>
    public override string Name => "stationary bootstrap";

    /// <inheritdoc/>
    public override double BlockLength => _meanBlockLength;

    /// <summary>With the mean block length that <see cref="PolitisWhiteBlockLength"/> chooses.</summary>
    /// <param name="values">16 or more finite values that vary.</param>
    /// <param name="statistic">The statistic to be resampled; the mean where it is null.</param>
    public static StationaryBootstrap Automatic(ReadOnlySpan<double> values, SampleStatistic? statistic = null) =>
        new(PolitisWhiteBlockLength.Select(values, statistic).Stationary);

    /// <summary>
    /// Inversion of the distribution function by indexed search (Chen and Asau 1974): no logarithm per block.
    /// </summary>
    internal override void Lengths(ReadOnlySpan<ulong> words, Span<int> lengths)
    {
        ReadOnlySpan<uint> cumulative = _cumulative;
        ReadOnlySpan<int> guide = _guide;
        for (int i = 0; i < words.Length; i++)
        {
            uint random = (uint)(words[i] >> 32);
            int k = guide[(int)(random >> (32 - GuideBits))];
            while (k < cumulative.Length && cumulative[k] <= random)
                k++;
            lengths[i] = k + 1;
        }
    }

    private static (uint[] Cumulative, int[] Guide) Tables(double p)
    {
        const double Scale = 4294967296.0; // 2^32: lengths with a smaller probability beyond them cannot be told apart
        var cumulative = new List<uint>();
        double beyond = 1 - p;
        for (double bits = Math.Round(beyond * Scale); bits >= 1; bits = Math.Round(beyond * Scale))
        {
            cumulative.Add((uint)(Scale - bits));
            beyond *= 1 - p;
        }

        var guide = new int[1 << GuideBits];
        int k = 0;
        for (int slot = 0; slot < guide.Length; slot++)
        {
            uint lowest = (uint)slot << (32 - GuideBits);
            while (k < cumulative.Count && cumulative[k] <= lowest)
                k++;
            guide[slot] = k;
        }

        return (cumulative.ToArray(), guide);
    }
}
