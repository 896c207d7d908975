namespace FinML.Models;

/// <summary>What a model is, in numbers that a reader compares models by.</summary>
/// <param name="Name">The architecture.</param>
/// <param name="Parameters">Trainable parameters.</param>
/// <param name="ReceptiveField">Steps of the past that one output can depend on.</param>
/// <param name="MultiplyAccumulates">Multiply-accumulate operations of one forward pass over one window.</param>
public sealed record ModelCard(string Name, long Parameters, int ReceptiveField, long MultiplyAccumulates);
