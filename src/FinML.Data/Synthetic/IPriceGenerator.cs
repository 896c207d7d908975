namespace FinML.Data;

/// <summary>A process that makes price paths, with parameters that are known: what a method is tried on before it sees
/// a market. Implementations are immutable records; the same stream gives the same bits.</summary>
public interface IPriceGenerator
{
    /// <summary>A path of <paramref name="steps"/> + 1 prices, the first one given by the options.</summary>
    /// <param name="steps">The steps, 0 or more.</param>
    /// <param name="random">Draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option or the steps are outside their range.</exception>
    double[] Prices(int steps, RandomStream random);
}
