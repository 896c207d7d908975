using System.Net;
using System.Net.Sockets;
using System.Text;
using FinML.Notebooks.Zmtp;

namespace FinML.Notebooks.Tests.Zmtp;

public sealed class ZmtpSocketTests
{
    private static readonly ZmtpEndpoint Anywhere = ZmtpEndpoint.Tcp("127.0.0.1", 0);
    private readonly CancellationToken _stop = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Fact]
    public async Task A_router_answers_the_peer_that_asked()
    {
        await using var router = new RouterSocket(Anywhere);
        router.MessageReceived = frames => router.Send([frames[0], "answer to"u8.ToArray(), frames[1]]);
        router.Start();
        using ZmtpClient first = await ZmtpClient.DealerAsync(router.Endpoint, "one"u8.ToArray(), _stop);
        using ZmtpClient second = await ZmtpClient.DealerAsync(router.Endpoint, [], _stop);

        await first.SendAsync(["a"u8.ToArray()], _stop);
        await second.SendAsync(["b"u8.ToArray()], _stop);

        Assert.Equal(["answer to", "a"], Texts(await first.ReceiveAsync(_stop)));
        Assert.Equal(["answer to", "b"], Texts(await second.ReceiveAsync(_stop)));
        Assert.False(router.Send(["nobody"u8.ToArray(), []]));
    }

    [Fact]
    public async Task Frames_of_every_size_come_through_whole()
    {
        await using var router = new RouterSocket(Anywhere);
        router.MessageReceived = frames => router.Send(frames);
        router.Start();
        using ZmtpClient dealer = await ZmtpClient.DealerAsync(router.Endpoint, [], _stop);
        byte[][] message = [.. new[] { 0, 1, 255, 256, 70_000, 3_000_000, 0 }.Select(size =>
        {
            var bytes = new byte[size];
            new Random(size).NextBytes(bytes);
            return bytes;
        })];

        await dealer.SendAsync(message, _stop);

        Assert.Equal(message, await dealer.ReceiveAsync(_stop));
    }

    [Fact]
    public async Task A_publisher_filters_by_prefix_and_counts_subscriptions()
    {
        await using var publisher = new PublisherSocket(Anywhere) { Welcome = Welcome };
        publisher.Start();
        using ZmtpClient everything = await ZmtpClient.SubscriberAsync(publisher.Endpoint, [], _stop);
        using ZmtpClient some = await ZmtpClient.SubscriberAsync(publisher.Endpoint, "ab"u8.ToArray(), _stop);
        await some.SendAsync([[1, .. "ab"u8]], _stop);
        await some.SendAsync([[0, .. "ab"u8]], _stop); // one of two: still subscribed
        await some.SendAsync([[1, .. "zz"u8]], _stop);
        await WelcomedAsync(everything, "");
        await WelcomedAsync(some, "ab", "ab", "zz");

        publisher.Publish(["b"u8.ToArray(), "1"u8.ToArray()]);
        publisher.Publish(["abc"u8.ToArray(), "2"u8.ToArray()]);

        Assert.Equal(["b", "1"], Texts(await everything.ReceiveAsync(_stop)));
        Assert.Equal(["abc", "2"], Texts(await everything.ReceiveAsync(_stop)));
        Assert.Equal(["abc", "2"], Texts(await some.ReceiveAsync(_stop)));
    }

    [Fact]
    public async Task A_subscriber_that_does_not_read_holds_up_nobody()
    {
        await using var publisher = new PublisherSocket(
            Anywhere, ZmtpLimits.Default with { QueuedMessages = 10 })
        { Welcome = Welcome };
        publisher.Start();
        using ZmtpClient idle = await ZmtpClient.SubscriberAsync(publisher.Endpoint, [], _stop);
        using ZmtpClient reader = await ZmtpClient.SubscriberAsync(publisher.Endpoint, [], _stop);
        await WelcomedAsync(idle, "");
        await WelcomedAsync(reader, "");
        var megabyte = new byte[1 << 20];

        for (int i = 0; i < 100; i++)
        {
            publisher.Publish([[(byte)i], megabyte]);
            byte[][]? got = await reader.ReceiveAsync(_stop);
            Assert.Equal(i, got![0][0]);
        }
    }

    [Fact]
    public async Task What_waits_for_a_subscriber_that_does_not_read_is_bounded_in_bytes()
    {
        const long Most = 4 << 20;
        await using var publisher = new PublisherSocket(
            Anywhere, ZmtpLimits.Default with { QueuedBytes = Most })
        { Welcome = Welcome };
        publisher.Start();
        using ZmtpClient idle = await ZmtpClient.SubscriberAsync(publisher.Endpoint, [], _stop);
        await WelcomedAsync(idle, "");

        for (int i = 0; i < 1000; i++)
        {
            publisher.Publish([[(byte)i], new byte[1 << 20]]);
            Assert.InRange(publisher.WaitingBytes, 0, Most);
        }

        Assert.InRange(publisher.WaitingBytes, Most / 2, Most);
        for (int i = 0; i < 4; i++) // what was not dropped comes whole
            Assert.Equal(1 << 20, (await idle.ReceiveAsync(_stop))![1].Length);
    }

    [Fact]
    public async Task A_heartbeat_comes_back_as_it_went()
    {
        await using var echo = new EchoSocket(Anywhere);
        echo.Start();
        using ZmtpClient request = await ZmtpClient.RequestAsync(echo.Endpoint, _stop);

        await request.SendAsync([[], "ping"u8.ToArray()], _stop);

        Assert.Equal(["", "ping"], Texts(await request.ReceiveAsync(_stop)));
    }

    [Fact]
    public async Task Ipc_is_a_Unix_socket_and_its_file_goes_with_it()
    {
        string path = Path.Combine(Path.GetTempPath(), $"finml-{Guid.NewGuid():N}");
        await using (var echo = new EchoSocket(ZmtpEndpoint.Ipc(path)))
        {
            echo.Start();
            using ZmtpClient request = await ZmtpClient.RequestAsync(echo.Endpoint, _stop);
            await request.SendAsync(["x"u8.ToArray()], _stop);
            Assert.Equal(["x"], Texts(await request.ReceiveAsync(_stop)));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_thousand_clients_that_come_and_drop_leave_nothing()
    {
        await using var router = new RouterSocket(Anywhere);
        router.MessageReceived = frames => router.Send(frames);
        router.Start();
        (int filesBefore, int threadsBefore) = Held();
        long bytesBefore = GC.GetTotalMemory(forceFullCollection: true);
        byte[] greeting = [0xFF, .. new byte[8], 0x7F, 3, 1, .. "NULL"u8, .. new byte[48]];
        byte[] dealer = [4, 28, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8];
        for (int i = 0; i < 1000; i++)
        {
            switch (i % 5)
            {
                case 4: // announces a frame of 200 MB, sends a little of it
                    using (Socket socket = await RawAsync(router.Endpoint))
                    {
                        await socket.SendAsync((byte[])
                            [.. greeting, .. dealer, 2, 0, 0, 0, 0, 12, 0, 0, 0, .. new byte[100]]);
                        break;
                    }

                case 0: // hangs up at once
                    using (Socket socket = await RawAsync(router.Endpoint))
                        break;
                case 1: // in the middle of its greeting
                    using (Socket socket = await RawAsync(router.Endpoint))
                    {
                        await socket.SendAsync(new byte[] { 0xFF, 0, 0 });
                        break;
                    }

                case 2: // after its greeting
                    (await ZmtpClient.DealerAsync(router.Endpoint, [], _stop)).Dispose();
                    break;
                default: // without waiting for its answer
                    using (ZmtpClient client = await ZmtpClient.DealerAsync(router.Endpoint, [], _stop))
                    {
                        await client.SendAsync([new byte[100]], _stop);
                        break;
                    }
            }
        }

        while (router.Connections > 1) // the one that accepts
            await Task.Delay(10, _stop);
        using ZmtpClient last = await ZmtpClient.DealerAsync(router.Endpoint, [], _stop);
        await last.SendAsync(["still here"u8.ToArray()], _stop);
        Assert.Equal(["still here"], Texts(await last.ReceiveAsync(_stop)));
        // Other tests of the process run beside this one: a leak would be a thousand, or 200 MB.
        (int files, int threads) = Held();
        Assert.InRange(files - filesBefore, -1000, 300);
        Assert.InRange(threads - threadsBefore, -1000, 100);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - bytesBefore, long.MinValue, 150L << 20);

        static (int Files, int Threads) Held() => !Directory.Exists("/proc/self/fd") ? (0, 0) : (
            Directory.GetFileSystemEntries("/proc/self/fd").Length,
            Directory.GetFileSystemEntries("/proc/self/task").Length);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "does not greet")]
    [InlineData("\u00ff\0\0\0\0\0\0\0\u0001\u007f\u0001", "ZMTP 1")]
    public async Task Other_protocols_are_refused_in_a_sentence(string bytes, string says)
    {
        Assert.Contains(says, await RefusalAsync(Encoding.Latin1.GetBytes(bytes)));
    }

    [Fact]
    public async Task What_breaks_the_protocol_is_refused_in_a_sentence()
    {
        byte[] greeting = [0xFF, .. new byte[8], 0x7F, 3, 1, .. "NULL"u8, .. new byte[48]];
        byte[] curve = [0xFF, .. new byte[8], 0x7F, 3, 1, .. "CURVE"u8, .. new byte[47]];
        byte[] ready = [4, 26, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 4, .. "PUSH"u8];
        byte[] dealer = [4, 28, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8];
        Assert.Contains("'CURVE'", await RefusalAsync(curve));
        Assert.Contains("'PUSH'", await RefusalAsync([.. greeting, .. ready]));
        Assert.Contains("flags 255", await RefusalAsync([.. greeting, 255, 0]));
        Assert.Contains("a command is expected", await RefusalAsync([.. greeting, 0, 1, 7]));
        Assert.Contains("cut short", await RefusalAsync([.. greeting, 4, 8, 5, .. "READY"u8, 200, 1]));
        Assert.Contains(
            "claims 9223372036854775807 bytes",
            await RefusalAsync([.. greeting, .. dealer, 2, 0x7F, .. Enumerable.Repeat((byte)255, 7)]));
        Assert.Contains(
            "claims 4294967296 bytes", await RefusalAsync([.. greeting, .. dealer, 2, 0, 0, 0, 1, 0, 0, 0, 0]));
        Assert.Contains(
            "more than 3 frames", await RefusalAsync([.. greeting, .. dealer, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]));
        Assert.Contains("middle of a message", await RefusalAsync([.. greeting, .. dealer, 1, 0, 4, 5, 4,
            .. "PING"u8]));
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_sent_away()
    {
        Assert.Contains("did not finish the handshake", await RefusalAsync([], close: false));
    }

    [Fact]
    public void A_port_that_is_taken_and_a_name_instead_of_an_address_are_refused()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        var error = Assert.Throws<ZmtpException>(() => new EchoSocket(ZmtpEndpoint.Tcp("127.0.0.1", port)));
        Assert.Contains($"tcp://127.0.0.1:{port}", error.Message);
        Assert.Contains("'example.org' is not an IP address", Assert.Throws<ZmtpException>(
            () => new EchoSocket(ZmtpEndpoint.Tcp("example.org", 1))).Message);
    }

    /// <summary>100,000 broken conversations: nothing but a ZmtpException or an end comes of them.</summary>
    [Fact]
    public async Task Broken_bytes_never_break_the_reader()
    {
        byte[] greeting = [0xFF, .. new byte[8], 0x7F, 3, 1, .. "NULL"u8, .. new byte[48]];
        byte[] valid =
        [
            .. greeting, 4, 28, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8,
            1, 3, 1, 2, 3, 0, 2, 9, 9, 4, 7, 4, .. "PING"u8, 0, 9, 2, 0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4,
            4, 13, 9, .. "SUBSCRIBE"u8, 1, 2, 3,
        ];
        var random = new Random(1);
        ZmtpLimits limits = ZmtpLimits.Default with { MessageBytes = 1 << 20 };
        int refused = 0;
        for (int i = 0; i < 100_000; i++)
        {
            byte[] bytes = (byte[])valid.Clone();
            for (int change = random.Next(1, 4); change > 0; change--)
                bytes[i % 10 == 0 ? random.Next(bytes.Length) : random.Next(greeting.Length, bytes.Length)] =
                    (byte)random.Next(256);
            int length = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;
            try
            {
                using ZmtpConnection connection = await ZmtpConnection.OpenAsync(
                    new Conversation(bytes[..length]), "ROUTER", [], ["DEALER"], limits, _stop);
                while (await connection.ReadAsync(_stop) is not null)
                {
                }
            }
            catch (ZmtpException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 40_000, 100_000);
    }

    private async Task<string> RefusalAsync(byte[] bytes, bool close = true)
    {
        var refusal = new TaskCompletionSource<string>();
        await using var router = new RouterSocket(
            Anywhere, new ZmtpLimits(1 << 20, 3, TimeSpan.FromSeconds(close ? 10 : 0.2), 10));
        router.Refused = why => refusal.TrySetResult(why);
        router.Start();
        using Socket socket = await RawAsync(router.Endpoint);
        await socket.SendAsync(bytes);
        if (close)
            socket.Shutdown(SocketShutdown.Send);
        return await refusal.Task.WaitAsync(_stop);
    }

    private static async Task<Socket> RawAsync(ZmtpEndpoint endpoint)
    {
        Socket socket = endpoint.NewSocket();
        await socket.ConnectAsync(endpoint.Native());
        return socket;
    }

    /// <summary>A welcome that names its topic, by which a test knows that the subscription has come.</summary>
    private static IReadOnlyList<byte[]> Welcome(byte[] topic) => ["welcome"u8.ToArray(), topic];

    private async Task WelcomedAsync(ZmtpClient subscriber, params string[] topics)
    {
        foreach (string topic in topics)
            Assert.Equal(["welcome", topic], Texts(await subscriber.ReceiveAsync(_stop)));
    }

    private static string[] Texts(byte[][]? frames) => [.. frames!.Select(Encoding.ASCII.GetString)];

    /// <summary>A peer whose side of the conversation is written down.</summary>
    private sealed class Conversation(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanWrite => true;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken =
            default) =>
            ValueTask.CompletedTask;
    }
}
