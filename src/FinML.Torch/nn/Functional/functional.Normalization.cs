namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>x / max(norm of x along <paramref name="dim"/>, eps).</summary>
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12) =>
                input / input.norm((int)dim, keepdim: true, (float)p).clamp_min(eps);

            /// <summary>(x - mean) / sqrt(var + eps) * weight + bias with the moments of each channel over the batch
            /// and the places (Ioffe and Szegedy, ICML 2015), or with the running ones.</summary>
            /// <param name="input">(batch, channels, ...).</param>
            /// <param name="running_mean">(channels); moved by the batch's mean while training.</param>
            /// <param name="running_var">(channels); moved by the batch's unbiased variance while training.</param>
            /// <param name="weight">(channels), or none.</param>
            /// <param name="bias">(channels), or none.</param>
            /// <param name="training">Use the batch's moments.</param>
            /// <param name="momentum">Share of the batch in the new running moments.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null,
                bool training = false, double momentum = 0.1, double eps = 1e-5)
            {
                long[] channel = ChannelShape("batch_norm", input, weight ?? running_mean);
                if (!training)
                {
                    if (running_mean is null || running_var is null)
                        throw new ArgumentException("batch_norm: without training the running moments are needed.");
                    Tensor scale = (running_var + eps).rsqrt().reshape(channel);
                    return Affine((input - running_mean.reshape(channel)) * scale, channel, weight, bias);
                }

                long count = input.Count / input.Sizes[1];
                if (count < 2)
                {
                    throw new ArgumentException(
                        $"batch_norm: more than one value a channel is needed for training, got "
                        + $"{Shapes.Text(input.Sizes)}.");
                }

                long[] axes = [0, .. Enumerable.Range(2, input.Sizes.Length - 2).Select(i => (long)i)];
                Tensor mean = input.mean(axes, keepdim: true);
                Tensor centred = input - mean;
                Tensor variance = centred.square().mean(axes, keepdim: true);
                if (running_mean is not null && running_var is not null)
                {
                    using IDisposable off = no_grad();
                    double unbiased = (double)count / (count - 1);
                    running_mean.lerp_(mean.detach().reshape(-1), momentum);
                    running_var.lerp_(variance.detach().reshape(-1) * unbiased, momentum);
                }

                return Affine(centred * (variance + eps).rsqrt(), channel, weight, bias);
            }

            /// <summary>Each group of channels of each example is normalised over its channels and places (Wu and He,
            /// ECCV 2018).</summary>
            /// <param name="input">(batch, channels, ...).</param>
            /// <param name="num_groups">Divides the channels.</param>
            /// <param name="weight">(channels), or none.</param>
            /// <param name="bias">(channels), or none.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor group_norm(
                Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5)
            {
                long[] channel = ChannelShape("group_norm", input, weight);
                long channels = input.Sizes[1];
                if (num_groups < 1 || channels % num_groups != 0)
                {
                    throw new ArgumentException(
                        $"group_norm: {num_groups} groups do not divide the channels of {Shapes.Text(input.Sizes)}.");
                }

                if (input.Count == 0)
                    return Affine(input, channel, weight, bias);
                Tensor rows = input.reshape(input.Sizes[0] * num_groups, -1);
                Tensor normal = layer_norm(rows, [rows.Sizes[1]], eps: eps);
                return Affine(normal.reshape(input.Sizes), channel, weight, bias);
            }

            /// <summary>Each channel of each example is normalised over its places (Ulyanov, Vedaldi and Lempitsky,
            /// 2016), or with running moments, which are the means of the examples'.</summary>
            /// <param name="input">(batch, channels, ...).</param>
            /// <param name="running_mean">(channels), or none.</param>
            /// <param name="running_var">(channels), or none.</param>
            /// <param name="weight">(channels), or none.</param>
            /// <param name="bias">(channels), or none.</param>
            /// <param name="use_input_stats">Use the input's moments.</param>
            /// <param name="momentum">Share of the input in the new running moments.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor instance_norm(
                Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null,
                Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5)
            {
                if (!use_input_stats)
                    return batch_norm(input, running_mean, running_var, weight, bias, false, momentum, eps);
                ChannelShape("instance_norm", input, weight);
                long batch = input.Sizes[0], channels = input.Sizes[1];
                long places = Shapes.Count(input.Sizes.AsSpan()[2..]);
                if (places < 2)
                {
                    throw new ArgumentException(
                        $"instance_norm: more than one place is needed, got {Shapes.Text(input.Sizes)}.");
                }

                if (running_mean is not null && running_var is not null && input.Count > 0)
                {
                    using IDisposable off = no_grad();
                    Tensor rows = input.detach().reshape(batch, channels, places);
                    running_mean.lerp_(rows.mean([0, 2]), momentum);
                    running_var.lerp_(rows.var(2).mean([0]), momentum);
                }

                return group_norm(input, channels, weight, bias, eps);
            }

            private static long[] ChannelShape(string name, Tensor input, Tensor? perChannel)
            {
                if (input.Sizes.Length < 2 || (perChannel is not null && perChannel.Count != input.Sizes[1]))
                {
                    throw new ArgumentException(
                        $"{name}: (batch, channels, ...) and one weight a channel are expected, got "
                        + $"{Shapes.Text(input.Sizes)} and {Shapes.Text(perChannel?.Sizes ?? [])}.");
                }

                return [-1, .. Enumerable.Repeat(1L, input.Sizes.Length - 2)];
            }

            private static Tensor Affine(Tensor normal, long[] channel, Tensor? weight, Tensor? bias)
            {
                if (weight is not null)
                    normal *= weight.reshape(channel);
                return bias is null ? normal : normal + bias.reshape(channel);
            }
        }
    }
}
