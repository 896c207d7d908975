namespace FinML.Markets;

/// <summary>The optimal control of a linear system with quadratic costs: u = -K x, and the cost to go x'P x.</summary>
/// <param name="Gain">K, (states).</param>
/// <param name="Cost">P, (states, states).</param>
/// <param name="Iterations">Steps of the Riccati recursion that were taken.</param>
/// <param name="Residual">The largest change in the last of them, relative to the largest |P|.</param>
public sealed record LinearQuadraticSolution(
    IReadOnlyList<double> Gain, double[,] Cost, int Iterations, double Residual)
{
    private const int MostIterations = 1_000_000;
    private const double Tolerance = 1e-15;

    /// <summary>
    /// Solves the discrete algebraic Riccati equation P = Q + γ A'P A - γ² A'P b b'P A / (ρ + γ b'P b) by value
    /// iteration from P = 0, to rounding; K = γ b'P A / (ρ + γ b'P b).
    /// </summary>
    /// <exception cref="ArithmeticException">The costs grow without bound: the system cannot be held.</exception>
    public static LinearQuadraticSolution Solve(LinearQuadraticOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        int n = options.States;
        double[,] p = new double[n, n];
        double[] gain = new double[n];
        for (int iteration = 1; iteration <= MostIterations; iteration++)
        {
            double[,] next = Backward(options, p, gain);
            double change = 0, largest = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    change = Math.Max(change, Math.Abs(next[i, j] - p[i, j]));
                    largest = Math.Max(largest, Math.Abs(next[i, j]));
                }
            }

            p = next;
            if (!double.IsFinite(largest) || largest > 1e100)
                break;
            if (change <= Tolerance * largest)
            {
                Backward(options, p, gain); // the gain of the last P
                return new LinearQuadraticSolution(gain, p, iteration, largest == 0 ? 0 : change / largest);
            }
        }

        throw new ArithmeticException(
            $"The Riccati recursion does not converge in {MostIterations} steps: the system cannot be held at a finite "
            + "cost.");
    }

    /// <summary>The best control of a state, bounds aside.</summary>
    public double Control(ReadOnlySpan<double> state)
    {
        double control = 0;
        for (int i = 0; i < Gain.Count; i++)
            control -= Gain[i] * state[i];
        return control;
    }

    // One step of the recursion; writes the gain that goes with it.
    private static double[,] Backward(LinearQuadraticOptions o, double[,] p, double[] gain)
    {
        int n = o.States;
        double[,] pa = new double[n, n]; // P A
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                    pa[i, j] += p[i, k] * o.Dynamics[k, j];
            }
        }

        double bpb = 0;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
                bpb += o.Control[i] * p[i, k] * o.Control[k];
        }

        double curvature = o.ControlCost + o.Discount * bpb;
        for (int j = 0; j < n; j++)
        {
            double bpa = 0;
            for (int i = 0; i < n; i++)
                bpa += o.Control[i] * pa[i, j];
            gain[j] = o.Discount * bpa / curvature;
        }

        double[,] next = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double apa = 0;
                for (int k = 0; k < n; k++)
                    apa += o.Dynamics[k, i] * pa[k, j];
                next[i, j] = o.StateCost[i, j] + o.Discount * apa - gain[i] * gain[j] * curvature;
            }
        }

        return next;
    }
}
