using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis.Scripting;

namespace FinML.Notebooks;

/// <summary>
/// The variables of a session behind its submissions so far. Roslyn's own list is made anew for each submission from
/// all before it, by reflection: 90 ms a cell after 1,700. This one is the list of before and what the newest brought.
/// </summary>
internal sealed class SessionState
{
    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // Of the pinned version of Roslyn; where one is missing, its own list is taken.
    private static readonly PropertyInfo? Execution = typeof(ScriptState).GetProperty("ExecutionState", Inside);
    private static readonly Type? Executed = Execution?.PropertyType;
    private static readonly PropertyInfo? Count = Executed?.GetProperty("SubmissionStateCount", Inside);
    private static readonly MethodInfo? Submission = Executed?.GetMethod("GetSubmissionState", Inside, [typeof(int)]);
    private static readonly ConstructorInfo? Create = typeof(ScriptVariable).GetConstructor(
        Inside, [typeof(object), typeof(FieldInfo)]);

    private readonly int submissions;

    private SessionState(ImmutableList<ScriptVariable> all, int submissions)
    {
        All = all;
        this.submissions = submissions;
    }

    /// <summary>A session in which nothing ran.</summary>
    public static SessionState Empty { get; } = new([], 1); // the first is the host's object

    /// <summary>The variables, the shadowed ones too, oldest first.</summary>
    public ImmutableList<ScriptVariable> All { get; }

    /// <summary>Whether the list grows by what is new; false where Roslyn's own is taken.</summary>
    internal static bool IsIncremental => Count is not null && Submission is not null && Create is not null;

    /// <summary>The variables behind one more submission, or more.</summary>
    public SessionState After(ScriptState state)
    {
        if (!IsIncremental)
            return new SessionState([.. state.Variables], 1);
        var execution = Execution!.GetValue(state);
        var count = (int)Count!.GetValue(execution)!;
        var all = All;
        for (var i = submissions; i < count; i++)
        {
            if (Submission!.Invoke(execution, [i]) is { } submission)
                all = all.AddRange(Of(submission));
        }

        return new SessionState(all, count);
    }

    private static IEnumerable<ScriptVariable> Of(object submission) =>
        submission.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(field => char.IsLetterOrDigit(field.Name[0]) || field.Name[0] == '_')
            .Select(field => (ScriptVariable)Create!.Invoke([submission, field]));
}
