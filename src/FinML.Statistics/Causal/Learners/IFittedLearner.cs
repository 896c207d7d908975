namespace FinML.Statistics;

/// <summary>What an <see cref="ILearner"/> learned.</summary>
public interface IFittedLearner
{
    /// <summary>E[target | features], one value for each row.</summary>
    /// <param name="features">The columns that it was fitted on, in their order.</param>
    double[] Predict(DesignMatrix features);
}
