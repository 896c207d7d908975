namespace FinML.Statistics.Tests;

public class FrequencyDiagnosisTests
{
    [Fact]
    public void HonestReturns_ArePlausible()
    {
        Assert.True(FrequencyDiagnosis.Of(ReturnSeries.Log(Fixture.Dax, 252)).Plausible);
        double[] percent = Fixture.Column("ledoit_wolf_mutual_funds.csv", "fund1");
        Assert.True(FrequencyDiagnosis.Of(ReturnSeries.Log([.. percent.Select(r => r / 100)], 12)).Plausible);
    }

    [Fact]
    public void Percentages_AreSeenByTheirScale()
    {
        FrequencyDiagnosis diagnosis = FrequencyDiagnosis.Of(
            ReturnSeries.Log([.. Fixture.Dax.Select(r => 100 * r)], 252));
        Assert.Contains("percentages", Assert.Single(diagnosis.Findings));
    }

    [Fact]
    public void RollingYearlyReturns_AreSeenByTheirAutocorrelation()
    {
        double[] daily = Fixture.Dax;
        double[] yearly = [.. Enumerable.Range(0, 1000).Select(t => daily[t..(t + 252)].Sum())];
        FrequencyDiagnosis diagnosis = FrequencyDiagnosis.Of(ReturnSeries.Log(yearly, 252));
        Assert.Contains(diagnosis.Findings, finding => finding.Contains("rolling", StringComparison.Ordinal));
        Assert.True(diagnosis.FirstAutocorrelation > .95);
    }

    [Fact]
    public void DuplicatedRowsAndCash_AreSeen()
    {
        double[] twice = [.. Fixture.Dax[..200].SelectMany(r => new[] { r, r })];
        Assert.Contains(
            FrequencyDiagnosis.Of(ReturnSeries.Log(twice, 252)).Findings,
            finding => finding.Contains("duplicated", StringComparison.Ordinal));
        double[] cash = [.. Fixture.Normals(100, 1).Select(z => 1e-4 + 1e-7 * z)];
        Assert.Contains("riskless", Assert.Single(FrequencyDiagnosis.Of(ReturnSeries.Log(cash, 252)).Findings));
    }

    [Fact]
    public void BadInput_IsNamed() => Fixture.Says<ArgumentException>(
        () => FrequencyDiagnosis.Of(ReturnSeries.Log([.1, .2], 252)), "at least 10", "has 2");
}
