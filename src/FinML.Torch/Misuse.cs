using System.Diagnostics;
using System.Reflection;

namespace FinML.Torch;

/// <summary>Names the operation that an error belongs to, where the place that finds it serves all of them.</summary>
internal static class Misuse
{
    /// <summary>The public operation that the caller ran, from the stack: the outermost function of torch below the
    /// user's code. Slow, and blind where the compiler has inlined it or jumped out of it, as it does from one that
    /// only calls a fused operation: then that gives its own name. For error messages only.</summary>
    internal static string Operation()
    {
        const string suffix = "Operation";
        string? name = null, fused = null;
        foreach (StackFrame frame in new StackTrace(1).GetFrames())
        {
            MethodBase? method = frame.GetMethod();
            if (method?.DeclaringType is not { } type || type.Assembly != typeof(Misuse).Assembly)
            {
                if (name is not null)
                {
                    break;
                }

                continue;
            }

            if (method.IsPublic && IsOperations(type))
            {
                name = method.Name;
            }
            else if (type.Name.EndsWith(suffix, StringComparison.Ordinal) && type.Name.Length > suffix.Length)
            {
                fused = type.Name[..^suffix.Length].ToLowerInvariant();
            }
        }

        return name switch
        {
            null => fused ?? "an operation",
            "get_Item" or "set_Item" => "index",
            _ when name.StartsWith("op_", StringComparison.Ordinal) => name[3..].ToLowerInvariant(),
            _ => name,
        };
    }

    private static bool IsOperations(Type type) =>
        type.FullName!.StartsWith(typeof(torch).FullName!, StringComparison.Ordinal);
}
