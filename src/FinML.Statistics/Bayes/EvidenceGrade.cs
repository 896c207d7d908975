namespace FinML.Statistics;

/// <summary>One step of a scale of evidence.</summary>
/// <param name="From">The smallest Bayes factor in favour of a hypothesis that earns the words, 1 or more.</param>
/// <param name="Words">An adjective for the evidence.</param>
public sealed record EvidenceGrade(double From, string Words);
