namespace FinML.Notebooks.Papers;

/// <summary>What the source says: a number, or the range that a value has to lie in.</summary>
/// <param name="Lower">The lower end; minus infinity where there is none.</param>
/// <param name="Upper">The upper end; infinity where there is none. A number has both ends equal.</param>
/// <param name="Decimals">Decimals as printed in claims.json, which is how precisely ours is shown.</param>
public sealed record PublishedValue(double Lower, double Upper, int Decimals)
{
    /// <summary>Whether it is one number and not a range.</summary>
    public bool IsNumber => Lower.Equals(Upper);

    /// <summary>How far a value lies from the number, or from the nearer end of the range; 0 inside of it.</summary>
    public double Difference(double value) => value < Lower ? value - Lower : value > Upper ? value - Upper : 0;

    /// <summary>The end that <paramref name="value"/> is compared with.</summary>
    public double Nearest(double value) =>
        double.IsNegativeInfinity(Lower) || (value > Upper && !double.IsPositiveInfinity(Upper)) ? Upper
        : double.IsPositiveInfinity(Upper) || value < Lower ? Lower
        : Upper;
}
