namespace FinML.Notebooks.Zmtp;

/// <summary>REP that sends back what it gets, the empty delimiter and what is before it included: a
/// heartbeat.</summary>
internal sealed class EchoSocket(ZmtpEndpoint endpoint, ZmtpLimits? limits = null) : ZmtpListener(endpoint, limits)
{
    private protected override string SocketType => "REP";

    private protected override IReadOnlyCollection<string> AcceptedTypes { get; } = ["REQ", "DEALER"];

    private protected override void Received(Peer peer, byte[][] frames) => peer.TrySend(frames);
}
