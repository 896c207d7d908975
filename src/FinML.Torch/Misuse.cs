using System.Diagnostics;
using System.Reflection;

namespace FinML.Torch;

/// <summary>Names the operation that an error belongs to, where the place that finds it serves all of them.</summary>
internal static class Misuse
{
    /// <summary>The public operation that the caller ran, from the stack: the outermost function of torch below the
    /// user's code. Slow, and blind where the compiler has inlined it: for error messages only.</summary>
    internal static string Operation()
    {
        string? name = null;
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
        }

        return name switch
        {
            null => "an operation",
            "get_Item" or "set_Item" => "index",
            _ when name.StartsWith("op_", StringComparison.Ordinal) => name[3..].ToLowerInvariant(),
            _ => name,
        };
    }

    private static bool IsOperations(Type type) =>
        type.FullName!.StartsWith(typeof(torch).FullName!, StringComparison.Ordinal);
}
