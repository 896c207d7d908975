namespace FinML.Benchmarks;

/// <summary>
/// Times two sides in turns, so that whatever slows the machine slows both: a round is one sample of each, of about
/// equal length, and the reported ratio is the median of the rounds' ratios.
/// </summary>
internal static class Alternation
{
    private const double WarmSeconds = 0.8, SampleSeconds = 0.008, RowSeconds = 1.2;
    private const int FewestRounds = 15, MostRounds = 101;

    /// <summary>Ours against theirs, both on <paramref name="threads"/>; ours alone without a peer.</summary>
    internal static Pair Run(string work, IRunner ours, IRunner? theirs, int threads)
    {
        Clock clock = threads == 1 ? Clock.Processor : Clock.Wall;
        ours.SetThreads(threads);
        theirs?.SetThreads(threads);
        Func<double> sample = Prepared(work, ours, clock);
        (double[] first, double[] second) = Sample(
            threads == 1 || theirs is null ? sample : Rested(sample),
            theirs is null ? null : Prepared(work, theirs, clock));
        return new Pair(
            Spread.Of(first),
            theirs is null ? null : Spread.Of(second),
            theirs is null ? null : Spread.Of(second.Zip(first, (t, o) => t / o)).Median);
    }

    /// <summary>
    /// One thread's time / two threads' time, by the wall, and the same of two independent copies of the work: what
    /// this machine's second processor is worth at that moment, which no work on two threads can pass.
    /// </summary>
    internal static (double SpeedUp, double Ceiling) SpeedUp(string work, LocalRunner runner)
    {
        Func<double> once = Prepared(work, runner, Clock.Wall);
        int times = Math.Max(1, (int)(SampleSeconds / once()));
        runner.RunCopies(work, times); // the copy's first time warms it up
        List<double> speedUps = [], ceilings = [];
        double start = Clock.Wall.Seconds();
        while (GoesOn(speedUps.Count, start))
        {
            double one = On(1, () => runner.Run(work, times, Clock.Wall));
            double two = On(2, () => runner.Run(work, times, Clock.Wall));
            double copies = On(1, () => runner.RunCopies(work, times));
            speedUps.Add(one / two);
            ceilings.Add(2 * one / copies);
        }

        return (Spread.Of(speedUps).Median, Spread.Of(ceilings).Median);

        double On(int threads, Func<double> sample)
        {
            runner.SetThreads(threads);
            return sample();
        }
    }

    private static bool GoesOn(int rounds, double start) =>
        rounds < FewestRounds || (rounds < MostRounds && Clock.Wall.Seconds() - start < RowSeconds);

    private static (double[] First, double[] Second) Sample(Func<double> first, Func<double>? second)
    {
        List<double> one = [], two = [];
        double start = Clock.Wall.Seconds();
        while (GoesOn(one.Count, start))
        {
            one.Add(first());
            if (second is not null)
                two.Add(second());
        }

        return ([.. one], [.. two]);
    }

    // A peer's threads may spin for some milliseconds after its work: they must not hold the cores that ours needs.
    private static Func<double> Rested(Func<double> sample) => () =>
    {
        Thread.Sleep(10);
        return sample();
    };

    /// <summary>Warms the work up and finds how often it fits a sample; gives seconds per unit of work.</summary>
    private static Func<double> Prepared(string work, IRunner runner, Clock clock)
    {
        double start = Clock.Wall.Seconds(), once;
        int times = 1;
        do
        {
            once = runner.Run(work, times, clock) / times;
            times = Math.Clamp((int)(SampleSeconds / Math.Max(once, 1e-9)), 1, 1_000_000);
        }
        while (Clock.Wall.Seconds() - start < WarmSeconds);
        return () => runner.Run(work, times, clock) / times;
    }
}
