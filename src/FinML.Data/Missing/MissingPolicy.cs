namespace FinML.Data;

/// <summary>
/// What is done about missing values, said openly: a <see cref="FilledFeatureSet"/> carries its policies by name and
/// applies them in their order. There is no policy that fills backwards, and none can be added from outside: a value
/// never comes from a later row, but for <see cref="Interpolate"/>, which stays inside the training rows.
/// </summary>
public abstract record MissingPolicy
{
    private protected MissingPolicy()
    {
    }

    /// <summary>The policy and its parameters, such as forward_fill_5.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it has to know which rows are training rows.</summary>
    public abstract bool NeedsTraining { get; }

    /// <summary>The columns that it makes of these.</summary>
    internal abstract IReadOnlyList<string> Columns(IReadOnlyList<string> names);

    /// <summary>The columns after it; the rows before <paramref name="warmUp"/> are undefined and stay so.</summary>
    internal abstract double[][] Apply(IReadOnlyList<double[]> columns, int warmUp, TrainingSlice? train);

    /// <summary>The names of several policies in their order; "keep" where there is none.</summary>
    internal static string NameOf(IReadOnlyList<MissingPolicy> policies) =>
        policies.Count == 0 ? "keep" : string.Join("+", policies.Select(policy => policy.Name));

    /// <summary>The policies as given, or an error.</summary>
    internal static IReadOnlyList<T> Check<T>(IReadOnlyList<T>? policies, string name) where T : MissingPolicy
    {
        T[] copy = [.. policies ?? []];
        foreach (T policy in copy)
        {
            ArgumentNullException.ThrowIfNull(policy, name);
        }

        return copy.AsReadOnly();
    }

    /// <summary>The training slice that a policy needs, for a series of that many rows.</summary>
    internal static void CheckTraining(IEnumerable<MissingPolicy> policies, TrainingSlice? train, int rows)
    {
        if (train is null && policies.FirstOrDefault(policy => policy.NeedsTraining) is { } needs)
        {
            throw new ArgumentException($"The policy '{needs.Name}' reads later rows and may do so inside a training "
                + "slice only: give the one of the fold.", nameof(train));
        }

        if (train is not null && train.SeriesLength != rows)
        {
            throw new ArgumentException($"The training slice was split from a series of {train.SeriesLength} rows; "
                + $"this one has {rows}.", nameof(train));
        }
    }
}
