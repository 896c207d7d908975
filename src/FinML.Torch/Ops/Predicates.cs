namespace FinML.Torch;

/// <summary>Comparisons in place, by their long names and with tolerances; predicates of elements.</summary>
public static partial class torch
{
    /// <summary>Element by element: |tensor - other| at most atol + rtol * |other|, or equal.</summary>
    public static Tensor isclose(
        Tensor tensor, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
        tensor.isclose(other, rtol, atol, nanEqual);

    public static Tensor isin(Tensor tensor, Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
        tensor.isin(test_elements, assumeUnique, invert);

    public static Tensor isposinf(Tensor tensor) => tensor.isposinf();

    public static Tensor isneginf(Tensor tensor) => tensor.isneginf();

    public static Tensor isreal(Tensor tensor) => tensor.isreal();

    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    public static Tensor not_equal(Tensor tensor, Tensor target) => tensor.ne(target);

    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    public static Tensor less(Tensor tensor, Tensor target) => tensor.lt(target);

    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    public static Tensor less_equal(Tensor tensor, Tensor target) => tensor.le(target);

    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    public static Tensor greater(Tensor tensor, Tensor target) => tensor.gt(target);

    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    public static Tensor greater_equal(Tensor tensor, Tensor target) => tensor.ge(target);

    public partial class Tensor
    {
        /// <summary>Element by element: |this - other| at most atol + rtol * |other|, or equal (infinities
        /// too).</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false)
        {
            using (no_grad())
            {
                Tensor limit = other.abs().mul(rtol).add(atol), distance = sub(other).abs();
                Tensor near = distance.le(limit).logical_and(distance.isfinite()).logical_or(eq(other));
                return nanEqual ? near.logical_or(isnan().logical_and(other.isnan())) : near;
            }
        }

        /// <summary>True where the element is one of those given (with <paramref name="invert"/>, is none).</summary>
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false)
        {
            using (no_grad())
            {
                Tensor found = unsqueeze(-1).eq(test_elements.flatten()).any(-1);
                return invert ? found.logical_not() : found;
            }
        }

        public Tensor isposinf() => dtype.IsFloating()
            ? detach().eq(double.PositiveInfinity)
            : zeros(Sizes, ScalarType.Bool);

        public Tensor isneginf() => dtype.IsFloating()
            ? detach().eq(double.NegativeInfinity)
            : zeros(Sizes, ScalarType.Bool);

        /// <summary>True everywhere: no dtype is complex.</summary>
        public Tensor isreal() => ones(Sizes, ScalarType.Bool);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor eq_(Tensor target) => InPlace.Replace("eq_", this, eq(target));

        public Tensor eq_(Scalar target) => InPlace.Replace("eq_", this, eq(target));

        public Tensor ne_(Tensor target) => InPlace.Replace("ne_", this, ne(target));

        public Tensor ne_(Scalar target) => InPlace.Replace("ne_", this, ne(target));

        public Tensor lt_(Tensor target) => InPlace.Replace("lt_", this, lt(target));

        public Tensor lt_(Scalar target) => InPlace.Replace("lt_", this, lt(target));

        public Tensor le_(Tensor target) => InPlace.Replace("le_", this, le(target));

        public Tensor le_(Scalar target) => InPlace.Replace("le_", this, le(target));

        public Tensor gt_(Tensor target) => InPlace.Replace("gt_", this, gt(target));

        public Tensor gt_(Scalar target) => InPlace.Replace("gt_", this, gt(target));

        public Tensor ge_(Tensor target) => InPlace.Replace("ge_", this, ge(target));

        public Tensor ge_(Scalar target) => InPlace.Replace("ge_", this, ge(target));

        public Tensor logical_and_(Tensor other) => InPlace.Replace("logical_and_", this, logical_and(other));

        public Tensor logical_or_(Tensor other) => InPlace.Replace("logical_or_", this, logical_or(other));

        public Tensor logical_xor_(Tensor other) => InPlace.Replace("logical_xor_", this, logical_xor(other));

        public Tensor logical_not_() => InPlace.Replace("logical_not_", this, logical_not());
    }
}
