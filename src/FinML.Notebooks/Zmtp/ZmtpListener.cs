using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace FinML.Notebooks.Zmtp;

/// <summary>
/// A bound socket and its peers. Each peer has a task that reads and one that writes from a queue: a slow or broken
/// peer holds up nobody. The kinds of sockets say what a message means.
/// </summary>
internal abstract class ZmtpListener : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly ZmtpLimits _limits;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, Task> _tasks = new();
    private long _peers, _started;

    private protected ZmtpListener(ZmtpEndpoint endpoint, ZmtpLimits? limits)
    {
        _limits = limits ?? ZmtpLimits.Default;
        _socket = endpoint.NewSocket();
        try
        {
            _socket.Bind(endpoint.Native());
            _socket.Listen(128);
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            throw new ZmtpException($"cannot listen at {endpoint}: {error.Message}");
        }

        Endpoint = _socket.LocalEndPoint is IPEndPoint bound
            ? ZmtpEndpoint.Tcp(endpoint.Address, bound.Port)
            : endpoint;
    }

    /// <summary>Where it listens; the port that the system chose where 0 was asked.</summary>
    internal ZmtpEndpoint Endpoint { get; }

    /// <summary>Whether each peer is read on a thread of its own: it is heard where the pool's threads are all taken.
    /// </summary>
    internal bool OwnThreads { get; init; }

    /// <summary>Hears why a peer was sent away.</summary>
    internal Action<string>? Refused { get; set; }

    /// <summary>Connections that are open or being greeted.</summary>
    internal int Connections => _tasks.Count;

    private protected abstract string SocketType { get; }

    private protected abstract IReadOnlyCollection<string> AcceptedTypes { get; }

    /// <summary>A peer of a listener.</summary>
    private protected sealed class Peer(long number, ZmtpConnection connection, ZmtpLimits limits)
    {
        private readonly Channel<IReadOnlyList<byte[]>> _queue = Channel.CreateBounded<IReadOnlyList<byte[]>>(
            new BoundedChannelOptions(limits.QueuedMessages) { SingleReader = true });

        private long _waiting; // bytes in the queue

        internal long Number { get; } = number;

        /// <summary>Bytes that wait for the peer to read.</summary>
        internal long WaitingBytes => Interlocked.Read(ref _waiting);

        internal ZmtpConnection Connection { get; } = connection;

        /// <summary>The prefixes that the peer subscribed to, and how often.</summary>
        internal Dictionary<string, int> Topics { get; } = [];

        /// <summary>Queues a message; false where too much waits already.</summary>
        internal bool TrySend(IReadOnlyList<byte[]> frames)
        {
            long bytes = Bytes(frames);
            long waiting = Interlocked.Add(ref _waiting, bytes);
            if ((waiting <= limits.QueuedBytes || waiting == bytes) && _queue.Writer.TryWrite(frames))
                return true;
            Interlocked.Add(ref _waiting, -bytes);
            return false;
        }

        internal void Close() => _queue.Writer.TryComplete();

        internal async Task WriteAllAsync(CancellationToken stop)
        {
            await foreach (IReadOnlyList<byte[]> frames in _queue.Reader.ReadAllAsync(stop).ConfigureAwait(false))
            {
                await Connection.WriteAsync(frames, stop).ConfigureAwait(false);
                Interlocked.Add(ref _waiting, -Bytes(frames));
            }
        }

        private static long Bytes(IReadOnlyList<byte[]> frames) => frames.Sum(frame => (long)frame.Length);
    }

    /// <summary>Begins to accept. Call once, when the handlers are set.</summary>
    internal void Start() => Track(AcceptAsync());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await Task.WhenAll(_tasks.Values).ConfigureAwait(false);
        _stop.Dispose();
        if (Endpoint.Transport == "ipc")
            File.Delete(Endpoint.Address);
    }

    private protected virtual void Opened(Peer peer)
    {
    }

    private protected virtual void Closed(Peer peer)
    {
    }

    private protected abstract void Received(Peer peer, byte[][] frames);

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket accepted;
            try
            {
                accepted = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                continue; // that one hung up before it was taken
            }

            if (accepted.ProtocolType == ProtocolType.Tcp)
                accepted.NoDelay = true;
            Track(OwnThreads
                ? Task.Factory.StartNew(
                    () => ServeAsync(new BlockingStream(accepted)).GetAwaiter().GetResult(), CancellationToken.None,
                    TaskCreationOptions.LongRunning, TaskScheduler.Default)
                : ServeAsync(new NetworkStream(accepted, ownsSocket: true)));
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        Peer? peer = null;
        try
        {
            using ZmtpConnection connection = await ZmtpConnection.OpenAsync(
                stream, SocketType, [], AcceptedTypes, _limits, _stop.Token).ConfigureAwait(false);
            peer = new Peer(Interlocked.Increment(ref _peers), connection, _limits);
            Opened(peer);
            Task writing = WriteThenCloseAsync(peer);
            try
            {
                while (await connection.ReadAsync(_stop.Token).ConfigureAwait(false) is { } frames)
                    Received(peer, frames);
            }
            finally
            {
                peer.Close();
                await writing.ConfigureAwait(false);
            }
        }
        catch (ZmtpException error)
        {
            Refused?.Invoke(error.Message);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException
            or ObjectDisposedException)
        {
            // The peer is gone, or we are.
        }
        finally
        {
            if (peer is not null)
                Closed(peer);
        }
    }

    private async Task WriteThenCloseAsync(Peer peer)
    {
        try
        {
            await peer.WriteAllAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException
            or ObjectDisposedException)
        {
            peer.Connection.Dispose(); // wakes the task that reads
        }
    }

    private void Track(Task task)
    {
        long number = Interlocked.Increment(ref _started);
        _tasks[number] = task;
        task.ContinueWith(
            _ => _tasks.TryRemove(number, out Task? _), CancellationToken.None, TaskContinuationOptions.None,
            TaskScheduler.Default);
    }
}
