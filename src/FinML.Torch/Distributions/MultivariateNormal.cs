using FinML.Torch.Modules;

namespace FinML.Torch.Modules
{
    /// <summary>The normal distribution of a vector; give one of covariance, precision and Cholesky factor.</summary>
    public sealed class MultivariateNormal : torch.distributions.Distribution
    {
        /// <param name="loc">Mean, (..., k).</param>
        /// <param name="covariance_matrix">(..., k, k), symmetric and positive definite.</param>
        /// <param name="precision_matrix">Its inverse.</param>
        /// <param name="scale_tril">Its lower Cholesky factor, with a positive diagonal.</param>
        /// <param name="generator">Source of the draws.</param>
        /// <exception cref="ArgumentException">Not exactly one matrix, shapes that do not fit, a matrix that is not
        /// symmetric or not positive definite.</exception>
        public MultivariateNormal(
            torch.Tensor loc, torch.Tensor? covariance_matrix = null, torch.Tensor? precision_matrix = null,
            torch.Tensor? scale_tril = null, torch.Generator? generator = null)
            : base(generator)
        {
            ArgumentNullException.ThrowIfNull(loc);
            torch.Tensor?[] all = [covariance_matrix, precision_matrix, scale_tril];
            torch.Tensor[] given = [.. all.OfType<torch.Tensor>()];
            if (given.Length != 1)
            {
                throw new ArgumentException(
                    "MultivariateNormal: give one of covariance_matrix, precision_matrix and scale_tril, got "
                    + $"{given.Length}.");
            }

            torch.Tensor matrix = given[0];
            if (loc.dim() < 1 || matrix.dim() < 2 || matrix.shape[^1] != loc.shape[^1]
                || matrix.shape[^2] != loc.shape[^1])
            {
                throw new ArgumentException(
                    "MultivariateNormal: (..., k) and (..., k, k) are expected, got "
                    + $"{Shapes.Text(loc.Sizes)} and {Shapes.Text(matrix.Sizes)}.");
            }

            if (scale_tril is null)
            {
                Check(
                    "MultivariateNormal", "the matrix minus its transpose", "0", (matrix - matrix.mT).detach(),
                    difference => difference.abs().le(matrix.detach().abs().max() * 1e-5));
            }
            else
            {
                Check(
                    "MultivariateNormal", "the diagonal of scale_tril", "above 0", matrix.detach(),
                    v => v.gt(0).logical_or(torch.eye(v.shape[^1], dtype: torch.ScalarType.Bool).logical_not()));
                Check(
                    "MultivariateNormal", "the upper part of scale_tril", "0", torch.triu(matrix.detach(), 1),
                    v => v.eq(0));
            }

            long[] batch = Shapes.Broadcast("MultivariateNormal", loc.shape[..^1], matrix.shape[..^2]);
            long k = loc.shape[^1];
            batch_shape = batch;
            event_shape = k;
            Loc = Expanded(loc, [.. batch, k]);
            ScaleTril = Expanded(
                scale_tril ?? (covariance_matrix is not null
                    ? Factor(covariance_matrix)
                    : FactorOfInverse(precision_matrix!)),
                [.. batch, k, k]);
        }

        public override torch.Tensor mean => Loc;

        public override torch.Tensor mode => Loc;

        public override torch.Tensor variance => ScaleTril.square().sum(-1);

        internal torch.Tensor Loc { get; }

        /// <summary>The lower Cholesky factor of the covariance, (batch_shape, k, k).</summary>
        internal torch.Tensor ScaleTril { get; }

        /// <inheritdoc/>
        public override torch.Tensor rsample(params long[] sample_shape) =>
            Loc + ScaleTril.matmul(Normals(sample_shape, Loc).unsqueeze(-1)).squeeze(-1);

        /// <inheritdoc/>
        public override torch.Tensor log_prob(torch.Tensor value)
        {
            torch.Tensor difference = value - Loc;
            long[] shape = difference.shape;
            int sampled = shape.Length - Loc.Sizes.Length;

            // The samples become right sides, (batch_shape, k, samples), so that no factor is copied for each of them.
            torch.Tensor right = difference
                .reshape([Shapes.Count(shape.AsSpan(0, sampled)), .. shape[sampled..]]).movedim(0, -1);
            torch.Tensor distances = torch.linalg.solve_triangular(ScaleTril, right, upper: false)
                .square().sum(-2).movedim(-1, 0).reshape(shape[..^1]);
            double constant = event_shape[0] * Math.Log(2 * Math.PI);
            return ((distances + constant) * -0.5) - HalfLogDeterminant(ScaleTril);
        }

        /// <inheritdoc/>
        public override torch.Tensor entropy() =>
            HalfLogDeterminant(ScaleTril) + (0.5 * event_shape[0] * (1 + Math.Log(2 * Math.PI)));

        /// <inheritdoc/>
        public override torch.distributions.Distribution expand(
            torch.Size batch_shape, torch.distributions.Distribution? instance = null)
        {
            long k = event_shape[0];
            return new MultivariateNormal(
                Loc.expand([.. batch_shape.Shape, k]), scale_tril: ScaleTril.expand([.. batch_shape.Shape, k, k]),
                generator: generator);
        }

        internal static torch.Tensor HalfLogDeterminant(torch.Tensor factor) =>
            factor.diagonal(0, -2, -1).log().sum(-1);

        private static torch.Tensor Factor(torch.Tensor matrix)
        {
            try
            {
                return torch.linalg.cholesky(matrix);
            }
            catch (InvalidOperationException e)
            {
                throw new ArgumentException($"MultivariateNormal: {e.Message}", e);
            }
        }

        /// <summary>The Cholesky factor of the inverse: the matrix is factored from its last row up, and the factor
        /// inverted.</summary>
        private static torch.Tensor FactorOfInverse(torch.Tensor precision)
        {
            torch.Tensor lower = Factor(precision.flip(-2, -1)).flip(-2, -1).mT;
            torch.Tensor eye = torch.eye(precision.shape[^1], dtype: precision.dtype);
            return torch.linalg.solve_triangular(lower, eye, upper: false);
        }
    }
}

namespace FinML.Torch
{
    public static partial class torch
    {
        public static partial class distributions
        {
            /// <summary>The normal distribution of a vector; give one of the three matrices.</summary>
            /// <param name="loc">Mean, (..., k).</param>
            /// <param name="covariance_matrix">(..., k, k), symmetric and positive definite.</param>
            /// <param name="precision_matrix">Its inverse.</param>
            /// <param name="scale_tril">Its lower Cholesky factor.</param>
            /// <param name="generator">Source of the draws.</param>
            public static MultivariateNormal MultivariateNormal(
                Tensor loc, Tensor? covariance_matrix = null, Tensor? precision_matrix = null,
                Tensor? scale_tril = null, Generator? generator = null) =>
                new(loc, covariance_matrix, precision_matrix, scale_tril, generator);
        }
    }
}
