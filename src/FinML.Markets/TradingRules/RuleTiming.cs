namespace FinML.Markets;

/// <summary>
/// When a signal becomes a position. Delay: only once it has been the same on that many closes in a row, counting the
/// first; 0 and 1 are no delay. Hold: the position is kept for that many closes whatever else is signalled, and then
/// given up until the next signal; 0 holds as long as the signal, or until the opposite one.
/// </summary>
/// <param name="Delay">0 to 1,000.</param>
/// <param name="Hold">0 to 10,000.</param>
public readonly record struct RuleTiming(int Delay = 0, int Hold = 0)
{
    /// <summary>What stands behind a rule's other parameters in its name.</summary>
    internal string Suffix => (Delay > 0 ? $", delay {Delay}" : "") + (Hold > 0 ? $", hold {Hold}" : "");

    internal void Validate()
    {
        Require.InRange(Delay, 0, 1_000, nameof(Delay));
        Require.InRange(Hold, 0, 10_000, nameof(Hold));
    }

    /// <summary>Turns states into positions in place. A state lasts: 0 says to be out (inside a band), and what starts
    /// a holding period is the change to another state than 0.</summary>
    /// <param name="signals">One a close.</param>
    /// <param name="first">The first close at which the state is known: no change happens there.</param>
    internal void ApplyToStates(Span<sbyte> signals, int first)
    {
        if (Delay > 1)
            Confirm(signals, first, keep: true);
        if (Hold == 0)
            return;
        sbyte before = first < signals.Length ? signals[first] : (sbyte)0, held = 0;
        int until = 0;
        for (int t = first; t < signals.Length; t++)
        {
            sbyte state = signals[t];
            if (t >= until)
                held = 0;
            if (held == 0 && state != 0 && state != before)
                (held, until) = (state, t + Hold);
            before = state;
            signals[t] = held;
        }
    }

    /// <summary>Turns events into positions in place: 0 says that nothing happened.</summary>
    internal void ApplyToEvents(Span<sbyte> signals)
    {
        if (Delay > 1)
            Confirm(signals, 0, keep: false);
        sbyte held = 0;
        int until = Hold == 0 ? int.MaxValue : 0;
        for (int t = 0; t < signals.Length; t++)
        {
            if (t >= until)
                held = 0;
            if (signals[t] != 0 && (Hold == 0 || held == 0))
            {
                held = signals[t];
                until = Hold == 0 ? int.MaxValue : t + Hold;
            }

            signals[t] = held;
        }
    }

    /// <summary>Lets a signal through once it was the same on <see cref="Delay"/> closes; until then the last one that
    /// was let through is kept, or there is none.</summary>
    private void Confirm(Span<sbyte> signals, int first, bool keep)
    {
        sbyte confirmed = 0, last = 0;
        int run = 0;
        for (int t = first; t < signals.Length; t++)
        {
            run = t > first && signals[t] == last ? run + 1 : 1;
            last = signals[t];
            confirmed = run >= Delay ? last : keep ? confirmed : (sbyte)0;
            signals[t] = confirmed;
        }
    }
}
