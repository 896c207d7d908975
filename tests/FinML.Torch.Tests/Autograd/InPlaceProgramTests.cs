namespace FinML.Torch.Tests.Autograd;

/// <summary>
/// Random programs of in-place writes through views, beside the same programs without any: there the tensor is a vector
/// of its elements, a view is the list of their positions, and a write makes a new vector.
/// </summary>
public class InPlaceProgramTests
{
    private const int Elements = 24, Writes = 8;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void WritesThroughViewsAreThoseOfTheirElements(int seed)
    {
        Tensor start = torch.randn([Elements], float64, generator: new Generator((ulong)seed));
        Tensor weights = torch.randn([Writes, Elements], float64, generator: new Generator((ulong)seed + 1000));
        (double[] Values, double[][] Gradients) inPlace = Run(seed, start, weights, InPlace);
        (double[] Values, double[][] Gradients) pure = Run(seed, start, weights, Pure);
        Close(pure.Values, inPlace.Values);
        Close(pure.Gradients[0], inPlace.Gradients[0]);
        Close(pure.Gradients[1], inPlace.Gradients[1]);
    }

    private static (double[] Values, double[][] Gradients) Run(
        int seed, Tensor start, Tensor weights, Func<Random, Tensor, Tensor, Tensor> program)
    {
        Tensor x = start.detach().requires_grad_(), w = weights.detach().requires_grad_();
        Tensor result = program(new Random(seed), x * 1, w);
        Tensor factors = torch.arange(result.numel(), float64).sin();
        IList<Tensor> gradients = autograd.grad([(result * factors).sum()], [x, w]);
        return (result.data<double>().ToArray(), [.. gradients.Select(g => g.flatten().data<double>().ToArray())]);
    }

    /// <summary>The final elements, then those that a view taken half-way shows at the end.</summary>
    private static Tensor InPlace(Random random, Tensor y, Tensor w)
    {
        Tensor whole = y.view(4, 6);
        Tensor? early = null;
        for (int i = 0; i < Writes; i++)
        {
            Tensor view = View(random, whole);
            early = i == Writes / 2 ? view : early;
            Tensor operand = w[i][TensorIndex.Slice(0, view.numel())].reshape(view.shape);
            _ = random.Next(5) switch
            {
                0 => view.add_(operand),
                1 => view.mul_(operand),
                2 => view.copy_(operand),
                3 => view.fill_(0.5),
                _ => view.tanh_(),
            };
        }

        return torch.cat([whole.reshape(-1), early!.reshape(-1)], 0);
    }

    private static Tensor Pure(Random random, Tensor y, Tensor w)
    {
        Tensor positions = torch.arange(Elements).view(4, 6);
        Tensor? early = null;
        for (int i = 0; i < Writes; i++)
        {
            Tensor view = View(random, positions).flatten();
            early = i == Writes / 2 ? view : early;
            Tensor before = y.index_select(0, view);
            Tensor operand = w.select(0, i).narrow(0, 0, view.numel());
            Tensor after = random.Next(5) switch
            {
                0 => before + operand,
                1 => before * operand,
                2 => operand,
                3 => torch.full_like(before, 0.5),
                _ => before.tanh(),
            };
            Tensor kept = 1 - torch.zeros(Elements, dtype: float64).scatter_add(0, view, torch.ones_like(after));
            y = (y * kept) + torch.zeros(Elements, dtype: float64).scatter_add(0, view, after);
        }

        return torch.cat([y, y.index_select(0, early!)], 0);
    }

    /// <summary>A view of a (4, 6) matrix, of one to three steps.</summary>
    private static Tensor View(Random random, Tensor matrix)
    {
        Tensor view = matrix;
        for (int step = random.Next(1, 4); step > 0 && view.dim() > 0; step--)
        {
            long dim = random.Next((int)view.dim()), size = view.shape[dim];
            view = random.Next(5) switch
            {
                0 => view.select(dim, random.Next((int)size)),
                1 => view.narrow(dim, size / 3, size - (size / 3)),
                2 => view.slice(dim, 0, size, 2),
                3 => view.dim() == 2 ? view.t() : view.unsqueeze(0),
                _ => view[TensorIndex.Ellipsis, TensorIndex.Slice(1, null)],
            };
        }

        return view;
    }

    // Sums in another order: a few roundings.
    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-12 * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
