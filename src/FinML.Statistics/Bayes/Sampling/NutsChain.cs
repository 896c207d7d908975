using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// One chain of the No-U-Turn sampler with multinomial choice along the trajectory and the generalised criterion:
/// M. Betancourt, "A conceptual introduction to Hamiltonian Monte Carlo" (2017), appendix A; the criterion is also
/// asked between the two halves, as Stan does since 2.21. The metric is diagonal.
/// </summary>
internal sealed class NutsChain
{
    private const double DivergenceBound = 1000; // of the energy's error: Stan's

    private readonly LogDensity _density;
    private readonly int _dimension, _maxDepth;
    private readonly PhiloxStream _random;
    private readonly double[] _inverseMetric; // the posterior's variances
    private double _stepSize, _energyAtStart;
    private double _acceptanceSum;
    private int _steps;
    private bool _diverged;

    internal NutsChain(LogDensity density, int dimension, NutsOptions options, int chain)
    {
        (_density, _dimension, _maxDepth) = (density, dimension, options.MaxTreeDepth);
        _random = new PhiloxStream(options.Seed, (ulong)chain);
        _inverseMetric = new double[dimension];
        Array.Fill(_inverseMetric, 1);
        Current = Start(options.InitialRadius, chain);
        _stepSize = 1;
    }

    /// <summary>A point of phase space.</summary>
    internal sealed class State(int dimension)
    {
        internal readonly double[] Position = new double[dimension], Momentum = new double[dimension];
        internal readonly double[] Gradient = new double[dimension];
        internal double LogDensity;

        internal State Copy()
        {
            var copy = new State(Position.Length) { LogDensity = LogDensity };
            Position.CopyTo(copy.Position, 0);
            Momentum.CopyTo(copy.Momentum, 0);
            Gradient.CopyTo(copy.Gradient, 0);
            return copy;
        }
    }

    /// <summary>What a transition did.</summary>
    /// <param name="Acceptance">Mean of min(1, exp(-energy error)) over the trajectory.</param>
    /// <param name="Energy">The Hamiltonian at its start.</param>
    /// <param name="Depth">Doublings.</param>
    /// <param name="Steps">Leapfrog steps.</param>
    /// <param name="Diverged">Whether the integrator left the energy level.</param>
    internal readonly record struct Transition(double Acceptance, double Energy, int Depth, int Steps, bool Diverged);

    internal State Current { get; private set; }

    internal double StepSize
    {
        get => _stepSize;
        set => _stepSize = value;
    }

    internal void SetMetric(ReadOnlySpan<double> variances) => variances.CopyTo(_inverseMetric);

    /// <summary>A subtree: its two ends, the sum of its momenta, and the draw chosen from it.</summary>
    private sealed class Tree
    {
        internal required State Draw;
        internal required double LogWeight;
        internal required double[] MomentumSum, FirstMomentum, LastMomentum, FirstVelocity, LastVelocity;
    }

    /// <summary>One draw.</summary>
    internal Transition Move()
    {
        DrawMomentum(Current);
        _energyAtStart = Energy(Current);
        (_acceptanceSum, _steps, _diverged) = (0, 0, false);
        State backward = Current, forward = Current, draw = Current;
        double[] velocity = Velocity(Current.Momentum), momentum = (double[])Current.Momentum.Clone();
        var tree = new Tree
        {
            Draw = Current,
            LogWeight = 0,
            MomentumSum = momentum,
            FirstMomentum = momentum,
            LastMomentum = momentum,
            FirstVelocity = velocity,
            LastVelocity = velocity,
        };
        int depth = 0;
        while (depth < _maxDepth)
        {
            bool ahead = _random.NextDouble() < 0.5;
            State end = (ahead ? forward : backward).Copy();
            if (Build(depth, end, ahead ? 1 : -1) is not { } extension)
                break;
            if (ahead)
                forward = end;
            else
                backward = end;
            depth++;
            if (Math.Log(1 - _random.NextDouble()) < extension.LogWeight - tree.LogWeight)
                draw = extension.Draw; // biased to the new half, which is further away
            (Tree joined, bool goOn) = ahead ? Join(tree, extension) : Join(extension, tree);
            tree = joined;
            if (!goOn)
                break;
        }

        Current = draw;
        return new Transition(_acceptanceSum / _steps, _energyAtStart, depth, _steps, _diverged);
    }

    /// <summary>
    /// Builds 2^depth states from the end on, which moves; null where it turned back or diverged inside.
    /// </summary>
    private Tree? Build(int depth, State end, int direction)
    {
        if (depth == 0)
            return Leaf(end, direction);
        if (Build(depth - 1, end, direction) is not { } near || Build(depth - 1, end, direction) is not { } far)
            return null;
        (Tree joined, bool goOn) = direction > 0 ? Join(near, far) : Join(far, near);
        joined.Draw = Math.Log(1 - _random.NextDouble()) < far.LogWeight - joined.LogWeight ? far.Draw : near.Draw;
        return goOn ? joined : null;
    }

