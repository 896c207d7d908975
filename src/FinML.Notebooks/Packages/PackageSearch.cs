using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinML.Notebooks.Packages;

/// <summary>Asks the configured sources what they have.</summary>
/// <param name="arguments">Those of <c>dotnet package search</c>.</param>
/// <param name="stop">Ends the search.</param>
internal delegate Task<IReadOnlyList<(string Id, string Version)>> PackageSearch(
    IReadOnlyList<string> arguments, CancellationToken stop);

/// <summary>A search by the SDK, which knows every kind of source and its credentials.</summary>
internal static class SdkSearch
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>A search as somebody in a folder would make it; a source that cannot search gives nothing.</summary>
    internal static PackageSearch In(string folder, IReadOnlyDictionary<string, string> variables) =>
        async (arguments, stop) =>
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Limit);
            try
            {
                DotnetCommand.Result run = await DotnetCommand.RunAsync(
                    ["package", "search", .. arguments, "--format", "json"], folder, variables, null, limit.Token)
                    .ConfigureAwait(false);
                return
                [
                    .. (JsonNode.Parse(run.Output)?["searchResult"] as JsonArray ?? [])
                        .SelectMany(source => source!["packages"] as JsonArray ?? [])
                        .Select(p => (p!["id"]?.ToString() ?? "", p["version"]?.ToString() ?? "")),
                ];
            }
            catch (Exception error) when (!stop.IsCancellationRequested
                && error is OperationCanceledException or JsonException)
            {
                return []; // a suggestion is not worth a second error
            }
        };
}
