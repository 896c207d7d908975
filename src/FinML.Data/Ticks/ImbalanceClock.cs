namespace FinML.Data;

/// <summary>
/// Says when an imbalance bar ends (Lopez de Prado 2018, section 2.3.2.1): at the first T with |sum of b_t w_t| at
/// least E[T] |E[b w]|, where b_t is 1 for a buy and -1 for a sell, w_t the measure, and the expectations are
/// exponential averages over the bars and the trades before this one.
/// </summary>
internal sealed class ImbalanceClock(ImbalanceOptions options)
{
    private readonly double _barWeight = 2 / (options.SpanBars + 1), _tradeWeight = 2 / (options.SpanTrades + 1);
    private double _price = double.NaN;
    private int _sign = 1;
    private double _imbalance;
    private int _trades;
    private double _expectedTrades = options.FirstTrades;
    private double _flow; // the average of b w
    private bool _learnt;
    private bool _anyFlow;

    /// <summary>Takes a trade; whether the bar ends with it.</summary>
    public bool Tick(Trade trade)
    {
        double signed = Sign(trade) * Weight(trade);
        _imbalance += signed;
        _trades++;
        bool ends = _learnt
            ? _trades == options.TradesPerBar.Most || (_trades >= options.TradesPerBar.Least
                && Math.Abs(_imbalance) >= _expectedTrades * Math.Abs(_flow))
            : _trades == options.FirstTrades;
        _flow = _anyFlow ? _flow + _tradeWeight * (signed - _flow) : signed;
        _anyFlow = true;
        if (ends)
        {
            _expectedTrades = _learnt ? _expectedTrades + _barWeight * (_trades - _expectedTrades) : _trades;
            (_imbalance, _trades, _learnt) = (0, 0, true);
        }

        return ends;
    }

    /// <summary>The aggressor's side; where the source does not say it, the tick rule: up is a buy, down a sell, and no
    /// change what was before (C. Lee and M. Ready, Journal of Finance 46, 1991).</summary>
    private int Sign(Trade trade)
    {
        _sign = trade.Side switch
        {
            Side.Buy => 1,
            Side.Sell => -1,
            _ => trade.Price > _price ? 1 : trade.Price < _price ? -1 : _sign,
        };
        _price = trade.Price;
        return _sign;
    }

    private double Weight(Trade trade) => options.Measure switch
    {
        ImbalanceMeasure.Trades => 1,
        ImbalanceMeasure.Volume => trade.Size,
        _ => trade.Price * trade.Size,
    };
}
