namespace FinML.Statistics;

/// <summary>The outcomes of units over the same periods, and what else is known of the units before a
/// treatment.</summary>
public sealed class DonorPanel
{
    /// <summary>A panel.</summary>
    /// <param name="units">Name and outcomes, one a period, of three or more units.</param>
    /// <param name="predictors">Name and one value a unit: averages of covariates or of outcomes before the treatment.
    /// Empty where the outcomes themselves are to be matched.</param>
    /// <exception cref="ArgumentException">A name twice, lengths that differ, a value that is not finite, a predictor
    /// that is the same for all units.</exception>
    public DonorPanel(
        IReadOnlyList<(string Name, double[] Outcomes)> units,
        IReadOnlyList<(string Name, double[] ByUnit)>? predictors = null)
    {
        ArgumentNullException.ThrowIfNull(units);
        predictors ??= [];
        Guard.AtLeast(units.Count, 3, "number of units");
        if (units.GroupBy(u => u.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two units are called '{twice.Key}'; names must be distinct.", nameof(units));
        foreach ((string name, double[] outcomes) in units)
        {
            Guard.Series(outcomes, 3, $"outcome of {name}");
            Guard.SameLength(units[0].Outcomes, outcomes, $"outcome of {units[0].Name}", $"outcome of {name}");
        }

        foreach ((string name, double[] values) in predictors)
        {
            if (values.Length != units.Count)
                throw new ArgumentException(
                    $"The predictor {name} has {values.Length} values and there are {units.Count} units; there must be "
                    + "one for each.", nameof(predictors));
            Guard.Finite(values, name);
            Guard.NotConstant(values, name);
        }

        Names = [.. units.Select(u => u.Name)];
        Outcomes = [.. units.Select(u => (double[])u.Outcomes.Clone())];
        PredictorNames = [.. predictors.Select(p => p.Name)];
        Predictors = [.. predictors.Select(p => (double[])p.ByUnit.Clone())];
    }

    /// <summary>Names of the units.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Names of the predictors.</summary>
    public IReadOnlyList<string> PredictorNames { get; }

    /// <summary>Number of periods.</summary>
    public int Periods => Outcomes[0].Length;

    /// <summary>(units, periods).</summary>
    internal double[][] Outcomes { get; }

    /// <summary>(predictors, units).</summary>
    internal double[][] Predictors { get; }

    internal int IndexOf(string unit)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (Names[i] == unit)
                return i;
        }

        throw new ArgumentException($"There is no unit '{unit}'; there are {string.Join(", ", Names)}.", nameof(unit));
    }
}