    private Tree? Leaf(State end, int direction)
    {
        Leapfrog(end, direction * _stepSize);
        _steps++;
        double error = Energy(end) - _energyAtStart;
        if (double.IsNaN(error))
            error = double.PositiveInfinity;
        _acceptanceSum += Math.Min(1, Math.Exp(-error));
        if (error > DivergenceBound)
        {
            _diverged = true;
            return null;
        }

        double[] velocity = Velocity(end.Momentum), momentum = (double[])end.Momentum.Clone();
        return new Tree
        {
            Draw = end.Copy(),
            LogWeight = -error,
            MomentumSum = momentum,
            FirstMomentum = momentum,
            LastMomentum = momentum,
            FirstVelocity = velocity,
            LastVelocity = velocity,
        };
    }

    /// <summary>Two neighbours in time as one tree, and whether the trajectory still moves apart: over the whole, and
    /// between each half and the first state of the other.</summary>
    private static (Tree Joined, bool GoOn) Join(Tree earlier, Tree later)
    {
        double[] sum = Sum(earlier.MomentumSum, later.MomentumSum);
        bool goOn = MovesApart(sum, earlier.FirstVelocity, later.LastVelocity)
            && MovesApart(
                Sum(earlier.MomentumSum, later.FirstMomentum), earlier.FirstVelocity, later.FirstVelocity)
            && MovesApart(Sum(later.MomentumSum, earlier.LastMomentum), earlier.LastVelocity, later.LastVelocity);
        double high = Math.Max(earlier.LogWeight, later.LogWeight);
        return (new Tree
        {
            Draw = later.Draw,
            LogWeight = high + Math.Log(Math.Exp(earlier.LogWeight - high) + Math.Exp(later.LogWeight - high)),
            MomentumSum = sum,
            FirstMomentum = earlier.FirstMomentum,
            FirstVelocity = earlier.FirstVelocity,
            LastMomentum = later.LastMomentum,
            LastVelocity = later.LastVelocity,
        }, goOn);
    }

    private static bool MovesApart(double[] momentumSum, double[] first, double[] last) =>
        InnerProduct.Of(momentumSum, first) > 0 && InnerProduct.Of(momentumSum, last) > 0;

    private void Leapfrog(State state, double step)
    {
        for (int i = 0; i < _dimension; i++)
        {
            state.Momentum[i] += step / 2 * state.Gradient[i];
            state.Position[i] += step * _inverseMetric[i] * state.Momentum[i];
        }

        state.LogDensity = _density(state.Position, state.Gradient);
        for (int i = 0; i < _dimension; i++)
            state.Momentum[i] += step / 2 * state.Gradient[i];
    }

    /// <summary>Doubles or halves the step size until one step changes the energy by about log .8.</summary>
    internal void FindStepSize()
    {
        double threshold = Math.Log(0.8);
        int direction = 0;
        for (int attempt = 0; attempt < 100; attempt++)
        {
            State trial = Current.Copy();
            DrawMomentum(trial);
            double before = Energy(trial);
            Leapfrog(trial, _stepSize);
            double change = before - Energy(trial);
            if (double.IsNaN(change))
                change = double.NegativeInfinity;
            int wanted = change > threshold ? 1 : -1;
            if (direction != 0 && wanted != direction)
                return;
            direction = wanted;
            _stepSize *= direction > 0 ? 2 : 0.5;
        }

        throw new InvalidOperationException(
            "No step size moves the chain: the log density is flat or not smooth at its start; is the posterior "
            + "proper?");
    }

    private State Start(double radius, int chain)
    {
        const int Attempts = 100;
        var state = new State(_dimension);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            for (int i = 0; i < _dimension; i++)
                state.Position[i] = radius * (2 * _random.NextDouble() - 1);
            state.LogDensity = _density(state.Position, state.Gradient);
            if (double.IsFinite(state.LogDensity) && Array.TrueForAll(state.Gradient, double.IsFinite))
                return state;
        }

        throw new InvalidOperationException(
            $"Chain {chain} found no start in {Attempts} attempts within {Guard.Text(radius)} of 0: the log density or "
            + $"its gradient is not finite there (last: {Guard.Text(state.LogDensity)}).");
    }

    private void DrawMomentum(State state)
    {
        for (int i = 0; i < _dimension; i++)
            state.Momentum[i] = _random.NextNormal() / Math.Sqrt(_inverseMetric[i]);
    }

    private double Energy(State state)
    {
        double kinetic = 0;
        for (int i = 0; i < _dimension; i++)
            kinetic += state.Momentum[i] * state.Momentum[i] * _inverseMetric[i];
        return kinetic / 2 - state.LogDensity;
    }

    private double[] Velocity(double[] momentum)
    {
        var velocity = new double[_dimension];
        for (int i = 0; i < _dimension; i++)
            velocity[i] = _inverseMetric[i] * momentum[i];
        return velocity;
    }

    private static double[] Sum(double[] a, double[] b)
    {
        var sum = new double[a.Length];
        for (int i = 0; i < sum.Length; i++)
            sum[i] = a[i] + b[i];
        return sum;
    }
}
