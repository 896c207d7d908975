namespace FinML.Benchmarks.Tests;

public sealed class OptionsTests
{
    private static readonly string[] Suites = ["torch", "statistics"];

    [Fact]
    public void All_options_are_read()
    {
        var options = Options.Parse(["torch", "--peer", "py", "--rows", "gemm", "--check", "--json"], Suites);
        Assert.Equal(
            new Options { Suite = "torch", Peer = "py", Rows = "gemm", Check = true, Json = true }, options);
    }

    [Theory]
    [InlineData("", "Name a suite (torch, statistics)")]
    [InlineData("numpy", "The suite numpy is unknown; there is torch, statistics.")]
    [InlineData("torch statistics", "One suite at a time: got torch and statistics.")]
    [InlineData("torch --peer", "--peer needs a value")]
    [InlineData("torch --rows --check", "--rows needs a value")]
    [InlineData("torch --fast", "The option --fast is unknown")]
    [InlineData("torch --markdown --json", "exclude each other")]
    public void Wrong_options_are_refused_in_one_sentence(string line, string expected)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var wrong = Assert.Throws<UsageException>(() => Options.Parse(words, Suites));
        Assert.Contains(expected, wrong.Message);
    }

    [Fact]
    public void Help_names_the_suites()
    {
        Assert.True(Options.Parse(["--help"], Suites).Help);
        Assert.Contains("torch, statistics", Options.Usage(Suites));
    }
}
