using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Data;
using FinML.Evaluation;
using FinML.Statistics;

namespace FinML.Cli.Commands;

/// <summary><c>finml evaluate RETURNS.csv</c>: the report on anybody's returns.</summary>
internal static class EvaluateReturnsCommand
{
    /// <summary>Gives a command the file as its argument, and the report as its action.</summary>
    public static Command WithReturns(this Command command)
    {
        Argument<string?> file = new("RETURNS.csv")
        {
            Description = "Dates and one or more columns of returns after costs: , ; | or tab, plain, gzip or zip. "
                + "Percents or fractions are told apart, and said.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> benchmark = new("--benchmark")
        {
            Description =
                "A file of returns or prices to beat, aligned by date; or FILE:COLUMN, or a column of RETURNS.csv.",
            HelpName = "B.csv",
        };
        Option<string?> strategy = new("--strategy")
        {
            Description = "The column to report on. [default: the one with the highest Sharpe ratio]",
            HelpName = "COLUMN",
        };
        Option<int?> trials = new("--trials")
        {
            Description = "How many variants were tried before this one was chosen, those not in the file included.",
            HelpName = "N",
        };
        Option<double?> periods = new("--periods-per-year")
        {
            Description = "252 for business days, 52, 12, ... [default: from the dates]",
            HelpName = "Q",
        };
        Option<bool> log = new("--log") { Description = "The returns are logarithmic." };
        Option<bool> simple = new("--simple") { Description = "The returns are simple. [default]" };
        Option<bool> percent = new("--percent") { Description = "1 is one per cent." };
        Option<bool> fraction = new("--fraction") { Description = "0.01 is one per cent." };
        Option<bool> prices = new("--prices") { Description = "The columns are prices or accounts, not returns." };
        Option<double> riskFree = new("--risk-free")
        {
            Description = "The riskless return a year, as a fraction: 0.02.",
            HelpName = "R",
        };
        Option<ulong> seed = new("--seed") { Description = "Seed of every resample. [default: 0]", HelpName = "S" };
        Option<int> replicates = new("--replicates")
        {
            Description = "Resamples of each interval and test.",
            DefaultValueFactory = _ => 9_999,
            HelpName = "B",
        };
        Option<string?> output = new("--output")
        {
            Description = "The folder of report.html, report.md, report.json and the figures. [default: NAME-report]",
            HelpName = "DIR",
        };
        Option<bool> json = DataOutput.JsonOption();
        command.Arguments.Add(file);
        foreach (Option option in new Option[]
        {
            benchmark, strategy, trials, periods, log, simple, percent, fraction, prices, riskFree, seed, replicates,
            output, json,
        })
        {
            command.Options.Add(option);
        }

        command.SetGuardedAction(result =>
        {
            string path = result.GetValue(file) ?? throw new DataException(
                "finml evaluate needs <RETURNS.csv>, or a command: ledger. See 'finml evaluate --help'.");
            if (!File.Exists(path))
                throw new DataException(
                    $"There is no file {Path.GetFullPath(path)}; 'finml evaluate' takes a CSV file, or the command "
                    + "ledger.");
            var reading = new ReturnsFileOptions
            {
                Unit = Unit(result.GetValue(percent), result.GetValue(fraction), result.GetValue(prices)),
                Kind = result.GetValue(log) && result.GetValue(simple)
                    ? throw new DataException("--log and --simple were both given; returns are one of the two.")
                    : result.GetValue(log) ? ReturnKind.Log : ReturnKind.Simple,
                PeriodsPerYear = result.GetValue(periods),
            };
            ReturnsFile strategies = ReturnsFile.Read(TextSource.OfFile(path), reading);
            (ReturnsFile? market, string? column) = Benchmark(result.GetValue(benchmark), strategies, reading);
            EvidenceReport report = new FileEvidence
            {
                Strategies = market == strategies ? Without(strategies, column!) : strategies,
                Benchmark = market,
                BenchmarkColumn = column,
                Strategy = result.GetValue(strategy),
                Trials = result.GetValue(trials),
                PeriodsPerYear = result.GetValue(periods),
                RiskFreePerYear = result.GetValue(riskFree),
                Bootstrap = new BootstrapOptions
                {
                    Seed = result.GetValue(seed),
                    Replicates = result.GetValue(replicates),
                },
            }.Report();
            string folder = result.GetValue(output) ?? $"{Stem(path)}-report";
            IReadOnlyList<string> files = EvidenceFiles.Write(report, folder);
            Show(result, report, files, result.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static ReturnUnit Unit(bool percent, bool fraction, bool prices)
    {
        if ((percent ? 1 : 0) + (fraction ? 1 : 0) + (prices ? 1 : 0) > 1)
            throw new DataException("--percent, --fraction and --prices say different things; give one of them.");
        return percent ? ReturnUnit.Percent
            : fraction ? ReturnUnit.Fraction
            : prices ? ReturnUnit.Price
            : ReturnUnit.Auto;
    }

    /// <summary>The benchmark's file and column: FILE, FILE:COLUMN, or a column of the strategies' own file.</summary>
    private static (ReturnsFile? File, string? Column) Benchmark(
        string? given, ReturnsFile strategies, ReturnsFileOptions reading)
    {
        if (given is null)
            return (null, null);
        // A benchmark is read by itself: its unit may be another, and it is often an index.
        ReturnsFileOptions own = reading with
        {
            Unit = ReturnUnit.Auto,
            MayBePrices = true,
            PeriodsPerYear = null,
        };
        if (File.Exists(given))
            return (ReturnsFile.Read(TextSource.OfFile(given), own), null);
        int colon = given.LastIndexOf(':');
        if (colon > 0 && File.Exists(given[..colon]))
            return (ReturnsFile.Read(TextSource.OfFile(given[..colon]), own), given[(colon + 1)..]);
        if (strategies.Series.Any(s => s.Name == given) && strategies.Series.Count > 1)
            return (strategies, given);
        throw new DataException(
            $"--benchmark {given} is no file, and no column of {strategies.Name}, which has "
            + $"{string.Join(", ", strategies.Series.Take(20).Select(s => s.Name))}.");
    }

    private static ReturnsFile Without(ReturnsFile file, string column) =>
        file with { Series = [.. file.Series.Where(series => series.Name != column)] };

    private static string Stem(string path)
    {
        string name = Path.GetFileName(path);
        int dot = name.IndexOf('.', 1);
        return dot > 0 ? name[..dot] : name;
    }

    private static void Show(ParseResult result, EvidenceReport report, IReadOnlyList<string> files, bool json)
    {
        if (json)
        {
            JsonObject node = EvidenceJson.Node(report);
            node.Remove("series"); // report.json has them
            node["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]);
            DataOutput.WriteJson(result, node);
            return;
        }

        TextWriter output = result.InvocationConfiguration.Output;
        output.WriteLine(report.Verdict.Sentence);
        output.WriteLine();
        foreach (string reason in report.Verdict.Reasons)
            output.WriteLine($"- {reason}");
        output.WriteLine();
        output.WriteLine(EvidenceTables.Summary(report).ToText());
        foreach (DataCheck check in report.Checks)
            output.WriteLine($"{check.Level.ToString().ToLowerInvariant(),-8} {check.Sentence}");
        foreach (string note in report.Input.Notes)
            output.WriteLine($"note     {note}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"report   {files[0]} and {files.Count - 1} files beside it"));
    }
}
