namespace FinML.Benchmarks.Tests;

public sealed class TargetsTests
{
    private const string Text = """
        { "torch": [
            { "rows": "gemm *", "atLeast": 0.95 },
            { "rows": "gemm *", "atLeast": 1.05, "median": true },
            { "rows": "gemm 64", "atLeast": 2 },
            { "rows": "bytes", "atMost": 4096 }
        ] }
        """;

    private static readonly Targets All = Targets.Parse(Text, "torch");

    [Fact]
    public void Rows_that_reach_their_bounds_are_not_named() =>
        Assert.Empty(All.Misses([Row("gemm 64", 2), Row("gemm 128", 1.05), Row("gemm 256", 0.95), Row("bytes", 4096)]));

    [Fact]
    public void A_row_that_falls_short_is_named_with_its_number_and_bound() => Assert.Equal(
        ["gemm 128: 0.94, at least 0.95 x is wanted", "bytes: 5,000, at most 4,096 x is wanted"],
        All.Misses([Row("gemm 64", 3), Row("gemm 128", 0.94), Row("gemm 256", 1.5), Row("bytes", 5000)]));

    [Fact]
    public void The_last_target_that_names_a_row_counts() =>
        Assert.Equal(["gemm 64: 1.9, at least 2 x is wanted"], All.Misses([Row("gemm 64", 1.9)]));

    [Fact]
    public void The_median_over_rows_has_a_bound_of_its_own() => Assert.Equal(
        ["median of gemm *: 1.01, at least 1.05 x is wanted"],
        All.Misses([Row("gemm 64", 3), Row("gemm 128", 0.96), Row("gemm 256", 1.01)]));

    [Fact]
    public void A_row_without_a_number_was_not_measured() => Assert.Equal(
        ["gemm 64: not measured, at least 2 x is wanted"], All.Misses([Row("gemm 64", null)]));

    [Fact]
    public void A_row_without_a_target_passes() => Assert.Empty(All.Misses([Row("tanh", 0.1)]));

    [Theory]
    [InlineData("{", "targets.json")]
    [InlineData("{ \"numpy\": [] }", "no suite 'torch'")]
    [InlineData("{ \"torch\": [{ \"rows\": \"a\" }] }", "needs atLeast or atMost")]
    [InlineData("{ \"torch\": [{ \"rows\": \"a\", \"atLeast\": 1, \"atMost\": 2 }] }", "needs atLeast or atMost")]
    [InlineData("{ \"torch\": [{ \"rows\": \"a\", \"least\": 1 }] }", "least")]
    public void A_wrong_file_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Targets.Parse(json, "torch")).Message);

    [Fact]
    public void The_committed_targets_name_rows_of_their_suite()
    {
        Suite suite = Torch.TorchSuite.Create();
        string json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "targets.json"));
        var targets = Targets.Parse(json, suite.Name);
        Assert.All(suite.Rows.Where(r => r.Name.StartsWith("gemm", StringComparison.Ordinal)), r =>
            Assert.Equal(0.95, targets.Of(r.Name)!.AtLeast));
        Assert.Equal(4096, targets.Of("GC allocation, MLP 64 step")!.AtMost);
        Assert.Empty(targets.Unmatched([.. suite.Rows.Select(r => r.Name)]));
    }

    internal static Result Row(string name, double? number) =>
        new(name, 1, new Spread(1e-6, 1e-6, 2e-6, 9), null, number, number, "x");
}
