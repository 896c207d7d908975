using System.Collections.Concurrent;

namespace FinML.Notebooks.Zmtp;

/// <summary>
/// PUB: a message goes to every peer that subscribed to a prefix of its first frame. Subscriptions are counted; a peer
/// that does not read loses messages and holds up nobody.
/// </summary>
internal sealed class PublisherSocket(ZmtpEndpoint endpoint, ZmtpLimits? limits = null) : ZmtpListener(endpoint, limits)
{
    private readonly ConcurrentDictionary<long, Peer> _peers = new();

    /// <summary>The message that a new subscriber of a topic gets before any other; null for none.</summary>
    internal Func<byte[], IReadOnlyList<byte[]>>? Welcome { get; set; }

    /// <summary>Bytes that wait for subscribers who do not read, all together.</summary>
    internal long WaitingBytes => _peers.Values.Sum(peer => peer.WaitingBytes);

    private protected override string SocketType => "XPUB";

    private protected override IReadOnlyCollection<string> AcceptedTypes { get; } = ["SUB", "XSUB"];

    /// <summary>Publishes to whom it concerns.</summary>
    internal void Publish(IReadOnlyList<byte[]> frames)
    {
        string topic = Convert.ToHexString(frames[0]);
        foreach (Peer peer in _peers.Values)
        {
            bool wanted;
            lock (peer.Topics)
                wanted = peer.Topics.Keys.Any(prefix => topic.StartsWith(prefix, StringComparison.Ordinal));
            if (wanted)
                peer.TrySend(frames);
        }
    }

    private protected override void Opened(Peer peer) => _peers[peer.Number] = peer;

    private protected override void Closed(Peer peer) => _peers.TryRemove(peer.Number, out _);

    private protected override void Received(Peer peer, byte[][] frames)
    {
        if (frames is not [[0 or 1, .. byte[] topic]])
            return; // what an XSUB sends upstream means nothing here
        const int MostTopics = 1000;
        string prefix = Convert.ToHexString(topic);
        lock (peer.Topics)
        {
            int count = peer.Topics.GetValueOrDefault(prefix);
            if (frames[0][0] == 1)
            {
                if (count == 0 && peer.Topics.Count == MostTopics)
                    throw new ZmtpException($"the peer subscribes to more than {MostTopics} topics.");
                if (Welcome is not null)
                    peer.TrySend(Welcome(topic));
                peer.Topics[prefix] = count + 1;
            }
            else if (count > 1)
            {
                peer.Topics[prefix] = count - 1;
            }
            else
            {
                peer.Topics.Remove(prefix);
            }
        }
    }
}
