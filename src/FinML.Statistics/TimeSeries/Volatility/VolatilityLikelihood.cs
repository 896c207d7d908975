namespace FinML.Statistics;

/// <summary>
/// The log-likelihood of a volatility model with its exact gradient. The recursion begins with e^2 = h = the mean of
/// e^2 over the sample, which moves with the mean: G. Fiorentini, G. Calzolari and L. Panattoni, "Analytic derivatives
/// and the computation of GARCH estimates", Journal of Applied Econometrics 11 (1996). Before the sample half of e^2 is
/// from negative errors (GJR), and z = 0 with |z| at its mean (EGARCH).
/// </summary>
internal static class VolatilityLikelihood
{
    private static readonly double NormalMeanAbsolute = Math.Sqrt(2 / Math.PI);

    /// <summary>The log-likelihood of all values after the first <see cref="VolatilitySpecification.Lags"/>.</summary>
    /// <param name="specification">The model.</param>
    /// <param name="x">The values.</param>
    /// <param name="theta">The parameters, in the order of the specification; not checked.</param>
    /// <param name="gradient">Room for one derivative a parameter.</param>
    /// <param name="path">Where not null, what the recursion passed through.</param>
    /// <returns>NaN or infinite where the recursion is not defined.</returns>
    internal static double Evaluate(VolatilitySpecification specification, ReadOnlySpan<double> x,
        ReadOnlySpan<double> theta, Span<double> gradient, VolatilityPath? path = null)
    {
        int lags = specification.Lags, means = specification.MeanCount, count = specification.Count;
        int first = specification.HasConstant ? 1 : 0;
        int atOmega = means, atAlpha = means + 1, atGamma = specification.HasGamma ? means + 2 : -1;
        int atBeta = means + specification.VarianceCount - 1;
        double alpha = theta[atAlpha], beta = theta[atBeta], gamma = atGamma < 0 ? 0 : theta[atGamma];
        bool logarithmic = specification.Kind == VolatilityKind.Egarch;
        bool heavy = specification.Innovations == InnovationLaw.StudentT;
        double nu = heavy ? theta[^1] : double.PositiveInfinity;
        (double constant, double constantByNu) =
            heavy ? StandardisedT.LogConstant(nu) : (-0.5 * Math.Log(2 * Math.PI), 0);
        (double meanAbsolute, double meanAbsoluteByNu) =
            heavy && logarithmic ? StandardisedT.MeanAbsolute(nu) : (NormalMeanAbsolute, 0);

        Span<double> stateBy = stackalloc double[count]; // derivatives of h, or of ln h
        Span<double> errorBy = stackalloc double[means]; // derivatives of the last error
        gradient[..count].Clear();

        double start = 0; // the mean of e^2
        for (int t = lags; t < x.Length; t++)
        {
            double e = Error(x, t, theta, first, lags, errorBy);
            start += e * e;
            for (int j = 0; j < means; j++)
                stateBy[j] += 2 * e * errorBy[j];
        }

        int n = x.Length - lags;
        start /= n;
        double state = logarithmic ? Math.Log(start) : start;
        for (int j = 0; j < means; j++)
            stateBy[j] /= logarithmic ? n * start : n;

        double error = 0, square = start, negative = start / 2, sum = 0;
        bool before = true;
        for (int t = lags; t < x.Length; t++)
        {
            // One step of the recursion and of its derivatives: state' = omega + impact(e) + beta state.
            double answer; // of the impact by the error
            double byState; // the state's own weight in the next one
            double impact;
            if (logarithmic)
            {
                double root = before ? 1 : Math.Exp(-0.5 * state);
                double z = before ? 0 : error * root, size = before ? 0 : Math.Abs(z) - meanAbsolute;
                impact = alpha * size + gamma * z;
                double slope = before ? 0 : alpha * Math.Sign(z) + gamma;
                answer = slope * root;
                byState = beta - 0.5 * slope * z;
                square = size;
                negative = z;
            }
            else
            {
                impact = alpha * square + gamma * negative;
                answer = before ? 0 : 2 * error * (error < 0 ? alpha + gamma : alpha);
                // Before the sample e^2 is h, and moves with it.
                byState = before ? alpha + gamma / 2 + beta : beta;
            }

            for (int j = 0; j < count; j++)
                stateBy[j] *= byState;
            for (int j = 0; j < means; j++)
                stateBy[j] += answer * errorBy[j];
            stateBy[atOmega] += 1;
            stateBy[atAlpha] += square;
            if (atGamma >= 0)
                stateBy[atGamma] += negative;
            stateBy[atBeta] += state;
            if (heavy && logarithmic && !before)
                stateBy[count - 1] -= alpha * meanAbsoluteByNu;
            state = theta[atOmega] + impact + beta * state;
            before = false;

            // The density of the value.
            double h = logarithmic ? Math.Exp(state) : state, logH = logarithmic ? state : Math.Log(state);
            error = Error(x, t, theta, first, lags, errorBy);
            square = error * error;
            negative = error < 0 ? square : 0;
            double byLog, byError, byNu = 0;
            if (heavy)
            {
                double u = square / (h * (nu - 2)), share = u / (1 + u), log = Math.Log(1 + u);
                sum += constant - 0.5 * logH - 0.5 * (nu + 1) * log;
                byLog = 0.5 * ((nu + 1) * share - 1);
                byError = -(nu + 1) * error / (h * (nu - 2) * (1 + u));
                byNu = constantByNu - 0.5 * log + 0.5 * (nu + 1) * share / (nu - 2);
            }
            else
            {
                sum += constant - 0.5 * (logH + square / h);
                byLog = 0.5 * (square / h - 1);
                byError = -error / h;
            }

            double byLogState = logarithmic ? byLog : byLog / h;
            path?.Add(t - lags, h, error);
            for (int j = 0; j < count; j++)
            {
                double score = byLogState * stateBy[j];
                if (j < means)
                    score += byError * errorBy[j];
                if (heavy && j == count - 1)
                    score += byNu;
                gradient[j] += score;
                path?.AddScore(t - lags, j, score);
            }
        }

        return sum;
    }

    /// <summary>e_t = r_t - c - sum phi_j r_{t-j}, and its derivatives.</summary>
    private static double Error(ReadOnlySpan<double> x, int t, ReadOnlySpan<double> theta, int first, int lags,
        Span<double> by)
    {
        double e = x[t];
        if (first == 1)
        {
            e -= theta[0];
            by[0] = -1;
        }

        for (int j = 0; j < lags; j++)
        {
            e -= theta[first + j] * x[t - 1 - j];
            by[first + j] = -x[t - 1 - j];
        }

        return e;
    }
}
