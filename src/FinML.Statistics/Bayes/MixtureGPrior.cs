namespace FinML.Statistics;

/// <summary>A g prior whose g has a density: all integrals are over u = log g.</summary>
public abstract class MixtureGPrior : GPrior
{
    /// <summary>Where the density of g has its bulk.</summary>
    private protected abstract double Scale(int count);

    /// <summary>Log of the density of u = log g at g.</summary>
    private protected abstract double LogDensity(double u, double g, int count);

    internal sealed override (double Log, double RelativeError) LogBayesFactor(
        int count, int predictors, double unexplained)
    {
        LogTrapezoid integral = Integrate(count, predictors, unexplained);
        return (integral.Value, integral.RelativeError);
    }

    internal sealed override Shrinkage Shrink(int count, int predictors, double unexplained)
    {
        LogTrapezoid posterior = Integrate(count, predictors, unexplained);
        double first = posterior.Mean(u => 1 / (1 + Math.Exp(-u)));
        double second = posterior.Mean(u => Math.Pow(1 + Math.Exp(-u), -2));
        return FromMoments(first, second, count, unexplained);
    }

    private LogTrapezoid Integrate(int count, int predictors, double unexplained)
    {
        double Log(double u)
        {
            double g = Math.Exp(u);
            return LogLikelihoodRatio(g, count, predictors, unexplained) + LogDensity(u, g, count);
        }

        // The likelihood ratio rises until g = n R^2 / (p (1 - R^2)) and falls as g^(-p / 2) from there on.
        double scale = Math.Log(Scale(count)), turn = Math.Log(count / unexplained);
        return LogTrapezoid.Over(Log, Math.Min(scale, 0) - 40, Math.Max(scale, turn) + 80);
    }
}
