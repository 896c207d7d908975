using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FinML.Notebooks.Zmtp;

/// <summary>Where a socket binds or connects: a TCP address and port, or the path of a Unix socket.</summary>
internal sealed record ZmtpEndpoint
{
    private ZmtpEndpoint(string transport, string address, int port)
    {
        (Transport, Address, Port) = (transport, address, port);
    }

    /// <summary>"tcp" or "ipc".</summary>
    internal string Transport { get; }

    /// <summary>The host, or the path.</summary>
    internal string Address { get; }

    /// <summary>The TCP port; 0 where there is none.</summary>
    internal int Port { get; }

    /// <summary>A TCP endpoint; port 0 lets the system choose one.</summary>
    internal static ZmtpEndpoint Tcp(string host, int port) => new("tcp", host, port);

    /// <summary>A Unix socket.</summary>
    internal static ZmtpEndpoint Ipc(string path) => new("ipc", path, 0);

    internal Socket NewSocket()
    {
        if (Transport == "ipc")
            return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        return new Socket(IpAddress().AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    }

    internal EndPoint Native() => Transport == "ipc"
        ? new UnixDomainSocketEndPoint(Address)
        : new IPEndPoint(IpAddress(), Port);

    public override string ToString() => Transport == "ipc"
        ? $"ipc://{Address}"
        : string.Create(CultureInfo.InvariantCulture, $"tcp://{Address}:{Port}");

    /// <summary>No name is looked up: a kernel listens where the connection file says and nowhere else.</summary>
    private IPAddress IpAddress()
    {
        if (Address == "localhost")
            return IPAddress.Loopback;
        return IPAddress.TryParse(Address, out IPAddress? address)
            ? address
            : throw new ZmtpException($"'{Address}' is not an IP address.");
    }
}
