namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>While training, zeroes each channel of each example with probability <paramref name="p"/> and
            /// divides the others by 1 - p.</summary>
            /// <param name="input">(batch, channels, length) or (channels, length).</param>
            /// <param name="p">In [0, 1].</param>
            /// <param name="training">False: do nothing.</param>
            /// <param name="inplace">Here for source compatibility.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Tensor dropout1d(
                Tensor input, double p = 0.5, bool training = true, bool inplace = false,
                Generator? generator = null) => FeatureDropout("dropout1d", input, 1, p, training, generator);

            /// <summary>The same of two-dimensional places.</summary>
            /// <param name="input">(batch, channels, height, width) or (channels, height, width).</param>
            /// <param name="p">In [0, 1].</param>
            /// <param name="training">False: do nothing.</param>
            /// <param name="inplace">Here for source compatibility.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Tensor dropout2d(
                Tensor input, double p = 0.5, bool training = true, bool inplace = false,
                Generator? generator = null) => FeatureDropout("dropout2d", input, 2, p, training, generator);

            /// <summary>While training, sets each element to SELU's lower bound with probability <paramref name="p"/>,
            /// then scales and shifts so that mean 0 and variance 1 stay.</summary>
            /// <param name="input">Any shape.</param>
            /// <param name="p">In [0, 1].</param>
            /// <param name="training">False: do nothing.</param>
            /// <param name="inplace">Here for source compatibility.</param>
            /// <param name="generator">Source of the draws.</param>
            public static Tensor alpha_dropout(
                Tensor input, double p = 0.5, bool training = false, bool inplace = false,
                Generator? generator = null)
            {
                const double low = -1.6732632423543772848 * 1.0507009873554804934;
                CheckShare("alpha_dropout", p);
                if (!training || p == 0)
                    return input;
                if (p == 1)
                    return input * 0.0;
                double keep = 1 - p, scale = 1 / Math.Sqrt(keep * (1 + (p * low * low)));
                Tensor kept = rand(input.Sizes, ScalarType.Float32, generator: generator).ge(p);
                return where(kept, input, low) * scale - (scale * p * low);
            }

            internal static double CheckShare(string name, double p) => p >= 0 && p <= 1
                ? p
                : throw new ArgumentOutOfRangeException(nameof(p), p, $"{name}: p must be in [0, 1], got {p}.");

            private static Tensor FeatureDropout(
                string name, Tensor input, int places, double p, bool training, Generator? generator)
            {
                CheckShare(name, p);
                int axes = input.Sizes.Length;
                if (axes != places + 1 && axes != places + 2)
                {
                    throw new ArgumentException(
                        $"{name}: {places + 1} or {places + 2} axes are expected, got {Shapes.Text(input.Sizes)}.");
                }

                if (!training || p == 0)
                    return input;
                if (p == 1)
                    return input * 0.0;
                long[] shape = [.. input.Sizes[..^places], .. Enumerable.Repeat(1L, places)];
                Tensor kept = rand(shape, ScalarType.Float32, generator: generator).ge(p);
                return input * kept.to(input.dtype).mul_(1 / (1 - p));
            }
        }
    }
}
