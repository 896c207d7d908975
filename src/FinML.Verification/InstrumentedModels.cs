using FinML.Statistics;

namespace FinML.Verification;

/// <summary>The textbook models with instruments.</summary>
internal static class InstrumentedModels
{
    /// <summary>Card (1995): log wage by schooling, college nearby as the instrument.</summary>
    internal static InstrumentalModel Card(VerificationContext context)
    {
        var table = new CatalogTable(context, "card");
        string[] controls = ["exper", "expersq", "black", "smsa", "south", "smsa66",
            .. Enumerable.Range(662, 8).Select(region => $"reg{region}")];
        return InstrumentalModel.Of(table.Column("lwage"), DesignMatrix.Of(("educ", table.Column("educ"))),
            DesignMatrix.Of(("nearc4", table.Column("nearc4"))),
            DesignMatrix.Of([.. controls.Select(name => (name, table.Column(name)))]).WithIntercept());
    }

    /// <summary>Mroz (1987): log wage of the women who worked by schooling, the parents' schooling as instruments.
    /// </summary>
    internal static InstrumentalModel Mroz(VerificationContext context)
    {
        var table = new CatalogTable(context, "mroz");
        double[] Of(string name) => table.Column(name, "participation", "yes");
        return InstrumentalModel.Of(Array.ConvertAll(Of("wage"), Math.Log), DesignMatrix.Of(("educ", Of("education"))),
            DesignMatrix.Of(("father", Of("feducation")), ("mother", Of("meducation"))),
            DesignMatrix.Of(("exper", Of("experience")), ("expersq", Array.ConvertAll(Of("experience"), e => e * e)))
                .WithIntercept());
    }

    /// <summary>Stock and Watson: log packs of cigarettes by log real price in 1995, two real taxes as instruments.
    /// </summary>
    internal static InstrumentalModel Cigarettes(VerificationContext context)
    {
        var table = new CatalogTable(context, "cigarettes");
        double[] Of(string name) => table.Column(name, "year", "1995");
        double[] cpi = Of("cpi"), people = Of("population"), tax = Of("tax"), sales = Of("taxs");
        double[] Real(double[] nominal) => [.. nominal.Zip(cpi, (value, index) => value / index)];
        return InstrumentalModel.Of(Array.ConvertAll(Of("packs"), Math.Log),
            DesignMatrix.Of(("price", Array.ConvertAll(Real(Of("price")), Math.Log))),
            DesignMatrix.Of(("sales tax", Real([.. sales.Zip(tax, (all, own) => all - own)])), ("tax", Real(tax))),
            DesignMatrix.Of(("income", Array.ConvertAll(
                Real([.. Of("income").Zip(people, (income, count) => income / count)]), Math.Log))).WithIntercept());
    }

    /// <summary>linearmodels' simulated data: y by x1 (and x2), instruments z1, z2, given x3, x4, x5.</summary>
    internal static InstrumentalModel Simulated(string outcome, params string[] endogenous) => InstrumentalModel.Of(
        Column(outcome), Columns(endogenous), Columns("z1", "z2"), Columns("x3", "x4", "x5").WithIntercept());

    /// <summary>Its model C, where x5 is an instrument.</summary>
    internal static InstrumentalModel SimulatedWithoutX5() => InstrumentalModel.Of(
        Column("y_robust"), Columns("x1", "x2"), Columns("z1", "z2", "x5"), Columns("x3", "x4").WithIntercept());

    internal static CovarianceEstimator Clusters => CovarianceEstimator.Cluster(Column("cluster_id"));

    private static DesignMatrix Columns(params string[] names) =>
        DesignMatrix.Of([.. names.Select(name => (name, Column(name)))]);

    private static double[] Column(string name) => Samples.Column("iv_simulated.csv", name);
}
