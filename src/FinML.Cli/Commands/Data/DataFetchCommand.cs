using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Data;

namespace FinML.Cli.Commands;

/// <summary><c>finml data fetch</c>: a public data set that may not be shipped, from a mirror folder or its
/// address.</summary>
internal static class DataFetchCommand
{
    public static Command Create()
    {
        Argument<string[]> names = new("NAME")
        {
            Description = "The data sets; finml data list names them.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> all = new("--all") { Description = "All that can be fetched." };
        Option<string?> from = new("--from")
        {
            Description = "The folder to copy from. [default: FINML_DATA_MIRROR where it has the file, else the "
                + "address in the catalogue]",
            HelpName = "DIR",
        };
        Option<string?> root = DataOutput.RootOption();
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("fetch", "Get public data sets that may not be shipped, check their SHA-256, and say "
            + "under which licence they are.")
        {
            names, all, from, root, json,
        };
        command.WithExamples(
            "finml data fetch vix", "finml data fetch olps-nyse-o olps-nyse-n --from ~/mirror",
            "finml data fetch --all");
        command.SetGuardedAction(async (result, stop) =>
        {
            DataCatalog catalog = DataCatalog.Open(result.GetValue(root));
            string[] wanted = result.GetValue(names) ?? [];
            if (result.GetValue(all) != (wanted.Length == 0))
                throw new ArgumentException("finml data fetch needs the names of data sets, or --all.");
            List<DataSet> sets = [.. result.GetValue(all)
                ? catalog.DataSets.Where(s => s.Fetchable)
                : wanted.Select(catalog.Find).Distinct()];
            List<FetchResult> fetched = [];
            List<string> failed = [];
            using HttpClient client = new();
            foreach (DataSet set in sets)
            {
                try
                {
                    FetchResult each = await DataFetch.RunAsync(catalog, set.Name, new FetchOptions
                    {
                        From = result.GetValue(from),
                        Client = client,
                        Progress = new TransferLine(
                            result.InvocationConfiguration.Error, set.Name, TimeProvider.System),
                    }, stop);
                    fetched.Add(each);
                    if (!result.GetValue(json))
                        Print(result.InvocationConfiguration.Output, each);
                }
                catch (DataException e) when (sets.Count > 1)
                {
                    failed.Add($"{set.Name}: {e.Message}");
                }
            }

            if (result.GetValue(json))
            {
                DataOutput.WriteJson(result, new
                {
                    Fetched = fetched.Select(f => new
                    { f.Set.Name, f.Path, f.Source, f.SameFile, f.Set.Licence }),
                    Failed = failed,
                });
            }

            return failed.Count == 0
                ? ExitCode.Success
                : DataOutput.Fail(result, $"{failed.Count} of {sets.Count} could not be fetched: "
                    + string.Join(" ", failed));
        });
        return command;
    }

    private static void Print(TextWriter output, FetchResult fetched)
    {
        output.WriteLine(fetched.Source is null
            ? $"{fetched.Set.Name}: here already, {fetched.Path}"
            : $"{fetched.Set.Name}: {fetched.Path} from {fetched.Source}");
        output.WriteLine(fetched.SameFile
            ? $"  sha256 {fetched.Set.Sha256}, as the catalogue says"
            : $"  sha256 of the content {fetched.Set.ContentSha256}, as the catalogue says (compressed in another "
                + "way)");
        output.WriteLine($"  licence: {fetched.Set.Licence}");
        foreach (string defect in fetched.Set.Defects)
        {
            output.WriteLine($"  note: {defect}");
        }
    }
}
