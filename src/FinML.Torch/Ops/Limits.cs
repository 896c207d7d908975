namespace FinML.Torch;

/// <summary>Limits given by tensors, maxima that pass over NaN, and the second names of arithmetic.</summary>
public static partial class torch
{
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);

    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);

    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    public static Tensor fmax(Tensor input, Tensor other) => input.fmax(other);

    public static Tensor fmin(Tensor input, Tensor other) => input.fmin(other);

    public static Tensor max(Tensor input, Tensor other) => input.maximum(other);

    public static Tensor min(Tensor input, Tensor other) => input.minimum(other);

    public static Tensor subtract(Tensor left, Tensor right) => left.sub(right);

    public static Tensor subtract(Tensor left, Scalar right) => left.sub(right);

    public static Tensor multiply(Tensor left, Tensor right) => left.mul(right);

    public static Tensor multiply(Tensor left, Scalar right) => left.mul(right);

    public static Tensor add_(Tensor left, Tensor right) => left.add_(right);

    public static Tensor add_(Tensor left, Scalar right) => left.add_(right);

    public static Tensor sub_(Tensor left, Tensor right) => left.sub_(right);

    public static Tensor sub_(Tensor left, Scalar right) => left.sub_(right);

    public static Tensor mul_(Tensor left, Tensor right) => left.mul_(right);

    public static Tensor mul_(Tensor left, Scalar right) => left.mul_(right);

    public static Tensor pow_(Tensor left, Tensor exponent) => left.pow_(exponent);

    public static Tensor pow_(Tensor left, Scalar exponent) => left.pow_(exponent);

    public partial class Tensor
    {
        /// <summary>Limited to [min, max], which broadcast; where min is above max, max. At a limit the gradient is
        /// this tensor's.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null)
        {
            if (min is null && max is null)
                throw new ArgumentException("clamp: needs min, max or both.");
            Tensor result = this;
            if (min is not null)
                result = torch.where(result.detach().lt(min.detach()).logical_or(min.isnan()), min, result);
            if (max is not null)
                result = torch.where(result.detach().gt(max.detach()).logical_or(max.isnan()), max, result);
            return result;
        }

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        /// <summary>The larger of two; of a number and NaN, the number.</summary>
        public Tensor fmax(Tensor other) => PassingNaN(other, static (a, b) => a.maximum(b));

        /// <summary>The smaller of two; of a number and NaN, the number.</summary>
        public Tensor fmin(Tensor other) => PassingNaN(other, static (a, b) => a.minimum(b));

        /// <summary>The larger of two; see maximum.</summary>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The smaller of two; see minimum.</summary>
        public Tensor min(Tensor other) => minimum(other);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        /// <summary>this + tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, 1);

        /// <summary>this + alpha * scalar.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => add(Product(scalar, alpha));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace.Replace(
            "clamp_", this, (Node.Needed(this) ? clone() : this).clamp(min, max));

        public Tensor clamp_min_(Scalar min) => clamp_(min: min);

        public Tensor clamp_max_(Scalar max) => clamp_(max: max);

        public Tensor subtract_(Tensor target) => sub_(target);

        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, 1);

        public Tensor pow_(Tensor exponent) => Written("pow_", exponent, static (a, b) => a.pow(b));

        public Tensor pow_(Scalar exponent) => Written("pow_", x => x.pow(exponent));

        public Tensor lerp_(Tensor end, Tensor weight) => Written("lerp_", x => x.lerp(end, weight));

        public Tensor add_(Scalar scalar, Scalar alpha) => add_(Product(scalar, alpha));

        private static Scalar Product(Scalar a, Scalar b) =>
            a.Type.IsFloating() || b.Type.IsFloating() ? (Scalar)(a.Double * b.Double) : a.Long * b.Long;

        private Tensor PassingNaN(Tensor other, Func<Tensor, Tensor, Tensor> choose)
        {
            (Tensor a, Tensor b) = Promoted(other);
            Tensor first = torch.where(a.isnan(), b, a), second = torch.where(b.isnan(), a, b);
            return choose(first, second);
        }
    }
}
