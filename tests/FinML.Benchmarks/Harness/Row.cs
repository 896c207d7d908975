namespace FinML.Benchmarks;

/// <summary>One line of a suite's table, with one number that a target can be set on.</summary>
internal abstract record Row(string Name)
{
    internal abstract Result Measure(Bench bench);
}

/// <summary>Work against the peer's on one thread each; the number is peer time / our time.</summary>
internal sealed record PeerRow(string Name) : Row(Name)
{
    internal override Result Measure(Bench bench)
    {
        Pair pair = Alternation.Run(Name, bench.Ours, bench.Peer, threads: 1);
        return new Result(Name, 1, pair.Ours, pair.Theirs, pair.Ratio, pair.Ratio, "x");
    }
}

/// <summary>Work on two threads against the same on one; the number is the speed-up, beside what two
/// independent copies of the work reach. The peer's time on two threads stands beside it.</summary>
internal sealed record TwoThreadsRow(string Work) : Row("2 threads: " + Work)
{
    internal override Result Measure(Bench bench)
    {
        (double speedUp, double ceiling) = Alternation.SpeedUp(Work, bench.Ours);
        Pair pair = Alternation.Run(Work, bench.Ours, bench.Peer, threads: 2);
        return new Result(Name, 2, pair.Ours, pair.Theirs, pair.Ratio, speedUp, "x one thread", ceiling);
    }
}

/// <summary>Work where both sides do without AVX-512, as on the many processors that lack it; the number is peer time
/// / our time.</summary>
internal sealed record NarrowRow(string Work) : Row("AVX2: " + Work)
{
    internal override Result Measure(Bench bench)
    {
        Pair pair = Alternation.Run(Work, bench.Narrow, bench.NarrowPeer, threads: 1);
        return new Result(Name, 1, pair.Ours, pair.Theirs, pair.Ratio, pair.Ratio, "x");
    }
}

/// <summary>A quantity of ours alone, such as bytes; the number is the median.</summary>
/// <param name="Name">Of the row.</param>
/// <param name="Unit">Of the number.</param>
/// <param name="Sample">Measures some times.</param>
internal sealed record QuantityRow(string Name, string Unit, Func<double[]> Sample) : Row(Name)
{
    internal override Result Measure(Bench bench)
    {
        bench.Ours.SetThreads(1);
        var spread = Spread.Of(Sample());
        return new Result(Name, 1, spread, null, null, spread.Median, Unit);
    }
}

/// <summary>What a row measured.</summary>
/// <param name="Row">Its name.</param>
/// <param name="Threads">Threads of both sides.</param>
/// <param name="Ours">Seconds for one unit of work, or the quantity.</param>
/// <param name="Theirs">Seconds; null where there was no peer.</param>
/// <param name="Ratio">Peer time / our time.</param>
/// <param name="Number">What a target is set on; null where the peer is missing.</param>
/// <param name="Unit">Of the number.</param>
/// <param name="Ceiling">The number that the machine itself allowed; null where none was measured.</param>
internal sealed record Result(
    string Row, int Threads, Spread Ours, Spread? Theirs, double? Ratio, double? Number, string Unit,
    double? Ceiling = null);

/// <summary>The two sides of a measurement, and their ratio by rounds.</summary>
internal sealed record Pair(Spread Ours, Spread? Theirs, double? Ratio);
