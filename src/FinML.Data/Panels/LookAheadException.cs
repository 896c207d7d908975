namespace FinML.Data;

/// <summary>Something tried to read a value from after the moment it lives at.</summary>
public sealed class LookAheadException(string message) : InvalidOperationException(message);
