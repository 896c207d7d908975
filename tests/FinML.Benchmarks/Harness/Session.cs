namespace FinML.Benchmarks;

/// <summary>One run of a suite: measures its rows, prints them and says which fall short.</summary>
internal static class Session
{
    internal static int Run(Suite suite, Options options)
    {
        Row[] rows = [.. suite.Rows.Where(r => r.Name.Contains(options.Rows, StringComparison.OrdinalIgnoreCase))];
        if (rows.Length == 0)
            throw new UsageException($"No row of {suite.Name} contains '{options.Rows}'.");
        var targets = Targets.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "targets.json")), suite.Name);
        using var bench = new Bench(suite, options.Peer);
        var machine = Machine.Here(suite.Version, bench.Peer?.Version);
        if (bench.Peer is null && suite.PeerScript is not null)
            Console.Error.WriteLine($"{suite.PeerName} is not there (--peer PYTHON names one): ours only.");
        bool live = !options.Markdown && !options.Json;
        if (live)
        {
            Console.WriteLine(machine);
            Console.WriteLine(Tables.Line(Tables.Heads(suite.PeerName)));
        }

        List<Result> results = Measure(rows, bench, live ? r => Tables.Line(Tables.Cells(r, targets)) : null);
        if (options.Markdown)
            Console.Write(Tables.Markdown(suite, machine, results, targets));
        else if (options.Json)
            Console.WriteLine(Tables.Json(machine, results, targets));
        if (!options.Check)
            return 0;
        IReadOnlyList<string> misses = targets.Misses(results);
        foreach (string miss in misses)
            Console.Error.WriteLine(miss);
        return misses.Count == 0 ? 0 : 1;
    }

    private static List<Result> Measure(Row[] rows, Bench bench, Func<Result, string>? line)
    {
        List<Result> results = [];
        using var progress = new Progress(rows.Length);
        foreach (Row row in rows)
        {
            progress.Next(row.Name);
            Result result = row.Measure(bench);
            results.Add(result);
            progress.Clear();
            if (line is not null)
                Console.WriteLine(line(result));
        }

        return results;
    }
}
