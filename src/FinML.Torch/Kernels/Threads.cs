using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace FinML.Torch.Kernels;

/// <summary>Work cut into chunks that may run in any order, each on any thread.</summary>
internal interface IChunks
{
    /// <summary>Does chunk <paramref name="chunk"/>. It runs on a foreign thread: it makes no tensors.</summary>
    void Run(int chunk);
}

/// <summary>
/// Divides kernels among threads: the calling thread and long-lived workers take chunks until none is left. How a
/// kernel is cut into chunks must depend on its sizes alone, never on <see cref="Count"/>: then every bit of a result
/// is the same for any number of threads. Waking a worker costs some microseconds, so that a kernel below about 20
/// microseconds should be one chunk (<see cref="ChunksOf"/>).
/// </summary>
/// <remarks>
/// There is one team of workers a process. A body that itself calls <see cref="For"/> runs that inline. So does a
/// second thread that computes while the team is at work, and for a while after such a collision every thread does:
/// where the program's own threads (seeds trained side by side) fill the cores, the team stays out of their way.
/// </remarks>
internal static class Threads
{
    private const int BusyMilliseconds = 100;

    private static readonly Lock Gate = new();
    private static Worker[] team = [];
    private static int count = DefaultCount();
    private static int taken;      // 1 while a thread uses the team
    private static long crowdedTo; // TickCount64 until which threads compute alone, after they got in each other's way

    [ThreadStatic]
    private static bool inside;

