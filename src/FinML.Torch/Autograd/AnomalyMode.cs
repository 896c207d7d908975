using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace FinML.Torch;

/// <summary>
/// Finds the operation behind a NaN. While on, each operation notes where it was called, and a backward function that
/// gives a NaN raises an error with the operation's name and that place. Costs a stack trace an operation: for
/// debugging only. The mode belongs to the thread, and lasts until disposed.
/// </summary>
public sealed class AnomalyMode : IDisposable
{
    // How many modes are on in all threads: while none is, an operation pays one read for the whole feature.
    private static int active;

    [ThreadStatic]
    private static bool enabled;

    [ThreadStatic]
    private static bool checkNan;

    private static readonly ConditionalWeakTable<Node, string> Origins = [];

    private readonly bool enabledWas = enabled, checkWas = checkNan;
    private readonly bool counted;
    private bool ended;

    /// <param name="enabled">Whether to note origins.</param>
    /// <param name="check_nan">Whether a NaN in a gradient raises the error.</param>
    public AnomalyMode(bool enabled, bool check_nan = true)
    {
        AnomalyMode.enabled = enabled;
        checkNan = check_nan;
        counted = enabled;
        if (counted)
        {
            Interlocked.Increment(ref active);
        }
    }

    public static bool IsEnabled => enabled;

    public static bool ShouldCheckNaN => checkNan;

    /// <summary>True where some thread looks for anomalies.</summary>
    internal static bool Watching => active != 0;

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        enabled = enabledWas;
        checkNan = checkWas;
        if (counted)
        {
            Interlocked.Decrement(ref active);
        }
    }

    /// <summary>Notes where the operation of a new node was called.</summary>
    internal static void Note(Node node)
    {
        if (enabled)
        {
            Origins.AddOrUpdate(node, Caller());
        }
    }

    /// <exception cref="InvalidOperationException">A gradient of an input holds a NaN.</exception>
    internal static void Check(Node node, ReadOnlySpan<Tensor?> inputGradients)
    {
        if (!enabled || !checkNan)
        {
            return;
        }

        for (int i = 0; i < inputGradients.Length; i++)
        {
            if (inputGradients[i] is { } gradient && HasNan(gradient))
            {
                string origin = Origins.TryGetValue(node, out string? place)
                    ? $"The operation was called{Environment.NewLine}{place}"
                    : "The operation ran outside the mode, so its place was not noted.";
                throw new InvalidOperationException(
                    $"the backward function of '{node.Name}' gave NaN in the gradient of input {i}, of shape "
                    + $"{Shapes.Text(gradient.Sizes)}. {origin}");
            }
        }
    }

    private static bool HasNan(Tensor gradient)
    {
        using (torch.no_grad())
        using (torch.NewDisposeScope())
        {
            return gradient.dtype.IsFloating() && gradient.detach().isnan().any().ToBoolean();
        }
    }

    /// <summary>The stack above this library, or all of it where the library's frames cannot be told apart.</summary>
    private static string Caller()
    {
        StackTrace trace = new(2, fNeedFileInfo: true);
        int first = 0;
        while (first < trace.FrameCount
            && trace.GetFrame(first)!.GetMethod()?.DeclaringType?.Assembly == typeof(AnomalyMode).Assembly)
        {
            first++;
        }

        string[] lines = trace.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(Environment.NewLine, lines.Skip(first < lines.Length ? first : 0));
    }
}

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>Looks for NaN in the gradients of this thread until the result is disposed.</summary>
        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        /// <summary>Looks for NaN in the gradients of this thread, or stops looking, until the result is disposed.
        /// </summary>
        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);
    }
}
