using System.Numerics;

namespace FinML.Torch;

internal readonly struct BitAndOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> =>
        T.CreateTruncating(long.CreateTruncating(a) & long.CreateTruncating(b));
}

internal readonly struct BitOrOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> =>
        T.CreateTruncating(long.CreateTruncating(a) | long.CreateTruncating(b));
}

internal readonly struct BitXorOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> =>
        T.CreateTruncating(long.CreateTruncating(a) ^ long.CreateTruncating(b));
}

internal readonly struct ShiftLeftOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> =>
        T.CreateTruncating(long.CreateTruncating(a) << int.CreateTruncating(b));
}

internal readonly struct ShiftRightOperation : IBinaryOperation
{
    public static bool HasVector => false;

    public static T Apply<T>(T a, T b) where T : unmanaged, INumber<T> =>
        T.CreateTruncating(long.CreateTruncating(a) >> int.CreateTruncating(b));
}

public static partial class torch
{
    public static Tensor bitwise_and(Tensor left, Tensor right) => left.bitwise_and(right);

    public static Tensor bitwise_or(Tensor left, Tensor right) => left.bitwise_or(right);

    public static Tensor bitwise_xor(Tensor left, Tensor right) => left.bitwise_xor(right);

    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    public static Tensor bitwise_left_shift(Tensor left, Tensor right) => left.bitwise_left_shift(right);

    public static Tensor bitwise_right_shift(Tensor left, Tensor right) => left.bitwise_right_shift(right);

    public partial class Tensor
    {
        /// <summary>Bit by bit; of bools, logical_and.</summary>
        public Tensor bitwise_and(Tensor other) => Bits<BitAndOperation>("bitwise_and", other);

        public Tensor bitwise_or(Tensor other) => Bits<BitOrOperation>("bitwise_or", other);

        public Tensor bitwise_xor(Tensor other) => Bits<BitXorOperation>("bitwise_xor", other);

        public Tensor bitwise_not() => dtype == ScalarType.Bool
            ? logical_not()
            : Integers("bitwise_not", this).neg().sub(1);

        public Tensor bitwise_left_shift(Tensor other) => Bits<ShiftLeftOperation>("bitwise_left_shift", other);

        public Tensor bitwise_right_shift(Tensor other) => Bits<ShiftRightOperation>("bitwise_right_shift", other);

        public Tensor bitwise_and_(Tensor other) => Written("bitwise_and_", other, static (a, b) => a.bitwise_and(b));

        public Tensor bitwise_or_(Tensor other) => Written("bitwise_or_", other, static (a, b) => a.bitwise_or(b));

        public Tensor bitwise_xor_(Tensor other) => Written("bitwise_xor_", other, static (a, b) => a.bitwise_xor(b));

        public Tensor bitwise_not_() => Written("bitwise_not_", static x => x.bitwise_not());

        private Tensor Bits<TOp>(string name, Tensor other) where TOp : struct, IBinaryOperation
        {
            if (dtype.IsFloating() || other.dtype.IsFloating())
            {
                throw new ArgumentException(
                    $"{name}: needs integers or bools, got {dtype}{Shapes.Text(Sizes)} and "
                    + $"{other.dtype}{Shapes.Text(other.Sizes)}.");
            }

            ScalarType type = Elementwise.ResultType(this, other);
            Tensor result = Elementwise.Binary<TOp>(
                name, this, other, type == ScalarType.Bool ? ScalarType.Int32 : type);
            return result.to(type);
        }
    }
}
