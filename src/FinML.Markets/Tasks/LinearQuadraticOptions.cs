namespace FinML.Markets;

/// <summary>The options of <see cref="LinearQuadratic"/>: x' = A x + b u + noise, cost x'Q x + ρ u².</summary>
public sealed record LinearQuadraticOptions
{
    /// <summary>A, (states, states).</summary>
    public double[,] Dynamics { get; init; } = new double[,] { { 1 } };

    /// <summary>b: what a unit of control does to each state, (states).</summary>
    public IReadOnlyList<double> Control { get; init; } = [1];

    /// <summary>Q, symmetric and not negative definite, (states, states).</summary>
    public double[,] StateCost { get; init; } = new double[,] { { 1 } };

    /// <summary>ρ, the cost of a squared unit of control; above 0.</summary>
    public double ControlCost { get; init; } = 1;

    /// <summary>The discount of one step, above 0 to 1: what the solution weighs costs with; the environment's rewards
    /// are not discounted.</summary>
    public double Discount { get; init; } = 1;

    /// <summary>The standard deviation of the noise of each state, a step; 0 to 1e6.</summary>
    public double NoiseDeviation { get; init; } = 0.1;

    /// <summary>The standard deviation of each state's start; 0 to 1e6.</summary>
    public double StartDeviation { get; init; } = 1;

    /// <summary>The largest |control|; above 0 to 1e6.</summary>
    public double MaximumControl { get; init; } = 10;

    /// <summary>Steps after which an episode is truncated; at least 1.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>The number of states.</summary>
    public int States => Control.Count;

    /// <exception cref="ArgumentException">An option lies outside its range, or shapes differ.</exception>
    public LinearQuadraticOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Dynamics);
        ArgumentNullException.ThrowIfNull(Control);
        ArgumentNullException.ThrowIfNull(StateCost);
        Require.InRange(States, 1, 100, "Control.Count");
        CheckSquare(Dynamics, nameof(Dynamics));
        CheckSquare(StateCost, nameof(StateCost));
        for (int i = 0; i < States; i++)
        {
            Require.Finite(Control[i], $"Control[{i}]");
            for (int j = 0; j < i; j++)
            {
                if (StateCost[i, j] != StateCost[j, i])
                    throw new ArgumentException(
                        $"StateCost[{i}, {j}] is {StateCost[i, j]} and StateCost[{j}, {i}] is {StateCost[j, i]}; "
                        + "a cost is symmetric.");
            }
        }

        Require.InRange(ControlCost, 1e-12, 1e12, nameof(ControlCost));
        Require.InRange(Discount, 1e-9, 1, nameof(Discount));
        Require.InRange(NoiseDeviation, 0, 1e6, nameof(NoiseDeviation));
        Require.InRange(StartDeviation, 0, 1e6, nameof(StartDeviation));
        Require.InRange(MaximumControl, 1e-9, 1e6, nameof(MaximumControl));
        Require.InRange(Steps, 1, int.MaxValue, nameof(Steps));
        return this;
    }

    private void CheckSquare(double[,] matrix, string name)
    {
        if (matrix.GetLength(0) != States || matrix.GetLength(1) != States)
            throw new ArgumentException(
                $"{name} is {matrix.GetLength(0)} x {matrix.GetLength(1)}; {States} states need {States} x {States}.");
        foreach (double value in matrix)
            Require.Finite(value, $"A value of {name}");
    }
}
