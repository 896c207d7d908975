namespace FinML.Data.Features;

/// <summary>Something that sums up a stretch of rows, and can be joined with what sums up the rows behind it. Joining
/// is associative up to rounding; it need not have an inverse, nor be commutative.</summary>
/// <typeparam name="T">The aggregate itself.</typeparam>
public interface IAggregate<T>
    where T : struct, IAggregate<T>
{
    /// <summary>The aggregate of a row that is not known; joined with anything it stays unknown.</summary>
    static abstract T Missing { get; }

    /// <summary>The aggregate of two stretches that follow each other.</summary>
    static abstract T Combine(in T older, in T newer);
}
