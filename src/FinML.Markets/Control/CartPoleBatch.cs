using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Markets;

/// <summary>Carts and poles stepped together, four at a time.</summary>
internal sealed class CartPoleBatch : IEnvironmentBatch
{
    private const int ObservationSize = 4;

    private readonly CartPole[] copies;
    private readonly double[] positions, velocities, angles, angularVelocities; // (copies)
    private readonly int[] steps; // (copies)

    internal CartPoleBatch(CartPole[] copies)
    {
        this.copies = copies;
        positions = new double[copies.Length];
        velocities = new double[copies.Length];
        angles = new double[copies.Length];
        angularVelocities = new double[copies.Length];
        steps = new int[copies.Length];
    }

    /// <inheritdoc/>
    public void Take(int copy)
    {
        (CartPole.State state, steps[copy]) = copies[copy].Progress;
        Set(copy, state);
    }

    /// <inheritdoc/>
    public void Put(int copy) => copies[copy].Progress = (Get(copy), steps[copy]);

    /// <inheritdoc/>
    public void Step(
        ReadOnlySpan<float> actions,
        Span<float> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated)
    {
        CheckActions(actions);
        rewards.Fill(1);
        terminated.Clear();
        truncated.Clear();
        int i = 0;
        for (; i <= copies.Length - FourReals.Count; i += FourReals.Count)
        {
            uint failed = MoveFour(i, actions, observations);
            Vector128<int> taken = Vector128.Create<int>(steps.AsSpan(i)) + Vector128<int>.One;
            taken.CopyTo(steps.AsSpan(i));
            uint late = Vector128.GreaterThanOrEqual(taken, Vector128.Create(CartPole.StepLimit))
                .ExtractMostSignificantBits() & ~failed;
            for (uint ends = failed | late, k = 0; ends != 0; ends >>= 1, k++)
            {
                terminated[i + (int)k] = (failed >> (int)k & 1) != 0;
                truncated[i + (int)k] = (late >> (int)k & 1) != 0;
            }
        }

        for (; i < copies.Length; i++)
        {
            CartPole.State state = CartPole.Move(Get(i), (int)actions[i]);
            Set(i, state);
            steps[i]++;
            terminated[i] = state.Failed;
            truncated[i] = !state.Failed && steps[i] >= CartPole.StepLimit;
            CartPole.Observe(state, observations.Slice(ObservationSize * i, ObservationSize));
        }
    }

    /// <summary>Moves copies first .. first + 3 and writes their observations; a bit is set for each that
    /// failed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint MoveFour(int first, ReadOnlySpan<float> actions, Span<float> observations)
    {
        // 0 and 1 become -10 and 10, exactly.
        Vector128<float> push = Vector128.Create(actions[first..]) - Vector128.Create(0.5f);
        Vector256<double> force = Vector256.WidenLower(push.ToVector256Unsafe()) * (2 * CartPole.Force);
        var angle = new FourReals(Vector256.Create<double>(angles.AsSpan(first)));
        (FourReals sine, FourReals cosine) = SmallAngle.SineCosine(angle);
        CartPole.Motion<FourReals> next = new CartPole.Motion<FourReals>(
            new(Vector256.Create<double>(positions.AsSpan(first))),
            new(Vector256.Create<double>(velocities.AsSpan(first))),
            angle,
            new(Vector256.Create<double>(angularVelocities.AsSpan(first))))
            .After(new FourReals(force), sine, cosine);

        next.Position.Value.CopyTo(positions.AsSpan(first));
        next.Velocity.Value.CopyTo(velocities.AsSpan(first));
        next.Angle.Value.CopyTo(angles.AsSpan(first));
        next.AngularVelocity.Value.CopyTo(angularVelocities.AsSpan(first));
        WriteObservations(next, observations.Slice(ObservationSize * first, 4 * ObservationSize));
        return (Vector256.GreaterThan(Vector256.Abs(next.Position.Value), Vector256.Create(CartPole.PositionLimit))
            | Vector256.GreaterThan(Vector256.Abs(next.Angle.Value), Vector256.Create(CartPole.AngleLimit)))
            .ExtractMostSignificantBits();
    }

    // From four vectors, one a part of the state, to four rows, one a cart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteObservations(in CartPole.Motion<FourReals> motion, Span<float> rows)
    {
        Vector256<float> cart = Vector256.Narrow(motion.Position.Value, motion.Velocity.Value); // x0..x3, v0..v3
        Vector256<float> pole = Vector256.Narrow(motion.Angle.Value, motion.AngularVelocity.Value);
        Vector256<int> pairs = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7); // x0 v0 x1 v1 ...
        Vector256<double> carts = Vector256.Shuffle(cart, pairs).AsDouble();
        Vector256<double> poles = Vector256.Shuffle(pole, pairs).AsDouble();
        Vector256<double> odd = Vector256.Create(0L, -1, 0, -1).AsDouble();
        Vector256<long> low = Vector256.Create(0L, 0, 1, 1), high = Vector256.Create(2L, 2, 3, 3);
        Vector256.ConditionalSelect(odd, Vector256.Shuffle(poles, low), Vector256.Shuffle(carts, low))
            .AsSingle().CopyTo(rows);
        Vector256.ConditionalSelect(odd, Vector256.Shuffle(poles, high), Vector256.Shuffle(carts, high))
            .AsSingle().CopyTo(rows[8..]);
    }

    private void CheckActions(ReadOnlySpan<float> actions)
    {
        // Eight at a time, without a branch on what an action is: random ones cannot be foretold.
        int good = 0;
        for (; good <= actions.Length - Vector256<float>.Count; good += Vector256<float>.Count)
        {
            Vector256<float> eight = Vector256.Create(actions[good..]);
            Vector256<float> known =
                Vector256.Equals(eight, Vector256<float>.Zero) | Vector256.Equals(eight, Vector256<float>.One);
            if (known.ExtractMostSignificantBits() != 0xFF)
                break;
        }

        for (; good < actions.Length; good++)
        {
            if (actions[good] is not (0 or 1))
                copies[good].ActionSpace.Demand(actions.Slice(good, 1), $"The action of environment {good}");
        }
    }

    private CartPole.State Get(int i) => new(positions[i], velocities[i], angles[i], angularVelocities[i]);

    private void Set(int i, CartPole.State state) =>
        (positions[i], velocities[i], angles[i], angularVelocities[i]) = state;
}
