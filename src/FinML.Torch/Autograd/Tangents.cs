namespace FinML.Torch;

// How an operation carries tangents, beside the node it records (Node.cs):
//
//     if (Node.Needed(a, b))                                // also true where an input has a tangent
//     {
//         Node.Record("mul", a, b, Backward, result).Save(a, b);
//         Tangents.Carry(result, a, b, (a, b), static (ta, tb, s) =>      // null: that input has none
//             Tangents.Sum(ta?.mul(s.b), tb?.mul(s.a)));
//     }
//
// - A linear operation applies itself to the tangent. One whose Jacobian is its own transpose (a function of each
//   element, softmax) has its rule already: Carry(name, ..., backward) gives the tangent to the backward function.
// - Views need no rule: they share the storage, and with it the tangent.
// - An operation that is composed of others needs none either.
// - An operation whose rule is missing is refused by its name, when the next one is recorded or the level ends.

/// <summary>
/// Forward-mode differentiation: beside each tensor that depends on the arguments travels its tangent, J t, through
/// every operation of the thread, while a <see cref="ForwardLevel"/> is open (R. E. Wengert, 1964). A tangent is kept
/// for the storage, so that all views of it and every in-place write see the same one; detach() hides it. It is itself
/// an ordinary tensor: with a graph where the operation had one, so that reverse mode goes through it (and a backward
/// pass inside a level carries tangents: forward over reverse).
/// </summary>
internal static class Tangents
{
    private static int levels; // open in all threads: while there are none, an operation pays one read

    [ThreadStatic]
    private static ForwardLevel? current;

    /// <summary>A level is open in this thread, and this is no rule that runs.</summary>
    internal static bool Active => levels != 0 && current is not null;

    internal static ForwardLevel Open()
    {
        ForwardLevel level = new();
        Interlocked.Increment(ref levels);
        current = level;
        return level;
    }

    internal static void Close()
    {
        current = null;
        Interlocked.Decrement(ref levels);
    }

    /// <summary>True where the tensor has a tangent in the level that is open.</summary>
    internal static bool Carried(Tensor x) =>
        Active && !x.IsConstant && x.Storage.Tangent is { } tangent && tangent.Level == current;

    internal static bool Carried(ReadOnlySpan<Tensor?> tensors)
    {
        if (!Active)
            return false;
        foreach (Tensor? tensor in tensors)
        {
            if (tensor is not null && Carried(tensor))
                return true;
        }

        return false;
    }

    /// <summary>The tangent, of the tensor's shape, or null where it has none.</summary>
    internal static Tensor? Of(Tensor x)
    {
        if (!Carried(x))
            return null;
        using Rule quiet = new();
        Tensor all = x.Storage.Tangent!.Elements;
        return x.IsContiguous && x.Offset == 0 && x.Count == all.Count
            ? all.view(x.Sizes)
            : StridedViews.View(all, new Region(all.Sizes, x.Sizes, x.Strides, x.Offset));
    }

    /// <summary>Until disposed, operations carry nothing.</summary>
    internal static Rule Suspend() => new();

    /// <summary>Gives <paramref name="x"/> a tangent, which broadcasts to its shape; null is zero.</summary>
    internal static void Set(Tensor x, Tensor? tangent)
    {
        using Rule rule = new();
        Put(x, tangent, rule.Level);
    }

    /// <summary>The tangent of a linear operation's result: <paramref name="rule"/> does the same to that of
    /// <paramref name="x"/>.</summary>
    internal static void Carry(Tensor result, Tensor x, Func<Tensor, Tensor> rule) =>
        Carry(result, x, rule, static (t, apply) => apply(t));

    /// <summary>The tangent of a result of one input.</summary>
    internal static void Carry<TState>(Tensor result, Tensor x, TState state, Func<Tensor, TState, Tensor> rule)
    {
        if (Of(x) is not { } t)
            return;
        using Rule quiet = new();
        using DisposeScope scope = new();
        Put(result, rule(t, state), quiet.Level);
    }

