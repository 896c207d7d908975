namespace FinML.Statistics.Tests;

public sealed class AssumptionTests
{
    private sealed record Result(CausalClaim Claim, IReadOnlyList<Assumption> Assumptions) : ICausalResult;

    [Theory]
    [InlineData(0.05, Bearing.Contradicts, "p = 0.05 rejects that the restrictions hold.")]
    [InlineData(0.06, Bearing.Supports,
        "p = 0.06 does not reject that the restrictions hold, which is no proof of it.")]
    public void ATestOfTheAssumptionContradictsWhereItRejects(double p, Bearing bearing, string reading)
    {
        Diagnostic diagnostic = Diagnostic.Test("Hansen J", 3.8, p, "the restrictions hold");
        Assert.Equal((bearing, reading, (double?)p), (diagnostic.Bearing, diagnostic.Reading, diagnostic.PValue));
    }

    [Theory]
    [InlineData(0.05, Bearing.Supports, "p = 0.05 rejects that the instruments are irrelevant.")]
    [InlineData(0.06, Bearing.Contradicts, "p = 0.06 does not reject that the instruments are irrelevant.")]
    public void ATestOfItsFailureSupportsWhereItRejects(double p, Bearing bearing, string reading)
    {
        Diagnostic diagnostic = Diagnostic.TestOfFailure("rank LM", 3.8, p, "the instruments are irrelevant");
        Assert.Equal((bearing, reading), (diagnostic.Bearing, diagnostic.Reading));
    }

    [Fact]
    public void AResultNamesWhatTheDataContradict()
    {
        Diagnostic bad = Diagnostic.Test("J", 9, 0.01, "h"), good = Diagnostic.Test("F", 9, 0.5, "h");
        ICausalResult result = new Result(
            CausalClaim.Effect, [new("relevance", "a", [good]), new("exclusion", "b", [good, bad]),
                new("no interference", "c")]);
        Assert.Equal(["exclusion"], result.Contradicted);
        Assert.Equal(["F", "F", "J"], result.Diagnostics.Select(d => d.Name));
        Assert.Equal([false, false, true], result.Assumptions.Select(a => a.IsUntested));
    }
}
