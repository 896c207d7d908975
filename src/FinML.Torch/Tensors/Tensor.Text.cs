using System.Globalization;
using System.Text;

namespace FinML.Torch;

public static partial class torch
{
    public partial class Tensor
    {
        private const int FullLimit = 1000; // elements; above it, only the edges are printed
        private const int Edge = 3;

        /// <summary>Shape, dtype, device and values.</summary>
        public override string ToString() => IsInvalid ? "a disposed tensor" : str();

        /// <summary>Shape, dtype, device and values; long axes show their ends.</summary>
        /// <param name="fltFormat">Format of floating elements.</param>
        /// <param name="width">Not used: lines are not broken.</param>
        /// <param name="newLine">Line separator, a line feed where null.</param>
        /// <param name="cultureInfo">Culture of the numbers, invariant where null.</param>
        public string str(
            string fltFormat = "g5", int width = 100, string? newLine = "\n", CultureInfo? cultureInfo = null)
        {
            StringBuilder text = new();
            text.Append('[').AppendJoin('x', Sizes).Append("], type = ").Append(dtype).Append(", device = cpu");
            if (count == 0)
            {
                return text.ToString();
            }

            using (no_grad())
            using (NewDisposeScope())
            {
                text.Append(Sizes.Length == 0 ? ", value = " : newLine ?? "\n");
                Write(text, detach(), 0, fltFormat, newLine ?? "\n", cultureInfo ?? CultureInfo.InvariantCulture);
            }

            return text.ToString();
        }

        /// <summary>Writes <see cref="str"/> to the console and gives the tensor back.</summary>
        public Tensor print()
        {
            Console.Out.WriteLine(str());
            return this;
        }

        private void Write(
            StringBuilder text, Tensor part, int depth, string format, string newLine, CultureInfo culture)
        {
            if (part.Sizes.Length == 0)
            {
                text.Append(part.dtype switch
                {
                    ScalarType.Float32 => part.item<float>().ToString(format, culture),
                    ScalarType.Float64 => part.item<double>().ToString(format, culture),
                    ScalarType.BFloat16 => part.item<BFloat16>().ToString(format, culture),
                    ScalarType.Bool => part.item<bool>() ? "true" : "false",
                    _ => part.ToInt64().ToString(culture),
                });
                return;
            }

            long n = part.Sizes[0];
            bool cut = count > FullLimit && n > 2 * Edge;
            text.Append('[');
            for (long i = 0; i < n; i++)
            {
                if (cut && i == Edge)
                {
                    text.Append(part.Sizes.Length == 1 ? " ..." : newLine + new string(' ', depth + 1) + "...");
                    i = n - Edge;
                }

                if (i > 0)
                {
                    text.Append(part.Sizes.Length == 1 ? " " : newLine + new string(' ', depth + 1));
                }

                Write(text, part.select(0, i), depth + 1, format, newLine, culture);
            }

            text.Append(']');
        }
    }
}
