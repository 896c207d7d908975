using System.Text.Json.Nodes;
using FinML.Notebooks.Papers;

namespace FinML.Cli.Commands;

/// <summary>A claim and its verdict in JSON.</summary>
internal static class ClaimRow
{
    public static JsonObject Of(ClaimResult result)
    {
        var claim = result.Claim;
        JsonNode? End(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
        return new JsonObject
        {
            ["id"] = claim.Id,
            ["notebook"] = claim.Notebook,
            ["published"] = claim.Published.IsNumber
                ? JsonValue.Create(claim.Published.Lower)
                : new JsonArray(End(claim.Published.Lower), End(claim.Published.Upper)),
            ["ours"] = result.Value,
            ["standardError"] = result.StandardError,
            ["difference"] = result.Difference,
            ["tolerance"] = claim.ToleranceText,
            ["verdict"] = result.Verdict switch
            {
                ClaimVerdict.Reproduced => "reproduced",
                ClaimVerdict.Differs => "differs",
                _ => "not run",
            },
            ["reason"] = claim.Reason,
        };
    }
}
