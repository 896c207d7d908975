using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks.Papers;

namespace FinML.Cli.Commands;

/// <summary><c>finml papers list</c>: the papers and what their stored runs make of their claims.</summary>
internal static class PapersListCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print a JSON list." };
        var command = new Command("list", "List the papers with the verdicts of their stored runs; nothing is run.")
        {
            json,
        };
        command.WithExamples("finml papers list", "finml papers list --json");
        command.SetAction(result =>
        {
            var papers = PaperFolders.Read([]);
            var list = new JsonArray();
            var width = papers.Max(paper => paper.Name.Length);
            foreach (var paper in papers)
            {
                var build = PaperBuild.Of(paper, PaperBuild.Stored(paper));
                var wrong = build.Problems.Count;
                if (result.GetValue(json))
                {
                    list.Add(new JsonObject
                    {
                        ["name"] = paper.Name,
                        ["title"] = paper.Title,
                        ["notebooks"] = new JsonArray([.. paper.Notebooks.Select(name => (JsonNode)name)]),
                        ["claims"] = new JsonArray([.. build.Results.Select(each => (JsonNode)ClaimRow.Of(each))]),
                        ["problems"] = new JsonArray([.. build.Problems.Select(each => (JsonNode)each.ToString())]),
                    });
                    continue;
                }

                var state = build.Results.Count == 0 ? "no claims" : ReproductionBadge.Summary(build.Results);
                Console.WriteLine($"{paper.Name.PadRight(width)}  {paper.Title}");
                Console.WriteLine($"{new string(' ', width)}  {state}"
                    + (wrong > 0 ? $"; {PaperFolders.Count(wrong, "mistake")}: see 'finml papers build {paper.Name}'"
                    : ""));
            }

            if (result.GetValue(json))
                Console.WriteLine(list.ToJsonString());
            return ExitCode.Success;
        });
        return command;
    }
}
