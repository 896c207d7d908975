namespace FinML.Statistics;

/// <summary>One property of a series of returns, measured.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Interval">The estimate with its interval.</param>
/// <param name="Gaussian">What independent normal returns would have.</param>
public sealed record StylizedFact(string Name, BootstrapInterval Interval, double Gaussian)
{
    /// <summary>True where the interval leaves out what independent normal returns would have.</summary>
    public bool IsShown => !Interval.Contains(Gaussian);
}
