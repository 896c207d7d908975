namespace FinML.Notebooks.Protocol;

/// <summary>A message that is not signed with our key, or is not one of the protocol; it is not answered.</summary>
public sealed class JupyterMessageException(string message) : Exception(message);
