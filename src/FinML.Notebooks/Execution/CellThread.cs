using System.Collections.Concurrent;
using System.Runtime;

namespace FinML.Notebooks;

/// <summary>
/// The one thread that a session's cells run on, continuations after await included: what a library keeps per thread
/// stays the same from cell to cell. Its work can be stopped even inside <c>while (true) { }</c>.
/// </summary>
internal sealed class CellThread : IDisposable
{
    private static readonly TimeSpan SoftWait = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan HardWait = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<Action> queue = [];
    private readonly CancellationTokenSource hard = new();
    private readonly Thread thread;

    [ThreadStatic]
    private static bool isCellThread;

    /// <summary>Whether the caller runs on a cells' thread.</summary>
    public static bool IsCurrent => isCellThread;

    public CellThread()
    {
        // The stack of a main thread, for recursion in cells; background, so that a stuck cell never holds the process.
        thread = new Thread(Pump, maxStackSize: 16 * 1024 * 1024) { IsBackground = true, Name = "notebook" };
        thread.Start();
    }

    /// <summary>Runs work on the thread; the task ends as the work's task ends.</summary>
    public Task<T> Run<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(() =>
        {
            Task<T> task;
            try
            {
                task = work();
            }
            catch (Exception error) when (error is not ThreadInterruptedException)
            {
                done.TrySetException(error);
                return;
            }

            task.ContinueWith(
                finished =>
                {
                    if (finished.IsCanceled)
                        done.TrySetCanceled();
                    else if (finished.Exception is { } error)
                        done.TrySetException(error.InnerExceptions);
                    else
                        done.TrySetResult(finished.Result);
                },
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        });
        return done.Task;
    }

    /// <summary>
    /// Ends what runs: first by interrupting a wait, then by aborting the thread. Soft cancellation is the caller's,
    /// before. True when the thread has ended; false when native code holds it.
    /// </summary>
    public async Task<bool> StopAsync()
    {
        queue.CompleteAdding();
        thread.Interrupt();
        if (await Ended(SoftWait).ConfigureAwait(false))
            return true;
        // Cancel blocks until the abort has landed, which can be never: it gets a thread of its own.
        _ = Task.Run(hard.Cancel);
        return await Ended(HardWait).ConfigureAwait(false);
    }

    /// <summary>Lets the thread end once its work is done.</summary>
    public void Dispose() => queue.CompleteAdding();

    private bool TryAdd(Action work)
    {
        try
        {
            queue.Add(work);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // completed between the check and here, or before
        }
    }

    private Task<bool> Ended(TimeSpan wait) => Task.Run(() => thread.Join(wait));

    private void Pump()
    {
        isCellThread = true;
        SynchronizationContext.SetSynchronizationContext(new Context(this));
        try
        {
#pragma warning disable SYSLIB0046 // The thread is given up after the abort, which is what the warning asks for.
            ControlledExecution.Run(
                () =>
                {
                    foreach (var work in queue.GetConsumingEnumerable())
                        work();
                },
                hard.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception error) when (error is OperationCanceledException or ThreadInterruptedException)
        {
            // Stopped on purpose: the run reports it.
            queue.CompleteAdding();
        }
    }

    private sealed class Context(CellThread owner) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
            // After the session's end, what still comes back from an unawaited task runs on the pool.
            if (!owner.TryAdd(() => d(state)))
                base.Post(d, state);
        }

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (Thread.CurrentThread == owner.thread)
                d(state);
            else
                base.Send(d, state);
        }
    }
}
