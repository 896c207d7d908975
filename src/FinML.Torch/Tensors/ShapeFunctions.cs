namespace FinML.Torch;

/// <summary>The functional forms of views and shapes.</summary>
public static partial class torch
{
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) =>
        input.flatten(start_dim, end_dim);

    public static Tensor ravel(Tensor input) => input.ravel();

    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    public static Tensor t(Tensor input) => input.t();

    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    public static Tensor swapaxes(Tensor input, long axis0, long axis1) => input.swapaxes(axis0, axis1);

    public static Tensor swapdims(Tensor input, long dim0, long dim1) => input.swapdims(dim0, dim1);

    public static Tensor adjoint(Tensor input) => input.adjoint();

    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    public static Tensor movedim(Tensor input, long source, long destination) => input.movedim(source, destination);

    public static Tensor movedim(Tensor input, long[] source, long[] destination) =>
        input.movedim(source, destination);

    public static Tensor moveaxis(Tensor input, long source, long destination) => input.movedim(source, destination);

    public static Tensor moveaxis(Tensor input, long[] source, long[] destination) =>
        input.movedim(source, destination);

    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);

    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);

    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);

    public static Tensor select_scatter(Tensor input, Tensor src, long dim, long index) =>
        input.select_scatter(src, dim, index);

    public static Tensor slice_scatter(
        Tensor input, Tensor src, long dim = 0L, long? start = null, long? end = null, long step = 1L) =>
        input.slice_scatter(src, dim, start, end, step);

    public static Tensor clone(Tensor input) => input.clone();

    public static long numel(Tensor input) => input.numel();

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => input.Select(t => t.atleast_1d());

    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => input.Select(t => t.atleast_2d());

    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => input.Select(t => t.atleast_3d());

    public partial class Tensor
    {
        /// <summary>All elements along one axis.</summary>
        public Tensor ravel() => flatten();

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        /// <summary>The last two axes exchanged (the elements are real).</summary>
        public Tensor adjoint() => transpose(-2, -1);

        /// <summary>Axes moved to new places, the others in order.</summary>
        public Tensor movedim(long[] source, long[] destination)
        {
            int[] from = Shapes.AxesOf("movedim", source, Sizes), to = Shapes.AxesOf("movedim", destination, Sizes);
            if (from.Length != to.Length)
            {
                throw new ArgumentException(
                    $"movedim: {from.Length} axes cannot move to {to.Length} places.", nameof(destination));
            }

            long[] order = new long[Sizes.Length];
            Array.Fill(order, -1);
            for (int i = 0; i < from.Length; i++)
                order[to[i]] = from[i];
            Queue<int> rest = new(Enumerable.Range(0, Sizes.Length).Except(from));
            for (int i = 0; i < order.Length; i++)
                order[i] = order[i] < 0 ? rest.Dequeue() : order[i];
            return permute(order);
        }

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

    }
}
