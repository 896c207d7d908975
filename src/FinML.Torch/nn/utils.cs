using FinML.Torch.Kernels;

namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Gradients and parameters as a whole.</summary>
        public static partial class utils
        {
            /// <summary>Scales all gradients by min(1, max_norm / (norm + 1e-6)), in place, norm being that of all
            /// gradients together (Pascanu, Mikolov and Bengio, ICML 2013).</summary>
            /// <param name="tensors">Parameters; those without a gradient are passed over.</param>
            /// <param name="max_norm">Above 0.</param>
            /// <param name="norm_type">2, 1, another p above 0, or infinity.</param>
            /// <param name="error_if_nonfinite">Fail on a norm that is NaN or infinite, before scaling.</param>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(
                IEnumerable<Tensor> tensors, double max_norm, double norm_type = 2, bool error_if_nonfinite = false)
            {
                CheckPositive(nameof(max_norm), max_norm);
                CheckPositive(nameof(norm_type), norm_type);
                List<Tensor> gradients = Gradients(tensors);
                double total = Norm(gradients, norm_type);
                if (error_if_nonfinite && !double.IsFinite(total))
                    throw new InvalidOperationException($"clip_grad_norm_: the norm of the gradients is {total}.");
                double factor = max_norm / (total + 1e-6);
                if (!(factor >= 1))
                {
                    using IDisposable off = no_grad();
                    foreach (Tensor gradient in gradients)
                        gradient.mul_(factor);
                }

                return total;
            }

            /// <summary>Limits each element of each gradient to [-clip_value, clip_value], in place.</summary>
            public static void clip_grad_value_(IEnumerable<Tensor> tensors, double clip_value)
            {
                CheckPositive(nameof(clip_value), clip_value);
                using IDisposable off = no_grad();
                foreach (Tensor gradient in Gradients(tensors))
                    gradient.clamp_(-clip_value, clip_value);
            }

            /// <summary>All elements in one axis, in order; gradients flow through.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Tensor> tensors)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                return cat(tensors.Select(p => p.reshape(-1)).ToList(), 0);
            }

            /// <summary>Writes the elements of <paramref name="vec"/> into the parameters, in order.</summary>
            /// <exception cref="ArgumentException">The vector is longer or shorter than all of them.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Tensor> tensors)
            {
                ArgumentNullException.ThrowIfNull(vec);
                ArgumentNullException.ThrowIfNull(tensors);
                List<Tensor> targets = tensors.ToList();
                long needed = targets.Sum(t => t.NumberOfElements);
                if (vec.Sizes.Length != 1 || vec.Sizes[0] != needed)
                {
                    throw new ArgumentException(
                        $"vector_to_parameters: the parameters have {needed} elements, the vector has shape "
                        + $"{Shapes.Text(vec.Sizes)}.");
                }

                using IDisposable off = no_grad();
                long at = 0;
                foreach (Tensor target in targets)
                {
                    target.copy_(vec.detach().narrow(0, at, target.NumberOfElements).reshape(target.Sizes));
                    at += target.NumberOfElements;
                }
            }

            private static double Norm(List<Tensor> gradients, double p)
            {
                double total = 0;
                foreach (Tensor gradient in gradients)
                {
                    Tensor values = gradient.detach().contiguous();
                    if (p == 2)
                    {
                        total += values.dtype == ScalarType.Float32
                            ? VectorSum.SumOfSquares(values.Span<float>())
                            : VectorSum.SumOfSquares(values.Span<double>());
                        continue;
                    }

                    foreach (double value in values.to(ScalarType.Float64).Span<double>())
                    {
                        double size = Math.Abs(value);
                        total = double.IsPositiveInfinity(p) ? Math.Max(total, size) : total + Math.Pow(size, p);
                    }
                }

                return double.IsPositiveInfinity(p) ? total : p == 2 ? Math.Sqrt(total) : Math.Pow(total, 1 / p);
            }

            private static List<Tensor> Gradients(IEnumerable<Tensor> tensors)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                return tensors.Select(t => t.Meta?.Gradient).OfType<Tensor>().ToList();
            }

            private static void CheckPositive(string name, double value)
            {
                if (!(value > 0))
                    throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0, got {value}.");
            }
        }
    }
}
