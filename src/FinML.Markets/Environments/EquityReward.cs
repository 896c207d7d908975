namespace FinML.Markets;

/// <summary>The reward for the way of an equity over one interval after another, of the kind that the options name; the
/// state is that of the differential Sharpe ratio.</summary>
internal struct EquityReward
{
    private const double SmallestGrowth = 1e-4;

    private double mean, meanSquare; // A and B of the differential Sharpe ratio

    /// <summary>The reward for an interval.</summary>
    internal double Next(TradingReward kind, double adaptation, double start, double finish)
    {
        if (kind == TradingReward.Log)
            return Math.Log(Math.Max(finish / start, SmallestGrowth));
        double simple = finish / start - 1;
        return kind == TradingReward.Simple ? simple : DifferentialSharpe(simple, adaptation);
    }

    internal readonly void Save(BinaryWriter writer)
    {
        writer.Write(mean);
        writer.Write(meanSquare);
    }

    internal void Load(BinaryReader reader)
    {
        mean = reader.ReadDouble();
        meanSquare = reader.ReadDouble();
    }

    private double DifferentialSharpe(double simple, double adaptation)
    {
        double meanChange = simple - mean, squareChange = simple * simple - meanSquare;
        double variance = meanSquare - mean * mean;

        // Undefined until the averages have seen two different returns.
        double reward = variance > 1e-12
            ? (meanSquare * meanChange - 0.5 * mean * squareChange) / (variance * Math.Sqrt(variance))
            : 0;
        mean += adaptation * meanChange;
        meanSquare += adaptation * squareChange;
        return reward;
    }
}
