using System.Numerics;

namespace FinML.Torch;

internal readonly struct TanFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Tan(x);
}

internal readonly struct AsinFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Asin(x);
}

internal readonly struct AcosFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Acos(x);
}

internal readonly struct AtanFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Atan(x);
}

internal readonly struct SinhFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sinh(x);
}

internal readonly struct CoshFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Cosh(x);
}

internal readonly struct AsinhFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Asinh(x);
}

internal readonly struct AcoshFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Acosh(x);
}

internal readonly struct AtanhFunction : IScalarFunction
{
    public static T Of<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Atanh(x);
}

public static partial class torch
{
    public static Tensor tan(Tensor input) => input.tan();

    public static Tensor tan_(Tensor input) => input.tan_();

    public static Tensor asin(Tensor input) => input.asin();

    public static Tensor asin_(Tensor input) => input.asin_();

    public static Tensor acos(Tensor input) => input.acos();

    public static Tensor acos_(Tensor input) => input.acos_();

    public static Tensor atan(Tensor input) => input.atan();

    public static Tensor atan_(Tensor input) => input.atan_();

    public static Tensor sinh(Tensor input) => input.sinh();

    public static Tensor sinh_(Tensor input) => input.sinh_();

    public static Tensor cosh(Tensor input) => input.cosh();

    public static Tensor cosh_(Tensor input) => input.cosh_();

    public static Tensor asinh(Tensor input) => input.asinh();

    public static Tensor asinh_(Tensor input) => input.asinh_();

    public static Tensor acosh(Tensor input) => input.acosh();

    public static Tensor acosh_(Tensor input) => input.acosh_();

    public static Tensor atanh(Tensor input) => input.atanh();

    public static Tensor atanh_(Tensor input) => input.atanh_();

    public static Tensor arcsin(Tensor input) => input.arcsin();

    public static Tensor arcsin_(Tensor input) => input.arcsin_();

    public static Tensor arccos(Tensor input) => input.arccos();

    public static Tensor arccos_(Tensor input) => input.arccos_();

    public static Tensor arctan(Tensor input) => input.arctan();

    public static Tensor arctan_(Tensor input) => input.arctan_();

    public static Tensor arcsinh(Tensor input) => input.arcsinh();

    public static Tensor arcsinh_(Tensor input) => input.arcsinh_();

    public static Tensor arccosh(Tensor input) => input.arccosh();

    public static Tensor arccosh_(Tensor input) => input.arccosh_();

    public static Tensor arctanh(Tensor input) => input.arctanh();

    public static Tensor arctanh_(Tensor input) => input.arctanh_();

    public static Tensor sinc(Tensor input) => input.sinc();

    public static Tensor sinc_(Tensor input) => input.sinc_();

    public static Tensor deg2rad(Tensor input) => input.deg2rad();

    public static Tensor deg2rad_(Tensor input) => input.deg2rad_();

    public static Tensor rad2deg(Tensor input) => input.rad2deg();

    public static Tensor rad2deg_(Tensor input) => input.rad2deg_();

    public static Tensor sin_(Tensor input) => input.sin_();

    public static Tensor cos_(Tensor input) => input.cos_();

    public partial class Tensor
    {
        public Tensor tan() => Function<Each<TanFunction>>("tan", saveResult: true, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).square().add(1)));

        /// <summary>The angle in [-pi/2, pi/2] with this sine.</summary>
        public Tensor asin() => Function<Each<AsinFunction>>("asin", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul((1 - node.Saved(0).square()).rsqrt()));

        /// <summary>The angle in [0, pi] with this cosine.</summary>
        public Tensor acos() => Function<Each<AcosFunction>>("acos", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul((1 - node.Saved(0).square()).rsqrt()).neg());

        /// <summary>The angle in (-pi/2, pi/2) with this tangent.</summary>
        public Tensor atan() => Function<Each<AtanFunction>>("atan", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.div(node.Saved(0).square().add(1)));

        public Tensor sinh() => Function<Each<SinhFunction>>("sinh", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).cosh()));

        public Tensor cosh() => Function<Each<CoshFunction>>("cosh", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).sinh()));

        public Tensor asinh() => Function<Each<AsinhFunction>>("asinh", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).square().add(1).rsqrt()));

        public Tensor acosh() => Function<Each<AcoshFunction>>("acosh", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.mul(node.Saved(0).square().sub(1).rsqrt()));

        public Tensor atanh() => Function<Each<AtanhFunction>>("atanh", saveResult: false, static (node, g, d) =>
            d[0] = g[0]!.div(1 - node.Saved(0).square()));

        /// <summary>sin(pi x) / (pi x), 1 at zero.</summary>
        public Tensor sinc()
        {
            Tensor zero = detach().eq(0), angle = torch.where(zero, torch.ones_like(this), this).mul(Math.PI);
            return torch.where(zero, 1, angle.sin().div(angle));
        }

        public Tensor deg2rad() => Elementwise.Floating(this).mul(Math.PI / 180);

        public Tensor rad2deg() => Elementwise.Floating(this).mul(180 / Math.PI);

        public Tensor arcsin() => asin();

        public Tensor arccos() => acos();

        public Tensor arctan() => atan();

        public Tensor arcsinh() => asinh();

        public Tensor arccosh() => acosh();

        public Tensor arctanh() => atanh();

        public Tensor sin_() => Written("sin_", static x => x.sin());

        public Tensor cos_() => Written("cos_", static x => x.cos());

        public Tensor tan_() => Written("tan_", static x => x.tan());

        public Tensor asin_() => Written("asin_", static x => x.asin());

        public Tensor acos_() => Written("acos_", static x => x.acos());

        public Tensor atan_() => Written("atan_", static x => x.atan());

        public Tensor sinh_() => Written("sinh_", static x => x.sinh());

        public Tensor cosh_() => Written("cosh_", static x => x.cosh());

        public Tensor asinh_() => Written("asinh_", static x => x.asinh());

        public Tensor acosh_() => Written("acosh_", static x => x.acosh());

        public Tensor atanh_() => Written("atanh_", static x => x.atanh());

        public Tensor sinc_() => Written("sinc_", static x => x.sinc());

        public Tensor deg2rad_() => Written("deg2rad_", static x => x.deg2rad());

        public Tensor rad2deg_() => Written("rad2deg_", static x => x.rad2deg());

        public Tensor arcsin_() => asin_();

        public Tensor arccos_() => acos_();

        public Tensor arctan_() => atan_();

        public Tensor arcsinh_() => asinh_();

        public Tensor arccosh_() => acosh_();

        public Tensor arctanh_() => atanh_();
    }
}
