namespace FinML.Torch;

/// <summary>
/// Returns the buffers of the tensors made inside it to the pool when it ends, save those moved out. Scopes are
/// optional - what is not disposed is collected - but a training step in a scope runs without garbage. Scopes belong to
/// the thread that made them and nest.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    // The lists of scopes that have ended, empty, for the next ones.
    [ThreadStatic]
    private static Stack<List<Tensor>>? spare;

    private const int LargestKept = 1024;

    private List<Tensor>? list = spare is { Count: > 0 } ? spare.Pop() : new(32);
    private readonly DisposeScope? outer;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private bool ended;

    internal DisposeScope()
    {
        outer = current;
        current = this;
    }

    internal static DisposeScope? Current => current;

    // A scope that has ended gets a new list where something is attached to it.
    private List<Tensor> Held => list ??= [];

    /// <summary>The scope around this one, or null.</summary>
    public DisposeScope? OuterScope => outer;

    /// <summary>Tensors that would be disposed now.</summary>
    public int DisposablesCount => Held.Count(t => t.Scope == this);

    internal static void Register(Tensor tensor)
    {
        DisposeScope? scope = current;
        if (scope is not null)
        {
            tensor.Scope = scope;
            scope.Held.Add(tensor);
        }
    }

    /// <summary>Makes the scope responsible for a tensor that another scope, or none, had.</summary>
    /// <exception cref="InvalidOperationException">The scope belongs to another thread.</exception>
    public Tensor Attach(Tensor tensor)
    {
        CheckThread("Attach", tensor);
        tensor.Scope = this;
        Held.Add(tensor);
        return tensor;
    }

    /// <summary>Hands a tensor to the scope around this one, or to the collector where there is none.</summary>
    public Tensor MoveToOuter(Tensor tensor)
    {
        Move(tensor);
        return tensor;
    }

    public (Tensor first, Tensor second) MoveToOuter(Tensor first, Tensor second)
    {
        Move(first);
        Move(second);
        return (first, second);
    }

    /// <summary>Takes a tensor out of all scopes.</summary>
    public Tensor Detach(Tensor tensor)
    {
        tensor.Scope = null;
        return tensor;
    }

    /// <summary>Takes everything made so far out of all scopes; the caller is responsible for it.</summary>
    internal Tensor[] DetachAll()
    {
        Tensor[] made = Held.Where(t => t.Scope == this).Distinct().ToArray();
        foreach (Tensor tensor in made)
        {
            tensor.Scope = null;
        }

        Held.Clear();
        return made;
    }

    /// <summary>Disposes what was made so far, and goes on.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    /// <summary>Disposes what was made so far save <paramref name="keep"/>, and goes on.</summary>
    public void DisposeEverythingBut(params Tensor[] keep)
    {
        foreach (Tensor tensor in Held)
        {
            if (tensor.Scope == this && Array.IndexOf(keep, tensor) < 0)
            {
                tensor.Dispose();
            }
        }

        Held.Clear();
        foreach (Tensor tensor in keep)
        {
            if (tensor.Scope == this)
            {
                Held.Add(tensor);
            }
        }
    }

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        ended = true;
        if (current == this)
        {
            current = outer;
        }

        DisposeEverything();
        if (list is { Capacity: <= LargestKept })
        {
            (spare ??= new()).Push(list);
        }

        list = null;
    }

    internal void Move(Tensor tensor)
    {
        CheckThread("MoveToOuterDisposeScope", tensor);
        tensor.Scope = null;
        outer?.Attach(tensor);
    }

    private void CheckThread(string operation, Tensor tensor)
    {
        if (thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                $"{operation}: the tensor of shape {Shapes.Text(tensor.Sizes)} meets a dispose scope of thread {thread}, "
                + $"this is thread {Environment.CurrentManagedThreadId}; detach it with DetachFromDisposeScope() in its "
                + "own thread before handing it over.");
        }
    }

    /// <summary>Ends the list of what a backward step made: disposes what no pending gradient uses.</summary>
    internal void Sweep()
    {
        foreach (Tensor tensor in Held)
        {
            if (tensor.Scope == this && tensor.PendingUses == 0)
            {
                tensor.Dispose();
            }
        }

        Held.Clear();
    }

    /// <summary>Runs user code (a hook) as if the scope were not there.</summary>
    internal static DisposeScope? Suspend(DisposeScope? to)
    {
        DisposeScope? was = current;
        current = to;
        return was;
    }
}

public static partial class torch
{
    /// <summary>A scope whose tensors are disposed at its end; see <see cref="DisposeScope"/>.</summary>
    public static DisposeScope NewDisposeScope() => new();
}
