namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The largest element of each window of the last axis.</summary>
            /// <param name="input">(batch, channels, length), or (channels, length).</param>
            /// <param name="kernel_size">Of a window, at least 1.</param>
            /// <param name="stride">From window to window; left out: kernel_size.</param>
            /// <param name="padding">Positions of negative infinity on both sides, at most half a window.</param>
            /// <param name="dilation">Between the elements of a window.</param>
            /// <param name="ceil_mode">Also a last window that reaches beyond the end.</param>
            public static Tensor max_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                max_pool1d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode).output;

            /// <summary><see cref="max_pool1d"/>, and the Int64 positions of the elements.</summary>
            public static (Tensor output, Tensor indices) max_pool1d_with_indices(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                Pooling.Max(
                    input,
                    Pooling.Regular(
                        "max_pool1d", input, 1, [kernel_size], One(stride), One(padding), One(dilation), ceil_mode),
                    "max_pool1d");

            /// <summary>The largest element of each window of the last two axes.</summary>
            /// <param name="input">(batch, channels, height, width), or without batch.</param>
            /// <param name="kernel_size">Of a window, for both axes or each.</param>
            /// <param name="strides">From window to window; left out: kernel_size.</param>
            /// <param name="padding">Positions of negative infinity on both sides, at most half a window.</param>
            /// <param name="dilation">Between the elements of a window.</param>
            /// <param name="ceil_mode">Also last windows that reach beyond the end.</param>
            public static Tensor max_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false) =>
                max_pool2d_with_indices(input, kernel_size, strides, padding, dilation, ceil_mode).output;

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null,
                bool ceil_mode = false) =>
                max_pool2d(input, [kernel_size], One(stride), One(padding), One(dilation), ceil_mode);

            /// <inheritdoc cref="max_pool2d(Tensor, long[], long[], long[], long[], bool)"/>
            public static Tensor max_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Two(kernel_size)!, Two(stride), Two(padding), Two(dilation), ceil_mode);

            /// <summary>The same, and the Int64 positions of the elements in their planes, row by row.</summary>
            public static (Tensor output, Tensor indices) max_pool2d_with_indices(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false) =>
                Pooling.Max(
                    input, Pooling.Regular("max_pool2d", input, 2, kernel_size, strides, padding, dilation, ceil_mode),
                    "max_pool2d");

            /// <summary>The average of each window of the last axis.</summary>
            /// <param name="input">(batch, channels, length), or (channels, length).</param>
            /// <param name="kernel_size">Of a window, at least 1.</param>
            /// <param name="stride">From window to window; left out: kernel_size.</param>
            /// <param name="padding">Zeros on both sides, at most half a window.</param>
            /// <param name="ceil_mode">Also a last window that reaches beyond the end.</param>
            /// <param name="count_include_pad">The zeros count; else a window's average is that of its elements.
            /// </param>
            public static Tensor avg_pool1d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false,
                bool count_include_pad = true) =>
                Pooling.Average(
                    input,
                    Pooling.Regular(
                        "avg_pool1d", input, 1, [kernel_size], One(stride), One(padding), null, ceil_mode),
                    count_include_pad, null, "avg_pool1d");

            /// <summary>The average of each window of the last two axes.</summary>
            /// <param name="input">(batch, channels, height, width), or without batch.</param>
            /// <param name="kernel_size">Of a window, for both axes or each.</param>
            /// <param name="stride">From window to window; left out: kernel_size.</param>
            /// <param name="padding">Zeros on both sides, at most half a window.</param>
            /// <param name="ceil_mode">Also last windows that reach beyond the end.</param>
            /// <param name="count_include_pad">The zeros count.</param>
            /// <param name="divisor_override">Divides every sum instead.</param>
            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                Pooling.Average(
                    input, Pooling.Regular("avg_pool2d", input, 2, kernel_size, stride, padding, null, ceil_mode),
                    count_include_pad, divisor_override, "avg_pool2d");

            /// <inheritdoc cref="avg_pool2d(Tensor, long[], long[], long[], bool, bool, long?)"/>
            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false,
                bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(
                    input, [kernel_size], One(stride), [padding], ceil_mode, count_include_pad, divisor_override);

            /// <inheritdoc cref="avg_pool2d(Tensor, long[], long[], long[], bool, bool, long?)"/>
            public static Tensor avg_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null,
                bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(
                    input, Two(kernel_size)!, Two(stride), Two(padding), ceil_mode, count_include_pad,
                    divisor_override);

            /// <summary>Averages of <paramref name="output_size"/> windows that cover the last axis: window i from
            /// floor(i length / n) to ceil((i + 1) length / n).</summary>
            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) =>
                Pooling.Average(
                    input, Pooling.Adaptive("adaptive_avg_pool1d", input, output_size), false, null,
                    "adaptive_avg_pool1d");

            /// <summary>Largest elements of <paramref name="output_size"/> windows that cover the last axis.</summary>
            public static Tensor adaptive_max_pool1d(Tensor input, long output_size) =>
                adaptive_max_pool1d_with_indices(input, output_size).Values;

            /// <summary><see cref="adaptive_max_pool1d"/>, and the Int64 positions of the elements.</summary>
            public static (Tensor Values, Tensor Indices) adaptive_max_pool1d_with_indices(
                Tensor input, long output_size) =>
                Pooling.Max(
                    input, Pooling.Adaptive("adaptive_max_pool1d", input, output_size), "adaptive_max_pool1d");

            private static long[]? One(long? value) => value is { } v ? [v] : null;

            private static long[]? Two((long, long)? pair) => pair is { } p ? [p.Item1, p.Item2] : null;
        }
    }
}
