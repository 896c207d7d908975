using System.Collections;

namespace FinML.Data;

/// <summary>A view on a part of an array that nobody can write through: what a sliced panel shows as its
/// times.</summary>
internal sealed class ReadOnlySlice<T>(T[] items, int start, int length) : IReadOnlyList<T>
{
    public int Count => length;

    public T this[int index] => (uint)index < (uint)length
        ? items[start + index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The index must be in [0, {length}).");

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < length; i++)
        {
            yield return items[start + i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
