using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FinML.Notebooks;

/// <summary>
/// Keeps the chain of a long session short. The compiler looks for a name in one submission after the other, and holds
/// all that it knows of each: 100 ms and 300 KB a cell after 2,000. What no later code can name is taken out, and what
/// stood behind it is told that it follows what stood before it.
/// </summary>
internal static class SubmissionChain
{
    // Of the pinned version of Roslyn; where it is missing, chains stay as they are.
    private static readonly FieldInfo? PlaceField = typeof(Compilation).GetField(
        "_lazySubmissionSlotIndex", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>Whether submissions can be taken out of the middle of a chain.</summary>
    internal static bool CanThin => PlaceField?.FieldType == typeof(int);

    /// <summary>The submissions up to one, newest first.</summary>
    public static IEnumerable<Submission> UpTo(Submission? last)
    {
        for (var one = last; one is not null; one = one.Previous)
            yield return one;
    }

    /// <summary>The chain up to a submission without those at its end that later code sees nothing of.</summary>
    public static Submission? WithoutSilentEnd(Submission? last) =>
        UpTo(last).FirstOrDefault(one => one.Declarations.IsVisible);

    /// <summary>The chain up to a submission without those that no later code can mean.</summary>
    /// <param name="last">The chain's end.</param>
    /// <param name="root">What the first submission follows.</param>
    /// <param name="stop">Gives up.</param>
    public static Submission? Thin(Submission? last, CSharpCompilation root, CancellationToken stop)
    {
        if (!CanThin)
            return last;
        var kept = Kept(last);
        Submission? end = null;
        foreach (var one in UpTo(last).Reverse().Where(kept.Contains))
        {
            if (ReferenceEquals(one.Previous, end))
            {
                end = one;
                continue;
            }

            var moved = one.Behind(end, root);
            PlaceField!.SetValue(moved.Compilation, one.Place);
            // The types without a name are there, for those behind to share, once the code has been compiled.
            if (one.Declarations.HasAnonymousTypes
                && !moved.Compilation.Emit(Stream.Null, cancellationToken: stop).Success)
                return last;
            end = moved;
        }

        return end;
    }

    /// <summary>Those that declare something which the newest code can name, or which one of those names.</summary>
    private static HashSet<Submission> Kept(Submission? last)
    {
        var kept = new HashSet<Submission>();
        var visible = new HashSet<(string, string)>();
        // Of each name that a kept one speaks: what has been found of it since.
        var wanted = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var one in UpTo(last))
        {
            var declarations = one.Declarations;
            var isNew = declarations.Declared.Count(visible.Add) > 0;
            if (!isNew && !declarations.IsPinned && !declarations.Declared.Any(
                d => wanted.TryGetValue(d.Name, out var found) && !found.Contains(d.Key)))
                continue;
            kept.Add(one);
            foreach (var name in declarations.Spoken)
                wanted[name] = [];
            foreach (var (name, key) in declarations.Declared)
            {
                if (wanted.TryGetValue(name, out var found))
                    found.Add(key);
            }
        }

        return kept;
    }
}
