namespace FinML.Notebooks.Zmtp;

/// <summary>A peer broke the protocol, or asked for what is not spoken here; its connection is closed.</summary>
public sealed class ZmtpException(string message) : Exception(message);
