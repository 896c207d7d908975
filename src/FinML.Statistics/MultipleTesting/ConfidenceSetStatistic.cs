namespace FinML.Statistics;

/// <summary>The statistics of the model confidence set.</summary>
public enum ConfidenceSetStatistic
{
    /// <summary>T_R: the largest t-statistic between two models of the set; eliminates the model that is worst against
    /// some other.</summary>
    Range,

    /// <summary>T_max: the largest t-statistic of a model against the average of the set; eliminates that model.
    /// </summary>
    Maximum,
}
