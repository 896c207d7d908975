using FinML.Shared;

namespace FinML.Torch;

public static partial class torch
{
    /// <summary>
    /// A stream of random numbers: Philox4x32-10 under a seed, with a counter. A draw takes whole blocks of the stream,
    /// so what it gives depends on the seed and on the draws before it, never on threads. Two threads should not share
    /// one where the order of their draws matters.
    /// </summary>
    public sealed class Generator : IDisposable
    {
        private ulong key;
        private ulong counter;

        public Generator(ulong seed = 0, Device? device = null) => key = seed;

        /// <summary>The generator that is used where none is given.</summary>
        public static Generator Default { get; } = new(5489);

        public Device device => CPU;

        /// <summary>Starts the stream of <paramref name="seed"/>.</summary>
        public Generator manual_seed(long seed)
        {
            key = (ulong)seed;
            counter = 0;
            return this;
        }

        /// <summary>The seed of the stream.</summary>
        public long initial_seed() => (long)key;

        /// <summary>Seed and position, int64 of shape [2]: all that set_state needs to go on with the same
        /// bits.</summary>
        public Tensor get_state() => tensor([(long)key, (long)counter]);

        public void set_state(Tensor value)
        {
            if (value.dtype != ScalarType.Int64 || value.numel() != 2)
            {
                throw new ArgumentException(
                    $"set_state: a state is Int64[2], got {value.dtype}{Shapes.Text(value.Sizes)}.", nameof(value));
            }

            long[] state = value.data<long>().ToArray();
            key = (ulong)state[0];
            counter = (ulong)state[1];
        }

        public void Dispose()
        {
        }

        /// <summary>Takes blocks of four words off the stream and gives the number of the first.</summary>
        internal ulong Take(long blocks)
        {
            ulong first = Interlocked.Add(ref counter, (ulong)blocks) - (ulong)blocks;
            if (SavedTensor.Redirected)
            {
                CheckpointFrame.Current?.Note(this, key, first);
            }

            return first;
        }

        /// <summary>Seed and number of blocks taken.</summary>
        internal (ulong Key, ulong Counter) Position
        {
            get => (key, counter);
            set => (key, counter) = value;
        }

        internal (uint X0, uint X1, uint X2, uint X3) Block(ulong number) => Philox4x32.Block(number, 0, key);
    }

    /// <summary>Seeds the default generator.</summary>
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);
}
