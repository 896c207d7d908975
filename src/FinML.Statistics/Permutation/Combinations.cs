namespace FinML.Statistics;

/// <summary>Arrangements in a fixed order, for statistics that must be computed one by one.</summary>
internal static class Combinations
{
    /// <summary>n over k; a value above <paramref name="limit"/> is said as limit + 1.</summary>
    internal static long Choose(int n, int k, long limit)
    {
        k = Math.Min(k, n - k);
        long count = 1;
        for (int i = 1; i <= k; i++)
        {
            if (count > limit)
                return limit + 1;
            count = count * (n - k + i) / i; // whole at every step; below 2^63 as limit < 2^48 and n < 2^15
        }

        return Math.Min(count, limit + 1);
    }

    /// <summary>n!; a value above <paramref name="limit"/> is said as limit + 1.</summary>
    internal static long Factorial(int n, long limit)
    {
        long count = 1;
        for (int i = 2; i <= n && count <= limit; i++)
            count *= i;
        return Math.Min(count, limit + 1);
    }

    /// <summary>
    /// Moves to the next ascending choice of numbers below <paramref name="n"/>; false after the last one.
    /// </summary>
    internal static bool Next(Span<int> chosen, int n)
    {
        int at = chosen.Length - 1;
        while (at >= 0 && chosen[at] == n - chosen.Length + at)
            at--;
        if (at < 0)
            return false;
        chosen[at]++;
        for (int i = at + 1; i < chosen.Length; i++)
            chosen[i] = chosen[i - 1] + 1;
        return true;
    }

    /// <summary>Moves to the next order of distinct numbers; false after the last one, the descending order.</summary>
    internal static bool NextOrder(Span<int> order)
    {
        int at = order.Length - 2;
        while (at >= 0 && order[at] > order[at + 1])
            at--;
        if (at < 0)
            return false;
        int larger = order.Length - 1;
        while (order[larger] < order[at])
            larger--;
        (order[at], order[larger]) = (order[larger], order[at]);
        order[(at + 1)..].Reverse();
        return true;
    }
}
