namespace FinML.Notebooks.Tests.Execution;

public sealed class RunRecordTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    [Fact]
    public void TheCommitIsReadFromABranchAWorktreeAndPackedReferences()
    {
        using var folder = new Notebooks.Folder();
        var git = Path.Combine(folder.Path, ".git");
        Directory.CreateDirectory(Path.Combine(git, "refs", "heads"));
        var inside = Directory.CreateDirectory(Path.Combine(folder.Path, "notebooks")).FullName;

        File.WriteAllText(Path.Combine(git, "HEAD"), Commit + "\n");
        Assert.Equal(Commit, RunRecord.GitCommit(inside));

        File.WriteAllText(Path.Combine(git, "HEAD"), "ref: refs/heads/main\n");
        Assert.Null(RunRecord.GitCommit(inside)); // a repository without a commit

        File.WriteAllText(Path.Combine(git, "packed-refs"), $"# pack-refs\n{Commit} refs/heads/main\n");
        Assert.Equal(Commit, RunRecord.GitCommit(inside));

        var other = new string('f', 40);
        File.WriteAllText(Path.Combine(git, "refs", "heads", "main"), other + "\n");
        Assert.Equal(other, RunRecord.GitCommit(inside));

        var tree = Directory.CreateDirectory(Path.Combine(folder.Path, "tree")).FullName;
        var home = Directory.CreateDirectory(Path.Combine(git, "worktrees", "tree")).FullName;
        File.WriteAllText(Path.Combine(tree, ".git"), $"gitdir: {home}\n");
        File.WriteAllText(Path.Combine(home, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Combine(home, "commondir"), "../..\n");
        Assert.Equal(other, RunRecord.GitCommit(tree));
    }
}
