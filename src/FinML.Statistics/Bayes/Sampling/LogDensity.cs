namespace FinML.Statistics;

/// <summary>
/// The log of a density up to a constant, and its gradient. Called from several threads at once: it keeps no state.
/// </summary>
/// <param name="position">Where, (d).</param>
/// <param name="gradient">(d), to be written in full.</param>
/// <returns>The log density; -infinity (or NaN) where the density is 0.</returns>
public delegate double LogDensity(ReadOnlySpan<double> position, Span<double> gradient);
