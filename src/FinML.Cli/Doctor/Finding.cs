namespace FinML.Cli.Doctor;

/// <summary>One thing that was compared.</summary>
internal sealed record Finding(string Name, string Expected, string Found, Verdict Verdict, string? Advice = null);
