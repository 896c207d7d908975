namespace FinML.Torch;

/// <summary>
/// A line search for the strong Wolfe conditions f(t) &lt;= f(0) + c1 t f'(0) and |f'(t)| &lt;= -c2 f'(0), by
/// bracketing and cubic interpolation (Nocedal and Wright, "Numerical Optimization", algorithms 3.5 and 3.6, with
/// minFunc's safeguards, as in PyTorch).
/// </summary>
internal static class StrongWolfe
{
    private const double C1 = 1e-4, C2 = 0.9, ToleranceChange = 1e-9;
    private const int MaxIterations = 25;

    /// <summary>A step along the direction: its length, the value, the gradient and its slope there.</summary>
    internal readonly record struct Point(double Step, double Value, double[] Gradient, double Slope);

    /// <param name="evaluate">Value and gradient at a step length.</param>
    /// <param name="start">The point at length 0.</param>
    /// <param name="first">The first length to try.</param>
    /// <param name="largest">The largest component of the direction: what is too short to matter is cut off.</param>
    /// <returns>The point taken and how often <paramref name="evaluate"/> was called.</returns>
    internal static (Point Taken, int Evaluations) Search(
        Func<double, Point> evaluate, Point start, double first, double largest)
    {
        Point previous = start, current = evaluate(first);
        int iteration = 0;

        // Grow the step until it satisfies both conditions or passes a minimum.
        for (; iteration < MaxIterations; iteration++)
        {
            if (!Decreases(current) || (iteration > 1 && current.Value >= previous.Value))
                return Zoom(previous, current);
            if (Flat(current))
                return (current, iteration + 1);
            if (current.Slope >= 0)
                return Zoom(previous, current);
            double low = current.Step + (0.01 * (current.Step - previous.Step)), high = current.Step * 10;
            double next = Cubic(previous, current, low, high);
            previous = current;
            current = evaluate(next);
        }

        return (start.Value <= current.Value ? start : current, iteration + 1);

        bool Decreases(Point p) => p.Value <= start.Value + (C1 * p.Step * start.Slope);

        bool Flat(Point p) => Math.Abs(p.Slope) <= -C2 * start.Slope;

        // The bracket holds a minimum: shrink it around the lower end.
        (Point Taken, int Evaluations) Zoom(Point a, Point b)
        {
            (Point low, Point high) = a.Value <= b.Value ? (a, b) : (b, a);
            bool slow = false;
            while (iteration < MaxIterations && Math.Abs(high.Step - low.Step) * largest >= ToleranceChange)
            {
                double left = Math.Min(low.Step, high.Step), right = Math.Max(low.Step, high.Step);
                double step = Cubic(low, high, left, right);
                double margin = 0.1 * (right - left);
                bool nearEnd = Math.Min(right - step, step - left) < margin;
                if (nearEnd && (slow || step >= right || step <= left))
                {
                    step = Math.Abs(step - right) < Math.Abs(step - left) ? right - margin : left + margin;
                    nearEnd = false;
                }

                slow = nearEnd;
                Point middle = evaluate(step);
                iteration++;
                if (!Decreases(middle) || middle.Value >= low.Value)
                {
                    high = middle;
                    if (high.Value < low.Value)
                        (low, high) = (high, low);
                    continue;
                }

                if (Flat(middle))
                {
                    low = middle;
                    break;
                }

                if (middle.Slope * (high.Step - low.Step) >= 0)
                    high = low;
                low = middle;
            }

            return (low, iteration + 1);
        }
    }

    /// <summary>The minimum of the cubic through two values and slopes, kept in [low, high].</summary>
    private static double Cubic(Point a, Point b, double low, double high)
    {
        if (a.Step > b.Step)
            (a, b) = (b, a);
        double d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step));
        double square = (d1 * d1) - (a.Slope * b.Slope);
        if (!(square >= 0))
            return (low + high) / 2;
        double d2 = Math.Sqrt(square);
        double step = b.Step - ((b.Step - a.Step) * ((b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2))));
        return Math.Min(Math.Max(step, low), high);
    }
}
