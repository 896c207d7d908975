namespace FinML.Data;

/// <summary>Events of a point process.</summary>
/// <param name="Times">Seconds from the start, increasing.</param>
/// <param name="Types">The type of each event, from 0.</param>
public sealed record HawkesEvents(double[] Times, int[] Types)
{
    /// <summary>How many there are.</summary>
    public int Count => Times.Length;
}
