using System.Globalization;
using FinML.Torch.Modules;
using FinML.Torch.Utils.tensorboard;
using FinML.Torch.Utils.tensorboard.Enums;

namespace FinML.Torch.Modules
{
    /// <summary>
    /// Writes event files that TensorBoard shows: scalars, histograms and text over steps. Each call is in the file
    /// when it returns; TensorBoard may follow meanwhile. May be used from several threads.
    /// </summary>
    /// <example><code>
    /// using var writer = torch.utils.tensorboard.SummaryWriter("runs/lstm");
    /// writer.add_scalar("loss/train", loss.item&lt;float>(), step);
    /// writer.add_histogram("weights/head", head.weight, step);
    /// </code></example>
    public sealed class SummaryWriter : IDisposable
    {
        private static int writers;

        private readonly Dictionary<string, EventFile> files = [];
        private readonly Lock gate = new();
        private readonly string? suffix;
        private readonly TimeProvider clock;
        private bool closed;

        internal SummaryWriter(string folder, string? suffix, TimeProvider clock)
        {
            (LogDir, this.suffix, this.clock) = (folder, suffix, clock);
            FileIn(folder);
        }

        /// <summary>The folder of the event file.</summary>
        public string LogDir { get; }

        /// <summary>Adds a point to a curve; NaN and infinities are shown as such.</summary>
        /// <param name="tag">The curve; slashes make groups.</param>
        /// <param name="scalar_value">y.</param>
        /// <param name="global_step">x.</param>
        /// <param name="walltime">Seconds since 1970; left out: now.</param>
        public void add_scalar(string tag, float scalar_value, int global_step, long? walltime = null) =>
            Write(LogDir, Value(tag).Float(2, scalar_value), global_step, walltime);

        /// <summary>Adds a point to each of several curves in one chart. Each curve is a run of its own, in the folder
        /// main_tag_key below <see cref="LogDir"/>.</summary>
        /// <param name="main_tag">The chart.</param>
        /// <param name="tag_scalar_dict">y by curve.</param>
        /// <param name="global_step">x.</param>
        /// <param name="walltime">Seconds since 1970; left out: now.</param>
        public void add_scalars(
            string main_tag, IDictionary<string, float> tag_scalar_dict, int global_step, long? walltime = null) =>
            add_scalars(main_tag, tag_scalar_dict.Select(p => (p.Key, p.Value)).ToList(), global_step, walltime);

        /// <inheritdoc cref="add_scalars(string, IDictionary{string, float}, int, long?)"/>
        public void add_scalars(
            string main_tag, IList<(string, float)> tag_scalar_dict, int global_step, long? walltime = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(main_tag);
            ArgumentNullException.ThrowIfNull(tag_scalar_dict);
            foreach ((string key, float value) in tag_scalar_dict)
            {
                string folder = Path.Combine(LogDir, $"{main_tag.Replace('/', '_')}_{key.Replace('/', '_')}");
                Write(folder, Value(main_tag).Float(2, value), global_step, walltime);
            }
        }

        /// <summary>Adds the distribution of a tensor's elements.</summary>
        /// <param name="tag">Its name.</param>
        /// <param name="values">Any shape and dtype; not empty, all finite.</param>
        /// <param name="global_step">The step.</param>
        /// <param name="bins">How buckets are chosen.</param>
        /// <param name="walltime">Seconds since 1970; left out: now.</param>
        /// <param name="max_bins">Buckets are joined in equal groups until about that many are left; 1 or more.</param>
        /// <exception cref="ArgumentException">values is empty or holds NaN or an infinity.</exception>
        public void add_histogram(
            string tag, torch.Tensor values, int global_step,
            HistogramBinSelector bins = HistogramBinSelector.Tensorflow, long? walltime = null, long? max_bins = null)
        {
            ArgumentNullException.ThrowIfNull(values);
            if (max_bins < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(max_bins), max_bins, "add_histogram: max_bins must be at least 1.");
            }

            double[] items = Doubles(values);
            int finite = items.Count(double.IsFinite);
            if (items.Length == 0 || finite < items.Length)
            {
                throw new ArgumentException(
                    $"add_histogram: '{tag}' needs at least 1 value and only finite ones, got {items.Length} values of "
                    + $"which {items.Length - finite} are not finite.", nameof(values));
            }

            Histogram histogram = Histogram.Of(items, bins, max_bins);
            ProtoWriter message = new ProtoWriter()
                .Double(1, histogram.Min).Double(2, histogram.Max).Double(3, histogram.Number)
                .Double(4, histogram.Sum).Double(5, histogram.SumOfSquares)
                .Bytes(6, Packed(histogram.Limits)).Bytes(7, Packed(histogram.Counts));
            Write(LogDir, Value(tag).Message(5, message), global_step, walltime);
        }

