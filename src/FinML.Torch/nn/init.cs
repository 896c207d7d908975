namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values, written in place without a graph. Draws come from <c>generator</c>, or from the
        /// default one of torch.manual_seed.</summary>
        public static partial class init
        {
            /// <summary>Which fan scales a Kaiming initialisation.</summary>
            public enum FanInOut
            {
                /// <summary>Keeps the variance of the forward pass.</summary>
                FanIn,

                /// <summary>Keeps the variance of the backward pass.</summary>
                FanOut,
            }

            /// <summary>The activation that follows.</summary>
            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            /// <summary>PyTorch's recommended gains: 1, 5/3 (tanh), sqrt 2 (ReLU), sqrt(2 / (1 + a^2)).</summary>
            /// <param name="nonlinearity">What follows the layer.</param>
            /// <param name="param">The slope a of LeakyReLU. The default is TorchSharp's; PyTorch's is 0.01.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) =>
                nonlinearity switch
                {
                    NonlinearityType.Tanh => 5.0 / 3,
                    NonlinearityType.ReLU => Math.Sqrt(2),
                    NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + (param * param))),
                    _ => 1,
                };

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                tensor.detach().FillWith(val);
                return tensor.MarkWritten("init");
            }

            /// <summary>Uniform on [low, high).</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!(low <= high) || !double.IsFinite(high - low))
                    throw new ArgumentException($"uniform_: low must not exceed high, got {low} and {high}.");
                using IDisposable off = no_grad();
                return Write(tensor, rand(tensor.Sizes, tensor.dtype, generator: generator) * (high - low) + low);
            }

            /// <summary>Normal.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!(std >= 0) || !double.IsFinite(std))
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(std), std, $"normal_: std must be at least 0, got {std}.");
                }

                using IDisposable off = no_grad();
                return Write(tensor, randn(tensor.Sizes, tensor.dtype, generator: generator) * std + mean);
            }

            /// <summary>Uniform with variance gain^2 2 / (fan in + fan out) (Glorot and Bengio, 2010).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0, Generator? generator = null)
            {
                (long fanIn, long fanOut) = Fans("xavier_uniform_", tensor);
                double bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound, generator);
            }

            /// <summary>Normal with variance gain^2 2 / (fan in + fan out).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0, Generator? generator = null)
            {
                (long fanIn, long fanOut) = Fans("xavier_normal_", tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)), generator);
            }

            /// <summary>Uniform with variance gain^2 / fan (He et al., ICCV 2015).</summary>
            /// <param name="tensor">At least two axes.</param>
            /// <param name="a">Slope of the leaky ReLU.</param>
            /// <param name="mode">Which fan.</param>
            /// <param name="nonlinearity">Decides the gain.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Tensor kaiming_uniform_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU, Generator? generator = null)
            {
                double bound = Math.Sqrt(3) * calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode));
                return uniform_(tensor, -bound, bound, generator);
            }

            /// <summary>Normal with variance gain^2 / fan.</summary>
            public static Tensor kaiming_normal_(
                Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU, Generator? generator = null) =>
                normal_(tensor, 0, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)), generator);

            /// <summary>A random orthogonal matrix times <paramref name="gain"/>: orthonormal rows or columns,
            /// whichever are fewer (Saxe, McClelland and Ganguli, ICLR 2014). Later axes are flattened into
            /// the second.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0, Generator? generator = null)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (tensor.Sizes.Length < 2)
                    throw new ArgumentException($"orthogonal_: at least two axes, got {Shapes.Text(tensor.Sizes)}.");
                int rows = (int)tensor.Sizes[0];
                if (tensor.Count == 0)
                    return tensor;
                int columns = tensor.Count / rows;
                int vectors = Math.Min(rows, columns), length = Math.Max(rows, columns);
                using IDisposable off = no_grad();
                using Tensor draws = randn([vectors, length], ScalarType.Float64, generator: generator);
                Orthonormalise(draws.Span<double>(), vectors, length);
                Tensor matrix = rows <= columns ? draws : draws.t();
                return Write(tensor, (matrix * gain).reshape(tensor.Sizes).to(tensor.dtype));
            }

            /// <summary>Products of the receptive field with the second and the first size.</summary>
            /// <exception cref="ArgumentException">Fewer than two axes.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor) =>
                Fans("CalculateFanInAndFanOut", tensor);

            internal static (long FanIn, long FanOut) Fans(string name, Tensor tensor)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (tensor.Sizes.Length < 2)
                    throw new ArgumentException($"{name}: at least two axes, got {Shapes.Text(tensor.Sizes)}.");
                long field = Shapes.Count(tensor.Sizes.AsSpan()[2..]);
                return (tensor.Sizes[1] * field, tensor.Sizes[0] * field);
            }

            private static double Fan(Tensor tensor, FanInOut mode)
            {
                (long fanIn, long fanOut) = Fans("kaiming", tensor);
                return Math.Max(1, mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static Tensor Write(Tensor tensor, Tensor values)
            {
                Copying.Copy(values, tensor.detach());
                return tensor.MarkWritten("init");
            }

            // Gram-Schmidt, each vector twice ("twice is enough", Giraud et al., 2005): QR with a positive diagonal of
            // R, which makes Q of normal draws uniform over the orthogonal matrices (Mezzadri, 2007).
            private static void Orthonormalise(Span<double> x, int vectors, int length)
            {
                for (int i = 0; i < vectors; i++)
                {
                    Span<double> v = x.Slice(i * length, length);
                    for (int pass = 0; pass < 2; pass++)
                    {
                        for (int j = 0; j < i; j++)
                        {
                            ReadOnlySpan<double> u = x.Slice(j * length, length);
                            double dot = 0;
                            for (int k = 0; k < length; k++)
                                dot += u[k] * v[k];
                            for (int k = 0; k < length; k++)
                                v[k] -= dot * u[k];
                        }
                    }

                    double square = 0;
                    foreach (double value in v)
                        square += value * value;
                    double scale = 1 / Math.Sqrt(square);
                    for (int k = 0; k < length; k++)
                        v[k] *= scale;
                }
            }
        }
    }
}
