using System.Globalization;

namespace FinML.Torch;

/// <summary>A number given to an operation; its kind (bool, integer, floating) takes part in the dtype of the
/// result.</summary>
public readonly struct Scalar : IDisposable
{
    private readonly double real;
    private readonly long integer;

    private Scalar(ScalarType type, double real, long integer)
    {
        Type = type;
        this.real = real;
        this.integer = integer;
    }

    public ScalarType Type { get; }

    internal double Double => Type.IsFloating() ? real : integer;

    internal long Long => Type.IsFloating() ? checked((long)real) : integer;

    internal bool IsZero => Double == 0;

    internal T To<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return (T)(object)(float)Double;
        }

        if (typeof(T) == typeof(double))
        {
            return (T)(object)Double;
        }

        if (typeof(T) == typeof(long))
        {
            return (T)(object)Long;
        }

        if (typeof(T) == typeof(BFloat16))
        {
            return (T)(object)(BFloat16)Double;
        }

        return typeof(T) == typeof(int) ? (T)(object)checked((int)Long) : (T)(object)!IsZero;
    }

    internal Scalar Negated() => Type.IsFloating() ? new(Type, -real, 0) : new(ScalarType.Int64, 0, -integer);

    public double ToDouble() => Double;

    public float ToSingle() => (float)Double;

    public long ToInt64() => Long;

    public int ToInt32() => checked((int)Long);

    public bool ToBoolean() => !IsZero;

    public override string ToString() => Type == ScalarType.Bool ? (integer != 0).ToString()
        : Type.IsFloating() ? real.ToString(CultureInfo.InvariantCulture)
        : integer.ToString(CultureInfo.InvariantCulture);

    /// <summary>Does nothing: here for source compatibility with TorchSharp, whose scalars are native
    /// handles.</summary>
    public void Dispose()
    {
    }

    public static implicit operator Scalar(float value) => new(ScalarType.Float32, value, 0);

    public static implicit operator Scalar(double value) => new(ScalarType.Float64, value, 0);

    public static implicit operator Scalar(BFloat16 value) => new(ScalarType.BFloat16, value.ToSingle(), 0);

    public static implicit operator Scalar(int value) => new(ScalarType.Int32, 0, value);

    public static implicit operator Scalar(long value) => new(ScalarType.Int64, 0, value);

    public static implicit operator Scalar(bool value) => new(ScalarType.Bool, 0, value ? 1 : 0);
}
