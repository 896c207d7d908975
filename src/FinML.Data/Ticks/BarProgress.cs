namespace FinML.Data;

/// <summary>A bar while its trades come in.</summary>
internal sealed class BarProgress
{
    private Trade _first = null!;
    private double _high;
    private double _low;
    private DateTime _known;

    /// <summary>The trades so far; 0: there is no bar yet.</summary>
    public int Trades { get; private set; }

    /// <summary>Units of the asset so far.</summary>
    public double Volume { get; private set; }

    /// <summary>Price times size so far.</summary>
    public double Dollars { get; private set; }

    /// <summary>The time of the first trade.</summary>
    public DateTime Start => _first.Time;

    private double Last { get; set; }

    public void Add(Trade trade)
    {
        if (Trades == 0)
        {
            (_first, _high, _low, _known) = (trade, trade.Price, trade.Price, trade.AvailableAt);
        }

        Trades++;
        Volume += trade.Size;
        Dollars += trade.Price * trade.Size;
        _high = Math.Max(_high, trade.Price);
        _low = Math.Min(_low, trade.Price);
        _known = trade.AvailableAt > _known ? trade.AvailableAt : _known;
        Last = trade.Price;
    }

    /// <summary>The bar, after which the next one begins.</summary>
    /// <param name="start">What it is about; null: its first trade.</param>
    /// <param name="end">When it could be known at the earliest; null: with its last trade.</param>
    public Bar Close(DateTime? start = null, DateTime? end = null)
    {
        Bar bar = new()
        {
            Symbol = _first.Symbol,
            Venue = _first.Venue,
            Time = start ?? _first.Time,
            AvailableAt = end > _known ? end.Value : _known,
            Open = _first.Price,
            High = _high,
            Low = _low,
            Close = Last,
            Volume = Volume,
        };
        (Trades, Volume, Dollars) = (0, 0, 0);
        return bar;
    }
}
