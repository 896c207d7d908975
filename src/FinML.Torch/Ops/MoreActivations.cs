namespace FinML.Torch;

/// <summary>Activations made of other operations.</summary>
public static partial class torch
{
    public partial class Tensor
    {
        // Klambauer et al. (2017): the fixed point of mean zero and variance one.
        private const double SeluScale = 1.0507009873554804934193349852946;
        private const double SeluAlpha = 1.6732632423543772848170429916717;

        /// <summary>x Phi(x), or with the tanh form 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).</summary>
        internal Tensor Gelu(bool tanh)
        {
            if (!tanh)
                return gelu();
            Tensor inner = add(mul(this).mul(this).mul(0.044715)).mul(Math.Sqrt(2 / Math.PI));
            return mul(inner.tanh().add(1)).mul(0.5);
        }

        /// <summary>min(max(x, 0), 6).</summary>
        public Tensor relu6() => hardtanh(0, 6);

        /// <summary>Limited to [min, max]; outside and at the limits the gradient is zero.</summary>
        public Tensor hardtanh(Scalar min, Scalar max)
        {
            Tensor x = detach(), inside = x.gt(min).logical_and(x.lt(max)).logical_or(x.isnan());
            return torch.where(inside, this, x.clamp(min, max));
        }

        /// <summary>relu6(x + 3) / 6.</summary>
        public Tensor hardsigmoid() => add(3).relu6().div(6);

        /// <summary>x relu6(x + 3) / 6.</summary>
        public Tensor hardswish() => mul(hardsigmoid());

        /// <summary>scale * (x where positive, else alpha (e^x - 1)), with the constants that keep mean zero and
        /// variance one.</summary>
        public Tensor selu() => elu(SeluAlpha).mul(SeluScale);

        /// <summary>x where positive, else e^x - 1.</summary>
        public Tensor celu() => celu(1);

        /// <summary>x where positive, else alpha (e^(x / alpha) - 1).</summary>
        public Tensor celu(Scalar alpha)
        {
            Tensor negative = clamp(max: 0).div(alpha).expm1().mul(alpha);
            return torch.where(detach().gt(0), this, negative);
        }

        /// <summary>log(1 / (1 + e^-x)), by softplus: nothing overflows.</summary>
        public Tensor log_sigmoid() => neg().softplus(1, double.PositiveInfinity).neg();

        /// <summary>The first half of an axis times the sigmoid of the second.</summary>
        public Tensor glu(long dim = -1)
        {
            int axis = Shapes.Axis("glu", dim, Sizes.Length);
            if (Sizes.Length == 0 || Sizes[axis] % 2 != 0)
                throw new ArgumentException($"glu: dimension {dim} of shape {Shapes.Text(Sizes)} must be even.");
            long half = Sizes[axis] / 2;
            return narrow(axis, 0, half).mul(narrow(axis, half, half).sigmoid());
        }

        /// <summary>x where above the threshold, else value.</summary>
        public Tensor threshold(Scalar threshold, Scalar value) => torch.where(detach().gt(threshold), this, value);

        /// <summary>x where positive, else weight x; one weight, or one a channel (axis 1).</summary>
        public Tensor prelu(Tensor target)
        {
            Tensor weight = target;
            if (target.count != 1)
            {
                if (target.Sizes.Length != 1 || Sizes.Length < 2 || Sizes[1] != target.count)
                {
                    throw new ArgumentException(
                        $"prelu: weights of shape {Shapes.Text(target.Sizes)} do not fit the channels of shape "
                        + $"{Shapes.Text(Sizes)}.");
                }

                long[] sizes = new long[Sizes.Length];
                Array.Fill(sizes, 1);
                sizes[1] = target.count;
                weight = target.reshape(sizes);
            }
            else if (Sizes.Length == 0)
            {
                weight = target.reshape([]);
            }

            return torch.where(detach().gt(0), this, mul(weight));
        }

        public Tensor leaky_relu_(Scalar negative_slope) => Written("leaky_relu_", x => x.leaky_relu(negative_slope));

        public Tensor elu_(double alpha = 1) => Written("elu_", x => x.elu(alpha));

        public Tensor gelu_() => Written("gelu_", static x => x.gelu());

        public Tensor silu_() => Written("silu_", static x => x.silu());

        public Tensor relu6_() => Written("relu6_", static x => x.relu6());

        public Tensor hardtanh_(Scalar min, Scalar max) => Written("hardtanh_", x => x.hardtanh(min, max));

        public Tensor hardsigmoid_() => Written("hardsigmoid_", static x => x.hardsigmoid());

        public Tensor hardswish_() => Written("hardswish_", static x => x.hardswish());

        public Tensor selu_() => Written("selu_", static x => x.selu());

        public Tensor celu_() => Written("celu_", static x => x.celu());

        public Tensor celu_(Scalar alpha) => Written("celu_", x => x.celu(alpha));

        public Tensor threshold_(Scalar threshold, Scalar value) =>
            Written("threshold_", x => x.threshold(threshold, value));
    }
}
