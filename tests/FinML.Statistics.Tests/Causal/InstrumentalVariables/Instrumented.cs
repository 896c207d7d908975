namespace FinML.Statistics.Tests;

/// <summary>The textbook models with instruments.</summary>
internal static class Instrumented
{
    /// <summary>Wages of the 428 women of Mroz (1987) who worked: education by the parents' education.</summary>
    internal static InstrumentalModel Mroz
    {
        get
        {
            double[] wage = Column("wage"), experience = Worked(Column("experience"));
            return InstrumentalModel.Of(
                Array.ConvertAll(Worked(wage), Math.Log),
                DesignMatrix.Of(("education", Worked(Column("education")))),
                DesignMatrix.Of(
                    ("feducation", Worked(Column("feducation"))), ("meducation", Worked(Column("meducation")))),
                DesignMatrix.Of(
                    ("experience", experience), ("experience^2", Array.ConvertAll(experience, e => e * e)))
                    .WithIntercept());

            double[] Worked(double[] values) => [.. values.Where((_, i) => wage[i] > 0)];
            static double[] Column(string name) => Fixture.Column("mroz_psid1976.csv.gz", name);
        }
    }

    /// <summary>Stock and Watson's demand for cigarettes, 48 states in 1995: price by two taxes.</summary>
    internal static InstrumentalModel Cigarettes
    {
        get
        {
            double[] cpi = Column("cpi"), price = Column("price"), tax = Column("tax"), all = Column("taxs");
            double[] income = Column("income"), people = Column("population"), packs = Column("packs");
            return InstrumentalModel.Of(
                Make(i => Math.Log(packs[i])),
                DesignMatrix.Of(("price", Make(i => Math.Log(price[i] / cpi[i])))),
                DesignMatrix.Of(("sales tax", Make(i => (all[i] - tax[i]) / cpi[i])),
                    ("tax", Make(i => tax[i] / cpi[i]))),
                DesignMatrix.Of(("income", Make(i => Math.Log(income[i] / people[i] / cpi[i])))).WithIntercept());

            static double[] Make(Func<int, double> value)
            {
                double[] year = Column("year");
                return [.. Enumerable.Range(0, year.Length).Where(i => year[i] == 1995).Select(value)];
            }

            static double[] Column(string name) => Fixture.Column("cigarettes_sw.csv.gz", name);
        }
    }

    /// <summary>The simulated data of linearmodels' tests: x1 (and x2) by z1, z2, given x3, x4, x5.</summary>
    internal static InstrumentalModel Simulated(string outcome, int endogenous = 1, int instruments = 2) =>
        InstrumentalModel.Of(
            Column(outcome),
            Columns("x1", "x2").Select(endogenous == 1 ? ["x1"] : ["x1", "x2"]),
            Columns("z1", "z2").Select(instruments == 1 ? ["z1"] : ["z1", "z2"]),
            Columns("x3", "x4", "x5").WithIntercept());

    internal static int[] Clusters => Array.ConvertAll(Column("cluster_id"), id => (int)id);

    internal static DesignMatrix Columns(params string[] names) =>
        DesignMatrix.Of([.. names.Select(name => (name, Column(name)))]);

    internal static double[] Column(string name) => Fixture.Column("iv_simulated.csv", name);

    /// <summary>y = b x + u, x = strength (z1 + ... ) + v, corr(u, v) = rho; invalid adds z1 to the outcome.</summary>
    internal static InstrumentalModel Draw(
        int count, double strength, ulong seed, int instruments = 3, double rho = 0.8, double invalid = 0, double b = 0)
    {
        double[] v = Fixture.Normals(count, seed), e = Fixture.Normals(count, seed + 1000);
        double[][] z = [.. Enumerable.Range(0, instruments)
            .Select(j => Fixture.Normals(count, seed + 2000 + (ulong)j))];
        double[] x = [.. v.Select((value, i) => value + strength * z.Sum(column => column[i]))];
        double[] y = [.. x.Select((value, i) =>
            b * value + rho * v[i] + Math.Sqrt(1 - rho * rho) * e[i] + invalid * z[0][i])];
        return InstrumentalModel.Of(y, DesignMatrix.Of(("x", x)),
            DesignMatrix.Of([.. z.Select((column, j) => ($"z{j + 1}", column))]), DesignMatrix.Intercept(count));
    }
}
