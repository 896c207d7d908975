namespace FinML.Cli.Terminal;

/// <summary>Something that the user can put right: one sentence, no stack trace.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
