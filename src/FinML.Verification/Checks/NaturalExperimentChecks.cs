using System.Globalization;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Difference in differences, synthetic control and regression discontinuity, held to published
/// samples.</summary>
internal static class NaturalExperimentChecks
{
    private const string CardKrueger = "Card, Krueger 1994, the authors' data";
    private const string Proposition99 = "R, quadprog, on Abadie, Diamond, Hainmueller 2010's outcomes 1970 to 1988";
    private const string Pysyncon = "pysyncon, its tests";
    private const string Senate = "rdrobust, US Senate elections";

    private static readonly Lazy<(DifferenceInDifferences Cells, DifferenceInDifferences Pairs,
        DifferenceInDifferences WithWages)> Restaurants = new(() =>
    {
        const string File = "card_krueger.csv";
        double[] state = Samples.Column(File, "new_jersey"), before = Samples.Column(File, "employment");
        double[] after = Samples.Column(File, "employment2"), wage = Samples.Column(File, "wage");
        double[] wageAfter = Samples.Column(File, "wage2"), closed = Samples.Column(File, "closed");
        int[] rows = [.. Enumerable.Range(0, state.Length)];
        return (
            DifferenceInDifferences.OfCells(Cell(before, 1), Cell(after, 1), Cell(before, 0), Cell(after, 0)),
            Pairs([.. rows.Where(Twice)]),
            Pairs([.. rows.Where(i => Twice(i) && !double.IsNaN(wage[i])
                && (closed[i] == 1 || !double.IsNaN(wageAfter[i])))]));

        bool Twice(int row) => !double.IsNaN(before[row]) && !double.IsNaN(after[row]);

        double[] Cell(double[] values, double group) =>
            [.. values.Where((v, i) => state[i] == group && !double.IsNaN(v))];

        DifferenceInDifferences Pairs(int[] chosen) => DifferenceInDifferences.OfPairs(
            Array.ConvertAll(chosen, i => before[i]), Array.ConvertAll(chosen, i => after[i]),
            Array.ConvertAll(chosen, i => state[i] == 1));
    });

    private static readonly Lazy<SyntheticControl> Basque = new(() =>
    {
        DonorPanel panel = Panel("basque.csv", 1955, 1997,
            "school_illit", "school_prim", "school_med", "school_high", "school_post_high", "invest", "gdpcap",
            "sec_agriculture", "sec_energy", "sec_industry", "sec_construction", "sec_services_venta",
            "sec_services_nonventa", "popdens");
        return SyntheticControl.Of(
            panel, "Basque Country", 1970 - 1955, new SyntheticControlOptions { FitFrom = 1960 - 1955 });
    });

    /// <summary>As Abadie, Diamond and Hainmueller (2015): importance from an earlier half of the years.</summary>
    private static readonly Lazy<SyntheticControl> Germany = new(() =>
    {
        const string File = "germany.csv";
        string[] predictors = ["gdp", "trade", "infrate", "industry", "schooling", "invest"];
        SyntheticControl training = SyntheticControl.Of(
            Panel(File, 1960, 2003, [.. predictors.Select(p => "train_" + p)]), "West Germany", 1991 - 1960,
            new SyntheticControlOptions { FitFrom = 1981 - 1960 });
        return SyntheticControl.Of(
            Panel(File, 1960, 2003, predictors), "West Germany", 1990 - 1960,
            new SyntheticControlOptions { Importance = [.. training.Importance.Select(i => i.Importance)] });
    });