    /// <summary>Threads that share a kernel, the calling one included; at least 1.</summary>
    internal static int Count
    {
        get => Volatile.Read(ref count);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref count, value);
        }
    }

    /// <summary>How many chunks of <paramref name="chunk"/> elements cover <paramref name="length"/>.</summary>
    internal static int ChunksOf(int length, int chunk) => (int)(((long)length + chunk - 1) / chunk);

    /// <summary>Runs all chunks of <paramref name="body"/>, on this thread and the workers; allocates nothing once
    /// this thread has used a body of that type. The first exception of a chunk reaches the caller.</summary>
    internal static void For<TBody>(int chunks, TBody body)
        where TBody : struct, IChunks
    {
        int threads = Math.Min(Count, chunks);
        if (threads <= 1 || inside || !Take())
        {
            for (int chunk = 0; chunk < chunks; chunk++)
                body.Run(chunk);
            return;
        }

        Job<TBody> job = Job<TBody>.OfThread;
        inside = true;
        try
        {
            Worker[] workers = Team(threads - 1);
            job.Start(body, chunks, threads);
            for (int i = 0; i < threads - 1; i++)
                workers[i].Offer(job);
            job.Work(false);
            for (int i = 0; i < threads - 1; i++)
            {
                if (workers[i].Revoke())
                    job.Leave();
            }

            job.Finish();
        }
        finally
        {
            inside = false;
            Volatile.Write(ref taken, 0);
        }
    }

    private static bool Take()
    {
        if (Volatile.Read(ref crowdedTo) is var until && until != 0 && Environment.TickCount64 < until)
            return false;
        if (Interlocked.CompareExchange(ref taken, 1, 0) == 0)
            return true;
        Volatile.Write(ref crowdedTo, Environment.TickCount64 + BusyMilliseconds);
        return false;
    }

    private static Worker[] Team(int workers)
    {
        if (team.Length >= workers)
            return team;
        lock (Gate)
        {
            Worker[] grown = team;
            Array.Resize(ref grown, workers);
            for (int i = team.Length; i < workers; i++)
                grown[i] = new Worker(fromEnd: i % 2 == 0);
            return team = grown;
        }
    }

    // FINML_THREADS, then OMP_NUM_THREADS as for PyTorch, then a thread for each physical core.
    private static int DefaultCount()
    {
        foreach (string name in (ReadOnlySpan<string>)["FINML_THREADS", "OMP_NUM_THREADS"])
        {
            string? text = Environment.GetEnvironmentVariable(name);
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given >= 1)
                return given;
        }

        return Math.Max(1, Environment.ProcessorCount / (HasSiblings() ? 2 : 1));
    }

    // Two hardware threads of one core share its vector units: a second thread there gains nothing.
    private static bool HasSiblings()
    {
        const string file = "/sys/devices/system/cpu/smt/active";
        try
        {
            return OperatingSystem.IsLinux() && File.Exists(file) && File.ReadAllText(file).StartsWith('1');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Chunks that are being worked on.</summary>
    private abstract class Job
    {
        private int chunks, left, low, high, present; // chunks taken from below and from above
        private ExceptionDispatchInfo? failure;

        protected void Begin(int count, int threads)
        {
            chunks = count;
            failure = null;
            Volatile.Write(ref present, threads);
            low = high = 0;
            Volatile.Write(ref left, count);
        }

        /// <summary>Takes chunks until none is left, from the first on or from the last: of two threads each then finds
        /// in its cache what it wrote in the kernel before.</summary>
        internal void Work(bool fromEnd)
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                try
                {
                    RunChunk(
                        fromEnd ? chunks - Interlocked.Increment(ref high) : Interlocked.Increment(ref low) - 1);
                }
                catch (Exception exception)
                {
                    // Whatever it is, it belongs to the caller: no worker may die of it.
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                    Volatile.Write(ref left, 0);
                }
            }
        }

        /// <summary>One thread less will touch the job.</summary>
        internal void Leave() => Interlocked.Decrement(ref present);

        /// <summary>Waits for the workers that still have a chunk.</summary>
        internal void Finish()
        {
            Leave();
            SpinWait wait = default;
            while (Volatile.Read(ref present) > 0)
                wait.SpinOnce(sleep1Threshold: -1);
            Clear();
            failure?.Throw();
        }

        protected abstract void RunChunk(int chunk);

        protected abstract void Clear();
    }

    private sealed class Job<TBody> : Job
        where TBody : struct, IChunks
    {
        [ThreadStatic]
        private static Job<TBody>? ofThread;

        private TBody body;

        internal static Job<TBody> OfThread => ofThread ??= new();

        internal void Start(TBody value, int chunks, int threads)
        {
            body = value;
            Begin(chunks, threads);
        }

        protected override void RunChunk(int chunk) => body.Run(chunk);

        protected override void Clear()
        {
            if (RuntimeHelpers.IsReferenceOrContainsReferences<TBody>())
                body = default;
        }
    }

    /// <summary>A thread that waits for offers: awake for some microseconds after the last, then asleep.</summary>
    private sealed class Worker
    {
        private const int Spins = 400;

        private readonly SemaphoreSlim bell = new(0);
        private readonly bool fromEnd;
        private Job? offer;
        private bool asleep;

        internal Worker(bool fromEnd)
        {
            this.fromEnd = fromEnd;
            new Thread(Loop) { IsBackground = true, Name = "FinML.Torch kernel" }.Start();
        }

        internal void Offer(Job job)
        {
            Interlocked.Exchange(ref offer, job);
            if (Volatile.Read(ref asleep))
                bell.Release();
        }

        /// <summary>Takes the offer back; false where the worker has taken it.</summary>
        internal bool Revoke() => Interlocked.Exchange(ref offer, null) is not null;

        private void Loop()
        {
            inside = true;
            while (true)
            {
                Wait();
                if (Interlocked.Exchange(ref offer, null) is not { } job)
                    continue;
                job.Work(fromEnd);
                job.Leave();
            }
        }

        private void Wait()
        {
            for (int i = 0; i < Spins; i++)
            {
                if (Volatile.Read(ref offer) is not null)
                    return;
                Thread.SpinWait(8);
            }

            // Says that it sleeps before it looks once more: an offer sees one or the other.
            Volatile.Write(ref asleep, true);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref offer) is null)
                bell.Wait();
            Volatile.Write(ref asleep, false);
        }
    }
}
