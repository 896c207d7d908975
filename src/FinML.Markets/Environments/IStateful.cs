namespace FinML.Markets;

/// <summary>Something that can be stopped and continued to the same bits.</summary>
public interface IStateful
{
    /// <summary>Everything that the future of this object depends on, beside what its constructor was given.</summary>
    byte[] SaveState();

    /// <summary>Puts back a state saved by an object that was constructed in the same way.</summary>
    /// <exception cref="ArgumentException">The bytes are not such a state.</exception>
    void LoadState(ReadOnlySpan<byte> state);
}