    private static readonly Lazy<SyntheticControl> Texas = new(() => SyntheticControl.Of(
        Panel("texas.csv", 1985, 2000, "income", "ur", "poverty", "bmprison1988", "bmprison1990", "bmprison1991",
            "bmprison1992", "alcohol", "aidscapita1990", "aidscapita1991", "black1990", "black1991", "black1992",
                "perc1519"),
        "Texas", 1994 - 1985));

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.causal.did.pennsylvania", "mean employment of Pennsylvania's restaurants before", CardKrueger,
            23.33116883, 1e-8, _ => Restaurants.Value.Cells.Means.ControlBefore),
        new("statistics.causal.did.new-jersey", "mean employment of New Jersey's restaurants before", CardKrueger,
            20.4394081, 1e-7, _ => Restaurants.Value.Cells.Means.TreatedBefore),
        new("statistics.causal.did.cells", "effect of the minimum wage on employment, all restaurants", CardKrueger,
            2.753605783, 1e-8, _ => Restaurants.Value.Cells.Effect),
        new("statistics.causal.did.balanced", "the same, restaurants seen twice", CardKrueger,
            2.75, 1e-9, _ => Restaurants.Value.Pairs.Effect),
        new("statistics.causal.did.balanced-error", "its standard error", CardKrueger,
            1.154355, 1e-6, _ => Restaurants.Value.Pairs.StandardError),
        new("statistics.causal.did.table-4", "the same, restaurants with wages, as Table 4 (i)", CardKrueger,
            2.325831189, 1e-8, _ => Restaurants.Value.WithWages.Effect),
        new("statistics.causal.did.table-4-error", "its standard error", CardKrueger,
            1.191596, 1e-6, _ => Restaurants.Value.WithWages.StandardError),
        new("statistics.causal.did.proposition-99", "two-way effect of California's Proposition 99, packs a head",
            "R, synthdid's data", -27.34911108, 1e-7, context =>
                DifferenceInDifferences.TwoWay(States(context)).Effect),
        new("statistics.causal.synthetic.proposition-99", "synthetic control of California: mean effect", Proposition99,
            -19.5136, 1e-3, context => California(context).AverageEffect),
        new("statistics.causal.synthetic.proposition-99-gap", "its gap in 2000", Proposition99,
            -26.597, 1e-3, context => California(context).Gaps[^1]),
        new("statistics.causal.synthetic.utah", "its weight of Utah", Proposition99,
            0.3939, 1e-3, context => WeightOf(California(context), "Utah")),
        new("statistics.causal.synthetic.montana", "its weight of Montana", Proposition99,
            0.2318, 1e-3, context => WeightOf(California(context), "Montana")),
        new("statistics.causal.synthetic.nevada", "its weight of Nevada", Proposition99,
            0.2049, 1e-3, context => WeightOf(California(context), "Nevada")),
        new("statistics.causal.synthetic.cataluna", "synthetic Basque Country: weight of Cataluna", Pysyncon,
            0.850816306, 0.025, _ => WeightOf(Basque.Value, "Cataluna")),
        new("statistics.causal.synthetic.madrid", "synthetic Basque Country: weight of Madrid", Pysyncon,
            0.149183694, 0.025, _ => WeightOf(Basque.Value, "Madrid")),
        new("statistics.causal.synthetic.austria", "synthetic West Germany: weight of Austria", Pysyncon,
            0.414522, 0.025, _ => WeightOf(Germany.Value, "Austria")),
        new("statistics.causal.synthetic.usa", "synthetic West Germany: weight of the USA", Pysyncon,
            0.216250, 0.025, _ => WeightOf(Germany.Value, "USA")),
        new("statistics.causal.synthetic.japan", "synthetic West Germany: weight of Japan", Pysyncon,
            0.163161, 0.025, _ => WeightOf(Germany.Value, "Japan")),
        new("statistics.causal.synthetic.switzerland", "synthetic West Germany: weight of Switzerland", Pysyncon,
            0.107655, 0.025, _ => WeightOf(Germany.Value, "Switzerland")),
        new("statistics.causal.synthetic.netherlands", "synthetic West Germany: weight of the Netherlands", Pysyncon,
            0.098412, 0.025, _ => WeightOf(Germany.Value, "Netherlands")),
        new("statistics.causal.synthetic.reunification", "mean effect of reunification on GDP per head", Pysyncon,
            -1555.1347, 0.025 * 1555.1347, _ => Germany.Value.AverageEffect),
        new("statistics.causal.synthetic.texas", "mean effect of Texas's prisons, 1993 to 2000 (our mixture fits 1985 "
            + "to 1993 to 840 inmates, the published one to 1,295)", Pysyncon,
            20339.3758, 0.025 * 20339.3758, _ => Texas.Value.Gaps.Skip(8).Average()),
        new("statistics.causal.discontinuity.estimate", "incumbency effect, local linear, bandwidth 17.754", Senate,
            7.414152417, 1e-8, context => Incumbency(context, new() { Bandwidth = 17.754 }).Estimate),
        new("statistics.causal.discontinuity.error", "its standard error, HC0", Senate, 1.45504393, 1e-7,
            context => Incumbency(context, new()
            {
                Bandwidth = 17.754, Variance = DiscontinuityVariance.HC0,
            }).StandardError),
        new("statistics.causal.discontinuity.bandwidth-10", "the same, bandwidth 10", Senate,
            7.984687487, 1e-8, context => Incumbency(context, new() { Bandwidth = 10 }).Estimate),
        new("statistics.causal.discontinuity.bandwidth-16", "the same, bandwidth 16.79369", Senate,
            7.425304341, 1e-8, context => Incumbency(context, new() { Bandwidth = 16.79369 }).Estimate),
        new("statistics.causal.discontinuity.optimal", "bandwidth of least error, nearest neighbours", Senate,
            17.75439722, 1e-6, context => Incumbency(context, new()).Bandwidth),
        new("statistics.causal.discontinuity.corrected", "bias-corrected estimate at it", Senate,
            7.50650247, 1e-7, context => Incumbency(context, new()).BiasCorrected),
        new("statistics.causal.discontinuity.robust", "its robust standard error", Senate,
            1.74125841, 1e-7, context => Incumbency(context, new()).RobustStandardError),
        new("statistics.causal.discontinuity.covariates-h", "bandwidth of least error with three covariates, HC1",
            "rdrobust, tests/test_numerical_contracts.py", 17.976890, 2e-6, context =>
                WithCovariates(context).Bandwidth),
        new("statistics.causal.discontinuity.covariates-b", "bandwidth of its bias",
            "rdrobust, tests/test_numerical_contracts.py", 28.963712, 3e-6, context =>
                WithCovariates(context).BiasBandwidth),
    ];

    private static DonorPanel Panel(string file, int firstYear, int lastYear, params string[] predictors)
    {
        string[] units = Samples.Texts(file, "unit");
        double[][] years = [.. Enumerable.Range(firstYear, lastYear - firstYear + 1)
            .Select(year => Samples.Column(file, $"y{year}"))];
        return new DonorPanel(
            [.. units.Select((unit, u) => (unit, Array.ConvertAll(years, column => column[u])))],
            [.. predictors.Select(p => (p, Samples.Column(file, p)))]);
    }

    private static double WeightOf(SyntheticControl control, string unit) =>
        control.Weights.Single(w => w.Unit == unit).Weight;

    private static (string State, int Year, double Packs)[] Smoking(VerificationContext context) =>
        [.. Rows(context, "prop99", ';').Select(cells => (cells[0], (int)Number(cells[1]), Number(cells[2])))];

    private static TreatmentPanel States(VerificationContext context)
    {
        var rows = Smoking(context);
        return TreatmentPanel.Of(
            [.. rows.Select(r => r.Packs)], [.. rows.Select(r => r.State)], [.. rows.Select(r => r.Year)],
            [.. rows.Select(r => r.State == "California" && r.Year >= 1989)]);
    }

    private static SyntheticControl California(VerificationContext context) => SyntheticControl.Of(
        new DonorPanel([.. Smoking(context).GroupBy(r => r.State)
            .Select(g => (g.Key, g.OrderBy(r => r.Year).Select(r => r.Packs).ToArray()))]),
        "California", 1989 - 1970);

    private static RegressionDiscontinuity Incumbency(VerificationContext context,
        RegressionDiscontinuityOptions options)
    {
        double[][] rows = Elections(context, 2, 3);
        return RegressionDiscontinuity.Of(
            Array.ConvertAll(rows, r => r[0]), Array.ConvertAll(rows, r => r[1]), options);
    }

    private static RegressionDiscontinuity WithCovariates(VerificationContext context)
    {
        double[][] rows = Elections(context, 2, 3, 5, 6, 7);
        string[] names = ["termshouse", "termssenate", "population"];
        return RegressionDiscontinuity.Of(
            Array.ConvertAll(rows, r => r[0]), Array.ConvertAll(rows, r => r[1]),
            new RegressionDiscontinuityOptions { Variance = DiscontinuityVariance.HC1 },
            covariates: [.. names.Select((name, k) => (name, Array.ConvertAll(rows, r => r[2 + k])))]);
    }

    /// <summary>The columns of the elections where none of them is missing.</summary>
    private static double[][] Elections(VerificationContext context, params int[] columns) =>
        [.. Rows(context, "rd-senate", ',').Select(cells => Array.ConvertAll(columns, c => Number(cells[c])))
            .Where(row => row.All(double.IsFinite))];

    private static IEnumerable<string[]> Rows(VerificationContext context, string set, char separator) =>
        context.Catalog.ReadText(set).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(line => line.Split(separator));

    private static double Number(string text) => text is "" or "NA"
        ? double.NaN
        : double.Parse(text, CultureInfo.InvariantCulture);
}
