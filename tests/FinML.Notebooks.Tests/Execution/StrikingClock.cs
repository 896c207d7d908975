namespace FinML.Notebooks.Tests.Execution;

/// <summary>The system's clock, but its timers go off when a cell makes a progress bar, and only then.</summary>
internal sealed class StrikingClock : TimeProvider, INotebookProgress
{
    private readonly List<Action> timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (timers)
            timers.Add(() => callback(state));
        return new Silent();
    }

    public void BarChanged(int bar, string label, double fraction)
    {
        lock (timers)
            timers.ForEach(timer => Task.Run(timer));
    }

    public void CellStarted(int number, int total, string caption)
    {
    }

    public void CellFinished(int number, TimeSpan elapsed, bool succeeded)
    {
    }

    public void BarEnded(int bar)
    {
    }

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
