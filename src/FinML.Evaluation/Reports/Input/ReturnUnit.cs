namespace FinML.Evaluation;

/// <summary>What a number in a file of returns means.</summary>
public enum ReturnUnit
{
    /// <summary>Found out from percent signs and from the scale.</summary>
    Auto,

    /// <summary>0.01 is one per cent.</summary>
    Fraction,

    /// <summary>1 is one per cent.</summary>
    Percent,

    /// <summary>A price, an index or an account: returns are the changes from row to row.</summary>
    Price,
}
