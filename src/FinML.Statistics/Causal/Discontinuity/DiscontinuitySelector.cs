using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// The linear combination of the columns' jumps that an estimate is, or (fuzzy) is to first order: outcome less the
/// covariates at common slopes; over the jump of the treatment.
/// </summary>
internal static class DiscontinuitySelector
{
    /// <summary>Slopes of outcome (and treatment) on the covariates, (covariates, 1 or 2), from the products of
    /// <see cref="LocalSide.CovariateProducts"/>, summed over the sides that share them.</summary>
    internal static Matrix<double> Slopes(Matrix<double>? products, bool fuzzy, int covariates)
    {
        int responses = fuzzy ? 2 : 1;
        if (products is null)
            return Matrix<double>.Build.Dense(1, responses);
        Matrix<double> gram = products.SubMatrix(0, covariates, responses, covariates);
        return gram.PseudoInverse() * products.SubMatrix(0, covariates, 0, responses);
    }

    /// <summary>The outcome's combination at the given jumps.</summary>
    internal static Vector<double> Of(Vector<double> jumps, Matrix<double> slopes, bool fuzzy)
    {
        int covariates = jumps.Count - (fuzzy ? 2 : 1);
        Vector<double> outcome = Column(0);
        if (!fuzzy)
            return outcome;
        Vector<double> treatment = Column(1);
        double ratio = outcome * jumps / (treatment * jumps);
        return (outcome - ratio * treatment) / (treatment * jumps); // d(Y / T) = (dY - ratio dT) / T

        Vector<double> Column(int response)
        {
            Vector<double> selector = Vector<double>.Build.Dense(jumps.Count);
            selector[response] = 1;
            for (int k = 0; k < covariates; k++)
                selector[jumps.Count - covariates + k] = -slopes[k, response];
            return selector;
        }
    }

    /// <summary>The estimate itself: the outcome's jump, over the treatment's in a fuzzy design.</summary>
    internal static (double Outcome, double Treatment) Jumps(Vector<double> jumps, Matrix<double> slopes, bool fuzzy)
    {
        int responses = fuzzy ? 2 : 1, covariates = jumps.Count - responses;
        double outcome = jumps[0], treatment = fuzzy ? jumps[1] : 1;
        for (int k = 0; k < covariates; k++)
        {
            outcome -= slopes[k, 0] * jumps[responses + k];
            if (fuzzy)
                treatment -= slopes[k, 1] * jumps[responses + k];
        }

        return (outcome, treatment);
    }
}
