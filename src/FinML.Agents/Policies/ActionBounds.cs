using FinML.Markets;

namespace FinML.Agents;

/// <summary>Brings drawn actions into the action space.</summary>
internal static class ActionBounds
{
    /// <summary>Clips to the bounds of a box; a discrete action is left as it is.</summary>
    internal static void Clip(Space space, Span<float> action)
    {
        if (space is not Box box)
            return;
        ReadOnlySpan<float> low = box.Low, high = box.High;
        for (int i = 0; i < action.Length; i++)
            action[i] = Math.Clamp(action[i], low[i], high[i]);
    }
}
