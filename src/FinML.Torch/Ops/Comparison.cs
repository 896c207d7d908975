using System.Numerics;

namespace FinML.Torch;

internal readonly struct EqualRelation : IComparison
{
    public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a == b;
}

internal readonly struct NotEqualRelation : IComparison
{
    public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a != b;
}

internal readonly struct LessRelation : IComparison
{
    public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a < b;
}

internal readonly struct LessEqualRelation : IComparison
{
    public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a <= b;
}

internal readonly struct GreaterRelation : IComparison
{
    public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a > b;
}

internal readonly struct GreaterEqualRelation : IComparison
{
    public static bool Apply<T>(T a, T b) where T : unmanaged, INumber<T> => a >= b;
}

public static partial class torch
{
    /// <summary>True where the elements are equal to within atol + rtol * |target|.</summary>
    public static bool allclose(
        Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);

    /// <summary>True where shapes and all elements are equal.</summary>
    public static bool equal(Tensor tensor, Tensor target) => tensor.equal(target);

    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    public static Tensor isnan(Tensor input) => input.isnan();

    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    public static Tensor logical_not(Tensor input) => input.logical_not();

    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);

    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Elementwise.Compare<EqualRelation>("eq", this, target);

        public Tensor eq(Scalar target) => Elementwise.Compare<EqualRelation>("eq", this, target);

        public Tensor ne(Tensor target) => Elementwise.Compare<NotEqualRelation>("ne", this, target);

        public Tensor ne(Scalar target) => Elementwise.Compare<NotEqualRelation>("ne", this, target);

        public Tensor lt(Tensor target) => Elementwise.Compare<LessRelation>("lt", this, target);

        public Tensor lt(Scalar target) => Elementwise.Compare<LessRelation>("lt", this, target);

        public Tensor le(Tensor target) => Elementwise.Compare<LessEqualRelation>("le", this, target);

        public Tensor le(Scalar target) => Elementwise.Compare<LessEqualRelation>("le", this, target);

        public Tensor gt(Tensor target) => Elementwise.Compare<GreaterRelation>("gt", this, target);

        public Tensor gt(Scalar target) => Elementwise.Compare<GreaterRelation>("gt", this, target);

        public Tensor ge(Tensor target) => Elementwise.Compare<GreaterEqualRelation>("ge", this, target);

        public Tensor ge(Scalar target) => Elementwise.Compare<GreaterEqualRelation>("ge", this, target);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator !(Tensor tensor) => tensor.logical_not();

        public static Tensor operator ~(Tensor tensor) => tensor.logical_not();

        public static Tensor operator &(Tensor left, Tensor right) => left.logical_and(right);

        public static Tensor operator |(Tensor left, Tensor right) => left.logical_or(right);

        public Tensor logical_and(Tensor other) => Truth().mul(other.Truth()).to(ScalarType.Bool);

        public Tensor logical_or(Tensor other) => Truth().add(other.Truth()).to(ScalarType.Bool);

        public Tensor logical_xor(Tensor other) => Truth().ne(other.Truth());

        public Tensor logical_not() => Truth().eq(0);

        public Tensor isnan() => dtype.IsFloating() ? ne(this) : zeros(Sizes, ScalarType.Bool);

        public Tensor isfinite() => dtype.IsFloating()
            ? detach().abs().lt(double.PositiveInfinity)
            : ones(Sizes, ScalarType.Bool);

        public Tensor isinf() => dtype.IsFloating()
            ? detach().abs().eq(double.PositiveInfinity)
            : zeros(Sizes, ScalarType.Bool);

        /// <summary>True where shapes and all elements are equal.</summary>
        public bool equal(Tensor target) => Shapes.Equal(Sizes, target.Sizes) && eq(target).all().ToBoolean();

        /// <summary>True where |this - target| is at most atol + rtol * |target| everywhere.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            using (no_grad())
            {
                Tensor near = sub(target).abs().le(target.abs().mul(rtol).add(atol)).logical_or(eq(target));
                near = equal_nan ? near.logical_or(isnan().logical_and(target.isnan())) : near;
                return near.all().ToBoolean();
            }
        }

        /// <summary>0 or 1 as int32, for logic by arithmetic.</summary>
        private Tensor Truth() => (dtype == ScalarType.Bool ? this : to(ScalarType.Bool)).to(ScalarType.Int32);
    }
}
