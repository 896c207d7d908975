using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace FinML.Notebooks.Zmtp;

/// <summary>
/// ROUTER: every message comes with the identity of its peer, and an answer goes to the identity that it begins with.
/// An answer to a peer that is gone is dropped.
/// </summary>
internal sealed class RouterSocket(ZmtpEndpoint endpoint, ZmtpLimits? limits = null) : ZmtpListener(endpoint, limits)
{
    private readonly ConcurrentDictionary<string, Peer> _peers = new();
    private readonly ConcurrentDictionary<long, string> _names = new();

    /// <summary>Hears messages: the identity, then the peer's frames. Called from the tasks of the peers, for one peer
    /// in order.</summary>
    internal Action<byte[][]>? MessageReceived { get; set; }

    private protected override string SocketType => "ROUTER";

    private protected override IReadOnlyCollection<string> AcceptedTypes { get; } = ["DEALER", "REQ", "ROUTER"];

    /// <summary>Sends frames to the peer that the first one names; false where it is gone or does not read.</summary>
    internal bool Send(IReadOnlyList<byte[]> frames)
    {
        if (!_peers.TryGetValue(Convert.ToHexString(frames[0]), out Peer? peer))
            return false;
        if (peer.TrySend([.. frames.Skip(1)]))
            return true;
        peer.Connection.Dispose(); // it does not read: an answer must not be lost in silence
        return false;
    }

    private protected override void Opened(Peer peer)
    {
        byte[] identity = peer.Connection.PeerIdentity;
        if (identity.Length == 0 || !_peers.TryAdd(Convert.ToHexString(identity), peer))
        {
            // Five bytes that begin with 0, as libzmq makes them: no peer may choose such a name.
            identity = new byte[5];
            BinaryPrimitives.WriteInt32BigEndian(identity.AsSpan(1), (int)peer.Number);
            _peers[Convert.ToHexString(identity)] = peer;
        }

        _names[peer.Number] = Convert.ToHexString(identity);
    }

    private protected override void Closed(Peer peer)
    {
        if (_names.TryRemove(peer.Number, out string? name))
            _peers.TryRemove(name, out _);
    }

    private protected override void Received(Peer peer, byte[][] frames) =>
        MessageReceived?.Invoke([Convert.FromHexString(_names[peer.Number]), .. frames]);
}
