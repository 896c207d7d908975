namespace FinML.Statistics;

/// <summary>How a p-value is corrected for the number of trials.</summary>
public enum HaircutMethod
{
    /// <summary>min(N p, 1): any dependence; the most severe.</summary>
    Bonferroni,

    /// <summary>Holm (1979): keeps the family-wise error rate, as Bonferroni, and is never more severe.</summary>
    Holm,

    /// <summary>Benjamini and Yekutieli (2001): keeps the false discovery rate under any dependence.</summary>
    BenjaminiYekutieli,
}
