namespace FinML.Torch;

/// <summary>Writes to a part of a tensor as operators: Concat where the part is a range of an axis, else the value's
/// elements spread to their places and chosen by a mask.</summary>
internal static class OnnxWrites
{
    internal static void Write(OnnxExporter e, TraceOperation o)
    {
        TraceValue place = ((WrittenPlace)o.Attributes!).Place;
        if (place.Count == 0)
            e.Node("Identity", [e[o.Input]], o.Output);
        else if (!Joined(e, o, place))
            Chosen(e, o, place);
    }

    private static bool Joined(OnnxExporter e, TraceOperation o, TraceValue place)
    {
        TraceValue x = o.Input, value = o.Inputs[1]!;
        if (!Shapes.Equal(value.Sizes, place.Sizes))
            return false;
        bool select = place.Sizes.Length == x.Sizes.Length - 1;
        for (int axis = 0; axis < x.Sizes.Length; axis++)
        {
            if (e.Twin.IsBatch(x, axis) || !IsRange(x, place, axis, select)
                || OnnxViews.Position(x, place, axis) is not { } start
                || OnnxViews.Position(e.Twin[x], e.Twin[place], axis) != start)
            {
                continue;
            }

            long end = start + (select ? 1 : place.Sizes[axis]), size = x.Sizes[axis];
            if (end > size || (!select && e.Twin.IsBatch(place, axis)))
                continue;
            List<string> parts = [select ? e.Node("Unsqueeze", [e[value], e.Longs(axis)]) : e[value]];
            if (start > 0)
                parts.Insert(0, Range(0, start));
            if (end < size)
                parts.Add(Range(end, size));
            e.Node("Concat", parts, o.Output, ("axis", (long)axis));
            return true;

            string Range(long from, long to) =>
                e.Node("Slice", [e[x], e.Longs(from), e.Longs(to), e.Longs(axis), e.Longs(1)]);
        }

        return false;
    }

    private static bool IsRange(TraceValue x, TraceValue place, int axis, bool select)
    {
        if (select)
        {
            return OnnxViews.Without(x.Sizes, axis).SequenceEqual(place.Sizes)
                && OnnxViews.Without(x.Strides, axis).SequenceEqual(place.Strides);
        }

        return x.Sizes.Length == place.Sizes.Length && x.Strides.AsSpan().SequenceEqual(place.Strides)
            && OnnxViews.Without(x.Sizes, axis).SequenceEqual(OnnxViews.Without(place.Sizes, axis));
    }

    private static void Chosen(OnnxExporter e, TraceOperation o, TraceValue place)
    {
        TraceValue x = o.Input, value = o.Inputs[1]!;
        bool all = e.Twin.IsFixed(x) && e.Twin.IsFixed(place);
        long batch = all ? 1 : x.Sizes[0], width = x.Count / batch, picked = place.Count / batch;
        long[] positions = Array.ConvertAll(OnnxViews.Positions(place), position => position - x.Offset);
        if (!all && !Alike(e, x, place, positions, width, picked))
            throw OnnxViews.Batch(o);
        bool[] written = new bool[width];
        long[] from = new long[width]; // which element of the value each place takes
        for (int i = 0; i < picked; i++)
            (written[positions[i]], from[positions[i]]) = (true, i);
        long[] sizes = all ? x.Sizes : x.Sizes[1..];
        string mask = e.Initializer("written", torch.tensor(written).reshape(sizes));
        string spread = e[value];
        if (value.Count == 1)
        {
            spread = value.Sizes.Length == 0 ? spread : e.Node("Reshape", [spread, e.Longs()]);
        }
        else
        {
            string rows = e.Node("Reshape", [spread, all ? e.Longs(-1) : e.Longs(-1, picked)]);
            string index = e.Initializer("positions", torch.tensor(from).reshape(sizes));
            spread = e.Node("Gather", [rows, index], null, ("axis", all ? 0L : 1L));
        }

        e.Node("Where", [mask, spread, e[x]], o.Output);
    }

    /// <summary>True where the first axis of both is the batch, each member of it is written at the same places, and
    /// so it is in a larger batch.</summary>
    private static bool Alike(
        OnnxExporter e, TraceValue x, TraceValue place, long[] positions, long width, long picked)
    {
        bool alike = e.Twin.IsBatch(x, 0) && place.Sizes.Length > 0 && e.Twin.IsBatch(place, 0)
            && place.Sizes[0] == x.Sizes[0] && e.Twin.Sizes(x).Count(s => s < 0) == 1
            && e.Twin.Sizes(place).Count(s => s < 0) == 1;
        long[] others = alike ? OnnxViews.Positions(e.Twin[place]) : [];
        for (int i = 0; i < positions.Length && alike; i++)
        {
            alike = positions[i] == positions[i % picked] + (i / picked * width)
                && positions[i] == others[i] - e.Twin[x].Offset;
        }

        return alike;
    }
}
