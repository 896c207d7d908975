using System.Xml.Linq;

namespace FinML.Cli.Tests.House;

/// <summary>The one direction of dependence: a project may refer to those before it in the list, and to no
/// other.</summary>
public sealed class DependenceTests
{
    /// <summary>What each project may refer to, directly or through others.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["FinML.Torch"] = [],
        ["FinML.Statistics"] = [],
        ["FinML.Figures"] = [],
        ["FinML.Data"] = ["FinML.Torch", "FinML.Statistics"],
        ["FinML.Markets"] = ["FinML.Torch", "FinML.Statistics", "FinML.Data"],
        ["FinML.Models"] = ["FinML.Torch", "FinML.Statistics", "FinML.Data"],
        ["FinML.Agents"] = ["FinML.Torch", "FinML.Statistics", "FinML.Data", "FinML.Markets"],
        ["FinML.Training"] =
            ["FinML.Torch", "FinML.Data", "FinML.Markets", "FinML.Models", "FinML.Agents", "FinML.Statistics"],
        ["FinML.Evaluation"] =
        [
            "FinML.Torch", "FinML.Data", "FinML.Markets", "FinML.Models", "FinML.Agents", "FinML.Statistics",
            "FinML.Training", "FinML.Figures",
        ],
        ["FinML.Verification"] =
        [
            "FinML.Torch", "FinML.Data", "FinML.Markets", "FinML.Models", "FinML.Agents", "FinML.Statistics",
            "FinML.Training", "FinML.Figures", "FinML.Evaluation",
        ],
        ["FinML.Notebooks"] = ["FinML.Figures"],
    };

    public static TheoryData<string> Projects() => new(Directory.GetDirectories(Path.Combine(Root, "src"), "FinML.*")
        .Select(folder => Path.GetFileName(folder)!)
        .Where(name => name != "FinML.Cli")
        .OrderBy(name => name, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_point_one_way(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out string[]? allowed),
            $"{project} has no place in the house's order.");
        string[] forbidden = References(project).Except(allowed).ToArray();
        Assert.True(
            forbidden.Length == 0,
            $"{project} refers to {string.Join(", ", forbidden)}; it may refer to {string.Join(", ", allowed)}.");
    }

    [Fact]
    public void Every_project_of_the_order_exists() =>
        Assert.All(Allowed.Keys, project => Assert.True(File.Exists(ProjectFile(project)), $"{project} is missing."));

    private static string Root { get; } = FindRoot();

    private static IEnumerable<string> References(string project)
    {
        var document = XDocument.Load(ProjectFile(project));
        foreach (var reference in document.Descendants("ProjectReference"))
            yield return Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value);
        if (project != "FinML.Torch" && document.Descendants("UsesTorch").Any(element => element.Value == "true"))
            yield return "FinML.Torch";
    }

    private static string ProjectFile(string project) => Path.Combine(Root, "src", project, project + ".csproj");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FinML.Workbench.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("FinML.Workbench.sln is above no folder of the tests.");
    }
}
