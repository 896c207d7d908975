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
    private readonly Dictionary<string, Action> ready = [];

    public void SetThreads(int threads) => suite.SetThreads(threads);

    public double Run(string work, int times, Clock clock)
    {
        if (!ready.TryGetValue(work, out Action? action))
            ready[work] = action = suite.Works[work]();
        double start = clock.Seconds();
        for (int i = 0; i < times; i++)
            action();
        return clock.Seconds() - start;
    }
}