    /// <summary>The tangent of a result of two inputs; the rule gets null for one that has none.</summary>
    internal static void Carry<TState>(
        Tensor result, Tensor a, Tensor b, TState state, Func<Tensor?, Tensor?, TState, Tensor?> rule)
    {
        if (!Active || (!Carried(a) && !Carried(b)))
            return;
        (Tensor? first, Tensor? second) = (Of(a), Of(b));
        using Rule quiet = new();
        using DisposeScope scope = new();
        Put(result, rule(first, second, state), quiet.Level);
    }

    /// <summary>The tangents of several results of several inputs.</summary>
    internal static void Carry<TState>(
        ReadOnlySpan<Tensor> results, ReadOnlySpan<Tensor?> inputs, TState state,
        Func<Tensor?[], TState, Tensor?[]> rule)
    {
        if (!Carried(inputs))
            return;
        Tensor?[] tangents = Of(inputs);
        using Rule quiet = new();
        using DisposeScope scope = new();
        Tensor?[] carried = rule(tangents, state);
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i].dtype.IsFloating())
                Put(results[i], carried[i], quiet.Level);
        }
    }

    internal static Tensor?[] Of(ReadOnlySpan<Tensor?> tensors)
    {
        Tensor?[] tangents = new Tensor?[tensors.Length];
        for (int i = 0; i < tangents.Length; i++)
            tangents[i] = tensors[i] is { } tensor ? Of(tensor) : null;
        return tangents;
    }

    /// <summary>Where the Jacobian is its own transpose, the backward function turns the tangent of the input into that
    /// of the result.</summary>
    internal static void Carry(
        string name, Tensor result, Tensor x, BackwardFunction backward, object? state,
        params ReadOnlySpan<Tensor> saved)
    {
        if (Of(x) is not { } t)
            return;
        using Rule quiet = new();
        using DisposeScope scope = new();
        Put(result, Node.ForRule(name, backward, 1, 0, state, saved).Apply(t), quiet.Level);
    }

    /// <summary>The same for a function of each pair of elements of two inputs, which broadcast: its backward function
    /// saved both.</summary>
    internal static void Carry(
        string name, Tensor result, Tensor a, Tensor b, BackwardFunction backward, object? state = null)
    {
        if (!Active || (!Carried(a) && !Carried(b)))
            return;
        (Tensor? first, Tensor? second) = (Of(a), Of(b));
        using Rule quiet = new();
        using DisposeScope scope = new();
        Tensor x = a.expand(result.Sizes), y = b.expand(result.Sizes);
        Put(result, Sum(Part(first, 0), Part(second, 1)), quiet.Level);

        Tensor? Part(Tensor? t, int input) => t is null
            ? null
            : Node.ForRule(name, backward, 2, input, state, [x, y]).Apply(t.expand(x.Sizes));
    }

    /// <summary>
    /// The tangents of a node's outputs from its backward function alone: v^T J is linear in v, and its derivative by v
    /// along the inputs' tangents is J t.
    /// </summary>
    /// <exception cref="InvalidOperationException">The backward function cannot be differentiated.</exception>
    internal static Tensor?[] Transposed(Node node, ReadOnlySpan<Tensor> outputs, Tensor?[] tangents)
    {
        bool recording = GradMode.Enabled;
        using IDisposable mode = enable_grad();
        Tensor?[] rows = new Tensor?[tangents.Length], cotangents = new Tensor?[outputs.Length];
        for (int i = 0; i < cotangents.Length; i++)
            cotangents[i] = zeros_like(outputs[i]).requires_grad_();
        node.Run(cotangents, rows);
        Tensor? along = null;
        for (int i = 0; i < rows.Length; i++)
            along = rows[i] is { } row && tangents[i] is { } t ? Sum(along, row.mul(t).sum()) : along;
        if (along is null)
            return new Tensor?[cotangents.Length];
        if (!along.requires_grad)
        {
            throw new InvalidOperationException(
                $"{node.Name}: has no forward mode: its backward function is not made of operations that can be "
                + "differentiated.");
        }

        IList<Tensor> products = autograd.grad(
            [along], cotangents!, retain_graph: recording, create_graph: recording, allow_unused: true);
        return [.. products];
    }

    /// <summary>Inside a rule: the tangents of what <paramref name="compose"/> makes of the inputs.</summary>
    internal static Tensor?[] Through(
        Func<Tensor?[], Tensor[]> compose, Tensor?[] inputs, Tensor?[] tangents)
    {
        using ForwardLevel level = Open();
        Tensor?[] duals = new Tensor?[inputs.Length];
        for (int i = 0; i < duals.Length; i++)
        {
            duals[i] = tangents[i] is null ? inputs[i] : inputs[i]!.clone();
            if (tangents[i] is not null)
                Set(duals[i]!, tangents[i]);
        }

        Tensor[] outputs = compose(duals);
        Verify();
        return Of(outputs);
    }

    /// <summary>The sum of two tangents, of which either may be missing.</summary>
    internal static Tensor? Sum(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : a.add(b);

    /// <summary>After a write of numbers that depend on no argument: the elements have no tangent any more.</summary>
    internal static void Clear(Tensor x)
    {
        if (Carried(x))
            Set(x, null);
    }

    /// <summary>Whether an operation that <see cref="Node.Needed(Tensor)"/> called for is recorded, or was called only
    /// for the sake of its tangents, which must follow.</summary>
    internal static bool Recorded(string name, ReadOnlySpan<Tensor?> inputs, ReadOnlySpan<Tensor> outputs)
    {
        Verify();
        if (Carried(inputs))
            current!.Last = (name, outputs.ToArray());
        return Node.Recorded(inputs);
    }

    /// <summary>Makes sure that the operation recorded last has given its results their tangents.</summary>
    /// <exception cref="InvalidOperationException">It has no rule.</exception>
    internal static void Verify()
    {
        if (current is not { Last: (string name, Tensor[] outputs) })
            return;
        current.Last = null;
        foreach (Tensor output in outputs)
        {
            if (!output.IsInvalid && output.dtype.IsFloating() && output.Storage.Tangent?.Level != current)
            {
                throw new InvalidOperationException(
                    $"{name}: has no forward mode: no rule gives the tangent of its result of shape "
                    + $"{Shapes.Text(output.Sizes)}.");
            }
        }
    }

    private static void Put(Tensor x, Tensor? tangent, ForwardLevel level)
    {
        Storage storage = x.Storage;
        Tensor value = tangent ?? zeros_like(x);
        value = value.dtype == x.dtype ? value : value.to(x.dtype);
        value = Shapes.Equal(value.Sizes, x.Sizes) ? value : value.expand(x.Sizes);
        Tensor elements;
        if (x.IsContiguous && x.Offset == 0 && x.Count == storage.Length)
        {
            elements = value.contiguous().view(-1);
        }
        else
        {
            elements = storage.Tangent is { } old && old.Level == level
                ? old.Elements.clone()
                : zeros([storage.Length], x.dtype);
            elements.as_strided(x.Sizes, x.Strides, x.Offset).copy_(value);
        }

        storage.Tangent?.Elements.Dispose();
        storage.Tangent = new Tangent(level, elements.DetachFromDisposeScope());
    }

    /// <summary>While a rule runs, operations carry nothing: a tangent has no tangent. What the engine wants of the
    /// node that it runs is no matter of the rule's own.</summary>
    internal readonly ref struct Rule
    {
        private readonly bool[]? way;

        public Rule()
        {
            (Level, way) = (current!, Node.OnTheWay);
            (current, Node.OnTheWay) = (null, null);
        }

        internal ForwardLevel Level { get; }

        public void Dispose() => (current, Node.OnTheWay) = (Level, way);
    }
}

/// <summary>The tangent of all elements of a storage.</summary>
/// <param name="Level">Where it counts.</param>
/// <param name="Elements">(length of the storage); never written again.</param>
internal sealed record Tangent(ForwardLevel Level, Tensor Elements);

/// <summary>While it is open, operations of its thread carry tangents; one at a time.</summary>
internal sealed class ForwardLevel : IDisposable
{
    private bool closed;

    /// <summary>The operation recorded last, whose results are to have tangents.</summary>
    internal (string Name, Tensor[] Outputs)? Last { get; set; }

    public void Dispose()
    {
        if (!closed)
        {
            closed = true;
            Tangents.Close();
        }
    }
}
