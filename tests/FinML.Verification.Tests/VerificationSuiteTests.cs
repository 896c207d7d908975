using FinML.Data;

namespace FinML.Verification.Tests;

public sealed class VerificationSuiteTests
{
    private static readonly VerificationContext Context = new(DataCatalog.Open());

    /// <summary>
    /// The long ones, which train agents, run in <c>finml verify</c> and in the tests of their projects.
    /// </summary>
    public static TheoryData<string> QuickChecks() => new(VerificationSuite.All
        .Where(check => !check.Nightly && check.Area is not ("agents" or "controls"))
        .Select(check => check.Id));

    [SkippableTheory]
    [MemberData(nameof(QuickChecks))]
    public void Reference_is_met(string id)
    {
        var result = VerificationSuite.Run(VerificationSuite.All.Single(check => check.Id == id), Context);

        Skip.If(result.Skipped, result.Error);
        Assert.True(
            result.Passed,
            $"{id}: expected {result.Check.Expected} ± {result.Check.Tolerance}, got {result.Got}. {result.Error}");
    }

    [Fact]
    public void Identifiers_are_distinct_and_say_their_area()
    {
        Assert.Equal(VerificationSuite.All.Count, VerificationSuite.All.Select(check => check.Id).Distinct().Count());
        Assert.Equal(
            ["torch", "statistics", "data", "markets", "agents", "controls"],
            VerificationSuite.All.Select(check => check.Area).Distinct());
        Assert.All(VerificationSuite.All, check => Assert.NotEmpty(check.Source));
    }

    [Fact]
    public void Selection_is_by_prefix_and_an_unknown_one_is_refused_with_the_areas()
    {
        Assert.Equal(VerificationSuite.All, VerificationSuite.Select([], nightly: true));
        Assert.Equal(VerificationSuite.All.Where(check => !check.Nightly), VerificationSuite.Select([]));
        Assert.All(
            VerificationSuite.Select(["statistics.dsr"]), check => Assert.StartsWith("statistics.dsr", check.Id));
        var error = Assert.Throws<ArgumentException>(() => VerificationSuite.Select(["statistic.dsr"]));
        Assert.Contains("'statistic.dsr'", error.Message);
        Assert.Contains("torch, statistics, data, markets, agents, controls", error.Message);
    }

    [Theory]
    [InlineData(Comparison.Within, 1.05, true)]
    [InlineData(Comparison.Within, 1.2, false)]
    [InlineData(Comparison.AtLeast, 5.0, true)]
    [InlineData(Comparison.AtLeast, 0.8, false)]
    [InlineData(Comparison.AtMost, -5.0, true)]
    [InlineData(Comparison.AtMost, 1.2, false)]
    [InlineData(Comparison.Within, double.NaN, false)]
    [InlineData(Comparison.AtLeast, double.NaN, false)]
    [InlineData(Comparison.AtMost, double.NaN, false)]
    public void A_number_passes_only_inside_its_tolerance(Comparison comparison, double got, bool passes)
    {
        var check = new ReferenceCheck("area.name", "a number", "a source", 1, 0.1, _ => got, comparison);

        Assert.Equal(passes, VerificationSuite.Run(check, Context).Passed);
    }

    [Fact]
    public void A_check_that_throws_fails_and_says_why()
    {
        var check = new ReferenceCheck(
            "area.name", "a number", "a source", 1, 0.1, _ => throw new InvalidOperationException("no data"));

        var result = VerificationSuite.Run(check, Context);

        Assert.False(result.Passed);
        Assert.Equal("no data", result.Error);
    }

    [Fact]
    public void A_check_whose_data_are_not_here_is_skipped_and_says_so()
    {
        var check = new ReferenceCheck(
            "area.name", "a number", "a source", 1, 0.1,
            _ => throw new DataException("x.csv is not here") { NotFetched = Context.Catalog.Find("etf18") });

        var result = VerificationSuite.Run(check, Context);

        Assert.True(result.Skipped);
        Assert.False(result.Passed);
        Assert.Equal("x.csv is not here", result.Error);
    }
}
