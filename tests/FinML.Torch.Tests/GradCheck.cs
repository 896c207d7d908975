namespace FinML.Torch.Tests;

/// <summary>Holds first and second derivatives of a function of float64 tensors to central differences, in reverse
/// mode, in forward mode, and in forward over reverse.</summary>
internal static class GradCheck
{
    private const double Step = 1e-6;

    // Central differences of a smooth function of order one at step 1e-6: truncation 1e-12, rounding 1e-10.
    private const double Tolerance = 2e-6;

    /// <summary>Checks d f / d inputs, and d^2 f / d inputs^2 by checking the gradient itself as a function.</summary>
    internal static void Check(Func<Tensor[], Tensor> function, Tensor[] inputs, bool twice = true)
    {
        First(function, inputs);
        Forward(function, inputs);
        if (!twice)
        {
            return;
        }

        int n = inputs.Length;
        Tensor[] weights = new Tensor[1];
        using (no_grad())
        {
            weights[0] = Weights(function(inputs), 7);
        }

        First(all => Slope(all, create_graph: true), [.. inputs, weights[0]]);
        Forward(all => Slope(all, create_graph: false), [.. inputs, weights[0]]);

        Tensor Slope(Tensor[] all, bool create_graph)
        {
            // In forward mode the arguments need not require grad; the pass wants some that do.
            Tensor[] own = [.. all[..n].Select(t => t.is_floating_point() ? t.requires_grad_() : t)];
            Tensor[] sources = [.. own.Where(t => t.requires_grad)];
            IList<Tensor> gradients = autograd.grad(
                [function(own).mul(all[n]).sum()], sources, retain_graph: true, create_graph: create_graph,
                allow_unused: true);
            Tensor total = all[n].sum().mul(0);
            for (int i = 0; i < gradients.Count; i++)
            {
                total = gradients[i] is null ? total : total + gradients[i].mul(Weights(gradients[i], 11 + i)).sum();
            }

            return total;
        }
    }

    /// <summary>Forward mode, without graph: the tangent of the output is the difference along the inputs' tangents.
    /// </summary>
    private static void Forward(Func<Tensor[], Tensor> function, Tensor[] inputs)
    {
        Tensor[] tangents =
        [
            .. inputs.Select((t, i) => t.is_floating_point() ? Weights(t, 31 + i) - 1 : torch.zeros_like(t)),
        ];
        (_, Tensor along) = FunctionTransforms.jvp(function, [.. inputs.Select(t => t.detach())], tangents);
        Tensor expected = (Moved(Step) - Moved(-Step)) / (2 * Step);
        Tensor smooth = expected.isfinite(); // not so where a step leaves the domain
        double scale = Math.Max(1, torch.where(smooth, expected, 0).abs().sum().ToDouble());
        double error = torch.where(smooth, along - expected, 0).abs().sum().ToDouble();
        Assert.True(
            error <= Tolerance * scale, $"forward mode gives {along.str()}, differences give {expected.str()}");

        Tensor Moved(double step) =>
            function([.. inputs.Select((t, i) => (t.detach() + (tangents[i] * step)).to(t.dtype))]).detach();
    }

    private static void First(Func<Tensor[], Tensor> function, Tensor[] inputs)
    {
        Tensor[] leaves = [.. inputs.Select(t => t.requires_grad || !t.is_floating_point()
            ? t
            : t.detach().requires_grad_())];
        Tensor output = function(leaves);
        Tensor weights = Weights(output, 3);
        Tensor[] wanted = [.. leaves.Where(t => t.is_floating_point())];
        IList<Tensor> analytic = autograd.grad(
            [output.mul(weights).sum()], wanted, retain_graph: true, allow_unused: true);
        for (int i = 0; i < wanted.Length; i++)
        {
            Tensor leaf = wanted[i];
            if (analytic[i] is not null)
            {
                Assert.Equal(leaf.shape, analytic[i].shape);
            }

            double[] expected = Numeric(() => function(leaves).mul(weights).sum(), leaf);
            double[] actual = analytic[i] is null ? new double[expected.Length] : analytic[i].data<double>().ToArray();
            for (int j = 0; j < expected.Length; j++)
            {
                double scale = Math.Max(1, Math.Abs(expected[j]));
                Assert.True(
                    Math.Abs(expected[j] - actual[j]) <= Tolerance * scale,
                    $"input {i}, element {j}: the gradient is {actual[j]}, differences give {expected[j]}");
            }
        }
    }

    private static double[] Numeric(Func<Tensor> function, Tensor leaf)
    {
        double[] result = new double[leaf.numel()];
        TensorAccessor<double> elements = leaf.detach().data<double>();
        for (int j = 0; j < result.Length; j++)
        {
            double was = leaf.detach().flatten()[j].item<double>();
            result[j] = (At(was + Step) - At(was - Step)) / (2 * Step);
            Set(was);

            double At(double value)
            {
                Set(value);
                return function().ToDouble();
            }

            void Set(double value)
            {
                if (leaf.dim() == 0)
                {
                    using (no_grad())
                    {
                        leaf.fill_(value);
                    }
                }
                else
                {
                    long[] position = new long[leaf.dim()];
                    long rest = j;
                    for (int axis = position.Length - 1; axis >= 0; axis--)
                    {
                        position[axis] = rest % leaf.shape[axis];
                        rest /= leaf.shape[axis];
                    }

                    elements[position] = value;
                }
            }
        }

        return result;
    }

    /// <summary>Fixed weights, so that every element of the output counts differently.</summary>
    private static Tensor Weights(Tensor like, int seed) =>
        torch.rand(like.shape, float64, generator: new Generator((ulong)seed)) + 0.5;
}
