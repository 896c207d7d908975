namespace FinML.Benchmarks;

/// <summary>Something that does named work: this process, or another.</summary>
internal interface IRunner
{
    void SetThreads(int threads);

    /// <summary>Seconds that <paramref name="times"/> units of work took.</summary>
    /// <param name="work">Its name.</param>
    /// <param name="times">How often, at least 1.</param>
    /// <param name="clock">Which clock.</param>
    double Run(string work, int times, Clock clock);
}

/// <summary>This process.</summary>
internal sealed class LocalRunner(Suite suite) : IRunner
{
    private readonly Dictionary<string, Action> ready = [], copies = [];

    public void SetThreads(int threads) => suite.SetThreads(threads);

    public double Run(string work, int times, Clock clock)
    {
        Action action = Ready(ready, work);
        double start = clock.Seconds();
        Repeat(action, times);
        return clock.Seconds() - start;
    }

    /// <summary>Seconds by the wall that two independent copies of the work took, each <paramref name="times"/> times
    /// on a thread of its own.</summary>
    internal double RunCopies(string work, int times)
    {
        (Action action, Action copy) = (Ready(ready, work), Ready(copies, work));
        double start = Clock.Wall.Seconds();
        var other = new Thread(() => Repeat(copy, times));
        other.Start();
        Repeat(action, times);
        other.Join();
        return Clock.Wall.Seconds() - start;
    }

    private Action Ready(Dictionary<string, Action> made, string work) =>
        made.TryGetValue(work, out Action? action) ? action : made[work] = suite.Works[work]();

    private static void Repeat(Action action, int times)
    {
        for (int i = 0; i < times; i++)
            action();
    }
}
