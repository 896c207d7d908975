namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The cosine of the angle: x1 . x2 / (max(|x1|, eps) max(|x2|, eps)) along an axis.</summary>
            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8)
            {
                int axis = Shapes.Axis("cosine_similarity", dim, Math.Max(x1.Sizes.Length, x2.Sizes.Length));
                Tensor first = x1.norm(axis, keepdim: true).clamp_min(eps);
                Tensor second = x2.norm(axis, keepdim: true).clamp_min(eps);
                return (x1 / first * (x2 / second)).sum(axis);
            }

            /// <summary>The p-norm of x1 - x2 + eps along the last axis.</summary>
            public static Tensor pairwise_distance(
                Tensor input1, Tensor input2, double p = 2.0, double eps = 1e-6, bool keepdim = false)
            {
                Tensor difference = input1 - input2 + eps;
                return difference.norm(difference.Sizes.Length - 1, keepdim, (float)p);
            }

            /// <summary>1 - cos for targets of 1, max(0, cos - margin) for targets of -1.</summary>
            /// <param name="input1">(batch, features) or (features).</param>
            /// <param name="input2">Like it.</param>
            /// <param name="target">1 or -1, (batch) or a number.</param>
            /// <param name="margin">In [-1, 1].</param>
            /// <param name="reduction">Mean, sum or none.</param>
            public static Tensor cosine_embedding_loss(
                Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("cosine_embedding_loss", input1, input2);
                int axis = input1.Sizes.Length - 1;

                // As in PyTorch the eps stands under the root: squares of 1e-12 and less count as 1e-12.
                Tensor product = (input1 * input2).sum(axis);
                Tensor squares = (input1.square().sum(axis) + 1e-12) * (input2.square().sum(axis) + 1e-12);
                Tensor cosine = product / squares.sqrt();
                CheckShapes("cosine_embedding_loss", cosine, target);
                return Reduce(where(target.detach().gt(0), 1 - cosine, (cosine - margin).clamp_min(0)), reduction);
            }

            /// <summary>x for targets of 1, max(0, margin - x) for targets of -1.</summary>
            public static Tensor hinge_embedding_loss(
                Tensor input, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("hinge_embedding_loss", input, target);
                return Reduce(where(target.detach().gt(0), input, (margin - input).clamp_min(0)), reduction);
            }

            /// <summary>max(0, -target (x1 - x2) + margin), target 1 where x1 should be the larger and -1 where x2.
            /// </summary>
            public static Tensor margin_ranking_loss(
                Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("margin_ranking_loss", input1, input2);
                CheckShapes("margin_ranking_loss", input1, target);
                return Reduce(((target * (input2 - input1)) + margin).clamp_min(0), reduction);
            }

            /// <summary>The sum over wrong classes i of max(0, margin - x_y + x_i)^p, times the weight of the right
            /// class y, divided by the classes.</summary>
            /// <param name="input">(batch, classes) or (classes).</param>
            /// <param name="target">Int64 classes, (batch) or a number.</param>
            /// <param name="p">1 or 2.</param>
            /// <param name="margin">By how much the right class should lead.</param>
            /// <param name="weight">(classes), or none.</param>
            /// <param name="reduction">Mean, sum or none.</param>
            public static Tensor multi_margin_loss(
                Tensor input, Tensor target, int p = 1, double margin = 1.0, Tensor? weight = null,
                Reduction reduction = Reduction.Mean)
            {
                const string name = "multi_margin_loss";
                if (p is not (1 or 2))
                    throw new ArgumentOutOfRangeException(nameof(p), p, $"{name}: p must be 1 or 2, got {p}.");
                int axis = input.Sizes.Length - 1;
                if (axis is not (0 or 1) || !Shapes.Equal(target.Sizes, input.Sizes[..axis])
                    || target.dtype != ScalarType.Int64
                    || (weight is not null && !Shapes.Equal(weight.Sizes, input.Sizes[axis..])))
                {
                    throw new ArgumentException(
                        $"{name}: an input (batch, classes) or (classes), Int64 targets of its first axes and weights "
                        + $"(classes) are expected, got {Shapes.Text(input.Sizes)}, "
                        + $"{target.dtype}{Shapes.Text(target.Sizes)} and "
                        + $"{(weight is null ? "none" : Shapes.Text(weight.Sizes))}.");
                }

                Tensor classes = target.unsqueeze(-1);
                Tensor behind = (margin - input.gather(axis, classes) + input).clamp_min(0);
                behind = p == 1 ? behind : behind.square();
                if (weight is not null)
                    behind = behind * weight.index_select(0, target.flatten()).reshape(classes.Sizes);
                Tensor wrong = ones(input.Sizes, input.dtype).scatter(axis, classes, zeros(classes.Sizes, input.dtype));
                return Reduce((behind * wrong).sum(axis) / input.Sizes[axis], reduction);
            }

            /// <summary>log(1 + exp(-target x)), target 1 or -1.</summary>
            public static Tensor soft_margin_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("soft_margin_loss", input, target);
                return Reduce((target * input).neg().softplus(threshold: 40), reduction);
            }

            /// <summary>max(0, |anchor - positive| - |anchor - negative| + margin) along the last axis (Balntas et al.,
            /// BMVC 2016).</summary>
            /// <param name="anchor">(batch, features).</param>
            /// <param name="positive">Like it: should be near.</param>
            /// <param name="negative">Like it: should be far.</param>
            /// <param name="margin">By how much.</param>
            /// <param name="p">Of the norm.</param>
            /// <param name="eps">Added to the differences.</param>
            /// <param name="swap">Take the nearer of anchor and positive to the negative.</param>
            /// <param name="reduction">Mean, sum or none.</param>
            public static Tensor triplet_margin_loss(
                Tensor anchor, Tensor positive, Tensor negative, double margin = 1.0, long p = 2, double eps = 1e-06,
                bool swap = false, Reduction reduction = Reduction.Mean) =>
                triplet_margin_with_distance_loss(
                    anchor, positive, negative, (a, b) => pairwise_distance(a, b, p, eps), margin, swap, reduction);

            /// <summary>The same with a distance of one's own; left out: the Euclidean one.</summary>
            public static Tensor triplet_margin_with_distance_loss(
                Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor>? distance = null,
                double margin = 1.0, bool swap = false, Reduction reduction = Reduction.Mean)
            {
                CheckShapes("triplet_margin_loss", anchor, positive);
                CheckShapes("triplet_margin_loss", anchor, negative);
                distance ??= (a, b) => pairwise_distance(a, b);
                Tensor near = distance(anchor, positive), far = distance(anchor, negative);
                if (swap)
                    far = far.minimum(distance(positive, negative));
                return Reduce((near - far + margin).clamp_min(0), reduction);
            }
        }
    }
}
