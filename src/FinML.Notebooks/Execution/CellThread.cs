using System.Collections.Concurrent;
using System.Runtime;

namespace FinML.Notebooks;

/// <summary>
/// The one thread that a session's cells run on, continuations after await included: what a library keeps per thread
/// stays the same from cell to cell. Work is stopped where it asks (<see cref="CellStop"/>) or waits; what does neither
/// is a library's, and goes on until it returns.
/// </summary>
internal sealed class CellThread : IDisposable
{
    private static readonly TimeSpan SoftWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan OthersWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CleanupWait = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly BlockingCollection<Action> queue = [];
    private readonly CancellationTokenSource hard = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private volatile int running; // the number of the cell
    private volatile bool isWhole;

    [ThreadStatic]
    private static CellThread? current;

    /// <summary>Whether the caller runs on a cells' thread.</summary>
    public static bool IsCurrent => current is not null;

    public CellThread()
    {
        // The stack of a main thread, for recursion in cells; background, so that a stuck cell never holds the process.
        thread = new Thread(Pump, maxStackSize: 16 * 1024 * 1024) { IsBackground = true, Name = "notebook" };
        thread.Start();
    }

    /// <summary>Runs work on the thread; the task ends as the work's task ends.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cell">The number of the cell whose work it is.</param>
    public Task<T> Run<T>(Func<Task<T>> work, int cell)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        running = cell;
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

    /// <summary>Work of ours between two pieces of a cell's, such as compiling: a wait in it is not interrupted. Give
    /// it the cell's token, and ask that first.</summary>
    public static T Whole<T>(Func<T> work)
    {
        if (current is not { } owner)
            return work();
        owner.isWhole = true;
        try
        {
            return work();
        }
        finally
        {
            owner.isWhole = false;
        }
    }

    /// <summary>
    /// Ends the work that was given last; its token must have been cancelled before. The task ends when the work has,
    /// which is never where a library's call never returns. Cells are asked before this returns: where the work has taken
    /// all processors, what runs elsewhere comes late.
    /// </summary>
    /// <param name="work">The task of the work.</param>
    /// <returns>Whether the thread takes more; else it has ended.</returns>
    public async Task<bool> StopAsync(Task work)
    {
        CellStop.Ask(running);
        try
        {
            if (await Task.WhenAny(work, Task.Delay(SoftWait)).ConfigureAwait(false) == work)
                return true;
            queue.CompleteAdding();
            var start = TimeProvider.System.GetTimestamp();
            while (!ended.Task.IsCompleted)
            {
                var waited = TimeProvider.System.GetElapsedTime(start);
                if (waited > OthersWait)
                    CellStop.Ask(int.MinValue); // it is in an earlier cell's function, then
                if (waited > CleanupWait)
                    CellStop.AskCleanup();
                // Again and again: what it catches may lead to the next wait. Never where it does not wait: the
                // interruption would come at the first lock that is taken, wherever that is.
                if (!isWhole && thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
                    thread.Interrupt();
                await Task.WhenAny(ended.Task, Task.Delay(Beat)).ConfigureAwait(false);
            }

            return false;
        }
        finally
        {
            await Task.Delay(Beat).ConfigureAwait(false); // for the tasks that it started
            CellStop.Withdraw();
        }
    }

    /// <summary>
    /// Aborts the thread, wherever it is. Only for what cannot be stopped otherwise: on Linux the runtime itself has
    /// been seen to end by it.
    /// </summary>
    public void Abort() => _ = Task.Run(hard.Cancel); // it blocks until the abort has landed, which can be never

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

    private void Pump()
    {
        current = this;
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
        finally
        {
            ended.TrySetResult();
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
