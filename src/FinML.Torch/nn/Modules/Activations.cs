using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>max(x, 0).</summary>
    public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal ReLU()
            : base(nameof(ReLU))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.relu();
    }

    /// <summary>Hyperbolic tangent.</summary>
    public sealed class Tanh : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Tanh()
            : base(nameof(Tanh))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.tanh();
    }

    /// <summary>1 / (1 + e^-x).</summary>
    public sealed class Sigmoid : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.sigmoid();
    }

    /// <summary>x / (1 + e^-x).</summary>
    public sealed class SiLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal SiLU()
            : base(nameof(SiLU))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.silu();
    }

    /// <summary>log(1 + e^(beta x)) / beta.</summary>
    public sealed class Softplus : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double beta;
        private readonly double threshold;

        internal Softplus(double beta, double threshold)
            : base(nameof(Softplus))
        {
            this.beta = beta;
            this.threshold = threshold;
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.softplus(beta, threshold);
    }

    /// <summary>x where positive, alpha (e^x - 1) below (Clevert et al., ICLR 2016).</summary>
    public sealed class ELU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double alpha;

        internal ELU(double alpha)
            : base(nameof(ELU))
        {
            this.alpha = alpha;
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.elu(alpha);
    }

    /// <summary>x where positive, negative_slope x below.</summary>
    public sealed class LeakyReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly double negative_slope;

        internal LeakyReLU(double negative_slope)
            : base(nameof(LeakyReLU))
        {
            this.negative_slope = negative_slope;
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.leaky_relu(negative_slope);
    }

    /// <summary>e^x / sum e^x along an axis.</summary>
    public sealed class Softmax : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long dim;

        internal Softmax(long dim)
            : base(nameof(Softmax))
        {
            this.dim = dim;
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.softmax(dim);
    }

    /// <summary>Logarithm of softmax along an axis.</summary>
    public sealed class LogSoftmax : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long dim;

        internal LogSoftmax(long dim)
            : base(nameof(LogSoftmax))
        {
            this.dim = dim;
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor.log_softmax(dim);
    }

    /// <summary>The input itself.</summary>
    public sealed class Identity : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Identity()
            : base(nameof(Identity))
        {
        }

        public override torch.Tensor forward(torch.Tensor tensor) => tensor;
    }

    /// <summary>Joins the axes from start_dim to end_dim.</summary>
    public sealed class Flatten : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long start_dim;
        private readonly long end_dim;

        internal Flatten(long start_dim, long end_dim)
            : base(nameof(Flatten))
        {
            this.start_dim = start_dim;
            this.end_dim = end_dim;
        }

        public override torch.Tensor forward(torch.Tensor input) => input.flatten(start_dim, end_dim);
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>max(x, 0).</summary>
            public static ReLU ReLU(bool inplace = false) => new();

            /// <summary>Hyperbolic tangent.</summary>
            public static Tanh Tanh() => new();

            /// <summary>1 / (1 + e^-x).</summary>
            public static Sigmoid Sigmoid() => new();

            /// <summary>x / (1 + e^-x).</summary>
            public static SiLU SiLU(bool inplace = false) => new();

            /// <summary>log(1 + e^(beta x)) / beta.</summary>
            public static Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);

            /// <summary>x where positive, alpha (e^x - 1) below (Clevert et al., ICLR 2016).</summary>
            public static ELU ELU(double alpha = 1, bool inplace = false) => new(alpha);

            /// <summary>x where positive, negative_slope x below.</summary>
            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) =>
                new(negative_slope);

            /// <summary>e^x / sum e^x along an axis.</summary>
            public static Softmax Softmax(long dim) => new(dim);

            /// <summary>Logarithm of softmax along an axis.</summary>
            public static LogSoftmax LogSoftmax(long dim) => new(dim);

            /// <summary>The input itself.</summary>
            public static Identity Identity() => new();

            /// <summary>Joins the axes from start_dim to end_dim.</summary>
            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
        }
    }
}
