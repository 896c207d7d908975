using FinML.Markets;

namespace FinML.Agents;

/// <summary>
/// Divides rewards by the standard deviation of the running discounted return, and clips; the mean is not subtracted,
/// which would change the task. As in OpenAI's VecNormalize; detail 6 of the continuous ones in "The 37 implementation
/// details of PPO" (Huang et al., 2022).
/// </summary>
public sealed class RewardScaler : IStateful
{
    private const double Epsilon = 1e-8;

    private readonly RunningMoments moments = new(1);
    private readonly float[] discountedReturns; // (environments)
    private readonly double gamma;
    private readonly double clip;

    public RewardScaler(int environments, double gamma, double clip = 10)
    {
        Require.InRange(environments, 1, 1 << 20, nameof(environments));
        Require.InRange(gamma, 0, 1, nameof(gamma));
        Require.InRange(clip, 1e-6, float.MaxValue, nameof(clip));
        discountedReturns = new float[environments];
        this.gamma = gamma;
        this.clip = clip;
    }

    /// <summary>The standard deviation that rewards are divided by.</summary>
    public double Scale => Math.Sqrt(moments.Variance[0] + Epsilon);

    /// <summary>Takes in one step's rewards, (environments), and gives them scaled.</summary>
    public void Apply(
        ReadOnlySpan<double> rewards, ReadOnlySpan<bool> terminated, ReadOnlySpan<bool> truncated, Span<float> target)
    {
        Require.SameLength(rewards.Length, discountedReturns.Length, nameof(rewards), "environments");
        for (int e = 0; e < rewards.Length; e++)
            discountedReturns[e] = (float)(discountedReturns[e] * gamma + rewards[e]);
        moments.Update(discountedReturns);
        for (int e = 0; e < rewards.Length; e++)
        {
            target[e] = (float)Math.Clamp(rewards[e] / Scale, -clip, clip);
            if (terminated[e] || truncated[e])
                discountedReturns[e] = 0;
        }
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(writer =>
    {
        StateBytes.WriteBlock(writer, moments.SaveState());
        StateBytes.WriteArray<float>(writer, discountedReturns);
    });

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, reader =>
    {
        moments.LoadState(StateBytes.ReadBlock(reader));
        StateBytes.ReadArray<float>(reader, discountedReturns);
    });
}
