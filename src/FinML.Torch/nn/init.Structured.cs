namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            /// <summary>The identity matrix.</summary>
            /// <param name="tensor">Two axes.</param>
            public static Tensor eye_(Tensor tensor)
            {
                CheckAxes("eye_", tensor, 2, 2);
                return Write(tensor, eye(tensor.Sizes[0], tensor.Sizes[1], tensor.dtype));
            }

            /// <summary>A convolution that gives back its input: 1 at the middle tap from channel i to channel i.
            /// </summary>
            /// <param name="tensor">(out, in, taps ...), three to five axes.</param>
            public static Tensor dirac_(Tensor tensor)
            {
                CheckAxes("dirac_", tensor, 3, 5);
                using IDisposable off = no_grad();
                Tensor values = zeros(tensor.Sizes, tensor.dtype);
                for (long i = 0; i < Math.Min(tensor.Sizes[0], tensor.Sizes[1]); i++)
                {
                    Tensor cell = values.select(0, i).select(0, i);
                    foreach (long taps in tensor.Sizes.AsSpan()[2..])
                        cell = cell.select(0, taps / 2);
                    cell.fill_(1);
                }

                return Write(tensor, values);
            }

            /// <summary>Normal draws kept to [a, b] by the inverse of their distribution function.</summary>
            /// <param name="tensor">Any shape, floating.</param>
            /// <param name="mean">Before it is cut.</param>
            /// <param name="std">Before it is cut, above 0.</param>
            /// <param name="a">Lower bound.</param>
            /// <param name="b">Upper bound, above <paramref name="a"/>.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Tensor trunc_normal_(
                Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0,
                Generator? generator = null)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!(std > 0) || !(a < b))
                {
                    throw new ArgumentException(
                        $"trunc_normal_: std above 0 and a below b are expected, got {std}, {a} and {b}.");
                }

                using IDisposable off = no_grad();
                double low = ErrorFunction.Erf((a - mean) / (std * Math.Sqrt(2)));
                double high = ErrorFunction.Erf((b - mean) / (std * Math.Sqrt(2)));
                Tensor draws = rand(tensor.Sizes, ScalarType.Float64, generator: generator);
                Tensor values = (((draws * (high - low)) + low).erfinv() * (std * Math.Sqrt(2))) + mean;
                return Write(tensor, values.clamp(a, b).to(tensor.dtype));
            }

            /// <summary>Normal draws with a share of zeros in each column (Martens, ICML 2010).</summary>
            /// <param name="tensor">Two axes.</param>
            /// <param name="sparsity">Share of zeros, in [0, 1].</param>
            /// <param name="std">Of the others.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Tensor sparse_(
                Tensor tensor, double sparsity, double std = 0.01, Generator? generator = null)
            {
                CheckAxes("sparse_", tensor, 2, 2);
                functional.CheckShare("sparse_", sparsity);
                using IDisposable off = no_grad();
                normal_(tensor, 0, std, generator);
                long rows = tensor.Sizes[0], zero = (long)Math.Ceiling(sparsity * rows);
                for (long column = 0; column < tensor.Sizes[1] && zero > 0; column++)
                {
                    Tensor chosen = randperm(rows, generator: generator).narrow(0, 0, zero);
                    foreach (long row in chosen.contiguous().Span<long>())
                        tensor.detach().select(0, row).select(0, column).zero_();
                }

                return tensor.MarkWritten("init");
            }

            /// <inheritdoc cref="xavier_uniform_"/>
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0, Generator? generator = null) =>
                xavier_uniform_(tensor, gain, generator);

            /// <inheritdoc cref="xavier_normal_"/>
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0, Generator? generator = null) =>
                xavier_normal_(tensor, gain, generator);

            private static void CheckAxes(string name, Tensor tensor, int least, int most)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                int axes = tensor.Sizes.Length;
                if (axes < least || axes > most)
                {
                    throw new ArgumentException(
                        $"{name}: {least} to {most} axes are expected, got {Shapes.Text(tensor.Sizes)}.");
                }
            }
        }
    }
}
