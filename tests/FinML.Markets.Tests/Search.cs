namespace FinML.Markets.Tests;

/// <summary>What tests find without the formulas that they check.</summary>
internal static class Search
{
    /// <summary>The maximum of a function with one peak, by golden section.</summary>
    internal static double Maximum(Func<double, double> function, double low, double high)
    {
        double ratio = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-9)
        {
            double a = high - ratio * (high - low), b = low + ratio * (high - low);
            (low, high) = function(a) < function(b) ? (a, high) : (low, b);
        }

        return (low + high) / 2;
    }

    /// <summary>The mean of a function of a standard normal number, by the trapezoid rule (exact to rounding for smooth
    /// functions).</summary>
    internal static double NormalMean(Func<double, double> function)
    {
        const double Step = 0.01, Reach = 12;
        double sum = 0, weight = 0;
        for (double z = -Reach; z <= Reach; z += Step)
        {
            double density = Math.Exp(-z * z / 2);
            sum += density * function(z);
            weight += density;
        }

        return sum / weight;
    }

    /// <summary>Mean and standard error of the sum of an episode's rewards.</summary>
    internal static (double Mean, double Error) Returns(
        IEnvironment environment, Action<float[], float[]> act, int episodes, double discount = 1, ulong seed = 0)
    {
        float[] observation = new float[environment.ObservationSpace.Size];
        float[] action = new float[environment.ActionSpace.Size];
        double sum = 0, squares = 0;
        for (int episode = 0; episode < episodes; episode++)
        {
            environment.Reset(seed + (ulong)episode, observation);
            double total = 0, factor = 1;
            for (StepResult result = default; !result.Done; factor *= discount)
            {
                act(observation, action);
                result = environment.Step(action, observation);
                total += factor * result.Reward;
            }

            sum += total;
            squares += total * total;
        }

        double mean = sum / episodes;
        return (mean, Math.Sqrt((squares / episodes - mean * mean) / episodes));
    }
}
