namespace FinML.Data;

/// <summary>
/// The test that nothing looks ahead: change every value after row t, run the pipeline again, and demand that all its
/// outputs up to and including t are the same to the bit. A pipeline is anything that turns a panel into series with
/// one value a row: features, scaled features, forecasts, actions, positions.
/// </summary>
/// <remarks>
/// The audit changes values, not times, so that the pipeline runs on as many rows. It can only find what its data can
/// show: an output that no perturbation changed anywhere is listed as insensitive. Two NaN are the same value.
/// </remarks>
public static class CausalityAudit
{
    /// <summary>Runs the audit: twice on the data as they are, then once for each cut-off and perturbation.</summary>
    /// <exception cref="ArgumentException">An option is outside its range, or the outputs of the pipeline are not one
    /// value a row with distinct names, the same names in every run.</exception>
    public static CausalityReport Run(Panel panel, Func<Panel, IReadOnlyList<NamedSeries>> pipeline,
        CausalityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(pipeline);
        options ??= new CausalityOptions();
        IReadOnlyList<int> cutoffs = options.CutoffsFor(panel.Length);

        IReadOnlyList<NamedSeries> expected = Outputs(pipeline, panel, null);
        IReadOnlyList<NamedSeries> again = Outputs(pipeline, panel, expected);
        string[] notDeterministic = [.. expected.Where((s, i) =>
            FirstDifference(s.Values, again[i].Values, 0, panel.Length) >= 0)
            .Select(s => s.Name)];

        List<CausalityViolation> violations = [];
        bool[] sensitive = new bool[expected.Count];
        long compared = 0;
        int runs = 0;
        foreach (int cutoff in cutoffs)
        {
            foreach (Perturbation kind in options.Perturbations)
            {
                Panel changed = Perturb(panel, cutoff, kind, new RandomStream(options.Seed, (ulong)runs));
                IReadOnlyList<NamedSeries> actual = Outputs(pipeline, changed, expected);
                runs++;
                compared += (long)expected.Count * (cutoff + 1);
                for (int i = 0; i < expected.Count; i++)
                {
                    double[] before = expected[i].Values, after = actual[i].Values;
                    int kept = 0;
                    for (int t = FirstDifference(before, after, 0, cutoff + 1); t >= 0
                        && kept < options.MaximumViolations;
                        t = FirstDifference(before, after, t + 1, cutoff + 1), kept++)
                    {
                        violations.Add(new CausalityViolation(expected[i].Name, t, panel.Times[t], cutoff, kind,
                            before[t],
                            after[t]));
                    }

                    sensitive[i] |= kept > 0 || FirstDifference(before, after, cutoff + 1, after.Length) >= 0;
                }
            }
        }

        return new CausalityReport([.. expected.Select(s => s.Name)], runs, compared, violations, notDeterministic,
            [.. expected.Where((_, i) => !sensitive[i]).Select(s => s.Name)]);
    }

    /// <summary>The panel with every value after row <paramref name="cutoff"/> changed.</summary>
    internal static Panel Perturb(Panel panel, int cutoff, Perturbation kind, RandomStream random)
    {
        if (kind == Perturbation.Truncate)
        {
            return panel.Slice(0, cutoff + 1);
        }

        return KeepBars(cutoff, panel.Map((_, _, values) =>
        {
            for (int t = cutoff + 1; t < values.Length; t++)
            {
                values[t] = kind switch
                {
                    Perturbation.Scale => values[t] * 1.5,
                    Perturbation.Random => values[t] * Math.Exp(0.5 * random.NextNormal()),
                    _ => double.NaN,
                };
            }

            return values;
        }));
    }

    /// <summary>Puts the high above and the low below the other prices again, where the rows are bars: a pipeline may
    /// refuse what no market could print.</summary>
    private static Panel KeepBars(int cutoff, Panel panel)
    {
        string[] bar = ["open", "high", "low", "close"];
        if (!bar.All(panel.HasField))
        {
            return panel;
        }

        return panel.Map((asset, field, values) =>
        {
            if (field is not ("high" or "low"))
            {
                return values;
            }

            for (int t = cutoff + 1; t < values.Length; t++)
            {
                foreach (string other in bar)
                {
                    double price = panel.Column(asset, other)[t];
                    values[t] = field == "high" ? Math.Max(values[t], price) : Math.Min(values[t], price);
                }
            }

            return values;
        });
    }

    private static IReadOnlyList<NamedSeries> Outputs(Func<Panel, IReadOnlyList<NamedSeries>> pipeline, Panel panel,
        IReadOnlyList<NamedSeries>? expected)
    {
        IReadOnlyList<NamedSeries> outputs = pipeline(panel)
            ?? throw new ArgumentException("The pipeline gave null; an audit needs its outputs.", nameof(pipeline));
        if (outputs.Count == 0)
        {
            throw new ArgumentException("The pipeline has 0 outputs; there is nothing to audit.", nameof(pipeline));
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (NamedSeries series in outputs)
        {
            if (!names.Add(series.Name))
            {
                throw new ArgumentException($"The pipeline has two outputs '{series.Name}'.", nameof(pipeline));
            }

            if (series.Values.Length != panel.Length)
            {
                throw new ArgumentException($"The output '{series.Name}' has {series.Values.Length} values for a "
                    + $"panel of "
                    + $"{panel.Length} rows.", nameof(pipeline));
            }
        }

        if (expected is not null && !outputs.Select(s => s.Name).SequenceEqual(expected.Select(s => s.Name)))
        {
            throw new ArgumentException($"The pipeline gave [{string.Join(", ", expected.Select(s => s.Name))}] on "
                + $"the data "
                + $"and [{string.Join(", ", outputs.Select(s => s.Name))}] in another run.", nameof(pipeline));
        }

        // The pipeline may give out a buffer that it fills again in the next run.
        return [.. outputs.Select(s => s with { Values = (double[])s.Values.Clone() })];
    }

    private static int FirstDifference(double[] a, double[] b, int start, int end)
    {
        for (int t = start; t < Math.Min(end, Math.Min(a.Length, b.Length)); t++)
        {
            if (BitConverter.DoubleToInt64Bits(a[t]) != BitConverter.DoubleToInt64Bits(b[t])
                && !(double.IsNaN(a[t]) && double.IsNaN(b[t])))
            {
                return t;
            }
        }

        return -1;
    }
}
