using FinML.Shared;

namespace FinML.Notebooks.Papers;

/// <summary>What became of the claims of a paper, and where that is not what the paper says of them.</summary>
internal sealed class PaperVerdicts
{
    private readonly Paper paper;
    private readonly PaperRun run;
    private readonly PaperProblems problems;
    private readonly Dictionary<string, ClaimResult> byId = new(StringComparer.Ordinal);

    public PaperVerdicts(Paper paper, PaperRun run, PaperProblems problems)
    {
        (this.paper, this.run, this.problems) = (paper, run, problems);
        foreach (var claim in paper.Claims)
            AddClaim(claim);
        CheckReports();
    }

    /// <summary>What became of the claims, in the order of claims.json.</summary>
    public List<ClaimResult> Results { get; } = [];

    /// <summary>The ids of the claims.</summary>
    public IReadOnlyCollection<string> Ids => byId.Keys;

    /// <summary>What a claim's id stands for; null for an unknown one.</summary>
    public ClaimResult? Result(string id) => byId.GetValueOrDefault(id);

    private void AddClaim(Claim claim)
    {
        ClaimResult result;
        try
        {
            result = run.Result(claim);
        }
        catch (PaperException error)
        {
            problems.Mistakes.AddRange(error.Problems);
            result = claim.NotRun();
        }

        Results.Add(result);
        byId[claim.Id] = result;
        void Say(string message) => problems.Verdicts.Add(new(claim.File, claim.Line, message));
        switch (result.Verdict)
        {
            case ClaimVerdict.NotRun when run.HasRun(claim.Notebook) && !run.Claims.ContainsKey(claim.Id):
                Say($"\"{claim.Id}\" is reported by no cell of {claim.Notebook}, which has run: write "
                    + $"Claims.Report(\"{claim.Id}\", value) there.");
                break;
            case ClaimVerdict.Differs when claim.Reason is null:
                Say($"\"{claim.Id}\" {result.VerdictText} (published {claim.PublishedText}, ours {result.ValueText}, "
                    + $"tolerance {claim.ToleranceText}) and has no \"reason\".");
                break;
            case ClaimVerdict.Reproduced when claim.Reason is not null:
                Say($"\"{claim.Id}\" is reproduced and has a \"reason\" for differing: take it out.");
                break;
        }

        if (run.Claims.TryGetValue(claim.Id, out var report) && report.Notebook != claim.Notebook)
        {
            problems.Mistakes.Add(new(claim.File, claim.Line,
                $"\"{claim.Id}\" is reported by {report.Notebook}, and not by its notebook {claim.Notebook}."));
        }
    }

    /// <summary>A value that no claim asked for is most likely a slip in its id.</summary>
    private void CheckReports()
    {
        if (paper.Problems.Count > 0)
            return; // claims.json may not have been read
        var strays = run.Claims.Where(pair => !byId.ContainsKey(pair.Key)).ToList();
        if (strays.Count == 0)
            return;
        var elsewhere = ClaimsCatalog.All(Path.GetDirectoryName(paper.Directory)!).Claims
            .Select(claim => claim.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, report) in strays.Where(pair => !elsewhere.Contains(pair.Key)))
        {
            var near = Nearest.Of(id, byId.Keys);
            problems.Mistakes.Add(new(report.Notebook, 0, $"it reports the claim \"{id}\", which no claims.json has"
                + (near is null ? "." : $": did you mean \"{near}\"?")));
        }
    }
}
