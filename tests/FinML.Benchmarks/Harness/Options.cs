namespace FinML.Benchmarks;

/// <summary>What the user asked for cannot be done; the message is one sentence.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The command line.</summary>
internal sealed record Options
{
    public string Suite { get; init; } = "";

    /// <summary>The Python with the peer; null: /usr/bin/python3 where that has it.</summary>
    public string? Peer { get; init; }

    /// <summary>Exit with 1 where a row misses its target.</summary>
    public bool Check { get; init; }

    /// <summary>Only rows whose name contains this.</summary>
    public string Rows { get; init; } = "";

    public bool Markdown { get; init; }

    public bool Json { get; init; }

    public bool Help { get; init; }

    /// <exception cref="UsageException">An option is unknown, or lacks its value, or the suite is unknown.</exception>
    public static Options Parse(IReadOnlyList<string> args, IReadOnlyList<string> suites)
    {
        var options = new Options();
        for (int i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal)
                ? args[i]
                : throw new UsageException($"{args[i - 1]} needs a value; --help shows the options.");
            options = args[i] switch
            {
                "--help" or "-h" => options with { Help = true },
                "--peer" => options with { Peer = Value() },
                "--rows" => options with { Rows = Value() },
                "--check" => options with { Check = true },
                "--markdown" => options with { Markdown = true },
                "--json" => options with { Json = true },
                var name when name.StartsWith('-') =>
                    throw new UsageException($"The option {name} is unknown; --help shows the options."),
                var name when options.Suite.Length > 0 =>
                    throw new UsageException($"One suite at a time: got {options.Suite} and {name}."),
                var name => options with { Suite = name },
            };
        }

        if (options.Help)
            return options;
        if (!suites.Contains(options.Suite))
        {
            throw new UsageException(options.Suite.Length == 0
                ? $"Name a suite ({string.Join(", ", suites)}); --help shows the options."
                : $"The suite {options.Suite} is unknown; there is {string.Join(", ", suites)}.");
        }

        return options.Markdown && options.Json
            ? throw new UsageException("--markdown and --json exclude each other.")
            : options;
    }

    public static string Usage(IReadOnlyList<string> suites) =>
        $"""
        Times our work and a peer's in alternation on this machine.

        dotnet run -c Release --project tests/FinML.Benchmarks -- SUITE [options]

        SUITE            {string.Join(", ", suites)}
        --peer PYTHON    the Python that has the peer (left out: /usr/bin/python3)
        --check          exit with 1 and name the rows where one misses its target (targets.json)
        --rows TEXT      only rows whose name contains TEXT
        --markdown       print the README's table
        --json           print the results as JSON
        """;
}
