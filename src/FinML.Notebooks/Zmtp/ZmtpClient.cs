using System.Net.Sockets;

namespace FinML.Notebooks.Zmtp;

/// <summary>The connecting side: DEALER, SUB or REQ. For asking a kernel whether it is well, and for tests.</summary>
internal sealed class ZmtpClient : IDisposable
{
    private readonly ZmtpConnection _connection;

    private ZmtpClient(ZmtpConnection connection)
    {
        _connection = connection;
    }

    internal static Task<ZmtpClient> DealerAsync(ZmtpEndpoint endpoint, byte[] identity, CancellationToken stop) =>
        ConnectAsync(endpoint, "DEALER", identity, ["ROUTER", "REP"], stop);

    internal static Task<ZmtpClient> RequestAsync(ZmtpEndpoint endpoint, CancellationToken stop) =>
        ConnectAsync(endpoint, "REQ", [], ["REP", "ROUTER"], stop);

    /// <summary>A subscriber of one prefix; empty for everything.</summary>
    internal static async Task<ZmtpClient> SubscriberAsync(ZmtpEndpoint endpoint, byte[] prefix, CancellationToken stop)
    {
        ZmtpClient client = await ConnectAsync(endpoint, "SUB", [], ["PUB", "XPUB"], stop).ConfigureAwait(false);
        await client.SendAsync([[1, .. prefix]], stop).ConfigureAwait(false);
        return client;
    }

    internal Task SendAsync(IReadOnlyList<byte[]> frames, CancellationToken stop) => _connection.WriteAsync(frames,
        stop);

    /// <summary>The next message, or null where the peer has closed.</summary>
    internal Task<byte[][]?> ReceiveAsync(CancellationToken stop) => _connection.ReadAsync(stop);

    public void Dispose() => _connection.Dispose();

    private static async Task<ZmtpClient> ConnectAsync(
        ZmtpEndpoint endpoint, string type, byte[] identity, IReadOnlyCollection<string> accepted,
            CancellationToken stop)
    {
        Socket socket = endpoint.NewSocket();
        try
        {
            await socket.ConnectAsync(endpoint.Native(), stop).ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new ZmtpException($"cannot connect to {endpoint}: {error.Message}");
        }

        return new ZmtpClient(await ZmtpConnection.OpenAsync(
            new NetworkStream(socket, ownsSocket: true), type, identity, accepted, ZmtpLimits.Default, stop)
            .ConfigureAwait(false));
    }
}
