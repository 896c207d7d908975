namespace FinML.Statistics;

/// <summary>One security's abnormal returns, and how precisely its normal ones were known.</summary>
internal sealed class AbnormalReturns
{
    private readonly double _marketMean, _marketSquares, _variance;
    private readonly double[] _windowMarket;
    private readonly NormalReturn _model;

    internal AbnormalReturns(SecurityEvent security, NormalReturn model)
    {
        (Name, _model, _windowMarket) = (security.Name, model, security.WindowMarket);
        int length = security.Estimation.Length;
        double alpha = 0, beta = 1;
        Moments market = Moments.Of(security.EstimationMarket), own = Moments.Of(security.Estimation);
        _marketMean = market.Mean;
        _marketSquares = market.Variance(0) * length;
        if (model == NormalReturn.MeanAdjusted)
        {
            (alpha, beta) = (own.Mean, 0);
        }
        else if (model == NormalReturn.MarketModel)
        {
            double product = 0;
            for (int t = 0; t < length; t++)
                product += (security.EstimationMarket[t] - market.Mean) * (security.Estimation[t] - own.Mean);
            beta = product / _marketSquares;
            alpha = own.Mean - beta * market.Mean;
        }

        Beta = beta;
        Residuals = Excess(security.Estimation, security.EstimationMarket);
        InWindow = Excess(security.Window, security.WindowMarket);
        DegreesOfFreedom = length - (model == NormalReturn.MarketModel ? 2 : 1);
        // Market-adjusted residuals are not centred by a fit: their mean is what the model gets wrong.
        double centre = model == NormalReturn.MarketAdjusted ? Residuals.Average() : 0;
        _variance = Residuals.Sum(e => (e - centre) * (e - centre)) / DegreesOfFreedom;

        double[] Excess(double[] returns, double[] marketReturns) =>
            [.. returns.Zip(marketReturns, (r, m) => r - alpha - beta * m)];
    }

    internal string Name { get; }

    internal double Beta { get; }

    internal double[] Residuals { get; }

    internal double[] InWindow { get; }

    internal int DegreesOfFreedom { get; }

    internal double Cumulative(int first, int last) => InWindow[first..(last + 1)].Sum();

    /// <summary>Standard deviation of a cumulative abnormal return that the event left alone: s^2 (W + W^2 / L + (sum
    /// of (R_m - mean))^2 / sum of squares), the error of the estimated model included.</summary>
    internal double Deviation(int first, int last)
    {
        double days = last - first + 1, length = Residuals.Length, spread = days;
        if (_model != NormalReturn.MarketAdjusted)
            spread += days * days / length;
        if (_model == NormalReturn.MarketModel)
        {
            double off = 0;
            for (int t = first; t <= last; t++)
                off += _windowMarket[t] - _marketMean;
            spread += off * off / _marketSquares;
        }

        return Math.Sqrt(_variance * spread);
    }
}
