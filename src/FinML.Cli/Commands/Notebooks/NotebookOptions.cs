using System.CommandLine;
using System.Globalization;
using FinML.Cli.Terminal;

namespace FinML.Cli.Commands;

/// <summary>The options that commands on notebooks share, and how they read them.</summary>
internal static class NotebookOptions
{
    private const double LongestSeconds = 24 * 86_400;

    public static Option<double?> Timeout() => new("--timeout")
    {
        Description = "Stop a notebook after this many seconds, with exit code 2.",
        HelpName = "SECONDS",
    };

    public static Option<int> Parallel() => new("--parallel")
    {
        Description = "How many notebooks run at once, each in a process of its own.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public static Option<string?> JUnit() => new("--junit")
    {
        Description = "Also write a JUnit report: a suite for each notebook, a case for each code cell.",
        HelpName = "FILE",
    };

    /// <summary>The value of <c>--timeout</c>.</summary>
    /// <exception cref="UserErrorException">It is out of its range.</exception>
    public static double? Seconds(double? given) => given is { } limit && !(limit > 0 && limit <= LongestSeconds)
        ? throw new UserErrorException($"--timeout takes seconds above 0 and up to 2073600, but was {limit}.")
        : given;

    /// <summary>The same value for a process of its own.</summary>
    public static string[] TimeoutArguments(double? seconds) => seconds is { } limit
        ? ["--timeout", limit.ToString("R", CultureInfo.InvariantCulture)]
        : [];

    /// <summary>The notebooks that were named: files as they stand, folders as the notebooks in them.</summary>
    /// <exception cref="UserErrorException">A folder has no notebook.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            var found = Directory.GetFiles(path, "*.ipynb");
            if (found.Length == 0)
                throw new UserErrorException($"{path} holds no notebook (.ipynb).");
            files.AddRange(found.Order(StringComparer.Ordinal).Select(Workbench.Display));
        }

        return files;
    }

    /// <summary>What two notebooks leave must not fall on each other.</summary>
    public static void RefuseSameNames(IReadOnlyList<string> notebooks)
    {
        var same = notebooks.GroupBy(Path.GetFileNameWithoutExtension, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            throw new UserErrorException($"{string.Join(" and ", same)} have the same name, and would write the same "
                + "files: run them one at a time, with an --output for each.");
        }
    }
}
