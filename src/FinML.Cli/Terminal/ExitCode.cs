namespace FinML.Cli.Terminal;

/// <summary>What a script reads from the command's end.</summary>
internal static class ExitCode
{
    /// <summary>It worked.</summary>
    public const int Success = 0;

    /// <summary>It did not; the sentence on standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The time limit passed.</summary>
    public const int Timeout = 2;

    /// <summary>What came out is not what is stored.</summary>
    public const int Drift = 3;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
