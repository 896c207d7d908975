using System.Net.Sockets;

namespace FinML.Notebooks.Zmtp;

/// <summary>A connection whose reads are done when they return, on the thread that asks: none of the pool's is needed.
/// </summary>
internal sealed class BlockingStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static stream => ((BlockingStream)stream!).Dispose(), this);
        try
        {
            return ValueTask.FromResult(Read(buffer.Span));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }
        catch (Exception error)
        {
            return ValueTask.FromException<int>(error);
        }
    }
}
