namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of a loss per element.</summary>
        public enum Reduction
        {
            /// <summary>One loss an element.</summary>
            None = 0,

            /// <summary>Their mean.</summary>
            Mean = 1,

            /// <summary>Their sum.</summary>
            Sum = 2,
        }

        public static partial class functional
        {
            /// <summary>(input - target)^2.</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("mse_loss", input, target);
                return reduction == Reduction.None
                    ? (input - target).pow(2)
                    : MseOperation.Apply(input, target, reduction == Reduction.Mean);
            }

            /// <summary>|input - target|.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("l1_loss", input, target);
                return Reduce((input - target).abs(), reduction);
            }

            /// <summary>Huber (1964): d^2 / 2 up to <paramref name="delta"/>, delta (|d| - delta / 2) beyond.</summary>
            public static Tensor huber_loss(
                Tensor input, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("huber_loss", input, target);
                CheckPositive("huber_loss", nameof(delta), delta);
                Tensor size = (input - target).abs();
                return Reduce(
                    where(size.detach().lt(delta), size * size * 0.5, (size - (0.5 * delta)) * delta), reduction);
            }

            /// <summary>Huber's loss divided by <paramref name="beta"/>; the absolute difference for beta 0.</summary>
            public static Tensor smooth_l1_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1)
            {
                if (beta == 0)
                    return l1_loss(input, target, reduction);
                CheckPositive("smooth_l1_loss", nameof(beta), beta);
                return huber_loss(input, target, beta, reduction) / beta;
            }

            /// <summary>Minus the log-probability of the right class, from logits.</summary>
            /// <param name="input">Logits: (batch, classes), (classes) or (batch, classes, ...).</param>
            /// <param name="target">Int64 class numbers without the class axis, or probabilities.</param>
            /// <param name="weight">(classes), or none.</param>
            /// <param name="ignore_index">Targets of this number count for nothing.</param>
            /// <param name="reduction">The mean is weighted by the weights of the targets.</param>
            /// <param name="label_smoothing">Share of the target spread evenly over the classes, in [0, 1].</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100,
                Reduction reduction = Reduction.Mean, double label_smoothing = 0)
            {
                if (!(label_smoothing >= 0 && label_smoothing <= 1))
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(label_smoothing), label_smoothing,
                        $"cross_entropy: label_smoothing must be in [0, 1], got {label_smoothing}.");
                }

                int axis = input.Sizes.Length == 1 ? 0 : 1;
                Tensor logs = input.log_softmax(axis);
                if (target.dtype.IsFloating())
                    return SoftCrossEntropy(logs, target, weight, axis, reduction, label_smoothing);
                Tensor hard = NegativeLogLikelihood(logs, target, weight, ignore_index, reduction);
                if (label_smoothing == 0)
                    return hard;
                (Tensor kept, Tensor shares) = TargetWeights(logs, target, weight, ignore_index);
                Tensor weighted = weight is null ? logs : logs * AlongClasses(weight, logs.Sizes.Length, axis);
                Tensor smooth = weighted.sum(axis).neg() * kept;
                long classes = logs.Sizes[axis];
                Tensor even = reduction switch
                {
                    Reduction.None => smooth,
                    Reduction.Sum => smooth.sum(),
                    _ => smooth.sum() / shares.sum(),
                };
                return (hard * (1 - label_smoothing)) + (even * (label_smoothing / classes));
            }

            /// <summary>As <see cref="cross_entropy"/>, from log-probabilities; targets of -100 count for nothing.
            /// </summary>
            public static Tensor nll_loss(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                NegativeLogLikelihood(input, target, weight, -100, reduction);

            private static Tensor NegativeLogLikelihood(
                Tensor input, Tensor target, Tensor? weight, long ignore_index, Reduction reduction)
            {
                (Tensor kept, Tensor shares) = TargetWeights(input, target, weight, ignore_index);
                int axis = input.Sizes.Length == 1 ? 0 : 1;
                Tensor index = where(target.eq(ignore_index), zeros_like(target), target).unsqueeze(axis);
                Tensor picked = input.gather(axis, index).squeeze(axis);
                Tensor losses = where(kept.gt(0), picked.neg() * shares, zeros_like(shares));
                return reduction switch
                {
                    Reduction.None => losses,
                    Reduction.Sum => losses.sum(),
                    _ => losses.sum() / shares.sum(),
                };
            }

            /// <summary>-(t log p + (1 - t) log(1 - p)), the logarithms not below -100, as in PyTorch.</summary>
            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("binary_cross_entropy", input, target);
                Tensor loss = ((target * input.log().clamp_min(-100))
                    + ((1 - target) * (1 - input).log().clamp_min(-100))).neg();
                return Reduce(weight is null ? loss : loss * weight, reduction);
            }

            /// <summary>The same from logits, without overflow.</summary>
            /// <param name="input">Logits.</param>
            /// <param name="target">Probabilities.</param>
            /// <param name="weight">Of each element, or none.</param>
            /// <param name="reduction">Mean, sum or none.</param>
            /// <param name="pos_weights">Weight of the positive term, or none.</param>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null)
            {
                CheckShapes("binary_cross_entropy_with_logits", input, target);

                // log(1 + e^-x) and log(1 + e^x) = x + log(1 + e^-x)
                Tensor softened = input.neg().softplus();
                Tensor positive = pos_weights is null ? target : target * pos_weights;
                Tensor loss = ((1 - target) * (input + softened)) + (positive * softened);
                return Reduce(weight is null ? loss : loss * weight, reduction);
            }

            /// <summary>(log max(var, eps) + (input - target)^2 / max(var, eps)) / 2, plus log(2 pi) / 2 where
            /// <paramref name="full"/> (Nix and Weigend, ICNN 1994).</summary>
            public static Tensor gaussian_nll_loss(
                Tensor input, Tensor target, Tensor variance, bool full = false, float eps = 1e-6f,
                Reduction reduction = Reduction.Mean)
            {
                CheckShapes("gaussian_nll_loss", input, target);
                CheckPositive("gaussian_nll_loss", nameof(eps), eps);
                Tensor values = variance.detach();
                if (values.lt(0).any().item<bool>())
                    throw new ArgumentException("gaussian_nll_loss: a variance is negative.", nameof(variance));

                // The gradient is that of the variance itself, also where it lies below eps, as in PyTorch.
                Tensor floor = variance + (values.clamp_min(eps) - values);
                Tensor difference = input - target;
                Tensor loss = (floor.log() + (difference * difference / floor)) * 0.5;
                return Reduce(full ? loss + (0.5 * Math.Log(2 * Math.PI)) : loss, reduction);
            }

            private static Tensor Reduce(Tensor loss, Reduction reduction) => reduction switch
            {
                Reduction.None => loss,
                Reduction.Sum => loss.sum(),
                _ => loss.mean(),
            };

            private static Tensor SoftCrossEntropy(
                Tensor logs, Tensor target, Tensor? weight, int axis, Reduction reduction, double smoothing)
            {
                CheckShapes("cross_entropy", logs, target);
                long classes = logs.Sizes[axis];
                Tensor wanted = smoothing == 0 ? target : (target * (1 - smoothing)) + (smoothing / classes);
                Tensor product = logs * wanted;
                if (weight is not null)
                    product *= AlongClasses(weight, logs.Sizes.Length, axis);
                Tensor losses = product.sum(axis).neg();
                return reduction == Reduction.Mean
                    ? losses.sum() / (double)Math.Max(1, logs.Count / Math.Max(1, classes))
                    : Reduce(losses, reduction);
            }

            private static Tensor AlongClasses(Tensor weight, int axes, int axis)
            {
                long[] shape = new long[axes];
                Array.Fill(shape, 1);
                shape[axis] = -1;
                return weight.view(shape);
            }

            // 1 for targets that count, and their weights.
            private static (Tensor Kept, Tensor Shares) TargetWeights(
                Tensor input, Tensor target, Tensor? weight, long ignore)
            {
                int axis = input.Sizes.Length <= 1 ? 0 : 1;
                long[] expected = [.. input.Sizes.Where((_, i) => i != axis)];
                if (target.dtype != ScalarType.Int64 || input.Sizes.Length == 0
                    || !Shapes.Equal(expected, target.Sizes))
                {
                    throw new ArgumentException(
                        $"nll_loss: for an input of shape {Shapes.Text(input.Sizes)} the target must be Int64"
                        + $"{Shapes.Text(expected)}, got {target.dtype}{Shapes.Text(target.Sizes)}.");
                }

                long classes = input.Sizes[axis];
                foreach (long number in target.contiguous().Span<long>())
                {
                    if (number != ignore && (number < 0 || number >= classes))
                    {
                        throw new ArgumentOutOfRangeException(
                            nameof(target), number, $"nll_loss: classes are 0 to {classes - 1}, got {number}.");
                    }
                }

                Tensor counts = target.ne(ignore);
                Tensor kept = counts.to(input.dtype);
                if (weight is null)
                    return (kept, kept);
                if (weight.Sizes.Length != 1 || weight.Sizes[0] != classes)
                {
                    throw new ArgumentException(
                        $"nll_loss: the weight must have shape [{classes}], got {Shapes.Text(weight.Sizes)}.");
                }

                Tensor index = where(counts, target, zeros_like(target)).reshape(-1);
                return (kept, weight.index_select(0, index).reshape(target.Sizes) * kept);
            }

            private static void CheckShapes(string name, Tensor input, Tensor target)
            {
                if (!Shapes.Equal(input.Sizes, target.Sizes))
                {
                    throw new ArgumentException(
                        $"{name}: input {Shapes.Text(input.Sizes)} and target {Shapes.Text(target.Sizes)} must have "
                        + "one shape; a loss that broadcasts hides a missing axis.");
                }
            }

            private static void CheckPositive(string name, string option, double value)
            {
                if (!(value > 0 && double.IsFinite(value)))
                {
                    throw new ArgumentOutOfRangeException(
                        option, value, $"{name}: {option} must be above 0, got {value}.");
                }
            }
        }
    }
}
