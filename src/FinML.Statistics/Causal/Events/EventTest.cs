namespace FinML.Statistics;

/// <summary>A test that the mean abnormal return of a window is 0.</summary>
/// <param name="Name">The test.</param>
/// <param name="Statistic">Its statistic.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Robust">What it stands: "event-induced variance", ...; empty for none.</param>
public sealed record EventTest(string Name, double Statistic, double PValue, string Robust);
