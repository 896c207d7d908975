using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>A path of <see cref="FundamentalOptions"/>: a function of its generator's seed and of the time.</summary>
internal sealed class Fundamental(FundamentalOptions options, RandomStream random, long start)
{
    private readonly double deviation = options.Volatility * Math.Sqrt(options.Step.TotalSeconds);
    private readonly List<double> values = [options.InitialValue];

    internal double At(long time)
    {
        int step = checked((int)(Math.Max(0, time - start) / options.Step.Ticks));
        while (values.Count <= step)
            values.Add(values[^1] + deviation * random.NextNormal());
        return values[step];
    }
}
