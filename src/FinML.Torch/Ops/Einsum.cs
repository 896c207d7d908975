namespace FinML.Torch;

/// <summary>
/// Sums of products by index letters. Operands are taken from left to right, two at a time: letters that nothing later
/// needs are summed out, shared ones that stay are batches, and what is contracted goes through one batched matrix
/// product.
/// </summary>
internal sealed class Einsum
{
    private const int FirstEllipsis = 1000; // labels of ellipsis axes, counted from the last one

    private readonly string equation;
    private readonly List<Operand> operands = [];
    private readonly int[] output;

    internal Einsum(string equation, Tensor[] tensors)
    {
        this.equation = equation;
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != tensors.Length)
            throw Error($"needs one term an operand, got {terms.Length} terms and {tensors.Length} operands");
        for (int i = 0; i < terms.Length; i++)
            operands.Add(Diagonals(new Operand(tensors[i], Labels(terms[i], tensors[i].Sizes.Length, i))));
        int ellipsis = operands.Max(one => one.Labels.Count(label => label >= FirstEllipsis));
        output = sides.Length == 2 ? Explicit(sides[1], ellipsis) : Implicit(terms, ellipsis);
        CheckSizes();
    }

    private static bool IsEllipsis(int label) => label >= FirstEllipsis;

    internal Tensor Compute()
    {
        Operand result = operands[0];
        for (int i = 1; i < operands.Count; i++)
        {
            HashSet<int> needed = [.. output, .. operands.Skip(i + 1).SelectMany(one => one.Labels)];
            result = Product(result, operands[i], needed);
        }

        result = result.SummedTo([.. output]);
        return result.Arranged(output);
    }

    private Operand Product(Operand a, Operand b, HashSet<int> needed)
    {
        a = a.Without(label => !needed.Contains(label) && !b.Labels.Contains(label));
        b = b.Without(label => !needed.Contains(label) && !a.Labels.Contains(label));
        // An axis of size one repeats along the other's: it is left out, and the other's stands alone.
        int[] shared = [.. a.Labels.Intersect(b.Labels)];
        foreach (int label in shared)
        {
            if (a.Size(label) == 1 && b.Size(label) != 1)
                a = a.Dropped(label);
            else if (b.Size(label) == 1 && a.Size(label) != 1)
                b = b.Dropped(label);
        }

        a = a.Without(label => !needed.Contains(label) && !b.Labels.Contains(label));
        b = b.Without(label => !needed.Contains(label) && !a.Labels.Contains(label));
        int[] batch = [.. a.Labels.Where(label => b.Labels.Contains(label) && needed.Contains(label))];
        int[] summed = [.. a.Labels.Where(label => b.Labels.Contains(label) && !needed.Contains(label))];
        int[] left = [.. a.Labels.Except(b.Labels)], right = [.. b.Labels.Except(a.Labels)];
        long[] Sizes(Operand one, int[] labels) => Array.ConvertAll(labels, label => one.Size(label));
        long[] sizes = [.. Sizes(a, batch), .. Sizes(a, left), .. Sizes(b, right)];
        long b0 = Shapes.Count(Sizes(a, batch)), n = Shapes.Count(Sizes(a, left)), m = Shapes.Count(Sizes(b, right));
        long k = Shapes.Count(Sizes(a, summed));
        Tensor x = a.Arranged([.. batch, .. left, .. summed]), y = b.Arranged([.. batch, .. summed, .. right]), product;
        if (n == 1 && m == 1)
            product = x.reshape(b0, k).mul(y.reshape(b0, k)).sum(1);
        else if (k == 1)
            product = x.reshape(b0, n, 1).mul(y.reshape(b0, 1, m));
        else if (b0 == 1)
            product = x.reshape(n, k).mm(y.reshape(k, m));
        else
            product = x.reshape(b0, n, k).bmm(y.reshape(b0, k, m));
        return new Operand(product.reshape(sizes), [.. batch, .. left, .. right]);
    }

    private int[] Labels(string term, int dimensions, int number)
    {
        int dots = term.IndexOf("...", StringComparison.Ordinal), letters = term.Length - (dots >= 0 ? 3 : 0);
        if (dots >= 0 ? letters > dimensions : letters != dimensions)
            throw Error($"term {number} (\"{term}\") does not fit an operand of {dimensions} dimensions");
        List<int> labels = [];
        for (int i = 0; i < term.Length; i++)
        {
            if (i == dots)
            {
                for (int axis = dimensions - letters - 1; axis >= 0; axis--)
                    labels.Add(FirstEllipsis + axis);
                i += 2;
            }
            else
            {
                labels.Add(char.IsAsciiLetter(term[i]) ? term[i] : throw Error($"'{term[i]}' is no index letter"));
            }
        }

        return [.. labels];
    }

    private int[] Explicit(string term, int ellipsis)
    {
        int letters = term.Replace("...", "", StringComparison.Ordinal).Length;
        bool dots = term.Length != letters;
        int[] labels = Labels(term, letters + (dots ? ellipsis : 0), operands.Count);
        foreach (int label in labels)
        {
            if (labels.Count(one => one == label) > 1 || !operands.Any(one => one.Labels.Contains(label)))
                throw Error($"the result's index '{(char)label}' must stand in an operand, and once in the result");
        }

        return labels;
    }

    /// <summary>The ellipsis, then the letters that stand once, in alphabetical order.</summary>
    private static int[] Implicit(string[] terms, int ellipsis)
    {
        string letters = string.Concat(terms).Replace(".", "", StringComparison.Ordinal);
        return
        [
            .. Enumerable.Range(0, ellipsis).Select(i => FirstEllipsis + ellipsis - 1 - i),
            .. letters.Where(letter => letters.Count(one => one == letter) == 1).Order().Select(letter => (int)letter),
        ];
    }

    /// <summary>An index that stands twice in one operand means its diagonal.</summary>
    private Operand Diagonals(Operand operand)
    {
        Tensor tensor = operand.Tensor;
        List<int> labels = [.. operand.Labels];
        for (int i = 0; i < labels.Count; i++)
        {
            int again = labels.IndexOf(labels[i], i + 1);
            if (again < 0)
                continue;
            if (tensor.Sizes[i] != tensor.Sizes[again])
                throw Error($"index '{(char)labels[i]}' has sizes {tensor.Sizes[i]} and {tensor.Sizes[again]}");
            tensor = tensor.diagonal(0, i, again).movedim(-1, i);
            labels.RemoveAt(again);
            i--;
        }

        return new Operand(tensor, [.. labels]);
    }

    private void CheckSizes()
    {
        Dictionary<int, long> sizes = [];
        foreach (Operand operand in operands)
        {
            foreach (int label in operand.Labels)
            {
                long size = operand.Size(label), known = sizes.GetValueOrDefault(label, 1);
                if (size != 1 && known != 1 && size != known)
                    throw Error($"index '{(IsEllipsis(label) ? "..." : (char)label)}' has sizes {known} and {size}");
                sizes[label] = known == 1 ? size : known;
            }
        }
    }

    private ArgumentException Error(string what) => new($"einsum: \"{equation}\": {what}.");

    /// <summary>A tensor whose axes have labels, each once.</summary>
    private sealed record Operand(Tensor Tensor, int[] Labels)
    {
        internal long Size(int label) => Tensor.Sizes[Array.IndexOf(Labels, label)];

        internal Tensor Arranged(int[] order) =>
            Tensor.permute(Array.ConvertAll(order, label => (long)Array.IndexOf(Labels, label)));

        internal Operand SummedTo(HashSet<int> kept) => Without(label => !kept.Contains(label));

        internal Operand Without(Func<int, bool> gone)
        {
            long[] axes = [.. Enumerable.Range(0, Labels.Length).Where(i => gone(Labels[i])).Select(i => (long)i)];
            return axes.Length == 0 ? this : new Operand(Tensor.sum(axes), [.. Labels.Where(label => !gone(label))]);
        }

        internal Operand Dropped(int label) =>
            new(Tensor.select(Array.IndexOf(Labels, label), 0), [.. Labels.Where(one => one != label)]);
    }
}

public static partial class torch
{
    /// <summary>
    /// The sum of products that the equation names: "ik,kj->ij" is the matrix product, "bij,bjk->bik" the batched one,
    /// "ii" the trace, "...ij->...ji" a transposition. Without "->" the result has the letters that stand once.
    /// </summary>
    /// <param name="equation">One term of letters an operand, with one ellipsis at most, and the result's.</param>
    /// <param name="tensors">The operands; axes of size one repeat.</param>
    public static Tensor einsum(string equation, params Tensor[] tensors) =>
        new Einsum(equation, tensors).Compute();
}