        /// <summary>Adds a text, which TensorBoard renders as Markdown.</summary>
        /// <param name="tag">Its name.</param>
        /// <param name="text_string">The text.</param>
        /// <param name="global_step">The step.</param>
        /// <param name="walltime">Seconds since 1970; left out: now.</param>
        public void add_text(string tag, string text_string, int global_step, long? walltime = null)
        {
            ArgumentNullException.ThrowIfNull(text_string);
            const int stringType = 7;
            ProtoWriter oneElement = new ProtoWriter().Message(2, new ProtoWriter().Int(1, 1));
            ProtoWriter text = new ProtoWriter().Int(1, stringType).Message(2, oneElement).Text(8, text_string);
            ProtoWriter plugin = new ProtoWriter().Message(1, new ProtoWriter().Text(1, "text"));
            Write(LogDir, Value(tag + "/text_summary").Message(8, text).Message(9, plugin), global_step, walltime);
        }

        /// <summary>Forces what was written to the device, as before a shutdown.</summary>
        public void flush()
        {
            lock (gate)
            {
                foreach (EventFile file in files.Values)
                    file.Flush();
            }
        }

        /// <summary>Closes the files; nothing can be added after.</summary>
        public void close()
        {
            lock (gate)
            {
                closed = true;
                foreach (EventFile file in files.Values)
                    file.Dispose();
                files.Clear();
            }
        }

        public void Dispose() => close();

        private static ProtoWriter Value(string tag)
        {
            ArgumentException.ThrowIfNullOrEmpty(tag);
            return new ProtoWriter().Text(1, tag);
        }

        private static double[] Doubles(torch.Tensor values)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using IDisposable off = torch.no_grad();
            return values.detach().cpu().to(torch.ScalarType.Float64).contiguous().data<double>().ToArray();
        }

        private static byte[] Packed(double[] values)
        {
            byte[] bytes = new byte[values.Length * sizeof(double)];
            for (int i = 0; i < values.Length; i++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteDoubleLittleEndian(
                    bytes.AsSpan(i * sizeof(double)), values[i]);
            }

            return bytes;
        }

        private double Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

        private void Write(string folder, ProtoWriter value, int step, long? walltime)
        {
            ProtoWriter message = new ProtoWriter()
                .Double(1, walltime ?? Now()).Int(2, step).Message(5, new ProtoWriter().Message(1, value));
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(closed, this);
                FileIn(folder).Write(message);
            }
        }

        private EventFile FileIn(string folder)
        {
            if (files.TryGetValue(folder, out EventFile? file))
                return file;
            Directory.CreateDirectory(folder);
            int number = Interlocked.Increment(ref writers);
            string name = string.Create(
                CultureInfo.InvariantCulture,
                $"events.out.tfevents.{(long)Now():D10}.{Environment.MachineName}.{Environment.ProcessId}.{number}");
            if (!string.IsNullOrEmpty(suffix))
                name += "." + suffix;
            file = new EventFile(Path.Combine(folder, name), Now());
            files.Add(folder, file);
            return file;
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class utils
        {
            /// <summary>Curves and distributions for TensorBoard.</summary>
            public static partial class tensorboard
            {
                /// <summary>Opens a new event file.</summary>
                /// <param name="log_dir">Its folder, made where needed; left out: a new one in "runs", named by time
                /// and host.</param>
                /// <param name="filename_suffix">Added to the file's name after a dot.</param>
                /// <param name="createRunName">Make such a new folder in log_dir.</param>
                /// <param name="timeProvider">The clock; left out: the system's.</param>
                public static SummaryWriter SummaryWriter(
                    string? log_dir = null, string? filename_suffix = null, bool createRunName = false,
                    TimeProvider? timeProvider = null)
                {
                    TimeProvider clock = timeProvider ?? TimeProvider.System;
                    if (string.IsNullOrEmpty(log_dir) || createRunName)
                    {
                        string run = clock.GetLocalNow().ToString("MMMd_HH-mm-ss", CultureInfo.InvariantCulture);
                        string parent = string.IsNullOrEmpty(log_dir) ? "runs" : log_dir;
                        log_dir = Path.Combine(parent, $"{run}_{Environment.MachineName}");
                    }

                    return new SummaryWriter(log_dir, filename_suffix, clock);
                }
            }
        }
    }
}
