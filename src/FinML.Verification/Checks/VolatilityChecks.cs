using FinML.Statistics;

namespace FinML.Verification;

/// <summary>GARCH, GJR and EGARCH, held to the published benchmark and to R.</summary>
internal static class VolatilityChecks
{
    private const string Benchmark =
        "Fiorentini, Calzolari, Panattoni 1996 on the DEM/GBP returns of Bollerslev, Ghysels 1996; Newton in R";

    private const string Optim = "R: optim, Newton and numDeriv on the same likelihood, make_volatility.R";

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        .. Parameters("mu", 0, -0.00619040838),
        .. Parameters("omega", 1, 0.0107613979),
        .. Parameters("alpha", 2, 0.153134),
        .. Parameters("beta", 3, 0.805974),
        new("statistics.garch.likelihood", "GARCH(1,1): log-likelihood", Benchmark, -1106.60788, 1e-5,
            context => VolatilityModel.Fit(DemGbp(context)).LogLikelihood),
        .. Errors("hessian", LikelihoodErrors.Hessian, "from the Hessian", [.00846212, .00285271, .0265228, .0335527]),
        .. Errors("opg", LikelihoodErrors.OuterProduct, "from the outer product of the scores",
            [.00843359, .00132298, .0139738, .0165604]),
        .. Errors("robust", LikelihoodErrors.Robust, "of Bollerslev and Wooldridge",
            [.00918935, .00649319, .0535318, .0724616]),
        Likelihood("gjr", "GJR", VolatilityKind.Gjr, InnovationLaw.Normal, -1106.1023385665),
        Likelihood("egarch", "EGARCH", VolatilityKind.Egarch, InnovationLaw.Normal, -1102.2704378370),
        Likelihood("egarch-t", "EGARCH, Student's t", VolatilityKind.Egarch, InnovationLaw.StudentT, -986.0798799921),
        Value("gjr.gamma", "GJR: gamma", VolatilityKind.Gjr, 3, 0.02835074803),
        Value("gjr.beta", "GJR: beta", VolatilityKind.Gjr, 4, 0.80144129854),
        Value("egarch.gamma", "EGARCH: gamma", VolatilityKind.Egarch, 3, -0.03846526855),
        Value("egarch.beta", "EGARCH: beta", VolatilityKind.Egarch, 4, 0.912405258280),
        new("statistics.garch.t.nu", "GARCH(1,1), Student's t, DAX 1991-1998: degrees of freedom", Optim, 6.0383745612,
            1e-4, context => DaxT(context).Model.DegreesOfFreedom),
        new("statistics.garch.t.likelihood", "GARCH(1,1), Student's t, DAX 1991-1998: log-likelihood", Optim,
            -2495.2684212120, 1e-6, context => DaxT(context).LogLikelihood),
    ];

    private static IEnumerable<ReferenceCheck> Parameters(string name, int index, double expected)
    {
        yield return new ReferenceCheck($"statistics.garch.{name}", $"GARCH(1,1): {name}", Benchmark, expected,
            1e-5 * Math.Abs(expected), context => VolatilityModel.Fit(DemGbp(context)).Parameters[index]);
    }

    private static IEnumerable<ReferenceCheck> Errors(
        string id, LikelihoodErrors kind, string description, double[] expected)
    {
        string[] names = ["mu", "omega", "alpha", "beta"];
        for (int i = 0; i < names.Length; i++)
        {
            int index = i;
            yield return new ReferenceCheck($"statistics.garch.{id}.{names[i]}",
                $"GARCH(1,1): standard error of {names[i]} {description}", Benchmark, expected[i], 1e-4 * expected[i],
                context => VolatilityModel.Fit(DemGbp(context)).StandardErrors(kind)[index]);
        }
    }

    private static ReferenceCheck Likelihood(
        string id, string name, VolatilityKind kind, InnovationLaw law, double expected) =>
        new($"statistics.garch.{id}.likelihood", $"{name} on DEM/GBP: log-likelihood", Optim, expected, 1e-6,
            context => VolatilityModel.Fit(
                DemGbp(context), new VolatilitySpecification { Kind = kind, Innovations = law }).LogLikelihood);

    private static ReferenceCheck Value(string id, string name, VolatilityKind kind, int index, double expected) =>
        new($"statistics.garch.{id}", $"{name}, DEM/GBP", Optim, expected, 1e-3 * Math.Abs(expected), context =>
            VolatilityModel.Fit(DemGbp(context), new VolatilitySpecification { Kind = kind }).Parameters[index]);

    private static VolatilityFit DaxT(VerificationContext context) => VolatilityModel.Fit(
        Array.ConvertAll(IndexReturns.Log(context, "DAX"), r => 100 * r),
        new VolatilitySpecification { Innovations = InnovationLaw.StudentT });

    private static double[] DemGbp(VerificationContext context) =>
        context.Catalog.Load("dem-gbp").Column(0, 0).ToArray();
}
