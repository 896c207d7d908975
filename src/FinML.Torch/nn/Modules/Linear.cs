using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>y = x W^T + b over the last axis.</summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        internal Linear(
            long inputSize, long outputSize, bool hasBias, torch.ScalarType? dtype, torch.Generator? generator)
            : base(nameof(Linear))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(outputSize, 1);
            in_features = inputSize;
            out_features = outputSize;
            weight = new Parameter(torch.empty([outputSize, inputSize], dtype));
            bias = hasBias ? new Parameter(torch.empty([outputSize], dtype)) : null;
            DefaultInit.Uniform(inputSize, generator, weight, bias);
            register_parameter(nameof(weight), weight);
            register_parameter(nameof(bias), bias);
        }

        public long in_features { get; }

        public long out_features { get; }

        /// <summary>(out, in).</summary>
        public Parameter weight { get; }

        /// <summary>(out), or null.</summary>
        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, weight, bias);
    }

    /// <summary>PyTorch's default: uniform on +-1 / sqrt(fan in), which is Kaiming's with a = sqrt 5.</summary>
    internal static class DefaultInit
    {
        internal static void Uniform(long fanIn, torch.Generator? generator, params ReadOnlySpan<Parameter?> parameters)
        {
            double bound = 1 / Math.Sqrt(fanIn);
            foreach (Parameter? parameter in parameters)
            {
                if (parameter is not null)
                    torch.nn.init.uniform_(parameter, -bound, bound, generator);
            }
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A fully connected layer.</summary>
            /// <param name="inputSize">At least 1.</param>
            /// <param name="outputSize">At least 1.</param>
            /// <param name="hasBias">Adds b.</param>
            /// <param name="device">The managed engine runs on the CPU.</param>
            /// <param name="dtype">Left out: the default floating type.</param>
            /// <param name="generator">Source of the initial values; left out: torch.manual_seed's.</param>
            public static Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null,
                Generator? generator = null) => new(inputSize, outputSize, hasBias, dtype, generator);
        }
    }
}
