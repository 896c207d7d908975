namespace FinML.Notebooks.Zmtp;

/// <summary>What a peer may ask of us before it is sent away.</summary>
/// <param name="MessageBytes">Bytes of a message, all frames together.</param>
/// <param name="Frames">Frames of a message.</param>
/// <param name="Handshake">Time for the greeting and the first command.</param>
/// <param name="QueuedMessages">Messages that wait for a slow reader; of one more, a publisher tells that reader
/// nothing, and a router closes the connection.</param>
internal sealed record ZmtpLimits(long MessageBytes, int Frames, TimeSpan Handshake, int QueuedMessages)
{
    /// <summary>Bytes that wait for a slow reader, but for one message that is larger alone.</summary>
    internal long QueuedBytes { get; init; } = 256L << 20;

    internal static ZmtpLimits Default { get; } = new(256L << 20, 4096, TimeSpan.FromSeconds(10), 10_000);
}
