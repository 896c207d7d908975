namespace FinML.Figures;

/// <summary>How tick labels are written.</summary>
public enum AxisFormat
{
    /// <summary>As many decimals as the ticks need, thousands separated, millions as M.</summary>
    Number,

    /// <summary>0.05 is written 5%.</summary>
    Percent,
}
