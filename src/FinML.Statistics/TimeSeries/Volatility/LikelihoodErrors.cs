namespace FinML.Statistics;

/// <summary>How the covariance of maximum-likelihood estimates is estimated; H is minus the Hessian of the
/// log-likelihood, G the sum of the outer products of the scores.</summary>
public enum LikelihoodErrors
{
    /// <summary>H^-1: right where the model is.</summary>
    Hessian,

    /// <summary>G^-1, Berndt, Hall, Hall and Hausman (1974): right where the model is.</summary>
    OuterProduct,

    /// <summary>H^-1 G H^-1, Bollerslev and Wooldridge (1992): right where the mean and the variance are, whatever the
    /// law of the errors.</summary>
    Robust,
}
